"""What printing does off the GUI thread: issue, draw, and put on paper.

What makes papers is loaded by the first that is asked for: the window is made without it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QCoreApplication

from app.domain.papers import PaperKind
from app.domain.staff import OperatorCard
from app.errors import Refused
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import printing_queue
from app.usecases.today import shown_today
from printing.choice import Paper, PrinterChoice
from ui.desktop.preferences import Preferences

if TYPE_CHECKING:
    from app.usecases.papers import Issued
    from printing.cups import JobNews
    from printing.printer import Printed, SystemPrinter
    from printing.trial import Trial


def _tr(text: str) -> str:
    return QCoreApplication.translate("PrintJobs", text)


class PrintWithdrawn(Refused):
    """Somebody cancelled it while it waited."""

    code = "print_withdrawn"


class Ticket:
    """Of a job that waits; whoever withdraws it in time gets no print. `n` is the job's."""

    def __init__(self, n: int) -> None:
        self.n = n
        self._withdrawn = False

    def withdraw(self) -> None:
        self._withdrawn = True

    def check(self) -> None:
        """Raises PrintWithdrawn."""
        if self._withdrawn:
            raise PrintWithdrawn


class Issuing(msgspec.Struct, frozen=True, kw_only=True):
    """A document that is to be issued, for the paper that lies in the printer; `only_new`: no reprint."""

    subject: Ref
    kind: PaperKind
    paper: Paper
    only_new: bool = False


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """Pages for a printer. `before` is what was sent of them earlier and did not come out: printer and job."""

    pdf: bytes
    choice: PrinterChoice
    title: str
    sets: int = 1
    before: tuple[str, int] = ("", 0)


def papers_folder(preferences: Preferences) -> Path:
    """Where documents go as files. Off the GUI thread: it loads the printer."""
    from printing.printer import usual_folder

    return Path(preferences.file_folder) if preferences.file_folder else usual_folder()


def issue(ticket: Ticket, issuing: Issuing, store: Store, by: OperatorCard) -> Issued:
    from printing import render

    ticket.check()
    if issuing.only_new:
        from app.usecases import batch_printing

        batch_printing.check_new(store, issuing.subject, issuing.kind)
    return printing_queue.issue(
        store,
        issuing.subject,
        issuing.kind,
        by=by,
        render=lambda facts: render(facts, paper=issuing.paper),
    )


def blank_form(item: str, store: Store) -> tuple[str, bytes]:
    """What it is called, and its pages."""
    from app.usecases import application_forms, catalogue
    from printing import render

    found = catalogue.find(store, item, shown_today(store))
    facts = application_forms.blank(store, found)
    return _tr("空白《{name}》").format(name=facts.name), render(facts)


def put_on_paper(
    ticket: Ticket, order: Order, preferences: Preferences, told: Callable[[int, int, int], object]
) -> Printed:
    """`told` is given the job's number, the side that is drawn and of how many; 0 of 0 when it is its turn."""
    from printing.printer import print_pages, take_back

    ticket.check()
    told(ticket.n, 0, 0)
    take_back(*order.before)
    return print_pages(
        order.pdf,
        order.choice,
        title=order.title,
        folder=papers_folder(preferences),
        sets=order.sets,
        told=lambda side, of: told(ticket.n, side, of),
    )


def try_printer(
    ticket: Ticket,
    trial: Trial,
    choice: PrinterChoice,
    preferences: Preferences,
    told: Callable[[int, int, int], object],
) -> Printed:
    from printing.trial import print_trial

    ticket.check()
    told(ticket.n, 0, 0)
    return print_trial(trial, choice, folder=papers_folder(preferences))


def system_printers() -> list[SystemPrinter]:
    from printing.printer import printers

    return printers()


def news_of(sent: dict[int, tuple[str, int]]) -> dict[int, JobNews | None]:
    """Of what was sent, by the numbers of the jobs: printer and the system's number of each."""
    from printing.printer import follow

    return dict(zip(sent, follow(list(sent.values())), strict=True))


def pages(entry: Ref, store: Store) -> bytes:
    """The pages that were issued."""
    return printing_queue.pages(store, entry)


def note_printed(entry: Ref, printed: Printed, store: Store) -> None:
    """A file needs nobody to say that it is there."""
    if printed.file is None:
        printing_queue.note_sent(store, entry, printer=printed.printer, job=printed.job)
    else:
        printing_queue.note_done(store, entry)


def note_stuck(entry: Ref, store: Store) -> None:
    printing_queue.note_stuck(store, entry)


def note_done(entries: tuple[Ref, ...], store: Store) -> None:
    printing_queue.note_done(store, *entries)
