"""The bundled fonts are what is drawn with, whatever the computer has installed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QFontMetrics, QImage, QPainter, QRawFont

from ui.desktop import look
from ui.desktop.look import TextKind


def drawn(text: str) -> QImage:
    font = look.font_of(40)
    picture = QImage(60, 60, QImage.Format.Format_Grayscale8)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    painter.setFont(font)
    painter.drawText(picture.rect(), Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return picture


def test_the_first_family_is_noto_sans_sc_in_both_weights(qapp):
    for kind in (TextKind.BODY, TextKind.STRONG):
        info = QFontInfo(look.font(kind))
        assert info.family() == "Noto Sans SC"
        assert info.bold() == (kind is TextKind.STRONG)


def test_a_rare_character_of_a_name_is_drawn_by_the_second_font(qapp):
    assert not QRawFont.fromFont(look.font()).supportsCharacter(0x20BB7)
    box = drawn("\U000effff")  # no font has it: this is how a missing character looks
    rare, common = drawn("𠮷"), drawn("吉")
    assert rare != box
    assert rare != common
    assert rare != drawn("𠀀")


def test_figures_are_equally_wide_so_that_columns_align(qapp):
    for kind in TextKind:
        metrics = QFontMetrics(look.font(kind))
        assert len({metrics.horizontalAdvance(digit * 20) for digit in "0123456789"}) == 1


def test_type_grows_with_the_scale(qapp):
    look.apply(qapp, "ordinary", 150)
    assert look.font().pixelSize() == round(17 * 1.5)
    assert look.font(TextKind.TITLE).pixelSize() == 33
