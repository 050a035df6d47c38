"""What somebody brings: files chosen, dropped or pasted, a picture of the clipboard, a page of a scanner or camera."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from app.errors import Refused
from app.usecases import attachments
from app.usecases.attachments import Scan
from ui.desktop.scans import pictures

LARGEST_FILE: Final = 100 * 1024 * 1024
"""Bytes: a PDF of forty photographs; what is larger was not meant for this."""
_ENCODED: Final = ("image/jpeg", "image/png")
FILE_FILTER: Final = "*.jpg *.jpeg *.png *.pdf *.tif *.tiff *.bmp *.webp"


class ScanFileTooLarge(Refused):
    """Facts: file, megabytes."""

    code = "scan_file_too_large"


class ScanFileUnreadable(Refused):
    """The file is not there any more, or may not be read (fact: file)."""

    code = "scan_file_unreadable"


class Brought(msgspec.Struct, frozen=True, kw_only=True):
    """`name` is what people call it; `read` gives its pages, off the GUI thread.

    It raises what `app.usecases.attachments.read_images` raises, ScanFileTooLarge and ScanFileUnreadable.
    """

    name: str
    read: Callable[[], list[Scan]]


def from_file(file: Path) -> Brought:
    return Brought(name=file.name, read=lambda: _read_file(file))


def from_picture(picture: QImage, name: str) -> Brought:
    """Its dots are shared, so nothing is copied here."""
    return Brought(name=name, read=lambda: attachments.read_images(pictures.as_png(picture), name))


def from_bytes(content: bytes, name: str) -> Brought:
    return Brought(name=name, read=lambda: attachments.read_images(content, name))


def from_frame(frame: object, name: str) -> Brought:
    """A frame of a camera, made into a picture only when it is read."""

    def read() -> list[Scan]:
        picture = frame.toImage()  # type: ignore[attr-defined]
        if picture.isNull():
            raise attachments.NotAnImage(file=name, why="unknown")
        return attachments.read_images(pictures.as_jpeg(picture), name)

    return Brought(name=name, read=read)


def from_mime(mime: QMimeData, name: str) -> list[Brought]:
    """What was dropped or pasted: files, else a picture, which is called `name`; [] if it is neither."""
    files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if files:
        return [from_file(file) for file in files]
    for kind in _ENCODED:  # decoded elsewhere: a photograph would stop the window
        if mime.hasFormat(kind):
            return [from_bytes(bytes(mime.data(kind).data()), name)]
    picture = mime.imageData() if mime.hasImage() else None
    if isinstance(picture, QImage) and not picture.isNull():
        return [from_picture(picture, name)]
    return []


def holds_pages(mime: QMimeData) -> bool:
    """Whether something of it could be taken; quick, for whoever drags over us."""
    return (
        mime.hasImage()
        or any(map(mime.hasFormat, _ENCODED))
        or any(url.isLocalFile() for url in mime.urls())
    )


def _read_file(file: Path) -> list[Scan]:
    try:
        size = file.stat().st_size
        if size > LARGEST_FILE:
            raise ScanFileTooLarge(file=file.name, megabytes=size // (1024 * 1024))
        content = file.read_bytes()
    except OSError as error:
        raise ScanFileUnreadable(file=file.name) from error
    return attachments.read_images(content, file.name)
