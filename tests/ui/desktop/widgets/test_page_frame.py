"""The frame of a page: its body scrolls, the focused widget is seen, Tab goes as one reads."""

from __future__ import annotations

import pytest

from tests.ui.desktop import walks
from tests.ui.desktop.widgets.showing import show
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.page_frame import PageFrame
from ui.desktop.widgets.text import Elided


def a_page(qtbot, fields):
    page = PageFrame("登记", "草稿自动保存")
    for number in range(fields):
        card = Card(f"第 {number} 张")
        card.add(Field(f"第 {number} 项", LineEdit()))
        page.body.addWidget(card)
    page.add_action(Button("打印", shown_key="F9"))
    page.set_footer(Button("登记并打印回执"))
    page.resize(900, 500)
    show(qtbot, page)
    return page


def test_the_focused_field_is_scrolled_into_view(qtbot):
    page = a_page(qtbot, 20)
    last = page.findChildren(LineEdit)[-1]
    assert last.visibleRegion().isEmpty()
    last.setFocus()
    assert last.visibleRegion().boundingRect().height() == last.height()


def test_the_footer_stays(qtbot):
    page = a_page(qtbot, 20)
    footer = page.findChildren(Button)[-1]
    assert footer.visibleRegion().boundingRect().height() == footer.height()
    page.set_footer(None)
    assert not footer.isVisible()


@pytest.mark.parametrize("fields", [2, 20])
def test_tab_goes_as_one_reads_though_the_acts_were_made_last(qtbot, fields):
    page = a_page(qtbot, fields)
    assert walks.faults(page) == []
    assert walks.tab_order(page)[0].accessibleName() == "打印"
    assert walks.tab_order(page)[-1].accessibleName() == "登记并打印回执"


def test_the_cards_are_as_wide_with_a_scroll_bar_as_without(qtbot):
    page = a_page(qtbot, 2)
    first = page.findChildren(Card)[0]
    before = first.width()
    for number in range(20):
        page.body.addWidget(Card(f"又一张 {number}"))
    qtbot.waitUntil(lambda: page._scroll.verticalScrollBar().isVisible())  # noqa: SLF001
    assert first.width() == before


def test_the_note_has_no_room_while_there_is_none(qtbot):
    page = a_page(qtbot, 1)
    page.set_note("")
    page.set_title("办件")
    shown = [label.text() for label in page.findChildren(Elided) if label.isVisible()]
    assert "草稿自动保存" not in shown
    assert "办件" in shown
