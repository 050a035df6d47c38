"""On which printer and paper a document goes: chosen once, kept in words a file can hold."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec


class Paper(StrEnum):
    """What lies in the printer."""

    A4 = "a4"
    A5 = "a5"
    SLIP = "slip"

    @property
    def label(self) -> str:
        return {Paper.A4: "A4", Paper.A5: "A5", Paper.SLIP: "80 毫米小票"}[self]

    @property
    def width_mm(self) -> float:
        return {Paper.A4: 210.0, Paper.A5: 148.0, Paper.SLIP: 80.0}[self]

    @property
    def height_mm(self) -> float | None:
        """None for a roll, which is as long as what is printed."""
        return {Paper.A4: 297.0, Paper.A5: 210.0, Paper.SLIP: None}[self]


_Offset = Annotated[float, msgspec.Meta(ge=-20, le=20)]


class PrinterChoice(msgspec.Struct, frozen=True, kw_only=True):
    """`printer` is the system's name of it; "" prints to a PDF file.

    `copies` counts whole documents: their 联 are pages already.
    `right_mm` and `down_mm` move the print on the sheet, for a printer that feeds askew.
    """

    printer: str = ""
    paper: Paper = Paper.A4
    copies: Annotated[int, msgspec.Meta(ge=1, le=9)] = 1
    two_sided: bool = False
    right_mm: _Offset = 0.0
    down_mm: _Offset = 0.0
