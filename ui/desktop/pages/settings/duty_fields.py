"""What somebody does at the station: post, window, department, telephone and duty, all of which may stay empty."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.events import Window
from app.usecases.staff import Duty
from ui.desktop import look
from ui.desktop.look.tokens import Space
from ui.desktop.pages.settings.labelled import Labelled
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.radio import Radios
from ui.desktop.widgets.text_area import TextArea


class DutyFields(QWidget):
    def __init__(self, duty: Duty, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.post = LineEdit(_tr("如：民政窗口"))
        self.window_kind = Radios([(one.label, one) for one in Window])
        self.department = LineEdit(_tr("如：民政局"))
        self.phone = LineEdit(_tr("办公电话"))
        self.duty = TextArea(_tr("岗位职责，几句话"), lines=2)
        self.post.setText(duty.post)
        self.window_kind.set_value(duty.window)
        self.department.setText(duty.department)
        self.phone.setText(duty.phone)
        self.duty.set_text(duty.duty)
        column = look.column(Space.M, parent=self)
        column.addWidget(_field(_tr("岗位名称"), self.post))
        column.addWidget(Labelled(_tr("窗口"), self.window_kind))
        column.addWidget(_field(_tr("部门"), self.department))
        column.addWidget(_field(_tr("电话"), self.phone))
        column.addWidget(_field(_tr("职责"), self.duty))

    def read(self) -> Duty:
        return Duty(
            post=self.post.text(),
            window=Window(str(self.window_kind.value())),
            department=self.department.text(),
            duty=self.duty.text(),
            phone=self.phone.text(),
        )


def _field(title: str, editor: QWidget) -> Field:
    field = Field(title, editor, optional=True)
    field.spare_message_room()
    return field


def _tr(text: str) -> str:
    return QCoreApplication.translate("DutyFields", text)
