"""The queues of an authority, each a filter over its cases."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.domain.case import State
from app.domain.events import Role
from app.domain.staff import OperatorCard
from app.domain.tasks import TaskKind
from app.usecases.lookup import CaseFilter, Order


class Queue(StrEnum):
    """In the order of a case's life."""

    TAKE_OVER = "take_over"
    EXAMINE = "examine"
    RECEIVE = "receive"
    SUPPLEMENT = "supplement"
    HANDLE = "handle"
    DECIDE = "decide"
    STOPPED = "stopped"
    JOINT = "joint"
    DELIVER = "deliver"


_DECIDING: Final = frozenset({Role.APPROVER, Role.HEAD})
_WAITING: Final = (Queue.EXAMINE, Queue.HANDLE, Queue.RECEIVE, Queue.TAKE_OVER, Queue.DELIVER)

_TASKS: Final = {
    Queue.TAKE_OVER: TaskKind.TAKE_OVER,
    Queue.EXAMINE: TaskKind.EXAMINE,
    Queue.RECEIVE: TaskKind.RECEIVE_SUPPLEMENT,
    Queue.HANDLE: TaskKind.HANDLE,
    Queue.DECIDE: TaskKind.DECIDE,
    Queue.JOINT: TaskKind.AWAIT_PARTS,
}
_OF_TASK: Final = {
    **{task: queue for queue, task in _TASKS.items()},
    TaskKind.SUPPLY: Queue.SUPPLEMENT,
    TaskKind.RESUME: Queue.STOPPED,
    TaskKind.AWAIT_OUTSIDE: Queue.STOPPED,
    TaskKind.DELIVER: Queue.DELIVER,
}
_OF_STATE: Final = {
    State.IN_TRANSIT: Queue.TAKE_OVER,
    State.UNDER_EXAMINATION: Queue.EXAMINE,
    State.AWAITING_SUPPLEMENT: Queue.SUPPLEMENT,
    State.IN_PROGRESS: Queue.HANDLE,
    State.WITH_SUPERIOR: Queue.DECIDE,
    State.PAUSED: Queue.STOPPED,
    State.OUTSIDE: Queue.STOPPED,
    State.DECIDED: Queue.DELIVER,
}


def looked_at_first(by: OperatorCard) -> tuple[Queue, ...]:
    """Who comes in is led to the first of these in which something waits: decisions, if they make any."""
    if _DECIDING & set(by.roles):
        return (Queue.DECIDE, *_WAITING)
    return (*_WAITING, Queue.DECIDE)


def label(queue: Queue) -> str:
    return {
        Queue.TAKE_OVER: _tr("待接收"),
        Queue.EXAMINE: _tr("待审查"),
        Queue.RECEIVE: _tr("待收补正"),
        Queue.SUPPLEMENT: _tr("等补正"),
        Queue.HANDLE: _tr("待初审"),
        Queue.DECIDE: _tr("待决定"),
        Queue.STOPPED: _tr("暂停和外部"),
        Queue.JOINT: _tr("联办"),
        Queue.DELIVER: _tr("待送达"),
    }[queue]


def filter_of(queue: Queue, order: Order) -> CaseFilter:
    """The cases of a queue at this station."""
    match queue:
        case Queue.SUPPLEMENT:
            return CaseFilter(awaiting_supplement=True, order=order)
        case Queue.STOPPED:
            return CaseFilter(states=(State.PAUSED, State.OUTSIDE), mine=True, order=order)
        case Queue.DELIVER:
            return CaseFilter(states=(State.DECIDED,), order=order)
        case _:
            return CaseFilter(task=_TASKS[queue], order=order)


def queue_of(wanted: CaseFilter) -> Queue:
    """The queue that a filter from elsewhere belongs to."""
    if wanted.awaiting_supplement:
        return Queue.SUPPLEMENT
    if wanted.task is not None:
        return _OF_TASK.get(wanted.task, Queue.EXAMINE)
    found = [_OF_STATE[state] for state in wanted.states if state in _OF_STATE]
    return found[0] if found else Queue.EXAMINE


def _tr(text: str) -> str:
    return QCoreApplication.translate("Queue", text)
