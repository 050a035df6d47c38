"""Fills in a form as a person would: all that is needed, nothing more."""

from __future__ import annotations

from datetime import date
from functools import singledispatch

from PySide6.QtWidgets import QWidget

from ui.desktop.pages.cases.forms.authority import ForwardDialog, RefuseDialog, ReturnDialog
from ui.desktop.pages.cases.forms.base import ActDialog
from ui.desktop.pages.cases.forms.correction import CorrectDialog
from ui.desktop.pages.cases.forms.defects import DefectsDialog
from ui.desktop.pages.cases.forms.general import GeneralDialog
from ui.desktop.pages.cases.forms.joint import SplitDialog
from ui.desktop.pages.cases.forms.outcome import DecideDialog, DeliverDialog
from ui.desktop.pages.cases.forms.rows import Rows
from ui.desktop.widgets.checklist import Checklist
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.day_edit import DayEdit
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.text_area import TextArea


@singledispatch
def fill(dialog: ActDialog) -> None:
    raise NotImplementedError(type(dialog).__name__)


@fill.register
def _forward(dialog: ForwardDialog) -> None:
    dialog.note.set_text("家属在外地")


@fill.register
def _return(dialog: ReturnDialog) -> None:
    dialog.authority.setText("区人社局")


@fill.register
def _refuse(dialog: RefuseDialog) -> None:
    dialog.reason.set_text("不在本辖区居住")


@fill.register
def _defects(dialog: DefectsDialog) -> None:
    tick(dialog.checklist, 0)
    dialog.defects.lines()[0].cells[0].setText("照片不清楚")


@fill.register
def _split(dialog: SplitDialog) -> None:
    for line, (item, department) in zip(
        dialog.parts.lines(), (("群众求助", "信访办"), ("就业创业证申领", "人社所")), strict=True
    ):
        for cell, text in zip(line.cells, (item, department), strict=True):
            cell.setText(text)


@fill.register
def _decide(dialog: DecideDialog) -> None:
    dialog.outcome.set_text("自下月起按月发放")


@fill.register
def _deliver(dialog: DeliverDialog) -> None:
    dialog.proof.setText("送达回证已签字")


@fill.register
def _correct(dialog: CorrectDialog) -> None:
    dialog.reason.set_text("姓名写错一个字")
    dialog.name.setText("韦晓妹")


@fill.register
def _general(dialog: GeneralDialog) -> None:
    for editor in dialog.editors.values():
        if editor.fault():
            _fill_one(editor.widget)


def _fill_one(widget: QWidget) -> None:
    match widget:
        case DayEdit():
            widget.set_day(date(2040, 1, 1))
        case Choice():
            widget.set_value(widget.itemData(1, 256))
        case TextArea():
            widget.set_text("情况属实")
        case Checklist():
            tick(widget, 0)
        case Rows():
            for line in widget.lines():
                line.cells[0].setText("残疾证")
        case LineEdit():
            widget.setText("1")


def tick(checklist: Checklist, at: int) -> None:
    """As Space does on that line."""
    row = checklist._rows[at]  # noqa: SLF001  # the line that a person clicks
    row.click()
