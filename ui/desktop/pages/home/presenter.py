"""The 工作台 without widgets: what it reads, and where each line leads."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.domain.events import Role
from app.domain.papers import PaperKind
from app.domain.regions import Tier
from app.domain.tasks import TaskKind
from app.errors import DaibanError
from app.store.drafts import Draft
from app.usecases import drafts
from app.usecases.filters import CaseFilter
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.pages.home.glance import CardFacts, Glance, Recent, TaskFacts, glance
from ui.desktop.pages.names import PageName
from ui.desktop.pages.supervision.lights_reading import LightsReading
from ui.desktop.print_jobs import jobs_of

_QUESTION = "home"
_OF_THE_AUTHORITY = {
    TaskKind.TAKE_OVER,
    TaskKind.EXAMINE,
    TaskKind.RECEIVE_SUPPLEMENT,
    TaskKind.HANDLE,
    TaskKind.RESUME,
    TaskKind.AWAIT_PARTS,
    TaskKind.AWAIT_OUTSIDE,
    TaskKind.DECIDE,
    TaskKind.DELIVER,
}


class HomePresenter(QObject):
    """`glanced` carries a Glance; `watched` the Lights, for supervisors alone."""

    glanced = Signal(object)
    watched = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lights = LightsReading(desk, self)
        self._lights.told.connect(self.watched)
        desk.exchanger.fleet_told.connect(self._on_fleet)

    def look(self) -> None:
        by = self._desk.operator
        self._desk.read(lambda store: glance(store, by), self._on_glance, replaces=_QUESTION)
        if self.watches:
            self._lights.look()

    @property
    def watches(self) -> bool:
        """Whether whoever sits here is shown lights and cards of everybody."""
        return Role.SUPERVISOR in self._desk.operator.roles

    def open_card(self, card: CardFacts) -> None:
        if card.leads_to is None:
            self._desk.go(PageName.EXCHANGE)
        elif card.task in (TaskKind.ARCHIVE, TaskKind.ANSWER_CARD):
            self._desk.go(self._where(card.task))
        else:
            self._desk.go(self._where(card.task), card.leads_to)

    def open_repeated(self) -> None:
        """The cases that may repeat another."""
        self._desk.go(PageName.CASES, CaseFilter(unjudged=True))

    def open_task(self, facts: TaskFacts) -> None:
        task = facts.task
        if task.row is None or task.kind in (TaskKind.REFUSED, TaskKind.OUT_OF_PLACE):
            self._desk.go(PageName.EXCHANGE)
        elif task.kind is TaskKind.ARCHIVE:  # who archives looks at the case before
            self._desk.go(PageName.CASES, task.row.subject)
        else:
            self._desk.go(self._where(task.kind), task.row.subject)

    def discard(self, draft: Draft) -> None:
        self._desk.act(
            lambda store, _: drafts.discard(store, draft.n),
            lambda _: self._desk.say(Mood.PLAIN, self.tr("草稿已经丢弃。")),
        )

    def print_receipt(self, recent: Recent) -> None:
        """Once more, marked as a reprint."""
        jobs_of(self._desk).print(recent.subject, PaperKind.MATERIALS_RECEIPT)

    def _where(self, kind: TaskKind | None) -> PageName:
        if kind is TaskKind.ANSWER_CARD:
            return PageName.SUPERVISION
        if kind is TaskKind.ARCHIVE:
            return PageName.ARCHIVE
        examines = self._desk.station.tier is not Tier.VILLAGE and kind in _OF_THE_AUTHORITY
        return PageName.REVIEW if examines else PageName.CASES

    def _on_fleet(self, error: DaibanError | None) -> None:
        if error is None:
            self.look()

    def _on_glance(self, seen: Glance) -> None:
        self.glanced.emit(seen)
