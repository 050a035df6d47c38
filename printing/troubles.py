"""What keeps a printer from printing, and the errors that say so.

Refused
├── NoPrinter        this computer has none
├── PrinterGone      the chosen one is not among this computer's
├── PrinterHalted    it is there and does not print now: no paper, switched off, stopped …
├── PrinterDenied    it does not print for this user of the computer
├── PrinterRefused   it took no pages
├── PrinterStopped   it broke off
├── PaperNotTaken    it does not know the paper
└── PaperTooSmall    nobody could read the document on it
"""

from __future__ import annotations

from enum import StrEnum

from app.errors import Refused


class PrinterState(StrEnum):
    READY = "ready"
    BUSY = "busy"
    STOPPED = "stopped"
    OFFLINE = "offline"
    NO_PAPER = "no_paper"
    JAMMED = "jammed"
    COVER_OPEN = "cover_open"
    REFUSING = "refusing"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def troubled(self) -> bool:
        """Somebody has to do something before it prints."""
        return self not in (PrinterState.READY, PrinterState.BUSY)


_LABELS = {
    PrinterState.READY: "就绪",
    PrinterState.BUSY: "正在打印",
    PrinterState.STOPPED: "已停止",
    PrinterState.OFFLINE: "没有回应",
    PrinterState.NO_PAPER: "没有纸",
    PrinterState.JAMMED: "卡纸",
    PrinterState.COVER_OPEN: "盖子没关",
    PrinterState.REFUSING: "不接收打印",
}


class NoPrinter(Refused):
    """This computer has no printer at all (fact: printer, the one that was meant)."""

    code = "no_printer"


class PrinterGone(Refused):
    """The chosen printer is not among this computer's (fact: printer)."""

    code = "printer_gone"


class PrinterHalted(Refused):
    """The printer does not print now (facts: printer, `why`: a PrinterState)."""

    code = "printer_halted"


class PrinterDenied(Refused):
    """The system does not let this user print there (fact: printer)."""

    code = "printer_denied"


class PrinterRefused(Refused):
    """The printer took no pages (fact: printer)."""

    code = "printer_refused"


class PrinterStopped(Refused):
    """The printer broke off (facts: printer, page)."""

    code = "printer_stopped"


class PaperNotTaken(Refused):
    """The printer does not know the paper (facts: printer, paper)."""

    code = "paper_not_taken"


class PaperTooSmall(Refused):
    """The document cannot be read on so small a paper (facts: document, paper)."""

    code = "paper_too_small"
