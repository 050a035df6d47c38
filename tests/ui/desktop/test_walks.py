"""The walks find what they are there to find."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.desktop import walks


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    QVBoxLayout(page)
    return page


def put(page: QWidget, widget: QWidget) -> None:
    layout = page.layout()
    assert layout is not None
    widget.setParent(page)  # a layout that Qt hands out does not tell Python who owns its widgets
    layout.addWidget(widget)


def a_field(name: str, height: int = 40) -> QWidget:
    """Something that Tab stops at; the style sheet would not let a real field be low."""
    field = QWidget()
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.setAccessibleName(name)
    field.setFixedHeight(height)
    return field


def test_a_page_in_order_has_no_faults(page):
    put(page, a_field("姓名"))
    put(page, a_field("电话"))
    page.show()
    assert walks.faults(page) == []


def test_a_field_without_a_name_is_found(page):
    put(page, a_field(""))
    page.show()
    assert len(walks.nameless(page)) == 1


def test_a_button_is_named_by_its_text(page):
    put(page, QPushButton("登记"))
    page.show()
    assert walks.nameless(page) == []


def test_a_low_control_is_found_at_the_scale_that_is_on(page):
    put(page, a_field("姓名", height=30))
    page.show()
    assert "30 px high, at least 36 wanted" in walks.too_low(page)[0]


def test_what_is_hidden_is_not_walked(page):
    low = a_field("", height=10)
    put(page, low)
    page.show()
    low.hide()
    assert walks.faults(page) == []


def test_clipped_text_is_found_unless_a_tooltip_says_it(page):
    label = QLabel("居民最低生活保障审核确认")
    label.setFixedWidth(40)
    put(page, label)
    page.show()
    assert len(walks.clipped(page)) == 1
    label.setToolTip(label.text())
    assert walks.clipped(page) == []


def test_a_wrapped_text_that_lacks_height_is_found(page):
    label = QLabel("居民最低生活保障审核确认" * 3)
    label.setWordWrap(True)
    label.setFixedSize(100, 20)
    put(page, label)
    page.show()
    assert len(walks.clipped(page)) == 1


def test_what_sticks_out_of_its_parent_is_found(page):
    page.resize(200, 100)
    child = QWidget(page)
    child.setGeometry(150, 0, 100, 20)
    page.show()
    assert len(walks.sticking_out(page)) == 1


def test_tab_against_the_reading_order_is_found(page):
    row = QHBoxLayout()
    right, left, last = fields = a_field("右"), a_field("左"), a_field("末")
    for field in fields:
        field.setParent(page)  # in this order Tab visits them
    for field in (left, right, last):
        row.addWidget(field)
    layout = page.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.addLayout(row)
    page.show()
    found = "Tab comes to QWidget “右” where QWidget “左” is read"
    assert walks.out_of_reading_order(page) == [found]
    QWidget.setTabOrder(left, right)
    assert walks.out_of_reading_order(page) == []
