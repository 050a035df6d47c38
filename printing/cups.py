"""What CUPS says of a printer and of what was sent to it, asked through the library that Qt prints with.

Qt tells only whether a printer is idle, and takes no notice when CUPS refuses the pages.
Where there is no CUPS (Windows), nothing is known and every answer is empty.
Source: RFC 8011 (IPP), operations 4.2.5, 4.2.6, 4.3.3, 4.3.4, values 5.3.7 and 5.4.11; CUPS programming manual.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from ctypes import CDLL, c_char_p, c_int, c_void_p
from enum import IntEnum, StrEnum
from functools import cache
from typing import Final
from urllib.parse import quote

import msgspec

from printing.troubles import PrinterState

Answer = Mapping[str, tuple[int | str, ...]]

_OPERATION: Final = 0x01
_INTEGER, _ENUM, _BOOLEAN, _KEYWORD, _NAME, _URI = 0x21, 0x23, 0x22, 0x44, 0x42, 0x45
_NUMBERS: Final = (_INTEGER, _ENUM, _BOOLEAN)
_TEXTS: Final = (0x41, 0x42, 0x44, 0x35, 0x36)
_STOPPED: Final = 5  # printer-state
_CANNOT_BE: Final = 0x0400
"""The first of the statuses that mean no."""
_NOT_ACCEPTING: Final = 0x0506
_FORBIDDEN: Final = (0x0401, 0x0402, 0x0403, 0x040D)

_REASONS: Final = (
    ("media-empty", PrinterState.NO_PAPER),
    ("media-needed", PrinterState.NO_PAPER),
    ("media-jam", PrinterState.JAMMED),
    ("cover-open", PrinterState.COVER_OPEN),
    ("door-open", PrinterState.COVER_OPEN),
    ("offline", PrinterState.OFFLINE),
    ("shutdown", PrinterState.OFFLINE),
    ("timed-out", PrinterState.OFFLINE),
    ("connecting-to-device", PrinterState.OFFLINE),
    ("paused", PrinterState.STOPPED),
)
"""By how a reason begins; the first that fits is told. What runs low is no trouble yet."""
_AWAY: Final = (
    "unavailable at this time",
    "not responding",
    "Unable to connect",
    "Unable to locate",
)
"""CUPS' backends say it in words while they try again and again, and give no reason."""


class Operation(IntEnum):
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_JOBS = 0x000A
    GET_PRINTER_ATTRIBUTES = 0x000B


class Stage(StrEnum):
    """How far what was sent has come."""

    QUEUED = "queued"
    PRINTING = "printing"
    DONE = "done"
    LOST = "lost"


_STAGES: Final = {
    3: Stage.QUEUED, 4: Stage.QUEUED, 5: Stage.PRINTING, 6: Stage.QUEUED,
    7: Stage.LOST, 8: Stage.LOST, 9: Stage.DONE,
}  # fmt: skip


class JobNews(msgspec.Struct, frozen=True, kw_only=True):
    """`pages` that are out, as far as the printer counts; `state` of the printer."""

    stage: Stage
    state: PrinterState
    pages: int = 0


class Refusal(StrEnum):
    DENIED = "denied"
    NOT_ACCEPTING = "not_accepting"
    OTHERWISE = "otherwise"


def refusal() -> Refusal | None:
    """Why CUPS did not take what this thread has just sent; None if it did."""
    library = _library()
    status = library.cupsLastError() if library is not None else 0
    if status < _CANNOT_BE:
        return None
    if status in _FORBIDDEN:
        return Refusal.DENIED
    return Refusal.NOT_ACCEPTING if status == _NOT_ACCEPTING else Refusal.OTHERWISE


def printer_state(printer: str) -> PrinterState | None:
    """None where there is no CUPS, or it does not know the printer."""
    found = _asked(Operation.GET_PRINTER_ATTRIBUTES, printer)
    return state_of(found[0]) if found else None


def newest_job(printer: str, title: str) -> int:
    """The number of what this user sent last under the title; 0 if it is not there."""
    wanted: dict[str, int | str] = {"my-jobs": True, "which-jobs": "all"}
    found = _asked(Operation.GET_JOBS, printer, wanted, ("job-id", "job-name"))
    ours = [
        number
        for job in found
        if job.get("job-name") == (title,)
        for number in job.get("job-id", ())
        if isinstance(number, int)
    ]
    return max(ours, default=0)


def job_news(printer: str, job: int) -> JobNews | None:
    """None if CUPS has forgotten it, or is away."""
    found = _asked(Operation.GET_JOB_ATTRIBUTES, printer, {"job-id": job})
    stage = _STAGES.get(_number(found[0], "job-state")) if found else None
    if stage is None:
        return None
    state = printer_state(printer) if stage in (Stage.QUEUED, Stage.PRINTING) else None
    pages = _number(found[0], "job-impressions-completed")
    return JobNews(stage=stage, state=state or PrinterState.READY, pages=pages)


def cancel_job(printer: str, job: int) -> None:
    """What has not come out yet stays in."""
    _asked(Operation.CANCEL_JOB, printer, {"job-id": job})


