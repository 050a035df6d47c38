"""Papers to scan, drawn; and a camera that sees what it is shown."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw
from PySide6.QtCore import QMimeData, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QWidget

_LINES = 24


def a_paper(mark: int = 1, size: tuple[int, int] = (620, 877)) -> Image.Image:
    """A page with lines of what looks like writing; `mark` makes pages different from each other."""
    page = Image.new("L", size, 250)
    pen = ImageDraw.Draw(page)
    width, height = size
    step = height // (_LINES + 4)
    pen.rectangle((width // 10, step, width * 9 // 10, step * 2), fill=40)
    for line in range(_LINES):
        top = step * (line + 3)
        end = width // 10 + (width * 8 // 10) * (3 + (line * 3 + mark * line + mark) % 7) // 10
        pen.rectangle((width // 10, top, end, top + step // 3), fill=90)
    pen.rectangle(
        (width * 7 // 10, height * 8 // 10, width * 9 // 10, height * 9 // 10), outline=60, width=6
    )
    return page


def png(mark: int = 1, size: tuple[int, int] = (620, 877)) -> bytes:
    into = io.BytesIO()
    a_paper(mark, size).save(into, "PNG")
    return into.getvalue()


def a_file(folder: Path, name: str = "身份证.png", mark: int = 1) -> Path:
    file = folder / name
    file.write_bytes(png(mark))
    return file


def a_picture(mark: int = 1, size: tuple[int, int] = (620, 877)) -> QImage:
    return QImage.fromData(png(mark, size))


def drop(widget: QWidget, mime: QMimeData, at: QPoint | None = None) -> bool:
    """Drag something over a widget and let go there; whether it was welcome."""
    place = at or widget.rect().center()
    copy, left, bare = (
        Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    enter = QDragEnterEvent(place, copy, mime, left, bare)
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(place.toPointF(), copy, mime, left, bare))
    return enter.isAccepted()


class Frame:
    """As much of a QVideoFrame as the panel asks for."""

    def __init__(self, picture: QImage) -> None:
        self._picture = picture

    def toImage(self) -> QImage:  # noqa: N802 -- as Qt calls it
        return self._picture


class Camera(QObject):
    """A camera that lies on the table; `see` puts a page under it."""

    framed = Signal(object)
    failed = Signal(object)
    listed = Signal()

    def __init__(self, parent: QObject | None = None, names: tuple[str, ...] = ("高拍仪",)) -> None:
        super().__init__(parent)
        self.names = names
        self.on = ""

    def cameras(self) -> list[tuple[str, str]]:
        return [(name, name) for name in self.names]

    def start(self, name: str) -> None:
        self.on = name

    def stop(self) -> None:
        self.on = ""

    def see(self, mark: int = 1) -> None:
        self.framed.emit(Frame(a_picture(mark, (1600, 1200))))
