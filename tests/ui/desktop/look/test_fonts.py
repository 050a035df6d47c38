"""The bundled fonts are what is drawn with, whatever the computer has installed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QFontMetrics, QImage, QPainter, QRawFont
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton

import resources
from printing.fonts import Style
from ui.desktop import look
from ui.desktop.look import TextKind, fonts


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


@pytest.mark.parametrize(
    "sample",
    ["\u3400", "\u4db6", "\u9fff", "\U00020000", "\U0002a6d6", "\U0002a700", "\U0002b734", "\U0002b740",
     "\U0002b81d", "\U0002b820", "\U0002cea1", "\U0002ceb0", "\U0002ebe0", "\u2f00", "\u2e81", "ꀀ", "ꓐ",
     "ᥐ", "ᦀ", "각", "≒"],
    ids=lambda sample: f"U+{ord(sample):04X}",
)  # fmt: skip
def test_both_ends_of_every_block_are_drawn_and_not_as_boxes(qapp, sample):
    fonts.load_rest()
    assert drawn(sample) != drawn("\U000effff")
    assert drawn(sample) != drawn("")


def test_the_screen_asks_the_fonts_of_the_paper(qapp):
    """Whatever a form shows on paper, a widget shows; in bold it is thickened."""
    fonts.load_rest()
    on_paper = {
        QRawFont(str(resources.path(f"fonts/{name}.ttf")), 16).familyName()
        for style in Style
        for name in style.value
    }
    assert on_paper == set(fonts.families())


@pytest.mark.parametrize("widget", [QLabel, QLineEdit, QPushButton, QPlainTextEdit])
def test_every_kind_of_widget_shows_a_rare_character(qapp, qtbot, widget):
    pictures = []
    for text in ("𪚥", "\U000effff"):
        shown = widget(text)
        qtbot.addWidget(shown)
        shown.resize(120, 60)
        shown.clearFocus()
        shown.show()
        pictures.append(shown.grab().toImage())
    assert pictures[0] != pictures[1]


def test_figures_are_equally_wide_so_that_columns_align(qapp):
    for kind in TextKind:
        metrics = QFontMetrics(look.font(kind))
        assert len({metrics.horizontalAdvance(digit * 20) for digit in "0123456789"}) == 1


def test_type_grows_with_the_scale(qapp):
    look.apply(qapp, "ordinary", 150)
    assert look.font().pixelSize() == round(17 * 1.5)
    assert look.font(TextKind.TITLE).pixelSize() == 33
