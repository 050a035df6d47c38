"""The stations' computers on 同步 and on 工作台, with real widgets; once with a real centre."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.domain.regions import Tier
from app.domain.station_health import StationHealth
from app.store.fleet_notes import FleetNote, note_fleet
from sync.client.fleet import CentreTooOld
from sync.refusals import Offline
from tests.builders import DISTRICT, MORNING_MS, TOWNSHIP, VILLAGE
from tests.sync.builders import a_centre, listening
from tests.sync.builders import a_station as an_enrolled_station
from tests.ui.desktop import walks
from tests.ui.desktop.desks import WAIT_MS, SomeDesk, a_desk, desk_of, leave
from tests.ui.desktop.pages.exchange import states
from tests.ui.desktop.pages.exchange.test_page import shown
from ui.desktop.pages.exchange.fleet_table import FleetColumn, FleetTable
from ui.desktop.pages.exchange.page import ExchangePage
from ui.desktop.pages.home.notices import Notices
from ui.desktop.pages.home.page import HomePage

DAY_MS = 86_400_000
LONG_NAME = "双江口镇东风渠社区居民委员会便民服务站（易地扶贫搬迁集中安置点）"


def a_health(n: int, **said: object) -> StationHealth:
    usual: dict[str, object] = {
        "device": f"{n:032x}", "station": f"第{n}村政务服务站", "region": f"4503052002{n:02}",
        "tier": Tier.VILLAGE, "slot": "A1", "enrolled_ms": MORNING_MS - 90 * DAY_MS,
        "contact_ms": MORNING_MS - n * 1000, "backlog": 0, "version": "0.1.0", "clock_off_s": 1,
        "disk_free_mb": 80_000, "printer": "ready", "backup_days": 1, "verified": "ok",
    }  # fmt: skip
    return StationHealth(**(usual | said))  # type: ignore[arg-type]


FLEET = (
    a_health(1),
    a_health(2, contact_ms=MORNING_MS - 8 * DAY_MS, backlog=120),
    a_health(3, clock_off_s=3 * 3600, printer="no_paper 3"),
    a_health(4, station=LONG_NAME),
)


@pytest.fixture(params=[DISTRICT, TOWNSHIP])
def above(request, qtbot: QtBot, tmp_path: Path) -> Iterator[SomeDesk]:
    some = a_desk(qtbot, tmp_path, request.param)
    states.ordinary(some)
    tell(some, FLEET)
    yield some
    leave(some)


def tell(some: SomeDesk, stations: tuple[StationHealth, ...]) -> None:
    note = FleetNote(at_ms=MORNING_MS, asked_ms=MORNING_MS, stations=stations)
    note_fleet(some.station.store, note)


def names(page: ExchangePage) -> list[str]:
    """The first two signs of each."""
    model = page.fleet.list.model()
    stations = range(model.rowCount())
    return [model.index(row, FleetColumn.STATION).data()[:2] for row in stations]


@pytest.mark.parametrize("size", [(1190, 680), (844, 420)])
def test_everything_on_it_can_be_read_and_reached(above, size):
    assert walks.faults(shown(above, size)) == []


def test_those_who_need_somebody_come_first_and_are_told_in_words(above):
    page = shown(above)

    assert names(page) == ["第2", "第3", "双江", "第1"]
    row = [page.fleet.list.model().index(0, column).data() for column in FleetColumn]
    assert row[1:4] == ["要处理", "8 天未联系", "120"]
    assert "4 台：1 台要处理，1 台留意，其余正常" in page.fleet._note.text()  # noqa: SLF001
    assert "截至" in page.fleet._note.text()  # noqa: SLF001


def test_a_station_is_found_by_part_of_its_name_with_the_keyboard_alone(above):
    page = shown(above)
    page.fleet.search.setFocus()

    above.qtbot.keyClicks(page.fleet.search, "450305200203")
    assert names(page) == ["第3"]
    page.fleet.search.setText("东风渠")
    assert names(page) == ["双江"]
    above.qtbot.keyClick(page.fleet.search, Qt.Key.Key_Return)

    assert page.fleet.list.hasFocus()
    assert page.fleet.list.current_row() == 0
    page.fleet.search.setText("没有这个站")
    assert names(page) == []


def test_those_who_are_well_can_be_left_out(above):
    page = shown(above)

    page.fleet.views.set_value(True)
    page.fleet.views.chosen.emit(True)

    assert names(page) == ["第2", "第3"]


def test_what_is_known_of_the_selected_one_and_what_to_do_stands_below(above):
    page = shown(above)

    page.fleet.list.select_row(1)

    said = page.fleet._advice.text() + page.fleet._known.text()  # noqa: SLF001
    for part in (
        "时钟快 3 小时",
        "请站点校准",
        "打印机缺纸，3 份没打出来",
        "上次备份 1 天前",
        "数据核对 完好",
    ):
        assert part in said


def test_a_centre_of_an_older_program_is_told_and_what_was_known_stays(above):
    page = shown(above)

    above.desk.exchanger.fleet_told.emit(CentreTooOld())

    assert page.fleet.trouble.isVisible()
    assert "旧版" in page.fleet.trouble.text()
    assert len(names(page)) == 4
    above.desk.exchanger.fleet_told.emit(None)
    above.settle()
    assert not page.fleet.trouble.isVisible()


def test_the_centre_is_asked_once_a_minute_while_somebody_looks(above):
    page = shown(above)
    exchanger = above.desk.exchanger

    assert exchanger._fleet_asked.is_set()  # noqa: SLF001
    exchanger._fleet_asked.clear()  # noqa: SLF001
    page.refresh()
    assert not exchanger._fleet_asked.is_set()  # noqa: SLF001
    page.fleet.again.click()
    assert exchanger._fleet_asked.is_set()  # noqa: SLF001
    above.settle()


def test_a_village_has_nobody_below_it(some_desk):
    states.ordinary(some_desk)
    page = shown(some_desk)

    assert not page.fleet.isVisible()
    assert not some_desk.desk.exchanger._fleet_asked.is_set()  # noqa: SLF001


def test_three_hundred_stations_are_rows_of_a_model(above, qtbot):
    tell(above, tuple(a_health(n % 90, device=f"{n:032x}") for n in range(300)))
    page = shown(above)
    model = page.fleet.list.model()

    assert isinstance(model, FleetTable)
    assert model.rowCount() == 300
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.fleet.search.setText("第7村")
    assert 0 < model.rowCount() < 300


def test_the_workbench_names_the_computers_that_somebody_must_see_to(above):
    page = HomePage(above.desk)
    above.qtbot.addWidget(page)
    page.show()
    above.settle()

    notices = walks.the(Notices, page)
    (told,) = [one.text() for one in notices.shown() if "站点电脑" in one.text()]
    assert "1 台站点电脑要处理：第2村政务服务站（8 天未联系）" in told
    tell(above, FLEET[:1])
    above.desk.exchanger.fleet_told.emit(None)
    above.settle()
    assert not any("站点电脑" in one.text() for one in notices.shown())


def test_a_real_centre_tells_a_real_township_of_its_villages(qtbot, tmp_path):
    centre = a_centre(tmp_path / "centre")
    an_enrolled_station(centre, VILLAGE, tmp_path / "village").store.close()
    township = an_enrolled_station(centre, TOWNSHIP, tmp_path / "township")
    with listening(centre) as address:
        township.store.identity = msgspec.structs.replace(township.store.identity, url=address)
        some = desk_of(qtbot, township, cast(Any, None))
        page = shown(some)
        some.desk.exchanger.start()
        qtbot.waitUntil(lambda: page.fleet.list.model().rowCount() == 2, timeout=WAIT_MS)
        some.desk.exchanger.stop()

    told = centre.device(township.store.device).health
    assert told is not None
    assert (told.printer, told.backup_days) == ("none", -1)
    assert not isinstance(some.desk.exchanger.state.error, Offline)
    leave(some)
