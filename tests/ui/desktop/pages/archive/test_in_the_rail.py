"""Whose page it is: the rail offers it to who keeps files, and to nobody else."""

from __future__ import annotations

from app.domain.events import Role
from tests.ui.desktop.window.windows import a_window
from ui.desktop.pages.names import PageName


def test_the_rail_offers_the_archive_to_who_keeps_files_only(some_desk, qtbot):
    window = a_window(qtbot, some_desk)
    button = window._rail.button(PageName.ARCHIVE)  # noqa: SLF001 - what is offered is seen there
    assert button.isVisibleTo(window)
    some_desk.desk.seat(some_desk.station.person(Role.AGENT))
    some_desk.settle()
    assert not button.isVisibleTo(window)
    some_desk.desk.seat(some_desk.station.person(Role.ARCHIVIST))
    some_desk.settle()
    assert button.isVisibleTo(window)
