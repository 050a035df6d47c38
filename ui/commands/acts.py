"""daiban acts: every verb with the JSON schema of its facts."""

from __future__ import annotations

from typing import Any

import click

from app.usecases.acts import ACTS, Act
from ui.commands.answers import answer
from ui.commands.station import json_option
from ui.commands.tables import table
from ui.commands.usage import Command


@click.command(cls=Command)
@json_option
def acts(as_json: bool) -> None:
    """可以对办件做的每个动作，和 --facts 里要写的内容。"""
    document = {
        "acts": [
            {"verb": act.verb, "label": act.label, "facts": act.schema()} for act in ACTS.values()
        ]
    }
    cells = [(act.verb, act.label, _fields(act)) for act in ACTS.values()]
    answer(document, table(("动作", "含义", "内容（带 * 的必填）"), cells), as_json=as_json)


def _fields(act: Act[Any]) -> str:
    import msgspec

    fields = msgspec.structs.fields(act.facts)
    return "、".join(f"{field.name}{'*' if field.required else ''}" for field in fields) or "无"
