"""daiban blank-receipts: numbered receipts printed ahead for days without power."""

from __future__ import annotations

from pathlib import Path

import click

from app.store.store import Store
from app.usecases import blank_receipts, operators
from app.usecases.blank_receipts import Block, NoSuchBlock
from ui.commands.answers import answer
from ui.commands.days import day
from ui.commands.pdf_files import drawn_first, write_pdf
from ui.commands.station import station, station_options
from ui.commands.tables import table
from ui.commands.usage import Command


@click.command("blank-receipts", cls=Command)
@click.option(
    "--count",
    type=click.IntRange(1, blank_receipts.MOST),
    help="预先编号几份；不写就列出已经印过的",
)
@click.option(
    "--block", "nth", type=click.IntRange(min=1), help="取出已经印过的第几批，配合 --out；编号不变"
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.pdf",
    help="写到哪个文件",
)
@click.option(
    "--paper", type=click.Choice(["a4", "a5"]), default="a4", show_default=True, help="纸张"
)
@station_options
def blank_receipts_(
    count: int | None,
    nth: int | None,
    out: Path | None,
    paper: str,
    data: Path,
    operator: str | None,
    as_json: bool,
) -> None:
    """空白收件回执：停电时手写用，编号用掉就不再给别的文书。"""
    if (count is not None) + (nth is not None) != (out is not None):
        raise click.UsageError("--count 和 --block 写一个，配合 --out；都不写就列出已经印过的")
    with station(data, operator) as store:
        by = operators.acting(store, operator)
        blocks = blank_receipts.blocks(store)
        if nth is not None and out is not None:
            _write_again(store, blocks[nth - 1 : nth], out, as_json=as_json)
            return
        if count is None or out is None:
            _list(blocks, as_json=as_json)
            return
        from printing import render
        from printing.choice import Paper

        with drawn_first(out) as keep:
            reserved = blank_receipts.reserve(
                store,
                count,
                by=by,
                render=lambda facts: keep(render(facts, paper=Paper(paper))),
            )
    block = reserved.block
    told = {**_told(block), "file": str(out), "bytes": len(reserved.pdf)}
    words = f"已预留 {block.count} 份空白收件回执，{block.first} 至 {block.last}：{out}"
    answer(told, [words], as_json=as_json)


def _list(blocks: list[Block], *, as_json: bool) -> None:
    cells = [
        (str(n), one.first, one.last, f"{one.count} 份", day(one.on), one.operator)
        for n, one in enumerate(blocks, 1)
    ]
    lines = (
        table(("第几批", "从", "到", "份数", "日期", "印制人"), cells)
        if cells
        else ["还没有印过空白收件回执。"]
    )
    answer({"blocks": [_told(one) for one in blocks]}, lines, as_json=as_json)


def _write_again(store: Store, chosen: list[Block], out: Path, *, as_json: bool) -> None:
    """The pages as they were printed; `chosen` is one block, or none. Raises NoSuchBlock."""
    if not chosen:
        raise NoSuchBlock
    (block,) = chosen
    pdf = blank_receipts.kept_pages(store, block.entry)
    write_pdf(out, pdf)
    told = {**_told(block), "file": str(out), "bytes": len(pdf)}
    answer(told, [f"{block.first} 至 {block.last}，与印的时候一样：{out}"], as_json=as_json)


def _told(block: Block) -> dict[str, object]:
    return {
        "first": block.first,
        "last": block.last,
        "count": block.count,
        "on": block.on,
        "operator": block.operator,
    }
