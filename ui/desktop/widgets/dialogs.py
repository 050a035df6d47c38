"""The few dialogs: one question, or the facts that an act needs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Mood, Size, Space, TextKind
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.reading_order import follow_layout, stops
from ui.desktop.widgets.scroll_body import ScrollBody
from ui.desktop.widgets.text import Text


def confirm(
    parent: QWidget | None,
    title: str,
    consequence: str,
    yes_text: str,
    kind: ButtonKind = ButtonKind.PRIMARY,
    no_text: str = "",
) -> bool:
    """Ask once. Esc means no, and the safe answer has the keyboard."""
    return Question(title, consequence, yes_text, kind, no_text, parent).exec() == _YES


def tell(parent: QWidget | None, title: str, text: str) -> None:
    """Something that must be read before going on."""
    Notice(title, text, parent).exec()


def cover_window(dialog: QDialog) -> None:
    """When it is shown: over its window, almost as large as that, unless it was given a size."""
    parent = dialog.parentWidget()
    if parent is None or dialog.testAttribute(Qt.WidgetAttribute.WA_Resized):
        return
    around, gap = parent.window().geometry(), look.current().px(Size.CONTROL)
    dialog.resize(around.width() - gap, around.height() - gap)
    dialog.move(around.center() - dialog.rect().center())


_YES = QDialog.DialogCode.Accepted.value


class _Sheet(QDialog):
    tall_units = 0
    """How high it is made where there is room, for what will appear in it later."""

    def __init__(self, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.column = look.column(Space.L, (Space.XL,) * 4, self)
        self.column.addWidget(Text(title, TextKind.HEADING))
        look.sized(self, min_width=Size.DIALOG)
        if parent is None:
            look.dress(self)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self._fit()

    def _fit(self) -> None:
        """Qt does not count that text takes more lines in the width that it gets.

        A dialog stays inside its window, so that its buttons are always seen.
        """
        parent = self.parentWidget()
        around = (
            parent.window().geometry()
            if parent
            else QGuiApplication.primaryScreen().availableGeometry()
        )
        most = around.height() - look.current().px(Space.L) * 2
        wanted = max(self.heightForWidth(self.width()), look.current().px(self.tall_units))
        self.resize(self.width(), min(wanted, most))
        if parent is not None:
            self.move(around.center() - self.rect().center())


class Question(_Sheet):
    def __init__(
        self,
        title: str,
        consequence: str,
        yes_text: str,
        kind: ButtonKind = ButtonKind.PRIMARY,
        no_text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self.column.addWidget(Text(consequence))
        self.no = Button(no_text or self.tr("取消"))
        self.yes = Button(yes_text, kind=kind)
        self.no.clicked.connect(self.reject)
        self.yes.clicked.connect(self.accept)
        row = look.row(Space.S)
        row.addStretch(1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        self.column.addLayout(row)
        self.setAccessibleDescription(consequence)
        self.no.setFocus()


class Notice(_Sheet):
    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.column.addWidget(Text(text))
        self.ok = Button(self.tr("知道了"), kind=ButtonKind.PRIMARY)
        self.ok.clicked.connect(self.accept)
        row = look.row(Space.S)
        row.addStretch(1)
        row.addWidget(self.ok)
        self.column.addLayout(row)
        self.setAccessibleDescription(text)
        self.ok.setFocus()


class FormDialog(_Sheet):
    """`ok_requested` when yes is pressed, or Ctrl+Enter; whoever made it checks and calls `accept`."""

    ok_requested = Signal()

    def __init__(
        self,
        title: str,
        yes_text: str,
        parent: QWidget | None = None,
        *,
        kind: ButtonKind = ButtonKind.PRIMARY,
        note: str = "",
    ) -> None:
        super().__init__(title, parent)
        if note:
            self.column.addWidget(Text(note, TextKind.SECONDARY))
        inside = QWidget()
        self.body = look.column(Space.S, parent=inside)
        scroll = ScrollBody(inside)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._banner = Banner(Mood.BAD, "")
        self._banner.hide()
        self.no = Button(self.tr("取消"))
        self.yes = Button(yes_text, kind=kind, shown_key="Ctrl+Return")
        self.no.clicked.connect(self.reject)
        self.yes.clicked.connect(self._on_yes)
        row = look.row(Space.S)
        row.addStretch(1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        self.column.addWidget(scroll, 1)
        self.column.addWidget(self._banner)
        self.column.addLayout(row)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._on_yes)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        follow_layout(self)
        first = next((stop for stop in stops(self) if stop.isVisible() and stop.isEnabled()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def add(self, what: QWidget | QLayout) -> None:
        if isinstance(what, QWidget):
            self.body.addWidget(what)
        else:
            self.body.addLayout(what)

    def say(self, mood: Mood, text: str) -> None:
        """Something about the whole form, over the buttons."""
        self._banner.say(mood, text)
        self._banner.show()

    def quiet(self) -> None:
        self._banner.hide()

    def set_busy(self, busy: bool) -> None:
        """While the act is being done nothing can be pressed twice."""
        self.yes.setEnabled(not busy)

    def _on_yes(self) -> None:
        if self.yes.isEnabled():
            self.quiet()
            self.ok_requested.emit()
