"""Two stores over one folder, a thread each: the counter's and the background exchange's."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain import events
from app.journal import chain
from app.journal.keys import DeviceKeys
from app.journal.refs import Continuation
from app.store import lives, opening
from app.store.store import Store
from app.store.transaction import LifeChanged
from app.store.verify import verify
from app.usecases import lookup, operators, registration
from tests.builders import VILLAGE, Station, a_case, a_district, a_form, a_station, carry


@pytest.fixture
def counter(tmp_path: Path) -> Station:
    return a_station(a_district(), VILLAGE, tmp_path)


@pytest.fixture
def beside(counter: Station) -> Iterator[Station]:
    store = opening.beside(counter.store)
    yield Station(counter.district, store, counter.wall, dict(counter.heard))
    store.close()


def names(store: Store) -> list[str]:
    return sorted(row.applicant for row in lookup.listed(store))


def test_it_is_the_same_device_over_a_connection_of_its_own(counter: Station, beside: Station):
    assert beside.store.identity == counter.store.identity
    assert beside.store.folder == counter.store.folder
    assert beside.store.wall is counter.store.wall
    assert beside.store.database is not counter.store.database


def test_each_sees_what_the_other_writes(counter: Station, beside: Station):
    one = a_case(counter, name="韦一")
    assert beside.case(one).applicant.name == "韦一"
    two = a_case(beside, name="韦二")
    assert counter.case(two).applicant.name == "韦二"
    assert names(counter.store) == names(beside.store) == ["韦一", "韦二"]
    assert verify(counter.store).ok


def test_each_sees_what_the_other_published_or_received(counter: Station, beside: Station):
    assert operators.acting(beside.store, None).name == "第一人"
    operators.add(counter.store, "第二人", events.Role.AGENT)
    assert operators.acting(beside.store, "第二人").name == "第二人"
    known = counter.store.publications.tree.rows
    counter.district.publish(events.RegionsPublished(regions=known[:-1]))
    carry(counter.district, beside)
    assert len(counter.store.publications.tree.rows) == len(known) - 1


def test_a_case_of_a_device_that_only_the_other_has_met_is_read(
    counter: Station, beside: Station, tmp_path: Path
):
    stranger = a_station(counter.district, VILLAGE, tmp_path / "stranger")
    carry(counter.district, beside)
    carry(stranger, beside)
    theirs = a_case(stranger, name="蒙远")
    carry(stranger, beside)
    assert [row.subject for row in lookup.listed(counter.store)] == [theirs]
    assert counter.case(theirs).applicant.name == "蒙远"


@pytest.mark.parametrize("beginner", ["counter", "beside"])
def test_a_new_life_begun_by_one_is_followed_by_the_other(
    counter: Station, beside: Station, beginner: str
):
    first, second = (counter, beside) if beginner == "counter" else (beside, counter)
    a_case(second, name="韦一")
    begin_a_life(first)
    assert second.device != first.device
    with pytest.raises(LifeChanged):
        a_case(second, name="韦二")
    assert second.device == first.device
    a_case(second, name="韦二")
    a_case(first, name="韦三")
    assert names(first.store) == names(second.store) == ["韦一", "韦三", "韦二"]
    assert verify(first.store).ok
    assert verify(second.store).ok


def test_whoever_only_reads_follows_when_asked(counter: Station, beside: Station):
    begin_a_life(beside)
    assert counter.store.follow_life()
    assert counter.device == beside.device
    assert not counter.store.follow_life()
    assert counter.store.head() == beside.store.head()


def test_one_that_is_made_after_a_new_life_has_the_new_identity(counter: Station, beside: Station):
    begin_a_life(beside)
    third = opening.beside(counter.store)
    assert third.device == beside.device
    third.close()


def test_two_threads_that_register_at_once_give_no_number_twice(counter: Station):
    def work(prefix: str, store: Store) -> None:
        try:
            by = operators.acting(store, None)
            for place in range(10):
                done = registration.register(store, a_form(name=f"{prefix}{place}"), by=by)
                numbers.append(done.local_number)
        except Exception as error:  # a thread's error would be lost
            numbers.append(repr(error))
        finally:
            if store is not counter.store:
                store.close()

    numbers: list[str] = []
    stores = [counter.store, opening.beside(counter.store), opening.beside(counter.store)]
    workers = [
        threading.Thread(target=work, args=(prefix, store))
        for prefix, store in zip("甲乙丙", stores, strict=True)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(set(numbers)) == 30
    assert {row.local_number for row in lookup.listed(counter.store)} == set(numbers)
    assert verify(counter.store).ok


def test_the_one_goes_on_when_the_other_is_closed(counter: Station):
    other = opening.beside(counter.store)
    a_case(counter, name="韦一")
    other.close()
    a_case(counter, name="韦二")
    assert names(counter.store) == ["韦一", "韦二"]


def begin_a_life(station: Station) -> None:
    head = station.store.head()
    place = (
        Continuation(station.device, head.seq, head.digest)
        if head.seq
        else Continuation(station.device, 0, chain.genesis(station.device, None))
    )
    keys = DeviceKeys.generate()
    signed = station.district.certify(keys, VILLAGE, life="B", slot=1, continues=place)
    lives.begin_life(station.store, keys=keys, signed=signed, token=b"n" * 16)
