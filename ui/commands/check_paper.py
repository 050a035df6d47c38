"""daiban check-paper: whether a document is genuine, by its QR code."""

from __future__ import annotations

from pathlib import Path

import click

from app.usecases import authenticity, operators
from app.usecases.authenticity import Checked, Verdict
from ui import checked_words
from ui.commands.answers import answer
from ui.commands.days import day
from ui.commands.station import station, station_options
from ui.commands.usage import Command


@click.command("check-paper", cls=Command)
@click.argument("code", required=False)
@click.option(
    "--picture",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="从照片或截图里读二维码",
)
@station_options
def check_paper(
    code: str | None, picture: Path | None, data: Path, operator: str | None, as_json: bool
) -> None:
    """核验一份文书的二维码：真实、被改动，还是不认识的站点；不用联网。"""
    if (code is None) == (picture is None):
        raise click.UsageError("写二维码的文字，或者用 --picture 给一张图片，二者选一")
    if picture is not None:
        from ui.code_pictures import text_in_file

        code = text_in_file(picture)
    with station(data, operator) as store:
        operators.acting(store, operator)
        checked = authenticity.check(store, code or "")
    answer(_told(checked), _lines(checked), as_json=as_json)


def _told(checked: Checked) -> dict[str, object]:
    return {
        "verdict": checked.verdict,
        "station": checked.station,
        "revoked": checked.is_revoked,
        "document": checked.document,
        "local_number": checked.local_number,
        "item": checked.item,
        "issued_on": checked.issued_on,
        "name": checked.name,
        "record": checked.record,
        "number": checked.number,
    }


def _lines(checked: Checked) -> list[str]:
    lines = [checked_words.headline(checked), checked_words.advice(checked)]
    if checked.verdict is not Verdict.GENUINE:
        return lines
    return [*lines, *(f"{label}：{said}" for label, said in checked_words.fields(checked, day))]
