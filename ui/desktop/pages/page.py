"""What every page is."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.pages.names import PageName


class DeskPage(QWidget):
    """Base of the pages: one looks again when it is shown, and while it is shown when the store has changed."""

    name: ClassVar[PageName]

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        desk.changed.connect(self._on_changed)
        desk.operator_changed.connect(self._on_changed)

    def help_text(self) -> str:
        """What F1 says: a few plain sentences about this page and its keys."""
        return ""

    def refresh(self) -> None:
        """Look again."""

    def receive(self, subject: object) -> None:
        """Somebody came here to see this."""

    def print_paper(self) -> None:
        """F9."""
        self.desk.say(Mood.INFO, QCoreApplication.translate("DeskPage", "这一页没有可打印的文书。"))

    def focus_first(self) -> None:
        """Put the cursor where typing starts."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_keys(self, keys: str, act: Callable[[], object]) -> None:
        """Do this when these keys are pressed anywhere on the page."""
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _on_changed(self) -> None:
        if self.isVisible():
            self.refresh()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()


def label(page: PageName) -> str:
    """The page's name on screen."""
    return {
        PageName.HOME: QCoreApplication.translate("PageName", "工作台"),
        PageName.REGISTRATION: QCoreApplication.translate("PageName", "登记"),
        PageName.CASES: QCoreApplication.translate("PageName", "办件"),
        PageName.REVIEW: QCoreApplication.translate("PageName", "审查"),
        PageName.ITEMS: QCoreApplication.translate("PageName", "事项"),
        PageName.PAPERS: QCoreApplication.translate("PageName", "文书"),
        PageName.SUPERVISION: QCoreApplication.translate("PageName", "效能监督"),
        PageName.EXCHANGE: QCoreApplication.translate("PageName", "同步"),
        PageName.SETTINGS: QCoreApplication.translate("PageName", "设置"),
        PageName.ARCHIVE: QCoreApplication.translate("PageName", "归档"),
    }[page]
