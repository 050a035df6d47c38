"""daiban case register: a file of requests, one a line; each number is shown once it is on the disk."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from app.domain.faults import shape_faults
from app.errors import DaibanError, Damaged
from app.store.database import DiskFull, StoreBusy
from app.store.store import Store
from app.usecases import operators, refused_registrations, registration, repairs
from app.usecases.attachments import MaterialScans
from app.usecases.registration import Registered, RegistrationForm
from ui import glyph_words, wording
from ui.commands.answers import answer, error_document, note
from ui.commands.refusals import BadLine
from ui.commands.station import station
from ui.commands.views import Document
from ui.files import UnreadableFile

LONGEST_LINE_BYTES: Final = 64 * 1024
_BOM: Final = b"\xef\xbb\xbf"
_SAID_AT_MOST: Final = 5
_decode: Final = msgspec.json.Decoder(RegistrationForm).decode


def register_lines(source: str, data: Path, operator: str | None, *, as_json: bool) -> int:
    """Register every line that can be; the exit code is 1 if any was refused."""
    tally: dict[str, list[Document]] = {"registered": [], "repeated": [], "refused": []}
    stopped: DaibanError | None = None
    with station(data, operator) as store, _opened(source) as file:
        by = operators.acting(store, operator)
        for number, line in _lines(file):
            try:
                form = _read(line)
                done = registration.register(store, form, by=by, scans=_scans(store, form))
            except (StoreBusy, DiskFull, Damaged) as error:
                stopped = error  # the store cannot go on; the lines after this one were not tried
                note(f"第 {number} 行起没有登记：{wording.sentence(error)}")
                break
            except DaibanError as error:
                message = wording.sentence(error)
                tally["refused"].append({"line": number, "code": error.code, "message": message})
                note(f"第 {number} 行没有登记：{message}")
                continue
            tally["repeated" if done.repeated else "registered"].append(_told(number, done, line))
            _show(number, done, as_json=as_json)
            _note_unseen(number, form)
    document: Document = dict(tally)
    if stopped is not None:
        document |= error_document(stopped.code, wording.sentence(stopped), stopped.facts)
    if as_json:
        answer(document, (), as_json=True)
    counts = [len(tally[name]) for name in ("registered", "repeated", "refused")]
    note("登记 {} 件，重复 {} 件，未登记 {} 行。".format(*counts))
    return int(stopped is not None or bool(tally["refused"]))


def _scans(store: Store, form: RegistrationForm) -> tuple[MaterialScans, ...]:
    """Of a corrected registration those of the refused one, as far as the item still asks for their materials."""
    if not form.instead_of:
        return ()
    ref, _ = repairs.refused_registration(store, form.instead_of)
    named = {one.name for one in form.materials}
    return tuple(
        one if one.material in named else msgspec.structs.replace(one, material="")
        for one in refused_registrations.refilled(store, ref).scans
    )


def _show(number: int, done: Registered, *, as_json: bool) -> None:
    """Say the number at once: whoever has seen it can rely on it."""
    if as_json:
        note(f"第 {number} 行：{done.local_number}")
    else:
        answer({}, [done.local_number], as_json=False)
    if done.repeated:
        note(f"第 {number} 行以前登记过，没有重复登记。")
    for code in done.warnings:
        note(f"第 {number} 行请核对：{wording.warning(code)}。")
    if done.missing:
        note(f"第 {number} 行还缺：{'、'.join(done.missing)}。")
    sys.stdout.flush()
    sys.stderr.flush()


def _note_unseen(number: int, form: RegistrationForm) -> None:
    """What paper could not show is said before anything is printed."""
    missing = glyph_words.missing_in(form.applicant.name, form.applicant.address)
    if missing:
        said = glyph_words.told(missing)
        note(f"第 {number} 行：字库里没有{said}，打印前请用 daiban glyph add 补上。")


def _told(number: int, done: Registered, line: bytes) -> Document:
    told: Document = {"line": number, "local_number": done.local_number}
    if done.repeated:
        return told | {"external_id": _decode(line).external_id}
    return told | {"warnings": list(done.warnings), "missing": list(done.missing)}


@contextmanager
def _opened(source: str) -> Iterator[BinaryIO]:
    """A file, or standard input for "-". Raises UnreadableFile."""
    if source == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(source).open("rb")  # noqa: SIM115 - closed below; only its opening may be refused
    except OSError as error:
        raise UnreadableFile(file=source) from error
    with file:
        yield file


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Lines that are not blank, with their numbers; of one that is too long only the beginning."""
    number = 0
    while line := file.readline(LONGEST_LINE_BYTES + 1):
        number += 1
        rest = line
        while len(rest) > LONGEST_LINE_BYTES and not rest.endswith(b"\n"):
            rest = file.readline(LONGEST_LINE_BYTES + 1)
        if number == 1:
            line = line.removeprefix(_BOM)  # Windows' editors write one
        if line.strip():
            yield number, line


def _read(line: bytes) -> RegistrationForm:
    """The form that a line is. Raises BadLine."""
    if len(line) > LONGEST_LINE_BYTES and not line.endswith(b"\n"):
        raise BadLine(what=f"超过 {LONGEST_LINE_BYTES // 1024} KB，太长了")
    try:
        return _decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadLine(what=_what_is_wrong(line, error)) from error


def _what_is_wrong(line: bytes, error: Exception) -> str:
    """Every fault of the line in words."""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return "不是 UTF-8 编码，请另存为 UTF-8"
    try:
        faults = shape_faults(msgspec.json.decode(line), RegistrationForm)
    except (msgspec.MsgspecError, RecursionError):
        return "不是一个完整的 JSON 对象，请检查引号、逗号和括号"
    return "；".join(faults[:_SAID_AT_MOST]) or str(error)
