"""daiban print-batch: one kind of document for many cases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.errors import DaibanError
from app.store.database import DiskFull, StoreBusy
from printing.choice import Paper
from ui import wording
from ui.commands.answers import answer, note
from ui.commands.pdf_files import drawn_first
from ui.commands.refusals import UnwritableFile
from ui.commands.station import station, station_options
from ui.commands.usage import Command
from ui.files import UnreadableFile

if TYPE_CHECKING:
    from app.domain.papers import PaperKind
    from app.domain.staff import OperatorCard
    from app.store.rows import CaseRow
    from app.store.store import Store
    from app.usecases.papers import Issued

_FATAL = (StoreBusy, DiskFull, UnwritableFile)
"""What would go on with every further document."""


@click.command("print-batch", cls=Command)
@click.argument("document")
@click.option(
    "--numbers",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="每行一个收件号或办件编号，按先后打印",
)
@click.option("--state", metavar="STATE", help="或者：这种状态的全部办件，如 收件、accepted")
@click.option(
    "--out-dir",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="PDF 写到哪个文件夹，按先后编号",
)
@click.option(
    "--paper",
    type=click.Choice([paper.value for paper in Paper]),
    default=Paper.A4.value,
    show_default=True,
    help="打印机里的纸",
)
@click.option("--again", is_flag=True, help="以前打过的也打，算补打")
@station_options
def print_batch(
    document: str,
    numbers: Path | None,
    state: str | None,
    out_dir: Path,
    paper: str,
    again: bool,
    data: Path,
    operator: str | None,
    as_json: bool,
) -> int:
    """给许多办件出同一种文书，一份接一份，各写成一个 PDF；最后列出没有出的和原因。"""
    from app.usecases import operators, papers

    if (numbers is None) == (state is None):
        raise click.UsageError("--numbers 和 --state 写一个。")
    done: list[dict[str, object]] = []
    passed: list[dict[str, object]] = []
    with station(data, operator) as store:
        by = operators.acting(store, operator)
        kind = papers.kind_named(document)
        wanted = _of_state(store, state) if state is not None else _in_file(numbers)
        _make(out_dir)
        for place, number in enumerate(wanted, 1):
            try:
                row = _row(store, number)
                file = out_dir / f"{place:04} {row.local_number} {kind.label}.pdf"
                issued = _issue(store, row, kind, by, file, Paper(paper), again=again)
            except _FATAL:
                raise
            except DaibanError as error:
                message = wording.sentence(error)
                named = number if isinstance(number, str) else number.local_number
                passed.append({"number": named, "code": error.code, "message": message})
                note(f"{place}/{len(wanted)} 没有出：{message}")
                continue
            told = {"number": row.local_number, "document": issued.facts.number, "file": str(file)}
            done.append(told | {"reprint": issued.facts.reprint})
            note(f"{place}/{len(wanted)} {issued.facts.number}")
    lines = [f"出了 {len(done)} 份{kind.label}，在 {out_dir}"]
    if passed:
        lines.append(f"有 {len(passed)} 件没有出：")
        lines += [f"  {one['number']}：{one['message']}" for one in passed]
    answer({"printed": done, "passed": passed}, lines, as_json=as_json)
    return int(any(one["code"] != "already_printed" for one in passed))


def _issue(
    store: Store,
    row: CaseRow,
    kind: PaperKind,
    by: OperatorCard,
    file: Path,
    paper: Paper,
    *,
    again: bool,
) -> Issued:
    from app.usecases import batch_printing, papers
    from printing import render

    if not again:
        batch_printing.check_new(store, row.subject, kind)
    with drawn_first(file) as keep:
        return papers.issue(
            store,
            row.subject,
            kind,
            by=by,
            render=lambda facts: keep(render(facts, paper=paper)),
        )


def _row(store: Store, number: CaseRow | str) -> CaseRow:
    from app.usecases import lookup

    return lookup.by_number(store, number) if isinstance(number, str) else number


def _of_state(store: Store, state: str) -> list[CaseRow | str]:
    """The first that came in first. Raises UnknownState, TooManyToPrint."""
    from app.usecases import batch_printing, lookup
    from app.usecases.batch_printing import TooManyToPrint

    rows = lookup.listed(store, state=state, limit=batch_printing.MOST + 1)
    if len(rows) > batch_printing.MOST:
        raise TooManyToPrint(most=batch_printing.MOST)
    return list(reversed(rows))


def _in_file(numbers: Path | None) -> list[CaseRow | str]:
    """Raises UnreadableFile."""
    assert numbers is not None
    try:
        lines = numbers.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(file=str(numbers)) from error
    return [line.strip() for line in lines if line.strip()]


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableFile(file=str(folder)) from error
