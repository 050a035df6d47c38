"""daiban picture: what the window shows, as a picture."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
import msgspec

from app.errors import DaibanError
from ui import wording
from ui.commands.answers import answer
from ui.commands.refusals import UnwritableFile
from ui.commands.station import (
    data_option,
    json_option,
    operator_option,
    said_if_awaited,
    say_if_practice,
    unlock,
)
from ui.commands.usage import Command

if TYPE_CHECKING:
    from ui.desktop.pictures import Camera

_SIZE: Final = (1366, 768)
_FROM_INPUT: Final = "-"


@click.command(cls=Command)
@click.argument("page")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.png",
    help="写到哪个文件",
)
@click.option("--number", default="", metavar="NUMBER", help="在这一页打开哪一件")
@click.option(
    "--size", type=(int, int), default=_SIZE, metavar="宽 高", show_default=True, help="窗口大小"
)
@data_option
@operator_option
@json_option
def picture(
    page: str,
    out: Path | None,
    number: str,
    size: tuple[int, int],
    data: Path,
    operator: str | None,
    as_json: bool,
) -> None:
    """把窗口的一页存成图片，不用屏幕，什么也不改动。

    PAGE 为 home、registration、cases、review、items、papers、exchange、settings。
    PAGE 为 - 时逐行读取 {"page", "number", "file"}，每存一张答一行。
    """
    from ui.desktop.pictures import Camera, Shot

    if page != _FROM_INPUT and out is None:
        raise click.UsageError("缺少 --out。")
    if out is not None and not out.parent.is_dir():
        raise UnwritableFile(file=str(out))
    say_if_practice(data)
    with said_if_awaited(data):
        camera = Camera(data, unlock(operator), size)
    try:
        if page == _FROM_INPUT:
            _follow(camera)
            return
        assert out is not None
        camera.take(Shot(page=page, number=number, file=str(out)))
    finally:
        camera.close()
    answer({"file": str(out)}, [f"已存：{out}"], as_json=as_json)


def _follow(camera: Camera) -> None:
    """One answer for each line: {} or {"error"}."""
    from ui.desktop.pictures import Shot

    for line in sys.stdin.buffer:
        told: dict[str, str] = {}
        try:
            camera.take(msgspec.json.decode(line, type=Shot))
        except DaibanError as error:
            told = {"error": wording.sentence(error)}
        except msgspec.MsgspecError as error:
            told = {"error": str(error)}
        sys.stdout.buffer.write(msgspec.json.encode(told) + b"\n")
        sys.stdout.buffer.flush()
