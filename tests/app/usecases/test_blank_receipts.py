"""Numbered receipts with nothing on them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.domain.events import ReceiptsReserved, Role
from app.domain.papers import BlankReceipts
from app.domain.rules import NotPermitted
from app.store.rebuild import rebuild
from app.store.verify import verify
from app.usecases import blank_receipts, operators
from app.usecases.blank_receipts import BadCount, NoSuchBlock, Reserved
from app.usecases.papers import PaperCopyDamaged
from tests.builders import (
    TOWNSHIP,
    VILLAGE,
    Station,
    a_district,
    a_station,
    an_entry,
    hand,
    meet,
)


def drawn(facts: BlankReceipts) -> bytes:
    return "\n".join(facts.numbers).encode()


def reserve(station: Station, count: int) -> Reserved:
    return blank_receipts.reserve(station.store, count, by=station.head, render=drawn)


@pytest.fixture
def village(tmp_path: Path) -> Station:
    return a_station(a_district(), VILLAGE, tmp_path / "v")


def test_a_block_goes_on_where_the_last_one_ended(village: Station):
    first, second = reserve(village, 3), reserve(village, 2)
    assert first.block.first.endswith("1号")
    assert first.block.last.endswith("3号")
    assert second.pdf.decode().split("\n") == [second.block.first, second.block.last]
    assert second.block.first.endswith("4号")
    assert blank_receipts.blocks(village.store) == [second.block, first.block]
    assert first.block.operator == village.head.name


def test_a_page_that_cannot_be_drawn_uses_no_number(village: Station):
    def broken(_: BlankReceipts) -> bytes:
        raise ValueError("ink")

    with pytest.raises(ValueError, match="ink"):
        blank_receipts.reserve(village.store, 5, by=village.head, render=broken)
    assert blank_receipts.blocks(village.store) == []
    assert reserve(village, 1).block.first.endswith("1号")


def test_the_numbers_are_not_given_again_after_a_rebuild(village: Station):
    reserve(village, 7)
    rebuild(village.store)
    assert reserve(village, 1).block.first.endswith("8号")
    assert verify(village.store).ok


def test_the_pages_are_kept_as_they_were_printed(village: Station):
    one = reserve(village, 2)
    assert blank_receipts.pages(village.store, one.block.entry) == one.pdf
    village.store.database.run("UPDATE paper_copy SET pdf = ?", (b"forged",))
    with pytest.raises(PaperCopyDamaged):
        blank_receipts.pages(village.store, one.block.entry)


@pytest.mark.parametrize("count", [-1, 0, blank_receipts.MOST + 1, 10**9])
def test_no_block_of_none_or_of_thousands(village: Station, count: int):
    with pytest.raises(BadCount):
        reserve(village, count)


def test_who_only_watches_prints_no_receipts(village: Station):
    operators.add(village.store, "陆督查", Role.SUPERVISOR, by=village.head)
    watcher = operators.acting(village.store, "陆督查")
    with pytest.raises(NotPermitted):
        blank_receipts.reserve(village.store, 1, by=watcher, render=drawn)


def test_each_station_lists_its_own(tmp_path: Path):
    district = a_district()
    village = a_station(district, VILLAGE, tmp_path / "v")
    township = a_station(district, TOWNSHIP, tmp_path / "t")
    one = reserve(village, 2)
    meet(village, township)
    assert blank_receipts.blocks(township.store) == []
    with pytest.raises(NoSuchBlock):
        blank_receipts.pages(township.store, one.block.entry)


@pytest.mark.parametrize(
    "told",
    [
        {"last": 2**64 - 1},
        {"first": -(2**63), "last": 2**64 - 1},
        {"first": 30, "last": 1},
        {"word": "字" * 50_000},
    ],
)
def test_what_nobody_could_have_printed_is_not_listed(
    tmp_path: Path, village: Station, told: dict[str, object]
):
    second = a_station(village.district, VILLAGE, tmp_path / "v2", staffed=False)
    meet(village, second)
    plain = {"word": "湖塘政服空收", "year": 2026, "slot": "A9", "first": 1, "last": 20}
    body = ReceiptsReserved(**(plain | {"on": date(2026, 11, 20)} | told))  # type: ignore[arg-type]
    with second.store.writing() as tx:
        entry = tx.publish(body, by=village.head.ref)
    meet(village, second)
    assert blank_receipts.blocks(village.store) == []
    with pytest.raises(NoSuchBlock):
        blank_receipts.pages(village.store, entry.ref)


def test_nobody_prints_for_another_station(tmp_path: Path, village: Station):
    township = a_station(village.district, TOWNSHIP, tmp_path / "t", staffed=False)
    meet(village, township)
    body = ReceiptsReserved(
        word="湖塘政服空收", year=2026, slot="A2", first=1, last=9, on=date(2026, 11, 20)
    )
    wire = an_entry(township.device, 1, body=body, region=VILLAGE).wire
    hand(village, (township.device, 1, [wire]))
    assert village.store.publications.reserved[0].region == TOWNSHIP
    assert blank_receipts.blocks(village.store) == []
