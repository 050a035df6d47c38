"""daiban glyph …: characters that no font of the program has."""

from __future__ import annotations

from pathlib import Path

import click

from app.domain.glyphs import named
from app.store.glyph_rows import GlyphRow
from app.usecases import glyphs, operators
from ui.commands.answers import answer
from ui.commands.station import station, station_options
from ui.commands.tables import table
from ui.commands.usage import Group
from ui.files import read


@click.group(cls=Group)
def glyph() -> None:
    """生僻字：程序字库里没有的字，用字库文件或者图片补上。"""


@glyph.command("list")
@station_options
def list_(data: Path, operator: str | None, as_json: bool) -> None:
    """本机补过的字。"""
    with station(data, operator) as store:
        rows = glyphs.supplied(store)
    document = {"glyphs": [_told(row) for row in rows]}
    cells = [
        (chr(row.code), named(row.code), row.origin.label, row.source, row.added_by) for row in rows
    ]
    lines = table(("字", "代码", "来自", "文件", "谁补的"), cells) if rows else ["还没有补过字。"]
    answer(document, lines, as_json=as_json)


@glyph.command()
@click.argument("character")
@click.argument("file")
@station_options
def add(character: str, file: str, data: Path, operator: str | None, as_json: bool) -> None:
    """补一个字：写这个字或它的代码（U+31234），再写字库文件（.ttf）或图片（PNG、JPEG）。

    图片上只能有这一个字，白底黑字，每边最好 200 点以上。再补一次就换掉原来的。
    """
    from printing.glyphs import joined, supplied_glyph

    code = glyphs.code_of(character)
    made = supplied_glyph(code, read(Path(file)))
    with station(data, operator) as store:
        by = operators.acting(store, operator)
        glyphs.add(
            store, code, made.font, origin=made.origin, source=Path(file).name, by=by, join=joined
        )
    document = {"code_point": named(code), "origin": made.origin.value, "bytes": len(made.font)}
    line = f"已补上“{chr(code)}”（{named(code)}），文书和屏幕都用它。"
    answer(document, [line], as_json=as_json)


@glyph.command()
@click.argument("character")
@station_options
def remove(character: str, data: Path, operator: str | None, as_json: bool) -> None:
    """删去补过的一个字；出具过的文书不变。"""
    from printing.glyphs import joined

    code = glyphs.code_of(character)
    with station(data, operator) as store:
        glyphs.remove(store, code, join=joined)
    answer({"code_point": named(code)}, [f"已删去 {named(code)}。"], as_json=as_json)


def _told(row: GlyphRow) -> dict[str, object]:
    return {
        "character": chr(row.code),
        "code_point": named(row.code),
        "origin": row.origin.value,
        "source": row.source,
        "added_at": row.added_at,
        "added_by": row.added_by,
    }
