"""daiban print, daiban documents: papers about a case."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import click

from app.domain.papers import PaperKind
from printing.choice import Paper
from ui.commands.answers import answer
from ui.commands.pdf_files import drawn_first, write_pdf
from ui.commands.station import json_option, station, station_options
from ui.commands.tables import table
from ui.commands.usage import Command


@click.command("print", cls=Command)
@click.argument("number")
@click.argument("document")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.pdf",
    help="写到哪个文件",
)
@click.option(
    "--paper",
    type=click.Choice([paper.value for paper in Paper]),
    default=Paper.A4.value,
    show_default=True,
    help="打印机里的纸：A4、A5、80 或 58 毫米小票、针打多联纸",
)
@station_options
def print_(
    number: str,
    document: str,
    out: Path,
    paper: str,
    data: Path,
    operator: str | None,
    as_json: bool,
) -> None:
    """出具一件文书，写成 PDF；再出一次是补打，会标明次数。

    文书名称见 daiban documents。没有这种纸的版式的文书，按它自己的版式出。
    """
    from app.usecases import lookup, operators, papers
    from printing import render

    with station(data, operator) as store:
        by = operators.acting(store, operator)
        kind = papers.kind_named(document)
        row = lookup.by_number(store, number)
        with drawn_first(out) as keep:
            issued = papers.issue(
                store,
                row.subject,
                kind,
                by=by,
                render=lambda facts: keep(render(facts, paper=Paper(paper))),
            )
    told = {
        "document": kind,
        "label": kind.label,
        "number": issued.facts.number,
        "reprint": issued.facts.reprint,
        "file": str(out),
        "bytes": len(issued.pdf),
        "sha256": sha256(issued.pdf).hexdigest(),
    }
    again = f"（第 {issued.facts.reprint} 次补打）" if issued.facts.reprint else ""
    answer(told, [f"已出具{kind.label} {issued.facts.number}{again}：{out}"], as_json=as_json)


@click.command(cls=Command)
@click.argument("item")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.pdf",
    help="写到哪个文件",
)
@station_options
def form(item: str, out: Path, data: Path, operator: str | None, as_json: bool) -> None:
    """事项的空白申请表；填好的用 daiban print 号码 application_form。"""
    from app.usecases import application_forms, catalogue
    from app.usecases.today import shown_today
    from printing import render

    with station(data, operator) as store:
        found = catalogue.find(store, item, shown_today(store))
        facts = application_forms.blank(store, found)
    pdf = render(facts)
    write_pdf(out, pdf)
    told = {"item": found.id, "name": facts.name, "file": str(out), "bytes": len(pdf)}
    answer(told, [f"《{facts.name}》空白表已写到 {out}"], as_json=as_json)


@click.command(cls=Command)
@json_option
def documents(as_json: bool) -> None:
    """可以出具的文书。"""
    document = {
        "documents": [
            {
                "document": kind,
                "label": kind.label,
                "copies": kind.copies,
                "authority_only": kind.authority_only,
            }
            for kind in PaperKind
        ]
    }
    cells = [
        (
            kind.value,
            kind.label,
            "有权机关" if kind.authority_only else "收件站点",
            "、".join(kind.copies),
        )
        for kind in PaperKind
    ]
    answer(document, table(("文书", "名称", "由谁出具", "各联"), cells), as_json=as_json)
