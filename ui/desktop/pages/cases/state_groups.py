"""The states of cases as a list is narrowed by them: in groups, and each for itself."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.domain.case import State


def _tr(text: str) -> str:
    return QCoreApplication.translate("StateGroup", text)


class StateGroup(StrEnum):
    """Whom a case waits for, or that it is over."""

    UNDER_WAY = "under_way"
    WITH_APPLICANT = "with_applicant"
    ELSEWHERE = "elsewhere"
    ENDED = "ended"
    FILED = "filed"

    @property
    def label(self) -> str:
        return {
            StateGroup.UNDER_WAY: _tr("进行中"),
            StateGroup.WITH_APPLICANT: _tr("等待申请人"),
            StateGroup.ELSEWHERE: _tr("上级和外部"),
            StateGroup.ENDED: _tr("已结"),
            StateGroup.FILED: _tr("已归档"),
        }[self]

    @property
    def states(self) -> tuple[State, ...]:
        return STATES[self]


STATES: Final = {
    StateGroup.UNDER_WAY: (
        State.RECEIVED,
        State.IN_TRANSIT,
        State.UNDER_EXAMINATION,
        State.IN_PROGRESS,
        State.DECIDED,
    ),
    StateGroup.WITH_APPLICANT: (State.ACCOMPANIED, State.AWAITING_SUPPLEMENT),
    StateGroup.ELSEWHERE: (State.PAUSED, State.WITH_SUPERIOR, State.OUTSIDE),
    StateGroup.ENDED: (
        State.DELIVERED,
        State.FOLLOWED_UP,
        State.CLOSED,
        State.REFUSED,
        State.LAPSED,
        State.WITHDRAWN,
        State.VOIDED,
    ),
    StateGroup.FILED: (State.ARCHIVED, State.DESTROYED),
}
_GROUP: Final = "group:"
"""A combo box gives an enum back as its bare string, so a group needs a mark of its own."""


def options(counts: Mapping[State, int] | None) -> list[tuple[str, object]]:
    """What may be chosen: every group before its states, with how many cases each would leave."""
    found: list[tuple[str, object]] = [(_tr("全部状态"), None)]
    for group in StateGroup:
        many = None if counts is None else sum(counts.get(state, 0) for state in group.states)
        found.append((_counted(_tr("【{group}】").format(group=group.label), many), _GROUP + group))
        found += [
            (_counted(state.label, None if counts is None else counts.get(state, 0)), state.value)
            for state in group.states
        ]
    return found


def states_of(value: object) -> tuple[State, ...]:
    """The states that a chosen value stands for."""
    if value is None:
        return ()
    text = str(value)
    if text.startswith(_GROUP):
        return StateGroup(text.removeprefix(_GROUP)).states
    return (State(text),)


def value_of(states: tuple[State, ...]) -> object:
    """The value that stands for these states; None where none does."""
    if len(states) == 1:
        return states[0].value
    group = next((one for one in StateGroup if set(one.states) == set(states)), None)
    return None if group is None else _GROUP + group


def _counted(name: str, count: int | None) -> str:
    return name if count is None else f"{name} {count:,}"
