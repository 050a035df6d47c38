"""What stands in the bar over pages: from one to the next, and larger or smaller."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.desktop import look
from ui.desktop.look import Size, Space, TextKind
from ui.desktop.widgets.button import IconButton
from ui.desktop.widgets.text import Elided, Text
from ui.desktop.widgets.zoom_area import ZoomArea


class PageSteps(QWidget):
    """`stepped`: one page back (−1) or on (1) is wanted."""

    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = IconButton("chevron-left", self.tr("上一页"))
        self.on = IconButton("chevron-right", self.tr("下一页"))
        self._where = Text("", TextKind.SECONDARY)
        self._where.setWordWrap(False)
        _on_one_line(self, self.back, self._where, self.on)
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.on.clicked.connect(lambda: self.stepped.emit(1))

    def show_page(self, at: int, count: int) -> None:
        """`at` from 0."""
        self._where.set_text(page_words(at, count))
        self.back.setEnabled(at > 0)
        self.on.setEnabled(at + 1 < count)


class SizeSteps(QWidget):
    """Makes what is looked at larger or smaller, and tells how large it is."""

    def __init__(self, area: ZoomArea, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._area = area
        self.smaller = IconButton("zoom-out", self.tr("缩小"))
        self.larger = IconButton("zoom-in", self.tr("放大"))
        self._size = Elided("", TextKind.SECONDARY)
        self._size.setAlignment(Qt.AlignmentFlag.AlignCenter)
        look.sized(self._size, width=Space.XXL + Space.XL)
        _on_one_line(self, self.smaller, self._size, self.larger)
        self.smaller.clicked.connect(area.zoom_out)
        self.larger.clicked.connect(area.zoom_in)
        area.zoomed.connect(self._show)

    def _show(self) -> None:
        there, factor, steps = not self._area.is_empty, self._area.factor, self._area.steps
        self._size.set_text(f"{factor:.0%}" if there else "")
        self.smaller.setEnabled(there and factor > steps[0])
        self.larger.setEnabled(there and factor < steps[-1])


def page_words(at: int, count: int) -> str:
    """`at` from 0; of no pages nothing."""
    words = QCoreApplication.translate("PageSteps", "第 {page} 页，共 {count} 页")
    return words.format(page=at + 1, count=count) if count else ""


def together(*widgets: QWidget) -> QWidget:
    """Widgets that stay on one line where the bar has several."""
    group = QWidget()
    _on_one_line(group, *widgets)
    return group


def _on_one_line(group: QWidget, *widgets: QWidget) -> None:
    look.sized(group, min_height=Size.CONTROL)  # small ones stand in the middle beside others
    line = look.row(Space.XS, parent=group)
    for widget in widgets:
        line.addWidget(widget)
