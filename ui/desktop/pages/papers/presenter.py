"""文书 without widgets: what a document looks like, what printing it again would be, and where it goes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.domain.papers import PaperFacts, PaperKind
from app.domain.staff import OperatorCard
from app.errors import DaibanError
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import looks, papers
from printing.choice import Paper
from ui import wording
from ui.desktop.desk import Desk
from ui.desktop.jobs import Job
from ui.desktop.look.mood import Mood
from ui.desktop.pages.papers.lines import PaperLine
from ui.desktop.print_batch import Wanted, batch_of
from ui.desktop.print_choice import choice_for, kind_on_paper
from ui.desktop.print_jobs import jobs_of

if TYPE_CHECKING:
    from printing.printer import SystemPrinter


class NextPrint(msgspec.Struct, frozen=True, kw_only=True):
    """What printing would be now: `why_not` says why it cannot be; `reprint` 0 is a document of its own."""

    reprint: int = 0
    why_not: str = ""


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """A document as it was or would be issued, and what printing it now would be.

    `pages` are those that were issued, if they are kept here.
    """

    facts: PaperFacts
    following: NextPrint
    pages: bytes | None = None


class Leaf(msgspec.Struct, frozen=True, kw_only=True):
    """A document to be seen. `is_drawn_anew`: from what it says, as its pages are not kept here."""

    line: PaperLine
    name: str
    pdf: bytes
    is_drawn_anew: bool = False


class PrinterTold(msgspec.Struct, frozen=True, kw_only=True):
    mood: Mood
    text: str
    tip: str = ""


class PapersPresenter(QObject):
    """`begun` a PaperLine, `seen` a Leaf, `hidden` why there is nothing to see; `following` a NextPrint."""

    begun = Signal(object)
    seen = Signal(object)
    hidden = Signal(str)
    following = Signal(object)
    printer_told = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._line: PaperLine | None = None
        self._leaf: Leaf | None = None
        self._drawing: Job | None = None
        self._printers: dict[str, SystemPrinter] | None = None

    @property
    def leaf(self) -> Leaf | None:
        """What is seen now."""
        return self._leaf

    # --- looking ----------------------------------------------------------------------------------

    def look_at(self, line: PaperLine | None) -> None:
        """Show a document; the one that is seen already is only asked what its next print would be."""
        same = line is not None and self._line is not None and line.key == self._line.key
        self._line = line
        if line is None:
            self._drop()
            self.hidden.emit("")
            return
        if same and self._leaf is not None:
            again = partial(self._on_following, line)
        else:
            self._drop()
            self.begun.emit(line)
            again = partial(self._on_looked, line)
        self._desk.read(
            partial(_look, line=line, kind=self._kind(line), by=self._desk.operator),
            again,
            partial(self._on_unseen, line),
            replaces="papers.look",
        )
        self._tell_printer()

    def _drop(self) -> None:
        self._leaf = None
        if self._drawing is not None:
            self._drawing.cancel()
            self._drawing = None

    def _on_following(self, _line: PaperLine, looked: Looked) -> None:
        self.following.emit(looked.following)

    def _on_looked(self, line: PaperLine, looked: Looked) -> None:
        self.following.emit(looked.following)
        name = name_of(looked.facts)
        if looked.pages is not None:
            self._show(Leaf(line=line, name=name, pdf=looked.pages))
            return
        to_come = line.entry is None  # then it is seen as it will come out of the printer
        choice = choice_for(looked.facts.kind, self._desk.preferences)
        self._drawing = self._desk.outside(
            partial(_draw, looked.facts, choice.paper if to_come else Paper.A4),
            partial(self._on_drawn, line, name),
            partial(self._on_unseen, line),
        )

    def _on_drawn(self, line: PaperLine, name: str, pdf: bytes) -> None:
        self._drawing = None
        issued = line.entry is not None
        self._show(Leaf(line=line, name=name, pdf=pdf, is_drawn_anew=issued))

    def _show(self, leaf: Leaf) -> None:
        self._leaf = leaf
        self.seen.emit(leaf)

    def _on_unseen(self, _line: PaperLine, error: DaibanError) -> None:
        self._drawing = None
        words = wording.sentence_on_screen(error)
        self.following.emit(NextPrint(why_not=words))
        self.hidden.emit(words)

    def _kind(self, line: PaperLine) -> PaperKind | None:
        return kind_on_paper(line.kind, self._desk.preferences) if line.kind else None

    # --- acts -------------------------------------------------------------------------------------

    def documents(self, lines: Sequence[PaperLine]) -> list[tuple[Ref, PaperKind]]:
        """What printing these lines would print: a document once, however many of its copies are among them."""
        wanted = (
            (line.subject, kind_on_paper(line.kind, self._desk.preferences))
            for line in lines
            if line.ours and line.kind is not None
        )
        return list(dict.fromkeys(wanted))

    def print_lines(self, lines: Sequence[PaperLine]) -> None:
        wanted = self.documents(lines)
        if not wanted:
            self._desk.say(Mood.INFO, self.tr("请先选中本站的一份文书，再按 F9 打印。"))
        if len(wanted) == 1:
            jobs_of(self._desk).print(*wanted[0])
        elif wanted:
            whose = {line.subject: line.applicant for line in lines}
            batch_of(self._desk).start(
                [
                    Wanted(subject=subject, kind=kind, label=f"{whose[subject]} {kind.label}")
                    for subject, kind in wanted
                ]
            )

    def save(self, file: Path) -> None:
        """Keep what is seen as a PDF."""
        if self._leaf is not None:
            self._desk.outside(partial(_save, self._leaf.pdf, file), self._on_saved)

    def _on_saved(self, file: Path) -> None:
        self._desk.say(Mood.GOOD, self.tr("已存为 {file}").format(file=file))

    # --- the printer ------------------------------------------------------------------------------

    def ask_printers(self) -> None:
        """The answer may take a while; until then the last one stands."""
        self._tell_printer()
        jobs_of(self._desk).ask_printers(self._on_printers)

    def _on_printers(self, found: list[SystemPrinter]) -> None:
        self._printers = {printer.name: printer for printer in found}
        self._tell_printer()

    def _tell_printer(self) -> None:
        kind = self._line.kind if self._line and self._line.kind else PaperKind.MATERIALS_RECEIPT
        choice = choice_for(kind, self._desk.preferences)
        told = self._told(choice.printer, choice.paper.label)
        if choice.direct:
            told = msgspec.structs.replace(told, mood=Mood.PLAIN, text=choice.name)
        self.printer_told.emit(told)

    def _told(self, name: str, paper: str) -> PrinterTold:
        tip = self.tr("纸张：{paper}。在“设置”里可以换打印机和纸张").format(paper=paper)
        if not name:
            return PrinterTold(mood=Mood.PLAIN, text=self.tr("没有设打印机，存为 PDF"), tip=tip)
        if self._printers is None:
            return PrinterTold(mood=Mood.PLAIN, text=name, tip=tip)
        printer = self._printers.get(name)
        if printer is None:
            return PrinterTold(
                mood=Mood.BAD, text=self.tr("找不到 {name}").format(name=name), tip=tip
            )
        mood = {"ready": Mood.GOOD, "busy": Mood.INFO}.get(printer.state, Mood.BAD)
        return PrinterTold(mood=mood, text=f"{printer.title} {printer.state.label}", tip=tip)


def name_of(facts: PaperFacts) -> str:
    """As a file or a heading names it."""
    name = f"{facts.title} {facts.number}"
    if not facts.reprint:
        return name
    return _tr("{name}（补打第 {n} 次）").format(name=name, n=facts.reprint)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Papers", text)


# --- off the GUI thread -----------------------------------------------------------------------------


def _look(store: Store, *, line: PaperLine, kind: PaperKind | None, by: OperatorCard) -> Looked:
    """An application form shows whole numbers, so that it was looked at is written down."""
    if line.entry is None:
        assert kind is not None
        facts = papers.preview(store, line.subject, kind)
        pages = None
    else:
        facts, pages = papers.copy(store, line.entry), papers.pages(store, line.entry)
    looks.seen_on_paper(store, line.subject, facts.kind, by)
    following = _following(store, line.subject, kind, ours=line.ours)
    return Looked(facts=facts, following=following, pages=pages)


def _following(store: Store, subject: Ref, kind: PaperKind | None, *, ours: bool) -> NextPrint:
    if not ours or kind is None:
        return NextPrint(why_not=_tr("别的站点出具的文书，由出具的站点补打。"))
    try:
        return NextPrint(reprint=papers.preview(store, subject, kind).reprint)
    except DaibanError as error:
        return NextPrint(why_not=wording.sentence_on_screen(error))


def _draw(facts: PaperFacts, paper: Paper) -> bytes:
    from printing import render

    return render(facts, paper=paper)


def _save(pdf: bytes, file: Path) -> Path:
    from printing.filing import save_pdf

    return save_pdf(pdf, file)
