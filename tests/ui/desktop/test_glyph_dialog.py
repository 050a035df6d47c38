"""补字, with real widgets over a real store: from a picture to the paper and the screen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

import resources
from app.domain.glyphs import GlyphOrigin
from app.usecases import glyphs as use
from printing.fonts import missing_characters
from printing.supplied import supply
from tests.printing.glyph_pictures import a_picture
from tests.ui.desktop.desks import a_desk, leave
from ui.desktop import glyphs, look
from ui.desktop.glyph_dialog import GlyphDialog
from ui.desktop.look import appearance
from ui.desktop.pages.settings.glyphs_card import GlyphsCard
from ui.desktop.widgets.line_edit import LineEdit

NEW, PRIVATE = "\U00031234", "\ue123"


@pytest.fixture
def some(qtbot, qapp, tmp_path):
    some = a_desk(qtbot, tmp_path)
    some.settle()
    yield some
    leave(some)
    supply({})
    appearance.supply(qapp, None)


@pytest.fixture(autouse=True)
def host(qtbot):
    """Of dialogs, which delete themselves."""
    host = QWidget()
    host.setObjectName("host")
    qtbot.addWidget(host)
    return host


def a_dialog(some, asked="", known=None):
    (host,) = (one for one in QApplication.topLevelWidgets() if one.objectName() == "host")
    dialog = GlyphDialog(some.desk, asked, known, host)
    dialog.show()
    return dialog


def drawn(text):
    picture = QImage(60, 60, QImage.Format.Format_Grayscale8)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    painter.setFont(look.font_of(40))
    painter.drawText(picture.rect(), Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return picture


def a_file(folder, content, name="字.png"):
    file = folder / name
    file.write_bytes(content)
    return file


def keep(some, folder, character):
    dialog = a_dialog(some, character)
    dialog.take(a_file(folder, a_picture()))
    some.settle()
    dialog.yes.click()
    some.settle()


def test_a_character_is_traced_looked_at_and_kept_for_paper_and_screen(some, tmp_path):
    dialog = a_dialog(some, PRIVATE)
    assert not dialog.yes.isEnabled()
    assert "U+E123" in dialog.field.said_text
    dialog.take(a_file(tmp_path, a_picture(shade=True)))
    some.settle()
    assert not dialog.sample.is_empty
    assert "图片 字.png" in dialog.remark.text()
    dialog.yes.click()
    some.settle()
    (row,) = use.supplied(some.station.store)
    assert (row.code, row.origin, row.source) == (0xE123, GlyphOrigin.PICTURE, "字.png")
    assert missing_characters(PRIVATE) == ()
    box = drawn("\ue124")  # no font has it
    assert drawn(PRIVATE) != box


def test_a_character_comes_out_of_a_font_file(some, tmp_path):
    dialog = a_dialog(some, "U+3400F")
    dialog.take(resources.path("fonts/NotoSansYi-Regular.ttf"))
    some.settle()
    assert dialog.sample.is_empty
    assert "这个字库里也没有这个字" in dialog._banner.text()  # noqa: SLF001
    assert not dialog.yes.isEnabled()


@pytest.mark.parametrize("typed", ["", "两字", "U+", "U+110000", "U+D800", "\u200b"])
def test_what_is_no_character_is_said_beside_the_field(some, tmp_path, typed):
    dialog = a_dialog(some, typed)
    dialog.take(a_file(tmp_path, a_picture()))
    assert dialog.field.said_text == "请填一个字，或者 U+31234 这样的代码"


def test_a_character_that_is_shipped_needs_nothing(some, tmp_path):
    dialog = a_dialog(some, "龘")
    dialog.take(a_file(tmp_path, a_picture()))
    some.settle()
    assert "不用补字" in dialog._banner.text()  # noqa: SLF001


def test_the_card_lists_what_was_supplied_and_what_is_deleted_is_gone(some, tmp_path, monkeypatch):
    keep(some, tmp_path, PRIVATE)
    card = GlyphsCard(some.desk)
    some.qtbot.addWidget(card)
    card.look()
    some.settle()
    (row,) = card.rows.rows()
    assert (row.title, row.detail, row.right) == ("\ue123  U+E123", "字.png", "图片")
    monkeypatch.setattr("ui.desktop.glyph_dialog.confirm", lambda *_: True)
    card.rows.opened.emit(row.key)
    (dialog,) = card.findChildren(GlyphDialog)
    assert not dialog.sample.is_empty
    dialog.delete.click()
    some.settle()
    card.look()
    some.settle()
    assert card.rows.rows() == []
    assert missing_characters(PRIVATE) == (PRIVATE,)


def test_who_closes_the_dialog_before_the_answer_hears_no_more_of_it(some, tmp_path):
    dialog = a_dialog(some, PRIVATE)
    dialog.take(a_file(tmp_path, a_picture()))
    dialog.reject()
    some.settle()
    assert use.supplied(some.station.store) == []


def test_a_field_that_shows_a_box_shows_the_character_as_soon_as_it_is_supplied(some, tmp_path):
    field = LineEdit()
    some.qtbot.addWidget(field)
    field.setText(PRIVATE)
    field.show()
    box = field.grab().toImage()
    for character in (PRIVATE, NEW):  # the second time Qt's fonts have been made anew before
        keep(some, tmp_path, character)
        assert field.grab().toImage() != box
    glyphs.remove(some.desk, ord(PRIVATE), lambda: None, some.desk.complain)
    some.settle()
    assert field.grab().toImage() == box


def test_what_was_supplied_is_drawn_when_somebody_sits_down_again(some, tmp_path):
    keep(some, tmp_path, NEW)
    supply({})
    assert missing_characters(NEW) == (NEW,)
    glyphs.draw_with_supplied(some.desk)
    some.settle()
    assert missing_characters(NEW) == ()
