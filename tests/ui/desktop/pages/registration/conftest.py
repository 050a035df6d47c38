"""The page of 登记 at a village's desk, shown and ready to be typed into."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain import events
from tests.builders import District, a_case, a_district, the_catalogue
from tests.ui.desktop.desks import WAIT_MS, SomeDesk, a_desk, leave
from ui.desktop.pages.registration.page import RegistrationPage
from ui.desktop.print_jobs import jobs_of

ITEMS = ("IT001", "IT009", "IT010", "IT013", "IT022", "IT034", "IT065")
KNOWN = {
    "id_number": "450305196203151028",
    "phone": "13877300000",
    "address": "湖塘村3组12号",
}


def a_talkative_district() -> District:
    """One that also says what is not issued here, and which names are gone."""
    district = a_district(items=ITEMS)
    catalogue = the_catalogue()
    district.publish(
        events.CatalogueNotesPublished(
            not_issued_here=catalogue.not_issued_here, retired_terms=catalogue.retired_terms
        )
    )
    return district


@pytest.fixture
def some_desk(qtbot: QtBot, tmp_path: Path) -> Iterator[SomeDesk]:
    some = a_desk(qtbot, tmp_path, district=a_talkative_district())
    some.desk.prefer(file_folder=str(tmp_path / "papers"))
    yield some
    qtbot.waitUntil(lambda: not jobs_of(some.desk).busy, timeout=WAIT_MS)
    some.settle()
    leave(some)


@pytest.fixture
def wait(qtbot: QtBot) -> Callable[[Callable[[], bool]], None]:
    return lambda so: qtbot.waitUntil(so, timeout=WAIT_MS)


@pytest.fixture
def known_desk(some_desk: SomeDesk) -> SomeDesk:
    """韦小妹 of group 3 was here before, for IT022."""
    a_case(some_desk.station, "IT022", "韦小妹", applicant=KNOWN)
    return some_desk


def shown(some: SomeDesk) -> RegistrationPage:
    page = RegistrationPage(some.desk)
    some.qtbot.addWidget(page, before_close_func=lambda _: _put_away(some, page))
    page.resize(1198, 680)
    page.show()
    page.activateWindow()
    some.qtbot.waitUntil(page.isActiveWindow, timeout=WAIT_MS)
    some.settle()
    page.focus_first()
    return page


@pytest.fixture
def page(known_desk: SomeDesk) -> RegistrationPage:
    return shown(known_desk)


def _put_away(some: SomeDesk, page: RegistrationPage) -> None:
    """A page lives as long as the window: what it asked for comes back before it goes."""
    page.hide()
    some.qtbot.waitUntil(lambda: not jobs_of(some.desk).busy, timeout=WAIT_MS)
    some.settle()
