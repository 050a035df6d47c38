"""What a head is asked for a new colleague, and for somebody's password."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.events import Role
from app.domain.regions import Tier
from app.errors import DaibanError
from app.usecases.operators import BadName, OperatorExists, PasswordTooShort
from app.usecases.staff import Duty
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import TextKind
from ui.desktop.pages.settings.duty_fields import DutyFields
from ui.desktop.pages.settings.labelled import Labelled
from ui.desktop.pages.settings.new_password import NewPassword
from ui.desktop.pages.settings.presenter import Person, SettingsPresenter
from ui.desktop.pages.settings.role_words import role_word, usual_roles
from ui.desktop.widgets.dialogs import FormDialog
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.form_walk import FormWalk
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.radio import Radios
from ui.desktop.widgets.text import Text


class AddPerson(FormDialog):
    """Accepted when the colleague is added."""

    def __init__(
        self, tier: Tier, presenter: SettingsPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(_tr("添加操作员"), _tr("添加"), parent)
        self._presenter = presenter
        self._name = LineEdit(_tr("真实姓名"))
        self._name_field = Field(_tr("姓名"), self._name)
        self._role = Radios([(role_word(role), role) for role in usual_roles(tier)])
        self._password = NewPassword(_tr("初始密码"))
        self.add(self._name_field)
        self.add(Labelled(_tr("岗位"), self._role))
        self.add(self._password)
        self.duty = DutyFields(Duty())
        self.add(
            Text(_tr("下面的以后也可以填：印在公示牌和值班表上，也写明窗口。"), TextKind.SECONDARY)
        )
        self.add(self.duty)
        self._walk = FormWalk(self, [self._name, self._role, *self._password.editors])
        self._walk.finished.connect(self.ok_requested)
        self.ok_requested.connect(self._on_ok)
        presenter.added.connect(self.accept)
        presenter.refused.connect(self._on_refused)
        self._name.setFocus()

    def _on_ok(self) -> None:
        if not self._name.text().strip():
            self._name_field.say(Mood.BAD, _tr("请填姓名。"))
            self._name.setFocus()
            return
        self._name_field.quiet()
        password = self._password.checked()
        if password is not None:
            self.set_busy(True)
            self._presenter.add(
                self._name.text(), Role(str(self._role.value())), password, self.duty.read()
            )

    def _on_refused(self, error: DaibanError, said: str) -> None:
        self.set_busy(False)
        if isinstance(error, BadName | OperatorExists):
            self._name_field.say(Mood.BAD, said)
            self._name.setFocus()
        elif isinstance(error, PasswordTooShort):
            self._password.complain(said)
        else:
            self.say(Mood.BAD, said)


class GivePassword(FormDialog):
    """Accepted when the password is set."""

    def __init__(
        self, person: Person, presenter: SettingsPresenter, parent: QWidget | None = None
    ) -> None:
        title = _tr("重设密码") if person.can_log_in else _tr("设密码")
        note = _tr("给{name}设一个密码，请当面告诉本人，登录以后自己再改。")
        super().__init__(title, title, parent, note=note.format(name=person.card.name))
        self._person = person
        self._presenter = presenter
        self._password = NewPassword()
        self.add(self._password)
        self._walk = FormWalk(self, self._password.editors)
        self._walk.finished.connect(self.ok_requested)
        self.ok_requested.connect(self._on_ok)
        presenter.password_given.connect(self.accept)
        presenter.refused.connect(self._on_refused)
        self._password.setFocus()

    def _on_ok(self) -> None:
        password = self._password.checked()
        if password is not None:
            self.set_busy(True)
            self._presenter.give_password(self._person.card, password)

    def _on_refused(self, error: DaibanError, said: str) -> None:
        self.set_busy(False)
        if isinstance(error, PasswordTooShort):
            self._password.complain(said)
        else:
            self.say(Mood.BAD, said)


def _tr(text: str) -> str:
    return QCoreApplication.translate("People", text)
