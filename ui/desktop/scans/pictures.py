"""Page images as the screen draws them; called off the GUI thread only.

What came from another station is not trusted: its size is looked at before it is decoded.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from app.domain.attachments import LONGEST_SIDE
from app.errors import Refused

_FORMATS: Final = frozenset({b"jpeg", b"png"})
_SMALLEST_LEVEL: Final = 400


class UnreadableScan(Refused):
    """What the page names is no page image."""

    code = "unreadable_scan"


def thumbnail(content: bytes, room: QSize) -> QImage:
    """As large as fits into so many dots. Raises UnreadableScan."""
    held, reader = _reader(content)
    size = reader.size()
    if size.width() > room.width() or size.height() > room.height():
        # Twice as large first: the decoder's own making small is quick and coarse.
        reader.setScaledSize(
            size.scaled(room * 2, Qt.AspectRatioMode.KeepAspectRatio).boundedTo(size)
        )
    picture = _read(reader)
    held.close()
    return picture.scaled(
        room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


def levels(content: bytes) -> tuple[QImage, ...]:
    """The whole picture and smaller ones of it, so that drawing it small is quick and clean. Raises UnreadableScan."""
    held, reader = _reader(content)
    found = [_read(reader)]
    held.close()
    while min(found[-1].width(), found[-1].height()) > _SMALLEST_LEVEL:
        half = QSize(found[-1].width() // 2, found[-1].height() // 2)
        found.append(
            found[-1].scaled(
                half,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
    return tuple(found)


def as_png(picture: QImage) -> bytes:
    """What was pasted or photographed, without loss: it is made small elsewhere."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG", 90)  # type: ignore[call-overload]  # the stubs want the format as bytes
    buffer.close()
    return bytes(content.data())


def as_jpeg(picture: QImage) -> bytes:
    """A photograph in full: twelve million dots as PNG would take seconds."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "JPEG", 92)  # type: ignore[call-overload]  # as above
    buffer.close()
    return bytes(content.data())


def _reader(content: bytes) -> tuple[QBuffer, QImageReader]:
    held = QBuffer()
    held.setData(QByteArray(content))
    held.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(held)
    reader.setAutoTransform(False)
    size = reader.size()
    known = bytes(reader.format().data()) in _FORMATS
    if not known or size.isEmpty() or max(size.width(), size.height()) > LONGEST_SIDE:
        raise UnreadableScan
    return held, reader


def _read(reader: QImageReader) -> QImage:
    picture = reader.read()
    if picture.isNull():
        raise UnreadableScan
    return picture
