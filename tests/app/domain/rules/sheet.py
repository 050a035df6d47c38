"""docs/states.md, written from the table that the rules are held against.

`python -m tests.app.domain.rules.sheet` writes it; a test sees that it is as it would be written.
"""

from __future__ import annotations

from pathlib import Path

from app.domain.case import State
from app.domain.clocks import ClockName
from app.domain.events import Role
from tests.app.domain.rules import reasons
from tests.app.domain.rules.table import ANYBODY, ROWS, Row
from ui import wording

PLACE = Path(__file__).parents[4] / "docs" / "states.md"
HERE = "tests/app/domain/rules"

_HEAD = """# The states of a case

Every state, every act, what it does to the clocks, for what it is refused, and the tests that prove it.
This page is written from `tests/app/domain/rules/table.py`, which the tests hold against the rules,
and from the source of `app/domain/rules`: `python -m tests.app.domain.rules.sheet` writes it,
and `test_sheet.py` fails when it is not as it would be written.

In every state × act the tests do the act with every kind of case that rules tell apart,
by somebody with all roles at each tier (`test_table.py::test_an_act_fits_its_states_and_no_others`);
roles one by one in `test_table.py::test_an_act_is_for_the_roles_of_the_table`;
any order of arrival between three tiers in `tests/app/test_stateful.py`.

Every act may be refused with `out_of_place` (the state does not fit), `other_region`, `before_receipt`;
what else is under each act. Every reason is met by a test, and has a sentence for the person in `ui/act_wording.py`
(`tests/ui/test_wording.py::test_every_reason_for_which_a_rule_refuses_has_a_sentence_of_its_own`).
"""

_CLOCK_HEAD = """
Clocks: **+** starts, **−** ends, **‖** is frozen, **▶** runs on, **↑** gets more days;
each for some case, as its item says.
A clock that was overstepped deserves its card after it ended, too.
"""
_SIGNS = {"+": "+", "-": "−", "|": "‖", ">": "▶", "*": "↑"}
_SHORT = {
    State.RECEIVED: "收", State.ACCOMPANIED: "引", State.IN_TRANSIT: "途", State.UNDER_EXAMINATION: "审",
    State.AWAITING_SUPPLEMENT: "补", State.IN_PROGRESS: "办", State.PAUSED: "停", State.WITH_SUPERIOR: "上",
    State.OUTSIDE: "外", State.DECIDED: "决", State.DELIVERED: "送", State.FOLLOWED_UP: "访", State.ARCHIVED: "档",
    State.CLOSED: "结", State.REFUSED: "拒", State.LAPSED: "退", State.WITHDRAWN: "撤", State.VOIDED: "废",
    State.DESTROYED: "毁",
}  # fmt: skip


def written() -> str:
    return "\n".join([_HEAD, *_matrix(), _CLOCK_HEAD, *_acts()]) + "\n"


def _matrix() -> list[str]:
    states = "、".join(f"{_SHORT[state]} {state.label}" for state in State)
    lines = ["## Which act fits which state", "", f"{states}。", ""]
    lines += [
        "| Act | " + " | ".join(_SHORT[state] for state in State) + " |",
        "|---|" + "---|" * len(State),
    ]
    for row in ROWS:
        if row.fits:
            marks = ("●" if state in row.fits else "" for state in State)
            lines.append(f"| {_name(row)} | " + " | ".join(marks) + " |")
    return lines


def _name(row: Row) -> str:
    return f"{wording.act_label(row.kind)} `{row.kind}`"


def _acts() -> list[str]:
    lines = ["## What each act does", ""]
    for row in ROWS:
        tests = ", ".join(f"`{one}`" for one in row.proof)
        lines += [
            f"**{_name(row)}**",
            f"- by {_people(row)}; {row.place}",
            f"- {_way(row)}; clocks: {_clocks(row)}",
            f"- refused: {_refusals(row)}",
            f"- proof: {tests}",
            "",
        ]
    return lines[:-1]


def _people(row: Row) -> str:
    if row.roles == ANYBODY:
        return "anybody of a station"
    if row.kind == "case.decided":
        return "head; an approver with a written authorisation for the item; their deputy"
    return ", ".join(role.value for role in Role if role in row.roles)


def _way(row: Row) -> str:
    if not row.fits:
        return f"opens a case: {_states(row.becomes)}"
    becomes = _states(row.becomes) if row.becomes else "the same state"
    return f"{_states(row.fits)} → {becomes}"


def _states(states: frozenset[State]) -> str:
    if len(states) > len(State) // 2:
        return "all but " + "、".join(one.label for one in State if one not in states)
    return "、".join(one.label for one in State if one in states)


def _clocks(row: Row) -> str:
    order = [name.value for name in ClockName]
    marks = sorted(row.clocks, key=lambda mark: ("-|>*+".index(mark[0]), order.index(mark[1:])))
    return "，".join(f"{_SIGNS[mark[0]]}{ClockName(mark[1:]).label}" for mark in marks) or "none"


def _refusals(row: Row) -> str:
    told = sorted(reasons.by_kind().get(row.kind, set()) - {"out_of_place"})
    return ", ".join(f"`{one.partition('.')[2]}`" for one in told) or "for the state only"


if __name__ == "__main__":
    PLACE.write_text(written(), "utf-8")
