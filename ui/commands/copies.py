"""daiban papers: every issued copy about a case, and its pages as they were issued."""

from __future__ import annotations

from pathlib import Path

import click

from app.domain.papers import PaperKind
from app.domain.staff import OperatorCard
from app.errors import Refused
from app.store.store import Store
from app.usecases import looks, lookup, operators, papers
from app.usecases.papers import IssuedCopy, PaperCopyDamaged
from ui.commands.answers import answer, note
from ui.commands.days import day
from ui.commands.pdf_files import write_pdf
from ui.commands.station import station, station_options
from ui.commands.tables import table
from ui.commands.usage import Command

_HERE = "本机"


class NoSuchCopy(Refused):
    """The case has fewer issued copies (facts: copy, copies)."""

    code = "no_such_copy"


@click.command("papers", cls=Command)
@click.argument("number")
@click.option("--copy", "nth", type=click.IntRange(min=1), help="取出第几份，配合 --out")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.pdf",
    help="把这一份写到哪个文件",
)
@station_options
def papers_(
    number: str, nth: int | None, out: Path | None, data: Path, operator: str | None, as_json: bool
) -> None:
    """一件办件出具过的全部文书，新的在前；--copy 取出其中一份，与出具时一样。"""
    if (nth is None) != (out is None):
        raise click.UsageError("--copy 和 --out 要一起用")
    with station(data, operator) as store:
        by = operators.acting(store, operator)
        copies = papers.of_case(store, lookup.by_number(store, number).subject)
        if nth is None or out is None:
            _list(store, copies, as_json=as_json)
            return
        if nth > len(copies):
            raise NoSuchCopy(copy=nth, copies=len(copies))
        _write(store, copies[nth - 1], out, by, as_json=as_json)


def _list(store: Store, copies: tuple[IssuedCopy, ...], *, as_json: bool) -> None:
    where = {one.row.entry: _where(store, one) for one in copies}
    told = [
        {
            "copy": n,
            "document": one.row.paper,
            "number": one.row.number,
            "issued_on": one.row.issued_on,
            "reprint": one.row.reprint,
            "operator": one.operator,
            "stands": one.row.stands,
            "kept": where[one.row.entry] == _HERE,
        }
        for n, one in enumerate(copies, 1)
    ]
    cells = [
        (
            str(line["copy"]),
            _label(one.row.paper),
            one.row.number,
            day(one.row.issued_on),
            f"补打第 {one.row.reprint} 次" if one.row.reprint else "原件",
            one.operator,
            where[one.row.entry],
        )
        for line, one in zip(told, copies, strict=True)
    ]
    heads = ("第几份", "文书", "编号", "日期", "原件/补打", "出具人", "原页在哪里")
    answer(
        {"papers": told}, table(heads, cells) if cells else ["还没有出具过文书。"], as_json=as_json
    )


def _where(store: Store, copy: IssuedCopy) -> str:
    """Where the pages are that were issued; what is damaged keeps nobody from the rest."""
    try:
        return "出具的电脑" if papers.pages(store, copy.row.entry) is None else _HERE
    except PaperCopyDamaged:
        return "本机，已损坏"


def _write(store: Store, copy: IssuedCopy, out: Path, by: OperatorCard, *, as_json: bool) -> None:
    """As on the screen, a document with whole numbers is a look that is written down."""
    if copy.row.paper in set(PaperKind):
        looks.seen_on_paper(store, copy.row.subject, PaperKind(copy.row.paper), by)
    pdf = papers.pages(store, copy.row.entry)
    kept = pdf is not None
    if pdf is None:
        from printing import render

        pdf = render(papers.copy(store, copy.row.entry))
        note("原页留存在出具的电脑上，这里按登记的内容重新画出。")
    write_pdf(out, pdf)
    told = {"number": copy.row.number, "kept": kept, "file": str(out), "bytes": len(pdf)}
    answer(told, [f"{copy.row.number}：{out}"], as_json=as_json)


def _label(paper: str) -> str:
    return PaperKind(paper).label if paper in set(PaperKind) else "（新版程序的文书）"
