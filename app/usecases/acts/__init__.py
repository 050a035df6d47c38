"""Every act on a case by its verb, with the facts it needs: for the command line, the desktop, and what may be done."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from app.domain import rules
from app.domain.case import Case
from app.domain.faults import shape_faults
from app.domain.masking import without_cards
from app.domain.names import plain_lines
from app.domain.staff import OperatorCard
from app.domain.tasks import TaskKind, next_task
from app.errors import Refused
from app.journal.refs import Ref
from app.store.store import Store
from app.store.transaction import Transaction, need_whole, setting_at
from app.usecases.acts import care, examination, handling, intake, joint, outcome, supervision
from app.usecases.acts.act import Act, Facts, Moment, Option
from app.usecases.today import shown_today, today

__all__ = (
    "ACTS",
    "Act",
    "BadActFacts",
    "Facts",
    "Moment",
    "Option",
    "UnknownAct",
    "available",
    "choices",
    "perform",
)


class UnknownAct(Refused):
    code = "unknown_act"


class BadActFacts(Refused):
    """The facts given with an act are not what it needs (facts: verb, detail)."""

    code = "bad_act_facts"


ACTS: dict[str, Act[Any]] = {
    act.verb: act
    for act in (
        *intake.ACTS,
        *examination.ACTS,
        *handling.ACTS,
        *joint.ACTS,
        *outcome.ACTS,
        *care.ACTS,
        *supervision.ACTS,
    )
}

_IN_USE = (
    "complete", "take_over", "forward", "visit", "appoint", "accept", "receive_supplement", "resume",
    "outside_answer", "decide", "pass_up", "send_down", "certify", "deliver", "follow_up", "rectify", "archive",
    "end_parts", "supply", "conclude", "ask_supplement", "lapse", "deem_accepted", "return", "refuse",
    "send_outside", "pause", "extend", "split",
    "take_hand_over", "return_originals", "hand_on_originals", "take_originals",
    "confirm_card", "appeal_card", "issue_card", "uphold_card", "withdraw_card", "task_card",
    "correct", "mark", "hand_over", "compare", "withdraw", "void", "appraise", "destroy",
)  # fmt: skip
"""Of several acts that a case allows, the ordinary one first; then those beside its way; then the rare ones."""

_FIRST_FOR = {
    TaskKind.SUPPLY: "supply",
    TaskKind.HANDLE: "pass_up",
    TaskKind.RECEIVE_SUPPLEMENT: "receive_supplement",
}


def available(store: Store, case: Case, by: OperatorCard) -> tuple[Act[Any], ...]:
    """What this person may do with a case now, the ordinary next act first: the rules are asked, with a trial."""
    try:
        need_whole(case)
    except Refused:
        return ()
    setting = setting_at(store, case.region, by, case.head)
    at = _moment(store, case, by, shown_today(store))
    acts = [ACTS[verb] for verb in _IN_USE if _may(ACTS[verb], at, setting)]
    task = next_task(case, store.publications)
    first = _FIRST_FOR.get(task.kind) if task is not None else None
    if first is not None:
        acts.sort(key=lambda act: act.verb != first)
    return tuple(acts)


def choices(store: Store, case: Case, verb: str, by: OperatorCard) -> dict[str, tuple[Option, ...]]:
    """The values that fields of an act may take here; a field that is not named takes anything."""
    return dict(ACTS[verb].options(_moment(store, case, by, shown_today(store))))


def _may(act: Act[Any], at: Moment, setting: rules.Setting) -> bool:
    try:
        joint.need_open_parent(at.store, at.case, act.verb)
        body = act.tell(at, act.trial(at))
        rules.may_write(at.case, body, setting)
        rules.after(at.case, body, setting)
    except Refused:
        return False
    return True


def perform(
    store: Store, subject: Ref, verb: str, facts: dict[str, Any], *, by: OperatorCard
) -> Case:
    """Do the act of that name. Raises UnknownAct, BadActFacts, and what the act raises."""
    act = ACTS.get(verb.replace("-", "_"))
    if act is None:
        raise UnknownAct(verb=verb)
    told = _read(act, verb, facts)
    with store.writing() as tx:
        case = tx.case(subject)
        at = _moment(store, case, by, today(store), tx)
        joint.need_open_parent(store, case, act.verb)
        if act.run is not None:
            return act.run(at, told)
        changed = tx.record(act.tell(at, told), by=by, case=case)
        joint.tell_parent(tx, case, changed, by, at.day)
        return joint.end_with_parent(store, tx, changed, by, at.day)


def _read(act: Act[Any], verb: str, facts: dict[str, Any]) -> Facts:
    try:
        told = msgspec.convert(facts, act.facts)
    except msgspec.ValidationError as error:
        faults = shape_faults(facts, act.facts) or [str(error)]
        raise BadActFacts(verb=verb, detail="；".join(faults)) from error
    read: Facts = _tidy(told)
    return read


def _tidy(said: Any) -> Any:  # noqa: ANN401 - whatever a fact may be
    """What somebody typed or pasted goes into entries and on paper without control characters."""
    if type(said) is str:
        return without_cards(plain_lines(said))
    if isinstance(said, tuple):
        return tuple(map(_tidy, said))
    if isinstance(said, msgspec.Struct):
        fields = {name: _tidy(value) for name, value in msgspec.structs.asdict(said).items()}
        return msgspec.structs.replace(said, **fields)
    return said


def _moment(
    store: Store, case: Case, by: OperatorCard, day: date, tx: Transaction | None = None
) -> Moment:
    item = store.publications.item(case.item, case.item_version)
    return Moment(store=store, case=case, item=item, by=by, day=day, tx=tx)
