"""Buttons: pressed by mouse, Space, Enter and their shortcut."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QMenu

from tests.ui.desktop.widgets.showing import a_window, show
from ui.desktop import look
from ui.desktop.look import SCALES, ThemeName
from ui.desktop.widgets.button import (
    Button,
    ButtonKind,
    ButtonSize,
    IconButton,
    MenuButton,
    MenuEntry,
)
from ui.desktop.widgets.line_edit import LineEdit

# The offscreen platform says so of every popup.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_space_and_enter_press_it(qtbot, key):
    button = Button("受理")
    show(qtbot, button)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, key)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_its_shortcut_works_from_a_field_and_the_number_block_counts_too(qtbot, key):
    field, button = LineEdit(), Button("登记并打印回执", key="Ctrl+Return")
    a_window(qtbot, field, button)
    field.setFocus()
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(field, key, Qt.KeyboardModifier.ControlModifier)


def test_the_tooltip_tells_the_shortcut_as_it_stands_on_the_keyboard(qtbot):
    button = Button("登记", key="Ctrl+Return", tip="登记并打印回执")
    qtbot.addWidget(button)
    assert button.toolTip() == "登记并打印回执（Ctrl Enter）"


def test_a_shown_key_belongs_to_somebody_else(qtbot):
    field, button = LineEdit(), Button("登记新办件", shown_key="F2", size=ButtonSize.LARGE)
    a_window(qtbot, field, button)
    with qtbot.assertNotEmitted(button.clicked):
        qtbot.keyClick(field, Qt.Key.Key_F2)
    assert "F2" in button.toolTip()
    assert (
        button.sizeHint().width() > Button("登记新办件", size=ButtonSize.LARGE).sizeHint().width()
    )


def test_enter_on_no_in_a_dialog_is_no(qtbot):
    dialog = QDialog()
    row = look.row(parent=dialog)
    yes, no = Button("作废", kind=ButtonKind.DANGER), Button("取消")
    row.addWidget(yes)
    row.addWidget(no)
    show(qtbot, dialog)
    no.setFocus()
    with qtbot.waitSignal(no.clicked), qtbot.assertNotEmitted(yes.clicked):
        qtbot.keyClick(no, Qt.Key.Key_Return)


@pytest.mark.parametrize("scale", SCALES)
def test_every_button_is_high_enough_to_hit(qapp, qtbot, scale):
    look.apply(qapp, ThemeName.ORDINARY, scale)
    least = 36 * scale // 100
    buttons = [
        Button("受理"),
        Button("登记", size=ButtonSize.LARGE),
        IconButton("x", "关闭"),
        MenuButton("更多"),
    ]
    for button in buttons:
        qtbot.addWidget(button)
        assert button.sizeHint().height() >= least
        assert button.sizeHint().width() >= least


@pytest.mark.parametrize("theme", ThemeName)
@pytest.mark.parametrize("kind", ButtonKind)
def test_one_sees_where_the_keyboard_is(qapp, qtbot, theme, kind):
    look.apply(qapp, theme, 100)
    button = Button("受理", kind=kind)
    other = Button("退回")
    a_window(qtbot, other, button)
    other.setFocus()
    before = button.grab().toImage()
    button.setFocus()
    after = button.grab().toImage()
    changed = [
        QColor(after.pixelColor(x, y)).name()
        for x in range(after.width())
        for y in range(after.height())
        if after.pixelColor(x, y) != before.pixelColor(x, y)
    ]
    assert len(changed) >= 2 * (button.width() + button.height())


def test_an_icon_button_has_a_name(qtbot):
    button = IconButton("refresh-cw", "再看一次")
    qtbot.addWidget(button)
    assert button.accessibleName() == button.toolTip() == "再看一次"


def test_a_menu_opens_by_down_and_its_entry_acts(qtbot):
    done = []
    button = MenuButton("更多办法")
    button.set_entries(
        [
            MenuEntry(text="延期", act=lambda: done.append("延期")),
            MenuEntry(text="转上级", act=lambda: done.append("转上级"), enabled=False),
        ]
    )
    show(qtbot, button)
    qtbot.keyClick(button, Qt.Key.Key_Down)
    menu = button.menu_shown()
    qtbot.waitUntil(menu.isVisible)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert done == ["延期"]
    assert not menu.actions()[1].isEnabled()


def test_many_entries_stand_in_menus_of_their_groups(qtbot):
    done = []
    entries = [
        MenuEntry(text=f"{group}{n}", act=lambda: done.append(1), group=group)
        for group, many in (("办理", 4), ("材料", 1), ("结束", 3))
        for n in range(many)
    ]
    button = MenuButton("更多")
    qtbot.addWidget(button)
    button.set_entries(entries)
    texts = [one.text() for one in button.menu_shown().actions()]
    assert texts == ["办理", "材料0", "结束"]
    inner = button.menu_shown().actions()[0].menu()
    assert isinstance(inner, QMenu)
    inner.actions()[3].trigger()
    assert done == [1]
    button.set_entries(entries[:5])
    shown = button.menu_shown().actions()
    assert [one.isSeparator() for one in shown] == [False] * 4 + [True, False]
