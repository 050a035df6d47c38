"""On which printer and paper a document goes: chosen once, kept in words a file can hold."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final, NamedTuple

import msgspec


class Paper(StrEnum):
    """What lies in the printer."""

    A4 = "a4"
    A5 = "a5"
    A3 = "a3"
    SLIP = "slip"
    SLIP_58 = "slip_58"
    MULTIPART = "multipart"

    @property
    def label(self) -> str:
        return _SHAPES[self].label

    @property
    def width_mm(self) -> float:
        return _SHAPES[self].width_mm

    @property
    def height_mm(self) -> float | None:
        """None for a roll, which is as long as what is printed."""
        return _SHAPES[self].height_mm

    @property
    def is_roll(self) -> bool:
        return self.height_mm is None


class _Shape(NamedTuple):
    label: str
    width_mm: float
    height_mm: float | None


_SHAPES: Final = {
    Paper.A4: _Shape("A4", 210.0, 297.0),
    Paper.A5: _Shape("A5", 148.0, 210.0),
    Paper.A3: _Shape("A3", 297.0, 420.0),
    Paper.SLIP: _Shape("80 毫米小票", 80.0, None),
    Paper.SLIP_58: _Shape("58 毫米小票", 58.0, None),
    # A half of 11 inches between two perforations: 140 would creep down the continuous paper.
    Paper.MULTIPART: _Shape("241 毫米针打多联纸（二等分）", 241.0, 139.7),
}


_Offset = Annotated[float, msgspec.Meta(ge=-20, le=20)]


class PrinterChoice(msgspec.Struct, frozen=True, kw_only=True):
    """`printer` is the system's name of it; "" prints to a PDF file.

    `direct` is where a slip printer is that gets its commands from here, without the system:
    a device (/dev/usb/lp0, COM3) or its address in the network, perhaps with a port. It comes before `printer`.
    `copies` counts whole documents: their 联 are pages already.
    `right_mm` and `down_mm` move the print on the sheet, for a printer that feeds askew.
    """

    printer: str = ""
    paper: Paper = Paper.A4
    copies: Annotated[int, msgspec.Meta(ge=1, le=9)] = 1
    two_sided: bool = False
    right_mm: _Offset = 0.0
    down_mm: _Offset = 0.0
    direct: str = ""

    @property
    def name(self) -> str:
        """What people call it; "" for a file."""
        return f"小票机 {self.direct}" if self.direct else self.printer
