"""Files in the archive: numbered, proposed, appraised, destroyed, registered."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from app.domain import events
from app.domain.case import State
from app.domain.events import Appraisal, Role
from app.domain.items import Retention
from app.journal.refs import Ref
from app.usecases import archive, archive_register, looks, lookup
from app.usecases.archive import RetentionMissing
from app.usecases.filters import CaseFilter
from app.usecases.looks import FileDestroyed
from app.usecases.today import shown_today
from tests.archives import SECRETS, TEN_YEARS, a_secret_case, an_archivist
from tests.builders import (
    TOWNSHIP,
    Station,
    Wall,
    a_case,
    a_district,
    a_station,
    act,
    carry,
    hand,
    the_item,
)

REASON = "期满无继续保存价值"


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return a_station(a_district(), TOWNSHIP, tmp_path / "t", wall=Wall())


def withdrawn(station: Station, name: str = "韦一") -> Ref:
    subject = a_case(station, "IT022", name)
    act(station, subject, "withdraw", reason="不办了")
    return subject


def archived(station: Station, *subjects: Ref) -> list[str]:
    batch = archive.archive(
        station.store, subjects, retention=Retention.TEN_YEARS, by=an_archivist(station)
    )
    assert batch.left == ()
    return [row.number for row in batch.done]


def appraised(station: Station, *subjects: Ref) -> None:
    batch = archive.appraise(
        station.store, subjects, Appraisal.DESTROY, REASON, by=an_archivist(station)
    )
    assert batch.left == ()


def test_files_are_numbered_by_year_period_and_computer(station: Station):
    subjects = [withdrawn(station, name) for name in ("韦一", "蒙二")]
    assert [row.subject for row in archive.to_archive(station.store)] == subjects
    slot = station.store.certificate.slot_text
    assert archived(station, *subjects) == [f"2026-D10-{slot}-0001", f"2026-D10-{slot}-0002"]
    assert archive.to_archive(station.store) == []
    assert {station.case(one).state for one in subjects} == {State.ARCHIVED}
    station.wall.turn(days=60)
    assert archived(station, withdrawn(station)) == [f"2027-D10-{slot}-0001"]
    assert [row.year for row in archive.catalogue(station.store)] == [2026, 2026, 2027]
    assert len(archive.catalogue(station.store, year=2027)) == 1
    assert archive.catalogue(station.store, retention=Retention.PERMANENT) == []


def test_an_item_without_a_period_asks_for_one(station: Station):
    own = msgspec.structs.replace(the_item("IT022"), retention=None)
    station.district.publish(events.ItemPublished(item=own))
    carry(station.district, station)
    subject = withdrawn(station)
    batch = archive.archive(station.store, [subject], by=an_archivist(station))
    assert [type(one.error) for one in batch.left] == [RetentionMissing]
    assert station.case(subject).state is State.WITHDRAWN
    assert archived(station, subject)


def test_a_period_may_be_longer_than_the_items_own_and_never_shorter(station: Station):
    first, second = withdrawn(station), withdrawn(station, "蒙二")
    item = station.store.publications.item("IT022", 1)
    assert item.retention is Retention.TEN_YEARS
    for subject, asked, given in (
        (first, None, Retention.TEN_YEARS), (second, Retention.PERMANENT, Retention.PERMANENT),
    ):  # fmt: skip
        batch = archive.archive(station.store, [subject], retention=asked, by=an_archivist(station))
        assert [row.retention for row in batch.done] == [given]
    rare = a_case(station, "IT005", "莫三")
    act(station, rare, "withdraw", reason="不办了")
    batch = archive.archive(
        station.store, [rare], retention=Retention.TEN_YEARS, by=an_archivist(station)
    )
    assert [row.retention for row in batch.done] == [Retention.THIRTY_YEARS]


def test_the_station_may_go_on_with_a_series_of_its_own(station: Station):
    subject = withdrawn(station)
    batch = archive.archive(
        station.store, [subject], retention=Retention.PERMANENT, number="朝阳-2026-17", by=an_archivist(station)
    )  # fmt: skip
    assert [row.number for row in batch.done] == ["朝阳-2026-17"]
    assert archive.by_number(station.store, "朝阳-2026-17")[0].subject == subject


def test_one_that_cannot_be_archived_stops_no_other(station: Station):
    open_one, ended = a_case(station, "IT022"), withdrawn(station)
    batch = archive.archive(
        station.store, [open_one, ended], retention=Retention.TEN_YEARS, by=an_archivist(station)
    )
    assert [row.subject for row in batch.done] == [ended]
    assert [one.error.code for one in batch.left] == ["out_of_place"]


def test_a_file_is_proposed_on_the_day_after_its_period_and_one_for_ever_never(station: Station):
    subject, kept = withdrawn(station), withdrawn(station, "蒙二")
    archived(station, subject)
    archive.archive(station.store, [kept], retention=Retention.PERMANENT, by=an_archivist(station))
    assert archive.proposal(station.store) == []
    while shown_today(station.store).isoformat() < "2036-12-31":
        station.wall.turn(days=1)
    assert archive.proposal(station.store) == []
    station.wall.turn(days=1)
    assert [row.subject for row in archive.proposal(station.store)] == [subject]


def test_a_file_that_is_kept_longer_comes_back_when_that_is_over(station: Station):
    subject = withdrawn(station)
    archived(station, subject)
    for _ in range(2):  # the second time its years count from that day, not from the first
        station.wall.turn(days=TEN_YEARS)
        batch = archive.appraise(
            station.store, [subject], Appraisal.EXTEND, "还有查考", years=5, by=an_archivist(station)
        )  # fmt: skip
        assert batch.left == ()
        assert archive.proposal(station.store) == []
    station.wall.turn(days=2_200)
    assert [row.subject for row in archive.proposal(station.store)] == [subject]


def test_nobody_appraises_early_and_nobody_approves_their_own_appraisal(station: Station):
    subject = withdrawn(station)
    archived(station, subject)
    early = archive.appraise(
        station.store, [subject], Appraisal.DESTROY, REASON, by=an_archivist(station)
    )
    assert early.left[0].error.facts["why"] == "too_early"
    station.wall.turn(days=TEN_YEARS)
    not_yet = archive.destroy(station.store, [subject], "同意", by=station.head)
    assert not_yet.left[0].error.facts["why"] == "not_appraised"
    appraised(station, subject)
    clerk = archive.destroy(station.store, [subject], "同意", by=station.person(Role.CLERK))
    assert clerk.left[0].error.facts["why"] == "role"
    assert archive.destroy(station.store, [subject], "同意", by=station.head).left == ()


def test_the_register_says_who_and_when_and_nothing_of_the_person(station: Station):
    subject = a_secret_case(station, "IT022")
    act(station, subject, "withdraw", reason=SECRETS[4])
    (number,) = archived(station, subject)
    local = station.case(subject).local_number.text
    station.wall.turn(days=TEN_YEARS)
    appraised(station, subject)
    archive.destroy(station.store, [subject], "同意销毁", by=station.head)
    before = archive.register(station.store)
    assert [one.awaits_centre for one in before] == [True]
    hand(station, accepted=station.store.head().seq)
    (line,) = archive.register(station.store)
    assert (line.archive_number, line.local_number, line.item) == (number, local, "IT022")
    assert line.appraised_by == an_archivist(station).name
    assert line.approved_by == station.head.name
    assert (line.destroyed_on, line.awaits_centre) == (shown_today(station.store), False)
    text = archive_register.as_text(station.store, [line])
    assert number in text
    assert "共 1 件" in text
    assert not [secret for secret in SECRETS if secret in text]
    assert archive.catalogue(station.store) == []
    assert archive.proposal(station.store) == []


def test_of_a_destroyed_file_nobody_can_see_or_do_anything(station: Station):
    subject = withdrawn(station)
    archived(station, subject)
    station.wall.turn(days=TEN_YEARS)
    appraised(station, subject)
    archive.destroy(station.store, [subject], "同意", by=station.head)
    hand(station, accepted=station.store.head().seq)
    with pytest.raises(FileDestroyed):
        looks.shown(station.store, subject, station.head)
    again = archive.destroy(station.store, [subject], "同意", by=station.head)
    assert [one.error.code for one in again.left] == ["out_of_place"]
    day = shown_today(station.store)
    assert lookup.page(station.store, CaseFilter(), day).cases == ()
    shown = lookup.page(station.store, CaseFilter(states=(State.DESTROYED,)), day).cases
    assert [one.row.subject for one in shown] == [subject]
    told = [(one.kind, why) for one, why in lookup.history(station.store, subject)]
    assert told == [
        ("case.registered", None), ("case.withdrawn", None), ("case.archived", None), ("case.appraised", None),
        ("case.destroyed", None),
    ]  # fmt: skip
