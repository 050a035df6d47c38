"""A code that somebody pastes or drops on the window: its text, a picture of it, or a picture's file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QWidget

_PICTURES: Final = "*.png *.jpg *.jpeg *.bmp *.gif *.webp"


def offered(data: QMimeData | None) -> Path | QImage | str | None:
    """What a clipboard or a drop holds; None if it is nothing of use. An empty clipboard has no data."""
    if data is None:
        return None
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files:
        return files[0]
    if data.hasImage():
        return QImage(data.imageData())
    return data.text() if data.hasText() else None


def is_of_use(data: QMimeData) -> bool:
    return data.hasUrls() or data.hasImage() or data.hasText()


def ask_picture(parent: QWidget) -> Path | None:
    """The file of a picture that somebody chooses."""
    pictures = _tr("图片 ({endings})").format(endings=_PICTURES)
    name, _ = QFileDialog.getOpenFileName(parent, _tr("二维码的图片"), "", pictures)
    return Path(name) if name else None


def packed(picture: QImage) -> bytes:
    """As a file's bytes, for a reader that knows no Qt; off the GUI thread."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return bytes(buffer.data().data())


def _tr(text: str) -> str:
    return QCoreApplication.translate("OfferedCodes", text)
