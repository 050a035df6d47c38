"""Sheets that are about no case, as PDF: of an item, and the lists of the archive."""

from __future__ import annotations

from pathlib import Path

import click

from app.domain.items import Retention
from app.domain.papers import Printable, SheetFacts
from app.usecases import archive_sheets, catalogue, item_sheets
from app.usecases.item_sheets import ItemSheet
from app.usecases.today import shown_today
from printing.choice import Paper
from ui.commands.answers import answer
from ui.commands.pdf_files import write_pdf
from ui.commands.station import station, station_options
from ui.commands.usage import Command

_OUT = click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.pdf",
    help="写到哪个文件",
)
_PAPER = click.option(
    "--paper",
    type=click.Choice([Paper.A4.value, Paper.A3.value]),
    default=Paper.A4.value,
    help="a4，或者张贴用的 a3",
)
_ITEM = click.argument("asked", metavar="ITEM")
_YEAR = click.option("--year", type=int, metavar="YEAR", help="只要一个年度")


@click.command(cls=Command)
@_ITEM
@_OUT
@_PAPER
@station_options
def guide(
    asked: str, out: Path, paper: str, data: Path, operator: str | None, as_json: bool
) -> None:
    """办事指南：八公开、申请条件、投诉渠道和电话。"""
    _item_sheet(asked, ItemSheet.GUIDE, out, Paper(paper), data, operator, as_json=as_json)


@click.command(cls=Command)
@_ITEM
@_OUT
@_PAPER
@station_options
def chart(
    asked: str, out: Path, paper: str, data: Path, operator: str | None, as_json: bool
) -> None:
    """办事流程图：由事项的环节、层级和时限画成。"""
    _item_sheet(asked, ItemSheet.CHART, out, Paper(paper), data, operator, as_json=as_json)


@click.command(cls=Command)
@_ITEM
@_OUT
@station_options
def sample(asked: str, out: Path, data: Path, operator: str | None, as_json: bool) -> None:
    """样表：填了虚构内容的申请表，每页都标明样表。"""
    _item_sheet(asked, ItemSheet.SAMPLE, out, Paper.A4, data, operator, as_json=as_json)


@click.command("catalogue", cls=Command)
@_OUT
@_YEAR
@click.option(
    "--retention",
    type=click.Choice([one.value for one in Retention]),
    help="只要一种保管期限：10y 十年，30y 三十年，permanent 永久",
)
@click.option("--category", default="", metavar="TEXT", help="只要一类事项，如 社会救助")
@station_options
def archive_catalogue(
    out: Path,
    year: int | None,
    retention: str | None,
    category: str,
    data: Path,
    operator: str | None,
    as_json: bool,
) -> None:
    """归档文件目录，写成 PDF；姓名遮去。"""
    period = None if retention is None else Retention(retention)
    with station(data, operator) as store:
        facts = archive_sheets.archive_catalogue(
            store, year=year, retention=period, category=category
        )
    _list(facts, len(facts.lines), out, as_json=as_json)


@click.command(cls=Command)
@_OUT
@_YEAR
@station_options
def certificates(
    out: Path, year: int | None, data: Path, operator: str | None, as_json: bool
) -> None:
    """证明出具登记簿，写成 PDF：本站出具的证明、证照，姓名遮去。"""
    with station(data, operator) as store:
        facts = archive_sheets.certificate_register(store, year=year)
    _list(facts, len(facts.lines), out, as_json=as_json)


@click.command(cls=Command)
@_OUT
@station_options
def destroyed(out: Path, data: Path, operator: str | None, as_json: bool) -> None:
    """档案销毁清册，写成 PDF，供鉴定人、批准人、销毁人、监销人签名。"""
    with station(data, operator) as store:
        facts = archive_sheets.destruction_register(store)
    _list(facts, len(facts.lines), out, as_json=as_json)


def _item_sheet(
    asked: str,
    sheet: ItemSheet,
    out: Path,
    paper: Paper,
    data: Path,
    operator: str | None,
    *,
    as_json: bool,
) -> None:
    with station(data, operator) as store:
        item = catalogue.find(store, asked, shown_today(store))
        facts = item_sheets.make(store, item, sheet)
    size = _written(facts, out, paper)
    told = {
        "item": item.id, "sheet": sheet, "paper": paper, "file": str(out), "bytes": size,
    }  # fmt: skip
    answer(told, [f"{item.name}的{sheet.label}已写到 {out}"], as_json=as_json)


def _list(facts: SheetFacts, lines: int, out: Path, *, as_json: bool) -> None:
    size = _written(facts, out, Paper.A4)
    told = {"title": facts.title, "lines": lines, "file": str(out), "bytes": size}
    answer(told, [f"{facts.title}（{lines} 件）已写到 {out}"], as_json=as_json)


def _written(facts: Printable, out: Path, paper: Paper) -> int:
    """Bytes of the file. Raises FileNotWritten, CannotDraw."""
    from printing import render

    pdf = render(facts, paper=paper)
    write_pdf(out, pdf)
    return len(pdf)
