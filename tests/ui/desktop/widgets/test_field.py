"""A field's label belongs to its editor, and its message moves nothing."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from tests.ui.desktop.widgets.showing import a_window
from ui.desktop.look import Mood
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.tick import Tick


def test_a_screen_reader_hears_the_label_and_then_the_message(qtbot):
    editor = LineEdit()
    field = Field("居民身份证号", editor)
    a_window(qtbot, field)
    field.say(Mood.BAD, "末位应为 8。")
    interface = QAccessible.queryAccessibleInterface(editor)
    assert interface.text(QAccessible.Text.Name) == "居民身份证号"
    assert interface.text(QAccessible.Text.Description) == "末位应为 8。"
    field.quiet()
    assert interface.text(QAccessible.Text.Description) == ""


def test_a_short_message_moves_nothing(qtbot):
    first, second = Field("姓名", LineEdit()), Field("电话", LineEdit(), optional=True)
    a_window(qtbot, first, second)
    before = second.geometry()
    first.say(Mood.GOOD, "3 组，去年办过高龄津贴")
    QApplication.processEvents()
    assert second.geometry() == before
    assert first.said_mood is Mood.GOOD


def test_a_long_message_is_shown_whole(qtbot):
    field = Field("居民身份证号", LineEdit())
    window = a_window(qtbot, field, width=240)
    before = field.height()
    field.say(Mood.BAD, "末位应为 8。请照证件核对；证件上就是这样的，可以注明后照收。" * 2)
    qtbot.waitUntil(lambda: field.height() > before + 40)
    assert field.heightForWidth(field.width()) <= field.height() <= window.height()


def test_the_note_comes_back_when_nothing_is_wrong_any_more(qtbot):
    field = Field("查找", LineEdit())
    qtbot.addWidget(field)
    field.set_note("至少两个字")
    field.say(Mood.WARN, "太短")
    field.set_note("至少三个字")
    assert field.said_text == "太短"
    field.quiet()
    assert (field.said_text, field.said_mood) == ("至少三个字", None)


def test_a_field_without_a_label_leaves_the_name_of_its_editor(qtbot):
    tick = Tick("已告知个人信息用途")
    field = Field("", tick)
    a_window(qtbot, field)
    assert tick.accessibleName() == "已告知个人信息用途"
    assert tick.y() == 0


def test_the_keyboard_that_comes_to_the_field_comes_to_its_editor(qtbot):
    field = Field("姓名", LineEdit())
    a_window(qtbot, LineEdit(), field)
    field.setFocus()
    assert field.editor.hasFocus()
