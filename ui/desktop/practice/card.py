"""练习模式 under 设置: begin, begin anew, end."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.errors import DaibanError
from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.look import Space, TextKind
from ui.desktop.practice.crossing import Leave, Renewed, renew
from ui.desktop.practice.dialogs import EnterPractice
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.dialogs import confirm
from ui.desktop.widgets.progress import Progress
from ui.desktop.widgets.text import Text


class PracticeCard(Card):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.set_title(self.tr("练习模式"))
        self._desk = desk
        self._text = Text("", TextKind.SECONDARY)
        self.enter = Button(self.tr("进入练习"), icon="book-open")
        self.leave = Button(self.tr("退出练习"), icon="log-out")
        self.renew = Button(self.tr("重新开始"), icon="rotate-ccw")
        self._progress = Progress()
        self._progress.hide()
        buttons = look.flow(Space.S)
        for button in (self.enter, self.leave, self.renew):
            buttons.addWidget(button)
        self.add(self._text)
        self.add(buttons)
        self.add(self._progress)
        self.enter.clicked.connect(self._on_enter)
        self.leave.clicked.connect(lambda: desk.crossing_asked.emit(Leave()))
        self.renew.clicked.connect(self._on_renew)
        self._show()

    def _show(self) -> None:
        on = self._desk.station.practice
        self.enter.setVisible(not on)
        self.leave.setVisible(on)
        self.renew.setVisible(on)
        self.set_note(self.tr("现在正在练习") if on else "")
        self._text.set_text(
            self.tr(
                "练习数据只在这台电脑里，不上报。练乱了可以重新开始：扔掉现在的练习数据，另做一份。"
            )
            if on
            else self.tr(
                "用编出来的人和办件学着办：登记、打印、转报、送达都可以放心试。"
                "另存一处，不上报，不占正式的编号，打印出来的每一页都印着“练习”。"
            )
        )

    def _on_enter(self) -> None:
        EnterPractice(self._desk, self).open()

    def question(self) -> tuple[str, str, str, ButtonKind]:
        """What is asked before everything is thrown away."""
        return (
            self.tr("重新开始练习？"),
            self.tr("现在的练习数据全部扔掉，另做一份。正式的数据一点不动。"),
            self.tr("重新开始"),
            ButtonKind.DANGER,
        )

    def _on_renew(self) -> None:
        if not confirm(self, *self.question()):
            return
        self._busy(True)
        name = self._desk.operator.name
        self._desk.read(lambda store: renew(store, name), self._on_renewed, self._on_failed)

    def _on_renewed(self, renewed: Renewed) -> None:
        self._desk.crossing_asked.emit(renewed)

    def _on_failed(self, error: DaibanError) -> None:
        self._busy(False)
        self._desk.complain(error)

    def _busy(self, busy: bool) -> None:
        for button in (self.leave, self.renew):
            button.setEnabled(not busy)
        self._progress.setVisible(busy)
        if busy:
            self._progress.show_progress(self.tr("正在做一份新的练习数据"), None, self.tr("几秒钟"))
