"""A printer that keeps what it is given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import msgspec

from printing import printer
from printing.choice import PrinterChoice
from printing.pages import Pages
from ui.desktop.preferences import ANY_DOCUMENT

LASER = "湖塘激光"


class Tray:
    """It may refuse instead: with `trouble`."""

    def __init__(self):
        self.sheets = []
        self.sets = []
        self.trouble = None

    def draw_on(self, _, pages: Pages, choice: PrinterChoice, *, title: str, sets, told) -> None:
        if self.trouble is not None:
            raise self.trouble
        for page in range(len(pages)):
            told(page + 1, len(pages))
        self.sets.append(sets)
        self.sheets.append((title, choice, len(pages)))


def put_in(monkeypatch) -> Tray:
    tray = Tray()
    monkeypatch.setattr(printer, "system_printer", lambda _: None)
    monkeypatch.setattr(printer, "draw_on", tray.draw_on)
    return tray


def goes_to(desk, **choices: PrinterChoice) -> None:
    printers = {ANY_DOCUMENT if name == "any" else name: choice for name, choice in choices.items()}
    desk.desk.preferences = msgspec.structs.replace(desk.desk.preferences, printers=printers)


@contextmanager
def the_store_busy(desk) -> Iterator[None]:
    """Whatever is asked of it waits."""
    free = Event()
    desk.desk.read(lambda _: free.wait(), lambda _: None)
    try:
        yield
    finally:
        free.set()
