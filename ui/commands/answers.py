"""How a command answers: one JSON document or a few lines on stdout; everything else on stderr."""

from __future__ import annotations

from collections.abc import Iterable

import click
import msgspec

from app.domain.faults import Faulty
from app.errors import DaibanError
from ui import wording
from ui.commands.tables import one_line


def answer(document: object, lines: Iterable[str], *, as_json: bool) -> None:
    """Say the result: the document with `--json`, else the lines."""
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(document), indent=2))
    else:
        for line in lines:
            click.echo(one_line(line))


def note(line: str) -> None:
    """Say something beside the result."""
    click.echo(line, err=True)


def error_document(code: str, message: str, facts: dict[str, object]) -> dict[str, object]:
    """What stands on stdout with `--json` when a command was refused."""
    told = {name: _told(value) for name, value in facts.items()}
    return {"error": {"code": code, "message": _clean(message), "facts": told}}


def _told(value: object) -> object:
    if isinstance(value, list):
        return [_clean(str(part)) for part in value]
    return value if isinstance(value, int) else _clean(str(value))


def refuse(error: DaibanError, *, as_json: bool) -> None:
    """Say why it was not done; of a table every fault, for whoever mends it."""
    words, facts = wording.sentence(error), error.facts
    if isinstance(error, Faulty):
        facts = facts | {"faults": list(error.faults)}
        if len(error.faults) > 1:
            words = "\n".join([words, *error.faults])
    say_error(error.code, words, facts, as_json=as_json)


def say_error(code: str, message: str, facts: dict[str, object], *, as_json: bool) -> None:
    note("\n".join(map(one_line, _clean(message).split("\n"))))
    if as_json:
        answer(error_document(code, message, facts), (), as_json=True)


def _clean(text: str) -> str:
    """Without the halves of characters that a broken argument brings: they cannot be written."""
    return text.encode("utf-8", "replace").decode()
