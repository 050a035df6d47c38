"""用U盘交换 in the window, with a real centre that answers what lies on the stick."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.store import exchange
from sync.centre import packets
from tests.builders import VILLAGE, a_case
from tests.sync.builders import ACentre, a_centre
from tests.sync.builders import a_station as an_enrolled_station
from tests.ui.desktop import walks
from tests.ui.desktop.desks import SomeDesk, desk_of, leave
from tests.ui.desktop.pages.exchange import states
from tests.ui.desktop.pages.exchange.test_page import cells, shown
from ui.desktop.exchanging import ExchangeState, Reach
from ui.desktop.pages.exchange.page import ExchangePage


@dataclass
class ByStick:
    some: SomeDesk
    centre: ACentre
    page: ExchangePage
    stick: Path

    def write(self) -> None:
        self.page.packets.write.click()
        self.some.settle()

    def read(self) -> None:
        self.page.packets.read.click()
        self.some.settle()

    def answer(self) -> None:
        """Somebody carries the stick to the centre and back."""
        for file in list(self.stick.iterdir()):
            if "答复" not in file.name:
                done = packets.answer(
                    self.centre.ledger, self.centre.authority, file.read_bytes(), self.centre.wall()
                )
                (self.stick / done.name).write_bytes(done.raw)

    @property
    def told(self) -> str:
        return " ".join(walks.texts(self.page.packets))


@pytest.fixture
def by_stick(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ByStick]:
    centre = a_centre(tmp_path / "centre")
    station = an_enrolled_station(centre, VILLAGE, tmp_path / "village")
    some = desk_of(qtbot, station, station.district)
    stick = tmp_path / "U盘"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    yield ByStick(some, centre, shown(some), stick)
    leave(some)


def test_what_was_registered_goes_there_and_the_answer_comes_back(by_stick):
    a_case(by_stick.some.station, name="覃小军")
    by_stick.write()
    (file,) = by_stick.stick.iterdir()
    assert file.name.startswith("湖塘村-")
    assert f"已写好 {file.name}（2 条" in by_stick.told
    assert f"导出 {file.name}，有 2 条，还没有读到答复" in by_stick.told
    assert "带回答复，按“从U盘读入”" in by_stick.told
    assert exchange.pending(by_stick.some.station.store) == 2

    by_stick.answer()
    by_stick.read()

    assert "区中心已接收 2 条" in by_stick.told
    assert "还没有读到答复" not in by_stick.told
    assert exchange.pending(by_stick.some.station.store) == 0
    assert cells(by_stick.page)[1:3] == ["读入答复", "2 条"]
    assert walks.faults(by_stick.page) == []


def test_without_an_answer_on_the_stick_it_says_so(by_stick):
    by_stick.read()
    assert "里没有数据包" in by_stick.told
    by_stick.write()
    by_stick.read()
    assert "里没有给本机的答复" in by_stick.told


def test_a_damaged_answer_is_told_and_the_buttons_serve_again(by_stick):
    by_stick.write()
    by_stick.answer()
    (answer,) = [file for file in by_stick.stick.iterdir() if "答复" in file.name]
    answer.write_bytes(answer.read_bytes()[:-9])
    by_stick.read()
    assert "没有拷贝完整" in by_stick.told
    assert by_stick.page.packets.read.isEnabled()
    assert by_stick.page.packets.write.isEnabled()


def test_who_chooses_no_folder_writes_nothing(by_stick, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    by_stick.write()
    assert not by_stick.page.packets.said.isVisible()
    assert list(by_stick.stick.iterdir()) == []


def test_a_stick_that_was_pulled_out_is_told(by_stick):
    by_stick.stick.rmdir()
    by_stick.write()
    assert "已写好" not in by_stick.told
    assert by_stick.page.packets.said.isVisible()
    assert by_stick.page.packets.write.isEnabled()
    assert not by_stick.stick.exists()


def test_in_practice_there_is_nothing_to_carry(some_desk):
    states.noted(some_desk, ExchangeState(reach=Reach.PRACTICE))
    assert not shown(some_desk).packets.isVisible()
