"""Page images as the screen draws them; what another station sent is not trusted."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QSize, QUrl
from PySide6.QtGui import QImage

from tests.ui.desktop.scans.papers import a_file, a_picture, png
from ui.desktop.scans import incoming, pictures
from ui.desktop.scans.incoming import ScanFileTooLarge, ScanFileUnreadable
from ui.desktop.scans.pictures import UnreadableScan

ROOM = QSize(66, 88)


def test_a_thumbnail_fits_and_keeps_its_shape(qapp):
    small = pictures.thumbnail(png(1, (1200, 600)), ROOM)
    assert (small.width(), small.height()) == (66, 33)


def test_levels_go_down_by_halves(qapp):
    sizes = [(one.width(), one.height()) for one in pictures.levels(png(1, (1240, 1754)))]
    assert sizes == [(1240, 1754), (620, 877), (310, 438)]


def a_bomb() -> bytes:
    """A PNG of 60,000 × 60,000 dots in some bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000)))


@pytest.mark.parametrize(
    "content",
    [b"", b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", a_bomb(), png(1)[:200]],
    ids=["empty", "text", "svg", "bomb", "cut"],
)  # fmt: skip
@pytest.mark.qt_log_ignore("libpng", "QImageReader", "Invalid", extend=True)
def test_what_is_no_page_image_is_refused_before_it_is_drawn(qapp, content):
    with pytest.raises(UnreadableScan):
        pictures.levels(content)
    with pytest.raises(UnreadableScan):
        pictures.thumbnail(content, ROOM)


def test_what_is_pasted_is_decoded_where_it_is_read(qapp, tmp_path):
    mime = QMimeData()
    mime.setData("image/png", png(2))
    (one,) = incoming.from_mime(mime, "粘贴的图片")
    assert len(one.read()) == 1
    bare = QMimeData()
    bare.setImageData(a_picture(3))
    assert len(incoming.from_mime(bare, "粘贴的图片")[0].read()) == 1
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(a_file(tmp_path))), QUrl("https://example.com/a.png")])
    assert [one.name for one in incoming.from_mime(files, "")] == ["身份证.png"]
    text = QMimeData()
    text.setText("字")
    assert incoming.from_mime(text, "") == []
    assert not incoming.holds_pages(text)


def test_a_file_that_is_gone_or_too_large_is_named(tmp_path, monkeypatch):
    with pytest.raises(ScanFileUnreadable):
        incoming.from_file(tmp_path / "gone.jpg").read()
    monkeypatch.setattr(incoming, "LARGEST_FILE", 10)
    with pytest.raises(ScanFileTooLarge):
        incoming.from_file(a_file(tmp_path)).read()


def test_a_photograph_goes_through_jpeg_and_a_pasted_picture_without_loss(qapp):
    picture = a_picture(4)
    assert QImage.fromData(pictures.as_png(picture)).convertToFormat(picture.format()) == picture
    with Image.open(io.BytesIO(pictures.as_jpeg(picture))) as opened:
        assert opened.format == "JPEG"
