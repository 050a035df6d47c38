"""Beside the form: what follows a registration, and what is agreed with the person at the counter."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.items import Mode
from ui.desktop import look
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space, TextKind
from ui.desktop.pages.registration import checks, limits
from ui.desktop.pages.registration.checks import Place
from ui.desktop.pages.registration.presenter import RegistrationPresenter
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.day_edit import DayEdit
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.rule import Rule
from ui.desktop.widgets.text import Figures, Text
from ui.desktop.widgets.tick import Tick
from ui.desktop.widgets.tips import set_tip


class _FactLine(QWidget):
    """What it is about and its figure in one line, the rest under it."""

    def __init__(self, fact: limits.Fact) -> None:
        super().__init__()
        figure = Figures(fact.figure, TextKind.BODY)
        set_tip(figure, fact.tip)
        line = look.row(Space.S)
        line.addWidget(Text(fact.label, TextKind.SECONDARY), 1)
        line.addWidget(figure)
        column = look.column(0, parent=self)
        column.addLayout(line)
        if fact.note:
            column.addWidget(Text(fact.note, TextKind.SECONDARY))


class Aside(QWidget):
    def __init__(self, presenter: RegistrationPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._make()
        self._assemble()
        self._connect()
        self.show_form()

    def _make(self) -> None:
        self._facts = QWidget()
        self._waiting = Text(self.tr("选好事项后，这里写明转报和办结的时限。"), TextKind.SECONDARY)
        self.mandate = Tick(self.tr("签署代办委托书"))
        self.told = Tick(self.tr("已告知个人信息用途"))
        self._told_fault = Banner(Mood.BAD, "")
        self.urgent = Tick(self.tr("加急 · 绿色通道"))
        self.note = LineEdit(self.tr("如：请上门核实"))
        self.day = DayEdit()
        self.day_field = Field(self.tr("纸质登记的收件日期（补录）"), self.day)
        self.backlog = Button(self.tr("补录纸质登记"), icon="history", kind=ButtonKind.QUIET)
        self._missing = Banner(Mood.WARN, "")

    def _assemble(self) -> None:
        column = look.column(Space.S, (0, 0, Space.S, 0), self)
        column.addWidget(self._waiting)
        column.addWidget(self._facts)
        column.addWidget(Rule())
        for part in (self.mandate, self.told, self._told_fault, self.urgent):
            column.addWidget(part)
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
        self.backlog.clicked.connect(self._on_backlog)
        self.day.day_changed.connect(lambda day: presenter.fill(received_on=day))
        presenter.shown_anew.connect(self.show_form)
        presenter.outlook_changed.connect(self._on_outlook)
        presenter.materials_changed.connect(self._show_missing)

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
        self._on_outlook()
        self._show_missing()

    def say(self, place: Place, text: str) -> None:
        """What has to be put right here."""
        if place is Place.DAY:
            self.day_field.show()
            self.day_field.say(Mood.BAD, text)
        else:
            self._told_fault.say(Mood.BAD, text)
            self._told_fault.show()

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
        missing = len(self._presenter.totals.missing)
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

    def _on_backlog(self) -> None:
        today = self._presenter.today
        self.day.set_day(today)
        self._presenter.fill(received_on=today)
        self.day_field.show()
        self.backlog.hide()
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        if not checks.is_backlog(self._presenter.form, today):
            self.day.selectAll()
