"""What few requests need: the green channel, kinship with the staff, and who signs for somebody who cannot."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from app.domain.names import plain, plain_name
from app.usecases.parties import SigningForm
from app.usecases.registration import RegistrationForm
from ui.desktop import look
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space
from ui.desktop.pages.registration import checks
from ui.desktop.pages.registration.presenter import RegistrationPresenter
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.form_walk import FormWalk
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.tick import Tick

REASONS = (
    "老年人",
    "残疾人",
    "孕产妇",
    "军人军属、退役军人",
    "行动不便，上门办理",
    "急难情形",
    "其他情形",
)
"""Kept as they are written on paper; whatever else is said follows after a colon."""
_COLON = "："


def is_special(form: RegistrationForm) -> bool:
    """Whether any of this was filled in."""
    return bool(form.green or form.staff_relative or form.signing)


class Special(QWidget):
    """Three boxes, each with the fields that its tick opens."""

    def __init__(self, presenter: RegistrationPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._make()
        self._assemble()
        self._connect()
        self.show_form()

    def _make(self) -> None:
        self.green = Tick(self.tr("绿色通道"))
        self.reason = Choice([(reason, reason) for reason in REASONS])
        self.detail = LineEdit()
        self.kin = Tick(self.tr("工作人员的亲属"))
        self.relative = LineEdit()
        self.unable = Tick(self.tr("不会写字或不识字"))
        self.written_by = LineEdit()
        self.read_by = LineEdit()
        self.witness = LineEdit()
        self.witness_phone = LineEdit()
        self.fingerprint = Tick(self.tr("本人按指印"))
        self._green = (
            Field(self.tr("理由"), self.reason),
            Field(self.tr("具体情况"), self.detail, optional=True),
        )
        self._kin = (Field(self.tr("哪位工作人员的什么亲属"), self.relative),)
        self.witness_field = Field(self.tr("见证人（不能是经办人）"), self.witness)
        self._unable: tuple[QWidget, ...] = (
            Field(self.tr("代书人"), self.written_by),
            Field(self.tr("宣读人"), self.read_by),
            self.witness_field,
            Field(self.tr("见证人电话"), self.witness_phone, optional=True),
            self.fingerprint,
        )
        for field in (*self._green, *self._kin, *self._unable):
            if isinstance(field, Field):
                field.spare_message_room()

    def _assemble(self) -> None:
        column = look.column(Space.S, parent=self)
        for tick, fields in (
            (self.green, self._green),
            (self.kin, self._kin),
            (self.unable, self._unable),
        ):
            column.addWidget(tick)
            for field in fields:
                column.addWidget(field)

    def _connect(self) -> None:
        self.walk = FormWalk(
            self,
            [
                self.green, self.reason, self.detail, self.kin, self.relative, self.unable,
                self.written_by, self.read_by, self.witness, self.witness_phone, self.fingerprint,
            ],
        )  # fmt: skip
        self.green.clicked.connect(self._on_green)
        self.reason.chosen.connect(self._on_green)
        self.detail.textEdited.connect(self._on_green)
        self.kin.clicked.connect(self._on_kin)
        self.relative.textEdited.connect(self._on_kin)
        self.unable.clicked.connect(self._on_unable)
        self.fingerprint.clicked.connect(self._on_signing)
        for line in (self.written_by, self.read_by, self.witness, self.witness_phone):
            line.textEdited.connect(self._on_signing)
        self.witness.left.connect(self._on_witness_left)
        self._presenter.shown_anew.connect(self.show_form)

    # --- showing ----------------------------------------------------------------------------------

    def show_form(self) -> None:
        """Every field as the form has it."""
        form = self._presenter.form
        reason, detail = _split(form.green)
        self.green.setChecked(bool(form.green))
        self.reason.set_value(reason)
        self.detail.setText(detail)
        self.kin.setChecked(bool(form.staff_relative))
        self.relative.setText(form.staff_relative)
        self.unable.setChecked(form.signing is not None)
        signing = form.signing or self._usual()
        self.written_by.setText(signing.written_by)
        self.read_by.setText(signing.read_by)
        self.witness.setText(signing.witness)
        self.witness_phone.setText(signing.witness_phone)
        self.fingerprint.setChecked(signing.fingerprint)
        self.witness_field.quiet()
        self._open()

    def _open(self) -> None:
        for tick, fields in (
            (self.green, self._green),
            (self.kin, self._kin),
            (self.unable, self._unable),
        ):
            for field in fields:
                field.setVisible(tick.isChecked())

    def _usual(self) -> SigningForm:
        """Whoever registers ordinarily writes it and reads it out."""
        name = self._presenter.desk.operator.name
        return SigningForm(written_by=name, read_by=name, witness="")

    def take_relative(self, name: str) -> None:
        """Kinship with this one, as far as it is known; the rest is asked."""
        self.kin.setChecked(True)
        self.relative.setText(name)
        self._on_kin()
        self.relative.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_of_witness(self, text: str) -> None:
        self.witness_field.say(Mood.BAD, text)

    # --- filling ----------------------------------------------------------------------------------

    def _on_green(self) -> None:
        self._open()
        reason, detail = str(self.reason.value()), plain(self.detail.text())
        said = reason + (_COLON + detail if detail else "")
        self._presenter.fill(green=said if self.green.isChecked() else "")

    def _on_kin(self) -> None:
        self._open()
        named = plain(self.relative.text()) or _tr("未写明")
        self._presenter.fill(staff_relative=named if self.kin.isChecked() else "")

    def _on_unable(self) -> None:
        self._open()
        self._on_signing()
        self.witness_field.quiet()

    def _on_signing(self) -> None:
        signing = SigningForm(
            written_by=self.written_by.text(),
            read_by=self.read_by.text(),
            witness=self.witness.text(),
            witness_phone=self.witness_phone.text(),
            fingerprint=self.fingerprint.isChecked(),
        )
        self._presenter.fill(signing=signing if self.unable.isChecked() else None)

    def _on_witness_left(self) -> None:
        name = plain_name(self.witness.text())
        self.witness.setText(name)
        signing = self._presenter.form.signing
        if signing is None:
            return
        self._presenter.fill(signing=msgspec.structs.replace(signing, witness=name))
        handler = self._presenter.desk.operator.name
        found = checks.on_witness(signing, handler) if name else None
        if found is None:
            self.witness_field.quiet()
        else:
            self.witness_field.say(found.mood, found.text)


def _split(green: str) -> tuple[str, str]:
    """The reason and what was added; what fits no reason is told whole under the last."""
    reason, _, detail = green.partition(_COLON)
    if reason in REASONS:
        return reason, detail
    return (REASONS[-1], green) if green else (REASONS[0], "")


def _tr(text: str) -> str:
    return QCoreApplication.translate("special", text)
