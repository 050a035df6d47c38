"""A batch on its way to paper: how far it is, what it waits for, and at the end what was not printed."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from ui.desktop import look
from ui.desktop.look import Mood, Space, TextKind
from ui.desktop.print_batch import BatchState, PrintBatch
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.progress import Progress
from ui.desktop.widgets.text import Text

_MOST_NAMED: Final = 100


class BatchCard(Card):
    """Not there before a batch was begun, nor after somebody has seen how it ended."""

    def __init__(self, batch: PrintBatch, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.set_title(self.tr("批量打印"))
        self._batch = batch
        self._progress = Progress()
        self._trouble = Banner(Mood.BAD, "")
        self._passed = Text("", TextKind.SECONDARY)
        self._go_on = Button(self.tr("接着打"), icon="printer", kind=ButtonKind.PRIMARY)
        self._seen = Button(self.tr("知道了"))
        self._progress.cancelled.connect(batch.stop)
        self._go_on.clicked.connect(batch.go_on)
        self._seen.clicked.connect(self.hide)
        buttons = look.row(Space.M)
        buttons.addStretch(1)
        buttons.addWidget(self._go_on)
        buttons.addWidget(self._seen)
        self.add(self._progress)
        self.add(self._trouble)
        self.add(self._passed)
        self.add(buttons)
        batch.changed.connect(self.show_batch)
        self.show_batch()

    def show_batch(self) -> None:
        batch = self._batch
        self.setVisible(batch.state is not BatchState.NONE)
        waits = batch.state is BatchState.WAITING
        ended = batch.state is BatchState.ENDED
        self._trouble.setVisible(waits)
        self._trouble.say(Mood.BAD, batch.why)
        self._go_on.setVisible(waits)
        self._seen.setVisible(ended)
        self._passed.set_text(self._not_printed() if ended else "")
        self._passed.setVisible(ended and bool(batch.passed))
        if ended:
            done = self.tr("打完了：打了 {n} 份").format(n=batch.printed)
            if batch.passed:
                done += self.tr("，有 {n} 份没有打").format(n=len(batch.passed))
            self._progress.finish(Mood.WARN if batch.passed else Mood.GOOD, done)
        elif batch.total:
            at = self.tr("第 {at} 份，共 {of} 份").format(at=batch.at, of=batch.total)
            what = self.tr("停在 {label}") if waits else self.tr("正在打 {label}")
            share = (batch.at - 1) / batch.total
            self._progress.show_progress(what.format(label=batch.label), share, at)

    def _not_printed(self) -> str:
        told = [f"{one.label}：{one.words}" for one in self._batch.passed[:_MOST_NAMED]]
        more = len(self._batch.passed) - len(told)
        if more:
            told.append(self.tr("另有 {n} 份").format(n=more))
        return "\n".join(told)
