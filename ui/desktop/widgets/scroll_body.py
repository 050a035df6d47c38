"""A body that scrolls up and down, and shows whatever the keyboard comes to."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Size, Space


class ScrollBody(QScrollArea):
    """Wants to show all of its content; scrolls where there is less room than that."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = inside
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def show_widget(self, widget: QWidget) -> None:
        margin = look.current().px(Space.XL)
        self.ensureWidgetVisible(widget, margin, margin)

    @override
    def sizeHint(self) -> QSize:
        px, wanted = look.current().px, self._inside.sizeHint()
        width = max(px(Size.DIALOG), wanted.width())
        if not self._inside.hasHeightForWidth():
            return QSize(width, wanted.height())
        in_a_dialog = px(Size.DIALOG) - 2 * px(Space.XL)
        return QSize(width, self._inside.heightForWidth(in_a_dialog))

    @override
    def minimumSizeHint(self) -> QSize:
        px = look.current().px
        return QSize(px(Size.CHOICE), px(Size.TWO_LINE_ROW) * 2)

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._inside.isAncestorOf(now):
            self.show_widget(now)
