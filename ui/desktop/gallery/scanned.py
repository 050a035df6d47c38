"""Papers that nobody owns, drawn for the pictures of scans, and a camera that sees one of them."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from app.usecases.attachments import Scan, read_images
from ui.desktop import look
from ui.desktop.look import TextKind
from ui.desktop.scans import pictures

_PAGE: Final = (1240, 1754)
_LINES: Final = 26


@cache
def a_page(title: str, number: int = 1) -> QImage:
    """A sheet of A4 with a heading, lines of writing, a table and a seal."""
    page = QImage(*_PAGE, QImage.Format.Format_RGB32)
    page.fill(QColor("#FBFAF6"))
    painter = QPainter(page)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = look.font(TextKind.TITLE)
    font.setPixelSize(64)
    painter.setFont(font)
    painter.setPen(QColor("#20242A"))
    painter.drawText(QRect(0, 90, _PAGE[0], 110), Qt.AlignmentFlag.AlignCenter, title)
    painter.setPen(QPen(QColor("#4A4F57"), 5))
    for line in range(_LINES):
        top = 260 + line * 48
        painter.drawLine(110, top, 560 + (line * 171 + number * 233) % 560, top)
    painter.setPen(QPen(QColor("#B3261E"), 9))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(830, 1400, 240, 240)
    painter.end()
    return page


def scans_of(title: str, count: int) -> list[Scan]:
    """As they would be kept."""
    return [
        read_images(pictures.as_jpeg(a_page(title, number + 1)), title)[0]
        for number in range(count)
    ]


class StillCamera(QObject):
    """Sees one page, and goes on seeing it."""

    framed = Signal(object)
    failed = Signal(object)
    listed = Signal()

    def __init__(self, page: QImage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page = page

    def toImage(self) -> QImage:  # noqa: N802 -- as Qt calls it of a frame
        return self._page

    def cameras(self) -> list[tuple[str, str]]:
        return [("1", "高拍仪 S500"), ("2", "Integrated Webcam")]

    def start(self, _name: str) -> None:
        self.framed.emit(self)

    def stop(self) -> None:
        pass
