"""One person of the station: roles, post, window and telephone; a head changes them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.regions import Tier
from app.errors import DaibanError
from app.usecases import staff
from ui.desktop import look
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space, TextKind
from ui.desktop.pages.settings.arrangements import ArrangementsPresenter
from ui.desktop.pages.settings.duty_fields import DutyFields
from ui.desktop.pages.settings.presenter import Person
from ui.desktop.pages.settings.role_words import role_word, usual_roles
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.dialogs import FormDialog, confirm
from ui.desktop.widgets.text import Text
from ui.desktop.widgets.tick import Tick


class PersonDialog(FormDialog):
    """Accepted when the change is written; `password_asked` when a password is to be given."""

    password_asked = Signal()

    def __init__(
        self,
        person: Person,
        tier: Tier,
        presenter: ArrangementsPresenter,
        parent: QWidget | None = None,
        *,
        own: bool = False,
    ) -> None:
        card = person.card
        super().__init__(
            card.name, _tr("保存"), parent, note=_tr("改动会公布给辖区各站，从现在起算。")
        )
        self._card, self._presenter = card, presenter
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offered = (*usual_roles(tier), *(one for one in card.roles if one not in usual_roles(tier)))
        self.roles = {role: Tick(role_word(role)) for role in offered}
        for role, tick in self.roles.items():
            tick.setChecked(role in card.roles)
        self.duty = DutyFields(staff.duty_of(card))
        give = _tr("修改密码") if own else _tr("重设密码") if person.can_log_in else _tr("设密码")
        self.password = Button(give, icon="key-round")
        self.left = Button(_tr("已经离岗"), icon="log-out", kind=ButtonKind.QUIET)
        self._lay_out()
        self.ok_requested.connect(self._on_ok)
        self.password.clicked.connect(self._on_password)
        self.left.clicked.connect(self._on_left)
        presenter.done.connect(self._on_done)
        presenter.refused.connect(self._on_refused)

    def _lay_out(self) -> None:
        buttons = look.flow(Space.S)
        buttons.addWidget(self.password)
        buttons.addWidget(self.left)
        self.add(buttons)
        ticks = look.flow(Space.S)
        for tick in self.roles.values():
            ticks.addWidget(tick)
        self.add(Text(_tr("岗位角色"), TextKind.SECONDARY))
        self.add(ticks)
        self.add(self.duty)

    def _on_ok(self) -> None:
        roles = tuple(role for role, tick in self.roles.items() if tick.isChecked())
        if not roles:
            self.say(Mood.BAD, _tr("至少选一个岗位角色；不在这里工作了，请按“已经离岗”。"))
            return
        self.set_busy(True)
        self._presenter.change(self._card.name, roles, self.duty.read())

    def _on_password(self) -> None:
        self.reject()
        self.password_asked.emit()

    def _on_left(self) -> None:
        sure = confirm(
            self,
            _tr("{name}已经离岗？").format(name=self._card.name),
            _tr("从现在起不能再登录办理，名下的件请移交给别人。办过的事仍记在名下。"),
            _tr("已经离岗"),
            ButtonKind.DANGER,
        )
        if sure:
            self.set_busy(True)
            self._presenter.leave(self._card.name)

    def _on_done(self, _act: str) -> None:
        self.accept()

    def _on_refused(self, _error: DaibanError, said: str) -> None:
        self.set_busy(False)
        self.say(Mood.BAD, said)


def _tr(text: str) -> str:
    return QCoreApplication.translate("PersonDialog", text)
