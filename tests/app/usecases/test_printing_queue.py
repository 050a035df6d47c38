"""Documents on their way to paper outlast a power cut."""

from __future__ import annotations

import pytest

from app.domain.papers import PaperKind
from app.store import opening
from app.usecases import papers, printing_queue
from app.usecases.papers import NoSuchPaper
from app.usecases.printing_queue import KEPT_DAYS
from tests.builders import VILLAGE, a_case, a_district, a_station

RECEIPT = PaperKind.MATERIALS_RECEIPT
DAY_MS = 24 * 60 * 60 * 1000


@pytest.fixture
def station(tmp_path):
    station = a_station(a_district(), VILLAGE, tmp_path)
    yield station
    station.store.close()


def issue(station, subject=None, render=lambda _: b"%PDF"):
    return printing_queue.issue(
        station.store, subject or a_case(station), RECEIPT, by=station.head, render=render
    )


def test_what_was_issued_is_on_its_way_after_a_restart(station):
    issued = issue(station)
    other = opening.beside(station.store)
    (found,) = printing_queue.on_their_way(other)
    assert found.entry == issued.entry
    assert found.title == f"收件回执 {issued.facts.number}"
    assert (found.reprint, found.stuck, found.job) == (0, False, 0)
    assert printing_queue.pages(other, found.entry) == b"%PDF"
    other.close()


def test_what_cannot_be_drawn_is_not_on_its_way(station):
    def render(_):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        issue(station, render=render)
    assert printing_queue.on_their_way(station.store) == []


def test_it_tells_whether_it_was_sent_or_is_stuck(station):
    issued = issue(station)
    printing_queue.note_sent(station.store, issued.entry, printer="laser", job=4)
    (found,) = printing_queue.on_their_way(station.store)
    assert (found.stuck, found.printer, found.job) == (False, "laser", 4)
    printing_queue.note_stuck(station.store, issued.entry)
    (found,) = printing_queue.on_their_way(station.store)
    assert found.stuck


def test_what_somebody_has_in_hand_is_no_longer_on_its_way(station):
    one, other = issue(station), issue(station)
    printing_queue.note_done(station.store, one.entry)
    assert [found.entry for found in printing_queue.on_their_way(station.store)] == [other.entry]


def test_a_reprint_says_that_it_is_one(station):
    subject = a_case(station)
    papers.issue(station.store, subject, RECEIPT, by=station.head, render=lambda _: b"%PDF")
    issue(station, subject)
    assert [found.reprint for found in printing_queue.on_their_way(station.store)] == [1]


def test_after_a_week_nobody_is_asked_any_more(station):
    issue(station)
    now = station.store.wall()
    station.store.wall = lambda: now + KEPT_DAYS * DAY_MS - 60_000
    assert len(printing_queue.on_their_way(station.store)) == 1
    station.store.wall = lambda: now + KEPT_DAYS * DAY_MS + 60_000
    assert printing_queue.on_their_way(station.store) == []


def test_pages_that_are_not_here_are_refused(station):
    subject = a_case(station)
    with pytest.raises(NoSuchPaper):
        printing_queue.pages(station.store, subject)
