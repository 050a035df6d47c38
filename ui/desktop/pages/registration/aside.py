"""Beside the form: what follows a registration, and what is agreed with the person at the counter."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.items import Mode
from ui.desktop import look
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space, TextKind
from ui.desktop.pages.registration import checks, limits
from ui.desktop.pages.registration.checks import Place
from ui.desktop.pages.registration.presenter import RegistrationPresenter
from ui.desktop.pages.registration.special import Special, is_special
from ui.desktop.pages.registration.visit_panel import VisitPanel
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.day_edit import DayEdit
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.rule import Rule
from ui.desktop.widgets.text import Figures, Text
from ui.desktop.widgets.tick import Tick
from ui.desktop.widgets.tips import set_tip

_SHORT_LABEL_UNITS = 40
"""Two characters beside a figure that takes all the room it is given."""


class _FactLine(QWidget):
    """What it is about and its figure in one line, the rest under it."""

    def __init__(self, fact: limits.Fact) -> None:
        super().__init__()
        figure = Figures(fact.figure, TextKind.BODY)
        set_tip(figure, fact.tip)
        line = look.row(Space.S)
        label = look.sized(Text(fact.label, TextKind.SECONDARY), min_width=_SHORT_LABEL_UNITS)
        line.addWidget(label, 1)
        line.addWidget(figure)
        column = look.column(0, parent=self)
        column.addLayout(line)
        if fact.note:
            column.addWidget(Text(fact.note, TextKind.SECONDARY))


class Aside(QWidget):
    """`specials_shown`: what is seldom needed came or went; `special_made`: for the first time."""

    specials_shown = Signal()
    special_made = Signal(object)

    def __init__(self, presenter: RegistrationPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._kin_name = ""
        self._make()
        self._assemble()
        self._connect()
        self._on_kin_found("")
        self.visit.show_visit()
        self.show_form()

    def _make(self) -> None:
        self._facts = QWidget()
        self._waiting = Text(self.tr("选好事项后，这里写明转报和办结的时限。"), TextKind.SECONDARY)
        self.mandate = Tick(self.tr("签署代办委托书"))
        self.told = Tick(self.tr("已告知个人信息用途"))
        self._told_fault = Banner(Mood.BAD, "")
        self.urgent = Tick(self.tr("加急"))
        self.kin = Banner(Mood.INFO, "")
        self.more = Button(
            self.tr("绿色通道、亲属、代书"),
            icon="plus", kind=ButtonKind.QUIET, key="Alt+M",
            tip=self.tr("绿色通道、工作人员的亲属、不会写字或不识字的人"),
        )  # fmt: skip
        self._special: Special | None = None
        self.visit = VisitPanel(self._presenter)
        self.note = LineEdit(self.tr("如：请上门核实"))
        self.day = DayEdit()
        self.day_field = Field(self.tr("纸质登记的收件日期（补录）"), self.day)
        self.backlog = Button(self.tr("补录纸质登记"), icon="history", kind=ButtonKind.QUIET)
        self._missing = Banner(Mood.WARN, "")

    def _assemble(self) -> None:
        column = look.column(Space.S, (0, 0, Space.S, 0), self)
        column.addWidget(self.visit)
        column.addWidget(self._waiting)
        column.addWidget(self._facts)
        column.addWidget(Rule())
        for part in (self.mandate, self.told, self._told_fault, self.urgent):
            column.addWidget(part)
        column.addWidget(self.kin)
        column.addWidget(self.more, alignment=Qt.AlignmentFlag.AlignLeft)
        self._special_place = look.column(0)
        column.addLayout(self._special_place)
        column.addWidget(self._missing)
        column.addWidget(Field(self.tr("备注"), self.note, optional=True))
        column.addWidget(self.backlog, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.day_field)
        column.addStretch(1)
        self._fact_column = look.column(Space.M, parent=self._facts)

    def _connect(self) -> None:
        presenter = self._presenter
        self.mandate.clicked.connect(self._on_mandate)
        self.told.clicked.connect(self._on_told)
        self.urgent.clicked.connect(lambda urgent: presenter.fill(urgent=urgent))
        self.note.textEdited.connect(lambda text: presenter.fill(note=text))
        self.kin.acted.connect(self._on_kin)
        self.more.clicked.connect(self._on_more)
        presenter.who.kin_found.connect(self._on_kin_found)
        self.backlog.clicked.connect(self._on_backlog)
        self.day.day_changed.connect(lambda day: presenter.fill(received_on=day))
        presenter.shown_anew.connect(self.show_form)
        presenter.outlook_changed.connect(self._on_outlook)
        presenter.table.changed.connect(self._show_missing)

    def show_form(self) -> None:
        form = self._presenter.form
        self.mandate.setChecked(form.mandate)
        self.told.setChecked(form.told or form.mandate)
        self.urgent.setChecked(form.urgent)
        self.note.setText(form.note)
        self.day.set_day(form.received_on)
        self.day_field.setVisible(form.received_on is not None)
        self.backlog.setVisible(form.received_on is None)
        self._told_fault.hide()
        self._show_special(shown=is_special(form))
        self._on_outlook()
        self._show_missing()

    @property
    def special(self) -> Special:
        """Made when it is opened for the first time: few requests need it."""
        if self._special is None:
            self._special = Special(self._presenter)
            self._special_place.addWidget(self._special)
            self.special_made.emit(self._special)
        return self._special

    def first_special(self) -> tuple[QWidget, ...]:
        """Where Enter goes in what is opened; nothing while it is closed."""
        opened = self._special is not None and not self._special.isHidden()
        return (self.special.green,) if opened else ()

    def say(self, place: Place, text: str) -> None:
        """What has to be put right here."""
        if place is Place.DAY:
            self.day_field.show()
            self.day_field.say(Mood.BAD, text)
        elif place is Place.WITNESS:
            self.special.say_of_witness(text)
        else:
            self._told_fault.say(Mood.BAD, text)
            self._told_fault.show()

    def place_of(self, place: Place) -> QWidget:
        """The editor where it is put right."""
        if place is Place.WITNESS:
            return self.special.witness
        return self.day if place is Place.DAY else self.told

    # --- what follows -----------------------------------------------------------------------------

    def _on_outlook(self) -> None:
        found, mode = self._presenter.outlook, self._presenter.mode
        self._waiting.setVisible(found is None)
        self._facts.setVisible(found is not None)
        proxy = mode is Mode.PROXY or (mode is None and found is None)
        self.mandate.setVisible(proxy)
        self.mandate.setChecked(self._presenter.form.mandate)
        if found is not None:
            self._show_facts(list(limits.facts(found)))

    def _show_facts(self, facts: list[limits.Fact]) -> None:
        while (item := self._fact_column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for fact in facts:
            self._fact_column.addWidget(_FactLine(fact))

    def _show_missing(self) -> None:
        missing = len(self._presenter.table.totals.missing)
        self._missing.setVisible(missing > 0)
        text = self.tr("缺 {n} 件必备材料：可以先登记并收件，回执会写明待补齐的材料。")
        self._missing.say(Mood.WARN, text.format(n=missing))

    # --- what is agreed ---------------------------------------------------------------------------

    def _on_mandate(self, signed: bool) -> None:
        """The mandate has the notice on the use of data in it."""
        self._presenter.fill(mandate=signed)
        if signed:
            self.told.setChecked(True)
            self._on_told(told=True)

    def _on_told(self, told: bool) -> None:
        self._presenter.fill(told=told)
        if told:
            self._told_fault.hide()

    # --- what is seldom ---------------------------------------------------------------------------

    def _show_special(self, *, shown: bool) -> None:
        if shown or self._special is not None:
            self.special.setVisible(shown)
        self.more.setVisible(not shown)
        self.specials_shown.emit()

    def _on_more(self) -> None:
        self._show_special(shown=True)
        self.special.green.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_kin_found(self, name: str) -> None:
        self._kin_name = name
        self.kin.setVisible(bool(name) and not self._presenter.form.staff_relative)
        text = self.tr("姓名或电话和工作人员“{name}”相同，是本人或亲属的请写明。")
        self.kin.say(Mood.INFO, text.format(name=name), self.tr("写明"))

    def _on_kin(self) -> None:
        self._show_special(shown=True)
        self.special.take_relative(self._kin_name)
        self.kin.hide()

    def _on_backlog(self) -> None:
        today = self._presenter.today
        self.day.set_day(today)
        self._presenter.fill(received_on=today)
        self.day_field.show()
        self.backlog.hide()
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        if not checks.is_backlog(self._presenter.form, today):
            self.day.selectAll()
