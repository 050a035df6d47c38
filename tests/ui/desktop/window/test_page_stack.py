"""Pages are made ahead of their first visit, and stand aside while the look changes."""

from __future__ import annotations

import pytest

from tests.ui.desktop.window.windows import noted_pages
from ui.desktop import look
from ui.desktop.pages.names import PageName
from ui.desktop.window.page_stack import PageStack


@pytest.fixture
def stack(qtbot, some_desk) -> PageStack:
    stack = PageStack(some_desk.desk, noted_pages())
    qtbot.addWidget(stack)
    stack.show()
    stack.show_page(PageName.CASES)
    return stack


def test_pages_are_made_and_put_in_one_after_another_and_none_is_shown_or_looks(stack):
    made = []
    stack.made.connect(lambda page: made.append(page.name))
    pieces = 0
    while stack.make_one_ahead():
        pieces += 1
    others = [name for name in stack.names if name is not PageName.CASES]
    assert made == others
    assert pieces == 2 * len(others)
    assert stack.shown.name is PageName.CASES
    assert stack.page(PageName.PAPERS).refreshed == 0


def test_a_page_that_was_made_ahead_is_the_one_that_is_visited(stack):
    while stack.make_one_ahead():
        pass
    page = stack.page(PageName.ITEMS)
    stack.show_page(PageName.ITEMS, "IT001")
    assert stack.shown is page
    assert page.received == ["IT001"]
    assert page.refreshed == 1


def test_pages_that_nobody_sees_stand_aside_and_come_back_as_they_were_left(qapp, stack):
    stack.show_page(PageName.PAPERS)
    stack.page(PageName.CASES).field.setText("写了一半")
    assert stack.set_one_aside()
    assert not stack.set_one_aside()
    look.apply(qapp, "contrast", 150)
    stack.show_page(PageName.CASES)
    field = stack.page(PageName.CASES).field
    assert field.text() == "写了一半"
    assert field.isVisible()
    assert field.height() >= look.current().px(look.Size.CONTROL)
