"""The gallery shows every page in its states, over stores that the product's own use cases made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain import identity
from app.domain.case import Case, State
from app.domain.tasks import TaskKind
from app.store.verify import verify
from app.usecases import work
from tests.ui.desktop import walks
from ui.desktop import look
from ui.desktop.gallery import houses, pages, people
from ui.desktop.gallery.scene import Scene, sheets_of
from ui.desktop.gallery.sheet import Sheet, pictures
from ui.desktop.pages.names import PageName

TODAY = date(2026, 11, 20)
SIZES = {(1366, 768), (900, 500)}


def the_sheet(name: str, size: tuple[int, int] = (1366, 768)) -> Sheet:
    (found,) = [one for one in pages.sheets() if one.name == f"{name}-{size[0]}x{size[1]}"]
    return found


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[dict[str, QWidget]]:
    """Put windows here: each is left as the gallery leaves it."""
    windows: dict[str, QWidget] = {}
    yield windows
    for name, window in windows.items():
        window.close()
        the_sheet(name).left()
        window.deleteLater()


def show(shown: dict[str, QWidget], name: str) -> QWidget:
    sheet = the_sheet(name)
    window = shown[name] = sheet.make()
    look.dress(window)
    window.resize(*sheet.size)
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    sheet.arrange(window)
    return window


def test_every_page_is_there_and_no_two_sheets_share_a_name():
    names = [sheet.name for sheet in pages.sheets()]
    assert len(names) == len(set(names))
    for page in PageName:
        assert any(name.startswith(page.value) for name in names), page
    for other in ("start-", "login-", "lock-", "window-"):
        assert any(name.startswith(other) for name in names), other


def test_what_matters_is_looked_at_small_and_large_and_in_high_contrast():
    assert {sheet.size for sheet in pages.sheets()} == SIZES
    wide, small = the_sheet("home-ordinary"), the_sheet("home-ordinary", (900, 500))
    assert [(theme.value, scale) for theme, scale in wide.looks] == [
        ("ordinary", 100),
        ("ordinary", 150),
        ("contrast", 100),
    ]
    assert [scale for _, scale in small.looks] == [100, 150]


def test_the_title_begins_with_the_page_so_that_the_index_can_group():
    assert all("：" in sheet.title for sheet in pages.sheets())


def test_a_scene_that_does_not_matter_so_much_is_looked_at_once():
    scene = Scene(name="x", title="甲：乙", make=QWidget, arrange=lambda _: None)
    (sheet,) = sheets_of([scene])
    assert (sheet.size, len(sheet.looks)) == ((1366, 768), 1)


@pytest.mark.parametrize(
    "name",
    [
        "home-ordinary",
        "registration-known",
        "cases-examined",
        "papers-ordinary",
        "settings",
        "scans-registration",
        "scans-case",
        "scans-exchange",
    ],
)
def test_what_is_shown_can_be_read_named_and_hit(shown, name):
    window = show(shown, name)
    assert walks.nameless(window) == []
    assert walks.too_low(window) == []
    assert walks.clipped(window) == []


def test_a_dialog_lies_over_its_window_in_the_picture(qapp):
    with_dialog, without = the_sheet("cases-do-deliver"), the_sheet("cases-decided")
    (over,), (bare,) = (list(pictures(qapp, sheet)) for sheet in (with_dialog, without))
    assert over.pixmap.size() == bare.pixmap.size()
    assert _share_of_other_pixels(over.pixmap.toImage(), bare.pixmap.toImage()) > 0.02
    assert not [one for one in QApplication.topLevelWidgets() if one.isVisible()]


def _share_of_other_pixels(one: QImage, two: QImage) -> float:
    step = 16
    points = [(x, y) for x in range(0, one.width(), step) for y in range(0, one.height(), step)]
    other = sum(one.pixel(x, y) != two.pixel(x, y) for x, y in points)
    return other / len(points)


def test_an_ordinary_month_has_something_of_everything():
    places = houses.ordinary()
    told = [
        station.store.case(case) for station in [places.village] for case in places.cases.values()
    ]
    states = {case.state for case in told if isinstance(case, Case)}
    assert {
        State.RECEIVED,
        State.IN_TRANSIT,
        State.UNDER_EXAMINATION,
        State.IN_PROGRESS,
        State.DECIDED,
        State.DELIVERED,
    } <= states
    counts = work.counts(places.village.store, TODAY)
    here = {kind for kind, count in counts.items() if count.total}
    assert here >= {
        TaskKind.FORWARD,
        TaskKind.SUPPLY,
        TaskKind.DELIVER,
        TaskKind.REFUSED,
        TaskKind.OUT_OF_PLACE,
    }
    assert any(count.late for count in counts.values())
    assert any(count.due_today for count in counts.values())


def test_the_stores_of_the_pictures_are_whole():
    for station in houses.ordinary().everybody:
        assert verify(station.store).problems == []


@pytest.mark.parametrize("number", [*range(40), 199])
def test_the_invented_people_have_numbers_that_pass(number):
    person = people.person(number)
    assert identity.check_id_number(person.id_number, today=TODAY).fault is None
    assert person == people.person(number)


def test_nothing_is_left_behind_in_the_folder_of_the_person_who_draws(tmp_path: Path):
    folder = houses.stage(houses.empty().village).desk.preferences.file_folder
    assert not Path(folder).is_relative_to(Path.home())