def state_of(said: Answer) -> PrinterState:
    """From a printer's attributes."""
    reasons = [str(reason) for reason in said.get("printer-state-reasons", ())]
    for begins, state in _REASONS:
        if any(reason.startswith(begins) for reason in reasons):
            return state
    message = "".join(str(part) for part in said.get("printer-state-message", ()))
    if any(away in message for away in _AWAY):
        return PrinterState.OFFLINE
    if not _number(said, "printer-is-accepting-jobs", otherwise=1):
        return PrinterState.REFUSING
    return {3: PrinterState.READY, 4: PrinterState.BUSY, _STOPPED: PrinterState.STOPPED}.get(
        _number(said, "printer-state"), PrinterState.READY
    )


def _number(said: Answer, name: str, *, otherwise: int = 0) -> int:
    values = said.get(name, ())
    return values[0] if values and isinstance(values[0], int) else otherwise


# --- IPP --------------------------------------------------------------------------------------------


def _asked(
    operation: Operation,
    printer: str,
    wanted: Mapping[str, int | str] | None = None,
    attributes: tuple[str, ...] = (),
) -> list[Answer]:
    """What came back, one for each thing that it is about; nothing if CUPS says no or is away."""
    library = _library()
    if library is None:
        return []
    # A printer of Qt's may bear an instance after a slash, which is no queue.
    uri = f"ipp://localhost/printers/{quote(printer.partition('/')[0])}"
    request = library.ippNewRequest(operation)
    _add_text(library, request, _URI, "printer-uri", uri)
    _add_text(library, request, _NAME, "requesting-user-name", library.cupsUser().decode())
    for name, value in (wanted or {}).items():
        if isinstance(value, bool):
            library.ippAddBoolean(request, _OPERATION, name.encode(), value)
        elif isinstance(value, int):
            library.ippAddInteger(request, _OPERATION, _INTEGER, name.encode(), value)
        else:
            _add_text(library, request, _KEYWORD, name, value)
    if attributes:
        names = (c_char_p * len(attributes))(*(name.encode() for name in attributes))
        library.ippAddStrings(
            request, _OPERATION, _KEYWORD, b"requested-attributes", len(names), None, names
        )
    response = library.cupsDoRequest(None, request, b"/")  # which frees the request
    if not response:
        return []
    try:
        return [] if library.cupsLastError() >= _CANNOT_BE else _read(library, response)
    finally:
        library.ippDelete(response)


def _add_text(library: CDLL, request: int, tag: int, name: str, value: str) -> None:
    library.ippAddString(request, _OPERATION, tag, name.encode(), None, value.encode())


def _read(library: CDLL, response: int) -> list[Answer]:
    """An attribute without a name parts one thing from the next."""
    found: list[dict[str, tuple[int | str, ...]]] = [{}]
    attribute = library.ippFirstAttribute(response)
    while attribute:
        name = library.ippGetName(attribute)
        if name is None:
            found.append({})
        elif library.ippGetGroupTag(attribute) != _OPERATION:
            found[-1][name.decode()] = _values(library, attribute)
        attribute = library.ippNextAttribute(response)
    return [one for one in found if one]


def _values(library: CDLL, attribute: int) -> tuple[int | str, ...]:
    tag, count = library.ippGetValueTag(attribute), library.ippGetCount(attribute)
    if tag == _BOOLEAN:
        return tuple(int(library.ippGetBoolean(attribute, n)) for n in range(count))
    if tag in _NUMBERS:
        return tuple(int(library.ippGetInteger(attribute, n)) for n in range(count))
    if tag in _TEXTS:
        texts = (library.ippGetString(attribute, n, None) for n in range(count))
        return tuple((text or b"").decode(errors="replace") for text in texts)
    return ()


@cache
def _library() -> CDLL | None:
    if sys.platform == "win32":
        return None
    try:
        library = CDLL("libcups.so.2")
    except OSError:  # no CUPS: Qt finds no printers either
        return None
    for name, (result, takes) in _FUNCTIONS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, takes
    return library


_FUNCTIONS: Final = {
    "cupsLastError": (c_int, []),
    "cupsUser": (c_char_p, []),
    "cupsDoRequest": (c_void_p, [c_void_p, c_void_p, c_char_p]),
    "ippNewRequest": (c_void_p, [c_int]),
    "ippDelete": (None, [c_void_p]),
    "ippAddString": (c_void_p, [c_void_p, c_int, c_int, c_char_p, c_char_p, c_char_p]),
    "ippAddStrings": (c_void_p, [c_void_p, c_int, c_int, c_char_p, c_int, c_char_p, c_void_p]),
    "ippAddInteger": (c_void_p, [c_void_p, c_int, c_int, c_char_p, c_int]),
    "ippAddBoolean": (c_void_p, [c_void_p, c_int, c_char_p, c_int]),
    "ippFirstAttribute": (c_void_p, [c_void_p]),
    "ippNextAttribute": (c_void_p, [c_void_p]),
    "ippGetName": (c_char_p, [c_void_p]),
    "ippGetGroupTag": (c_int, [c_void_p]),
    "ippGetValueTag": (c_int, [c_void_p]),
    "ippGetCount": (c_int, [c_void_p]),
    "ippGetBoolean": (c_int, [c_void_p, c_int]),
    "ippGetInteger": (c_int, [c_void_p, c_int]),
    "ippGetString": (c_char_p, [c_void_p, c_int, c_void_p]),
}
