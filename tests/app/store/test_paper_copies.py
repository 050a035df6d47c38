"""Pages that were issued stay as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.papers import PaperKind
from app.store import paper_copies
from app.store.verify import verify
from app.usecases import papers
from app.usecases.papers import PaperCopyDamaged
from tests.builders import VILLAGE, Station, a_case, a_district, a_station


@pytest.fixture
def village(tmp_path: Path) -> Station:
    return a_station(a_district(), VILLAGE, tmp_path / "v")


def issued(village: Station, pdf: bytes) -> papers.Issued:
    return papers.issue(
        village.store,
        a_case(village),
        PaperKind.MATERIALS_RECEIPT,
        by=village.head,
        render=lambda _: pdf,
    )


def test_the_pages_are_there_again_byte_for_byte(village: Station):
    one, other = issued(village, b"%PDF one"), issued(village, b"%PDF other")
    assert papers.pages(village.store, one.entry) == b"%PDF one"
    assert papers.pages(village.store, other.entry) == b"%PDF other"
    assert verify(village.store).ok


def test_a_receipt_that_could_not_be_recorded_leaves_no_pages(village: Station):
    def render(_: object) -> bytes:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        papers.issue(
            village.store,
            a_case(village),
            PaperKind.MATERIALS_RECEIPT,
            by=village.head,
            render=render,
        )
    assert village.store.database.row("SELECT count(*) FROM paper_copy") == (0,)


def test_pages_that_somebody_changed_are_not_shown_as_issued(village: Station):
    one = issued(village, b"%PDF one")
    village.store.database.run("UPDATE paper_copy SET pdf = ?", (b"%PDF forged",))
    with pytest.raises(PaperCopyDamaged):
        papers.pages(village.store, one.entry)
    assert verify(village.store).problems == [f"paper_copy:{one.entry}"]


def test_erased_pages_are_gone_and_nothing_else_is(village: Station):
    one, other = issued(village, b"%PDF one"), issued(village, b"%PDF other")
    with village.store.changing():
        paper_copies.erase(village.store, [one.entry])
    assert papers.pages(village.store, one.entry) is None
    assert papers.pages(village.store, other.entry) == b"%PDF other"
