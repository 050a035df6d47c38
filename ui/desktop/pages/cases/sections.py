"""Parts of the detail: what has to be known, the papers, what happened."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.desktop import look
from ui.desktop.look import Mood, Space, TextKind
from ui.desktop.pages.cases.history_words import HistoryStep
from ui.desktop.pages.cases.sheet import (
    CaseSheet,
    IssuedPaper,
    NoteKind,
    PaperToPrint,
    SheetNote,
)
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.text import Text
from ui.desktop.widgets.timeline import Step, Timeline


class Notes(QWidget):
    """`compare_asked` carries the Ref of a case that may be the same.

    Of an act without effect: `seen` carries its Ref, `again_asked` the ActChoice to do it once more,
    `tell_asked` the note.
    """

    compare_asked = Signal(object)
    seen = Signal(object)
    again_asked = Signal(object)
    tell_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[SheetNote, ...] = ()
        self._column = look.column(Space.S, parent=self)
        self._banners: list[QWidget] = []
        self.hide()

    def show_notes(self, notes: tuple[SheetNote, ...]) -> None:
        if notes == self._shown:
            return
        self._shown = notes
        for banner in self._banners:
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self._banners = [
            self._misfit(note) if note.kind is NoteKind.MISFIT else self._banner(note)
            for note in notes
        ]
        for banner in self._banners:
            self._column.addWidget(banner)
        self.setVisible(bool(notes))

    def _banner(self, note: SheetNote) -> Banner:
        compares = note.kind is NoteKind.COMPARE and note.subject is not None
        banner = Banner(note.mood, note.text, self.tr("比对") if compares else None, parent=self)
        banner.acted.connect(partial(self.compare_asked.emit, note.subject))
        return banner

    def _misfit(self, note: SheetNote) -> QWidget:
        """What happened, and under it the ways out."""
        whole = QWidget(self)
        stack = look.column(Space.XS, parent=whole)
        stack.addWidget(Banner(note.mood, note.text))
        ways = look.flow(Space.S)
        again, told = note.again, note.told
        if again is not None:
            do = Button(self.tr("重新办理：{act}").format(act=again.label), icon="rotate-ccw")
            do.clicked.connect(lambda: self.again_asked.emit(again))
            ways.addWidget(do)
        if told:
            tell = Button(self.tr("告知申请人…"), icon="phone")
            tell.clicked.connect(lambda: self.tell_asked.emit(note))
            ways.addWidget(tell)
        seen = Button(self.tr("知道了"), icon="check")
        seen.clicked.connect(lambda: self.seen.emit(note.subject))
        ways.addWidget(seen)
        stack.addLayout(ways)
        return whole


class Papers(QWidget):
    """`print_asked` carries a PaperKind; `opened`: somebody wants to see the papers that were issued."""

    print_asked = Signal(object)
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[tuple[PaperToPrint, ...], tuple[IssuedPaper, ...]] = ((), ())
        self._made: list[QWidget] = []
        self._buttons = look.flow(Space.S)
        self._lines = look.column(Space.XS)
        stack = look.column(Space.S, parent=self)
        stack.addWidget(Text(self.tr("文书"), TextKind.SECTION))
        stack.addLayout(self._buttons)
        stack.addLayout(self._lines)

    def show_sheet(self, sheet: CaseSheet) -> None:
        shown = (sheet.to_print, sheet.papers)
        self.setVisible(any(shown))
        if shown == self._shown:
            return
        self._shown = shown
        for widget in self._made:
            self._buttons.removeWidget(widget)
            self._lines.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        buttons = [self._print_button(paper) for paper in sheet.to_print]
        if sheet.papers:
            look_at = Button(self.tr("查看文书"), icon="file-text", parent=self)
            look_at.clicked.connect(self.opened)
            buttons.append(look_at)
        lines = [self._line(paper) for paper in sheet.papers]
        for button in buttons:
            self._buttons.addWidget(button)
            button.show()
        for line in lines:
            self._lines.addWidget(line)
            line.show()
        self._made = [*buttons, *lines]

    def _print_button(self, paper: PaperToPrint) -> Button:
        text = (
            self.tr("补打{paper}（第 {n} 次）").format(paper=paper.label, n=paper.issued)
            if paper.issued
            else self.tr("打印{paper}").format(paper=paper.label)
        )
        button = Button(text, icon="printer", parent=self)
        button.clicked.connect(lambda: self.print_asked.emit(paper.kind))
        return button

    def _line(self, paper: IssuedPaper) -> Text:
        parts = [f"{paper.label} {paper.number}", paper.on]
        if paper.reprint:
            parts.append(self.tr("补打第 {n} 次").format(n=paper.reprint))
        if not paper.stands:
            parts.append(self.tr("已失效，请收回"))
        mood = None if paper.stands else Mood.BAD
        return Text(" · ".join(parts), TextKind.SECONDARY, mood, self)


class Steps(QWidget):
    """经过: every entry in reading order, by day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._timeline = Timeline()
        stack = look.column(Space.S, parent=self)
        stack.addWidget(Text(self.tr("经过"), TextKind.SECTION))
        stack.addWidget(self._timeline)
        stack.addStretch(1)

    def show_sheet(self, sheet: CaseSheet) -> None:
        self._timeline.show_steps([self._step(step) for step in sheet.steps])

    def _step(self, step: HistoryStep) -> Step:
        when = self.tr("{when} · 待上报").format(when=step.when) if step.waits_to_go else step.when
        return Step(title=step.title, when=when, text=step.text, mood=step.mood, day=step.day)
