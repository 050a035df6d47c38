"""The queues of an authority, each a filter over its cases."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from app.domain.case import State
from app.domain.events import Role
from app.domain.publications import OperatorCard
from app.domain.tasks import TaskKind
from app.usecases.lookup import CaseFilter, Order


class Queue(StrEnum):
    """In the order of a case's life."""

    TAKE_OVER = "take_over"
    MINE = "mine"
    SUPPLEMENT = "supplement"
    IN_PROGRESS = "in_progress"
    DELIVER = "deliver"


_DECIDING = frozenset({Role.APPROVER, Role.HEAD})
_OF_TASK = {
    TaskKind.TAKE_OVER: Queue.TAKE_OVER,
    TaskKind.EXAMINE: Queue.MINE,
    TaskKind.DECIDE: Queue.MINE,
    TaskKind.SUPPLY: Queue.SUPPLEMENT,
    TaskKind.DELIVER: Queue.DELIVER,
}
_OF_STATE = {
    State.IN_TRANSIT: Queue.TAKE_OVER,
    State.UNDER_EXAMINATION: Queue.MINE,
    State.IN_PROGRESS: Queue.IN_PROGRESS,
    State.DECIDED: Queue.DELIVER,
}


def label(queue: Queue) -> str:
    return {
        Queue.TAKE_OVER: _tr("待接收"),
        Queue.MINE: _tr("待我处理"),
        Queue.SUPPLEMENT: _tr("待补正"),
        Queue.IN_PROGRESS: _tr("办理中"),
        Queue.DELIVER: _tr("待送达"),
    }[queue]


def filter_of(queue: Queue, by: OperatorCard, order: Order) -> CaseFilter:
    """The cases of a queue for this person: what waits for a decision is only for those who decide."""
    match queue:
        case Queue.TAKE_OVER:
            return CaseFilter(task=TaskKind.TAKE_OVER, order=order)
        case Queue.MINE:
            deciding = (State.IN_PROGRESS,) if _DECIDING & set(by.roles) else ()
            return CaseFilter(states=(State.UNDER_EXAMINATION, *deciding), mine=True, order=order)
        case Queue.SUPPLEMENT:
            return CaseFilter(awaiting_supplement=True, order=order)
        case Queue.IN_PROGRESS:
            return CaseFilter(states=(State.IN_PROGRESS,), order=order)
        case Queue.DELIVER:
            return CaseFilter(states=(State.DECIDED,), order=order)


def queue_of(wanted: CaseFilter) -> Queue:
    """The queue that a filter from elsewhere belongs to."""
    if wanted.awaiting_supplement:
        return Queue.SUPPLEMENT
    if wanted.task is not None:
        return _OF_TASK.get(wanted.task, Queue.MINE)
    found = [_OF_STATE[state] for state in wanted.states if state in _OF_STATE]
    return found[0] if found else Queue.MINE


def _tr(text: str) -> str:
    return QCoreApplication.translate("Queue", text)
