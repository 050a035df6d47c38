"""Prints at the computer whose CUPS the environment names; says what came of it as JSON. Run by test_cups_office."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import msgspec
from PySide6.QtGui import QGuiApplication

from app.errors import DaibanError
from printing import printer
from printing.choice import PrinterChoice


def main() -> None:
    """`print PDF CHOICE`, `printers`, `follow PRINTER JOB`, `take_back PRINTER JOB`."""
    app = QGuiApplication([])
    verb, *words = sys.argv[1:]
    try:
        told = _done(verb, words)
    except DaibanError as error:
        told = {"error": error.code, **error.facts}
    sys.stdout.write(json.dumps(told, ensure_ascii=True, default=str))
    del app


def _done(verb: str, words: list[str]) -> object:
    match verb, words:
        case "print", [pdf, choice]:
            return msgspec.to_builtins(
                printer.print_pages(
                    Path(pdf).read_bytes(),
                    msgspec.json.decode(choice, type=PrinterChoice),
                    title="收件回执 湖塘政服收A1〔2026〕17号",
                    folder=Path(pdf).parent,
                    sets=2,
                )
            )
        case "printers", []:
            return msgspec.to_builtins(printer.printers())
        case "follow", [name, job]:
            return msgspec.to_builtins(printer.follow([(name, int(job))]))
        case "take_back", [name, job]:
            printer.take_back(name, int(job))
            return None
        case _:
            raise AssertionError(verb)


main()
