"""The largest letters with which something is still one sheet, for what hangs on a wall."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from printing.choice import Paper
from printing.form_sheet import A3_TALL, A4_FORM, FormSheet
from printing.sheets import Block

_SCALES: Final = {
    Paper.A4: (1.2, 1.15, 1.1, 1.05, 1.0, 0.95, 0.9, 0.85, 0.8),
    Paper.A3: (1.9, 1.8, 1.7, 1.6, 1.5, 1.4, 1.3, 1.2, 1.1, 1.0),
}
_OVER: Final = {Paper.A4: 1.0, Paper.A3: 1.4}
"""What needs several sheets in any case is at least easy to read."""


def fitting(paper: Paper, make: Callable[[FormSheet], Sequence[Block]]) -> FormSheet:
    """The sheet on which the blocks that `make` makes for it are one page. A3 or A4, for any other paper."""
    size = Paper.A3 if paper is Paper.A3 else Paper.A4
    whole = A3_TALL if size is Paper.A3 else A4_FORM
    for scale in _SCALES[size]:
        sheet = replace(whole, scale=scale)
        if sum(block.height for block in make(sheet)) <= _room(sheet):
            return sheet
    return replace(whole, scale=_OVER[size])


def _room(sheet: FormSheet) -> float:
    return sheet.sheet_height - sheet.top - sheet.bottom
