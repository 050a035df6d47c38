"""Who works here, and with which post; a head adds people, changes their posts and gives passwords."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.events import Window
from app.domain.staff import OperatorCard
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.pages.settings.arrangements import ArrangementsPresenter
from ui.desktop.pages.settings.people_dialogs import AddPerson, GivePassword
from ui.desktop.pages.settings.person_dialog import PersonDialog
from ui.desktop.pages.settings.presenter import Person, SettingsPresenter
from ui.desktop.pages.settings.role_words import roles_word
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.row_list import Row, RowList


class PeopleCard(Card):
    """`own_password_asked`: somebody pressed their own name."""

    own_password_asked = Signal()

    def __init__(
        self,
        desk: Desk,
        presenter: SettingsPresenter,
        arrangements: ArrangementsPresenter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", "", parent)
        self.set_title(self.tr("操作员"))
        self._desk = desk
        self._presenter = presenter
        self._arrangements = arrangements
        self._people: list[Person] = []
        self._add = Button(self.tr("添加操作员"), icon="user-plus")
        self.rows = RowList()
        self.header_right(self._add)
        self.add(self.rows)
        self._add.clicked.connect(self._on_add)
        self.rows.opened.connect(self._on_opened)
        presenter.people_told.connect(self._on_people)

    def focus_first(self) -> None:
        self.rows.setFocus()

    def _on_people(self, people: list[Person]) -> None:
        self._people = people
        head = self._presenter.is_head
        self._add.setVisible(head)
        self.set_note(
            self.tr("点姓名改岗位、设密码")
            if head
            else self.tr("添加操作员、改岗位、重设密码请找负责人")
        )
        self.rows.show_rows([self._row(n, person) for n, person in enumerate(people)])

    def _row(self, n: int, person: Person) -> Row:
        here = person.card == self._desk.operator
        return Row(
            title=person.card.name,
            detail=_described(person.card),
            right=self._state(person, here=here),
            key=n,
        )

    def _state(self, person: Person, *, here: bool) -> str:
        if here:
            return self.tr("现在登录的")
        if person.card.left:
            return self.tr("已经离岗")
        return self.tr("可以登录") if person.can_log_in else self.tr("在本机没有密码")

    def _on_add(self) -> None:
        AddPerson(self._desk.station.tier, self._presenter, self).open()

    def _on_opened(self, n: object) -> None:
        person = self._people[int(str(n))]
        own = person.card == self._desk.operator
        if self._presenter.is_head and not person.card.left:
            tier = self._desk.station.tier
            dialog = PersonDialog(person, tier, self._arrangements, self.window(), own=own)
            dialog.password_asked.connect(partial(self._on_password, person, own=own))
            dialog.open()
        elif own and person.can_log_in:
            self.own_password_asked.emit()
        elif person.card.left:
            self._desk.say(Mood.INFO, self.tr("{name}已经离岗。").format(name=person.card.name))
        else:
            self._desk.say(Mood.INFO, self.tr("只有负责人能替别人设密码、改岗位。"))

    def _on_password(self, person: Person, *, own: bool) -> None:
        if own and person.can_log_in:
            self.own_password_asked.emit()
            return
        dialog = GivePassword(person, self._presenter, self)
        dialog.accepted.connect(partial(self._tell_given, person.card.name))
        dialog.open()

    def _tell_given(self, name: str) -> None:
        self._desk.say(Mood.GOOD, self.tr("{name}的密码已经设好。").format(name=name))
        self._presenter.look()


def _described(card: OperatorCard) -> str:
    """代办员、负责人 · 民政窗口 · 部门窗口 民政局 · 0773-…."""
    window = card.window.label if card.window is not Window.GENERAL or card.department else ""
    counter = " ".join(filter(None, (window, card.department)))
    return " · ".join(filter(None, (roles_word(card.roles), card.post, counter, card.phone)))
