"""打印测试页: whether a printer takes the paper whole, to size, and draws rare characters. No document of anybody."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from app.domain.papers import chinese_date
from printing.choice import Paper, PrinterChoice

if TYPE_CHECKING:
    from printing.printer import Printed
    from printing.sheets import Block, Frame, Pen, Place, Setting

TITLE = "打印测试页"
RARE = "𠮷 䶮 㛃 𬎆 堃 犇 龘"
_RULER_MM = 50
_MARGIN_MM = {
    Paper.A4: 10,
    Paper.A5: 8,
    Paper.A3: 12,
    Paper.SLIP: 4,
    Paper.SLIP_58: 4,
    Paper.MULTIPART: 18,  # within the holes at both edges
}
_UPPER_MM = _MARGIN_MM | {Paper.MULTIPART: 6}


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """`printer` as people know it."""

    station: str
    printer: str
    paper: Paper
    on: date


def print_trial(trial: Trial, choice: PrinterChoice, *, folder: Path) -> Printed:
    """Off the GUI thread. Raises what `printing.printer.print_pages` raises."""
    from printing.printer import print_pages

    return print_pages(trial_page(trial), choice, title=TITLE, folder=folder)


def trial_page(trial: Trial) -> bytes:
    """One sheet of the paper with a frame along its edges, as PDF."""
    # reportlab is loaded when something is printed, not when the program starts.
    from printing.documents import ONE_AT_A_TIME
    from printing.sheets import put_on_sheets

    with ONE_AT_A_TIME:
        frame = _frame(trial.paper)
        return put_on_sheets(frame, _said(trial), copies=("",), reprint=0, document=TITLE)


def _frame(paper: Paper) -> Frame:
    from reportlab.lib.units import mm

    from printing.sheets import Frame

    margin, upper = _MARGIN_MM[paper] * mm, _UPPER_MM[paper] * mm
    height = None if paper.height_mm is None else paper.height_mm * mm

    def edge(pen: Pen, _: Place) -> None:
        if height is not None:
            pen.box(margin, upper, paper.width_mm * mm - 2 * margin, height - 2 * upper, weight=1)

    inside = 0 if height is None else 4 * mm
    return Frame(
        sheet_width=paper.width_mm * mm,
        sheet_height=height,
        left=margin + inside,
        top=upper + inside,
        height=None if height is None else height - 2 * (upper + inside),
        dress=edge,
    )


def _said(trial: Trial) -> list[Block]:
    from reportlab.lib.units import mm

    from printing.words import gap, hanging, numbered, rule, title

    frame = _frame(trial.paper)
    width = frame.sheet_width - 2 * frame.left
    large, label, text, rare = _settings(trial.paper)
    size = f"宽 {trial.paper.width_mm:g} 毫米"
    if trial.paper.height_mm is not None:
        size += f"，高 {trial.paper.height_mm:g} 毫米"
    fields = [
        ("站点", trial.station),
        ("打印机", trial.printer or "存为 PDF 文件"),
        ("纸张", f"{trial.paper.label}（{size}）"),
        ("日期", chinese_date(trial.on)),
    ]
    whole = (
        "边框的四条边都在纸上，没有缺边。"
        if trial.paper.height_mm
        else "左右两边的字都完整，没有缺字。"
    )
    checks = [
        whole,
        f"用尺量下面的线，长 {_RULER_MM} 毫米。",
        "下面的生僻字都清楚，没有方框。",
    ]
    return [
        *title(TITLE, width, large),
        gap(6),
        *(
            block
            for name, said in fields
            for block in hanging(name, said, width, text, hang=18 * mm, label_setting=label)
        ),
        rule(width),
        *numbered(checks, width, text),
        gap(10),
        _ruler(),
        gap(10),
        *hanging("", RARE, width, rare, hang=0),
    ]


def _settings(paper: Paper) -> tuple[Setting, Setting, Setting, Setting]:
    from printing.fonts import Style
    from printing.sheets import Setting

    size = 9 if paper.is_roll else 10.5 if paper is Paper.MULTIPART else 12
    return (
        Setting(style=Style.HEAD, size=size * 1.7, leading=size * 2.6, spacing=2),
        Setting(style=Style.HEAD, size=size, leading=size * 1.7),
        Setting(style=Style.FORM, size=size, leading=size * 1.7),
        Setting(style=Style.BODY, size=size * 1.6, leading=size * 2.4),
    )


def _ruler() -> Block:
    """A line of a known length, with a stroke every centimetre."""
    from reportlab.lib.units import mm

    from printing.sheets import Block

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.line(x, y + 4, x + _RULER_MM * mm, y + 4, weight=1)
        for n in range(0, _RULER_MM + 1, 10):
            pen.line(x + n * mm, y, x + n * mm, y + 8, weight=1)

    return Block(height=8, draw=draw)
