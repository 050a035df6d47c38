"""The district's desk before the page of items, for tests."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders import DISTRICT, a_district
from tests.ui.desktop.desks import SomeDesk, a_desk
from tests.ui.desktop.pages.items import states
from ui.desktop.pages.items.editing.editor import Editor
from ui.desktop.pages.items.page import ItemsPage

WIDE = (1190, 680)
NARROW = (844, 420)


def a_centre(qtbot: QtBot, folder: Path) -> SomeDesk:
    return a_desk(qtbot, folder, DISTRICT, district=states.with_notes(a_district()))


def settle(some: SomeDesk) -> None:
    some.settle()
    QApplication.processEvents()
    some.settle()


def shown(some: SomeDesk, size: tuple[int, int] = WIDE) -> ItemsPage:
    page = ItemsPage(some.desk)
    some.qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    settle(some)
    return page


def editing(some: SomeDesk, item: str = "IT001", size: tuple[int, int] = WIDE) -> Editor:
    return editor_on(some, shown(some, size), item)


def editor_on(some: SomeDesk, page: ItemsPage, item: str = "IT001") -> Editor:
    page.edit(item)
    settle(some)
    assert page.editor is not None
    return page.editor


def type_into(some: SomeDesk, editor: Editor, name: str, text: str) -> None:
    """Type, and let the typing pause."""
    editor.form.type_into(name, text)
    editor.presenter.keep()
    settle(some)
