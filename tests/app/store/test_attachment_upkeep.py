"""What nothing names goes, what was destroyed goes for good, what is damaged is found; nothing else."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from app.store import attachment_upkeep, attachments, database, drafts, opening
from app.store.attachments import BadContent
from app.store.store import ATTACHMENTS, Store
from app.store.verify import verify
from app.usecases import attachments as scans
from tests.archives import a_closed_case, destroy_in_time
from tests.builders import (
    TOWNSHIP,
    VILLAGE,
    Station,
    Wall,
    a_case,
    a_district,
    a_station,
    hand,
    meet,
)
from tests.bytes_left import everything_in
from tests.pictures import some_scans
from tests.scanned import a_sheet, attached


@pytest.fixture
def village(tmp_path: Path) -> Station:
    return a_station(a_district(), VILLAGE, tmp_path / "village")


# --- what is named by nothing ---------------------------------------------------------------------


def test_what_a_draft_names_stays_as_long_as_it_does(village: Station):
    from app.usecases import drafts as forms

    (page,) = some_scans()
    scans.keep(village.store, [page])
    digest = page.sheet.digest
    n = forms.keep(village.store, village.head, b"form", title="韦", sheets=[digest])
    village.wall.turn(days=30)
    assert attachment_upkeep.sweep(village.store) == 0
    forms.keep(village.store, village.head, b"form", title="韦", n=n, sheets=[])
    assert attachment_upkeep.sweep(village.store) == 1
    scans.keep(village.store, [page])
    forms.keep(village.store, village.head, b"form", title="韦", n=n, sheets=[digest])
    with village.store.changing():
        drafts.remove(village.store, n)
    village.wall.turn(days=2)
    assert attachment_upkeep.sweep(village.store) == 1


def test_what_an_entry_names_stays_though_it_was_taken_out_of_sight(village: Station):
    subject = a_case(village)
    (digest,) = attached(village, subject)
    (one,) = village.case(subject).attachments
    scans.remove(village.store, subject, one.ref, "扫错了", village.head)
    village.wall.turn(days=400)
    assert attachment_upkeep.sweep(village.store) == 0
    assert attachments.has(village.store, [digest])


def test_a_restored_store_sweeps_nothing_before_it_has_heard_the_centre(village: Station):
    content = b"named by what the centre has" * 9
    attachments.keep(village.store, a_sheet(content), content)
    village.wall.turn(days=9)
    village.store.remember("restored", b"")
    assert attachment_upkeep.sweep(village.store) == 0


def test_what_somebody_took_hold_of_while_it_was_swept_stays(
    village: Station, monkeypatch: pytest.MonkeyPatch
):
    """A form that was open for days is registered in another window, at that very moment."""
    contents = [b"one" * 99, b"two" * 99]
    for content in contents:
        attachments.keep(village.store, a_sheet(content), content)
    village.wall.turn(days=3)
    named = attachment_upkeep._named  # noqa: SLF001 - between its two looks

    def meanwhile(store: Store) -> set[bytes]:
        before = named(store)
        digest = a_sheet(contents[0]).digest
        assert attachments.hold(store, [digest, bytes(32)]) == {digest}
        return before

    monkeypatch.setattr(attachment_upkeep, "_named", meanwhile)
    attachment_upkeep.sweep(village.store)
    assert attachments.content(village.store, a_sheet(contents[0]).digest) == contents[0]
    assert attachments.content(village.store, a_sheet(contents[1]).digest) is None


def test_it_is_swept_when_it_is_opened_once_a_day(village: Station, monkeypatch):
    swept: list[Store] = []
    monkeypatch.setattr(attachment_upkeep, "sweep", swept.append)
    attachment_upkeep.finish(village.store)
    assert not swept  # there are none
    attached(village, a_case(village))
    attachment_upkeep.finish(village.store)
    attachment_upkeep.finish(village.store)
    assert len(swept) == 1
    village.wall.turn(days=1)
    attachment_upkeep.finish(village.store)
    assert len(swept) == 2


# --- destruction ----------------------------------------------------------------------------------


def both(tmp_path: Path) -> tuple[Station, Station]:
    district, wall = a_district(), Wall()
    return (
        a_station(district, VILLAGE, tmp_path / "v", wall=wall),
        a_station(district, TOWNSHIP, tmp_path / "t", wall=wall),
    )


def pieces_left(station: Station, content: bytes, others: bytes = b"") -> list[int]:
    """Which stretches of 32 bytes of an image stand in some file of a store; those of `others` say nothing."""
    from app.store import redaction

    assert redaction.scrub(station.store)
    held = b"\x00".join(everything_in(station.store.folder, station.store.key))
    return [
        at
        for at in range(0, len(content) - 32, 16)
        if content[at : at + 32] in held and content[at : at + 32] not in others
    ]


def test_nothing_of_the_scans_of_a_destroyed_file_is_left_in_any_file(tmp_path: Path):
    village, township = both(tmp_path)
    others = [a_case(village, name=name) for name in ("韦一", "蒙二")]
    subject = a_closed_case(village, township)
    pages = some_scans(40)
    secret, kept = pages[7], pages[8]
    scans.attach(village.store, others[0], 0, pages[:7], village.head)
    scans.attach(village.store, subject, 0, [secret, kept], village.head)
    scans.attach(village.store, others[1], 0, pages[8:], village.head)  # and `kept` again
    meet(village, township)
    for page in pages:
        attachments.keep(township.store, page.sheet, page.content)
    in_others = b"".join(page.content for page in pages if page is not secret)
    assert pieces_left(village, secret.content, in_others)
    destroy_in_time(township, subject)
    hand(township, accepted=township.store.head().seq)
    meet(village, township)
    for station in (village, township):
        assert pieces_left(station, secret.content, in_others) == []
        assert attachments.content(station.store, secret.sheet.digest) is None
        assert attachments.content(station.store, kept.sheet.digest) == kept.content
        checked = verify(station.store)
        assert checked.ok, checked.problems
        assert station.case(subject).attachments == ()
    queued = village.store.database.rows("SELECT digest FROM unsent_sheet")
    assert (secret.sheet.digest,) not in queued
    assert (kept.sheet.digest,) in queued


def test_what_is_attached_to_a_destroyed_file_later_goes_too(tmp_path: Path):
    village, township = both(tmp_path)
    subject = a_closed_case(village, township)
    (page,) = some_scans()
    scans.attach(village.store, subject, 0, [page], village.head)  # offline, and heard of late
    late = village.own_run()
    destroy_in_time(township, subject)
    hand(township, accepted=township.store.head().seq)
    hand(township, late)
    assert township.store.database.rows("SELECT * FROM sheet") == []
    hand(village, township.own_run())
    assert pieces_left(village, page.content) == []


def test_an_erasure_that_was_cut_off_is_ended_at_the_next_start(tmp_path: Path, monkeypatch):
    from app.store import redaction

    village, township = both(tmp_path)
    subject = a_closed_case(village, township)
    (page,) = some_scans()
    scans.attach(village.store, subject, 0, [page], village.head)
    meet(village, township)
    destroy_in_time(township, subject)
    hand(township, accepted=township.store.head().seq)
    meet(village, township)
    assert attachments.content(village.store, page.sheet.digest)  # the power failed here
    assert redaction.is_due(village.store)
    redaction.finish(village.store)
    assert attachments.content(village.store, page.sheet.digest) is None
    assert not redaction.is_due(village.store)


@pytest.mark.parametrize("state", ["damaged", "too new"])
def test_scans_that_cannot_be_opened_hold_nothing_up_and_stay_due(tmp_path: Path, state: str):
    from app.store import redaction

    village, township = both(tmp_path)
    subject = a_closed_case(village, township)
    scans.attach(village.store, subject, 0, some_scans(), village.head)
    meet(village, township)
    destroy_in_time(township, subject)
    hand(township, accepted=township.store.head().seq)
    meet(village, township)
    path = village.store.folder / ATTACHMENTS
    village.store.attachments.run("PRAGMA user_version = 99")
    village.store.attachments.run("PRAGMA wal_checkpoint(TRUNCATE)")
    village.store.close()
    if state == "damaged":
        path.write_bytes(os.urandom(9000))
    store = opening.open_with_key(path.parent, village.store.key, wall=village.wall)
    assert redaction.is_due(store)
    assert not redaction.scrub(store)
    assert store.database.row("SELECT count(*) FROM doomed_sheet") == (1,)


# --- looking after --------------------------------------------------------------------------------


def test_a_changed_image_is_found_and_nobody_sees_it(village: Station):
    (digest,) = attached(village, a_case(village))
    db = village.store.attachments
    with db.writing():
        db.run("UPDATE image SET padded = ?", (attachments.PADDING + b"another picture",))
    with pytest.raises(BadContent):
        attachments.content(village.store, digest)
    assert verify(village.store).problems == [f"attachment:{digest.hex()}"]


def test_a_damaged_file_of_scans_stops_nobody_and_is_said(village: Station):
    subject = a_case(village)
    attached(village, subject, 5)
    village.store.attachments.run("PRAGMA wal_checkpoint(TRUNCATE)")
    village.store.close()
    path = village.store.folder / ATTACHMENTS
    content = bytearray(path.read_bytes())
    content[5000:9000] = bytes(4000)
    path.write_bytes(content)
    store = opening.open_with_key(path.parent, village.store.key, wall=village.wall)
    assert a_case(Station(village.district, store, village.wall), name="韦二")
    assert any(one.startswith("attachment_page:") for one in verify(store).problems)


def test_images_of_a_store_whose_database_is_gone_are_put_aside(tmp_path: Path, village: Station):
    attached(village, a_case(village))
    village.store.close()
    folder = tmp_path / "another"
    folder.mkdir()
    shutil.copy(village.store.folder / ATTACHMENTS, folder / ATTACHMENTS)
    made = a_station(a_district(), VILLAGE, folder)
    attached(made, a_case(made))
    assert [one.name for one in folder.glob("before-*")]


def test_images_are_taken_over_from_another_file_under_the_same_key(
    village: Station, tmp_path: Path
):
    key, pages = village.store.key, some_scans(4)
    scans.keep(village.store, pages[:3])
    other = Store(tmp_path, key, village.store.database, village.store.identity, village.wall)
    scans.keep(other, pages[2:])
    attachment_upkeep.take_over(other.attachments, village.store.folder / ATTACHMENTS, key, 0)
    for page in pages:
        assert attachments.content(other, page.sheet.digest) == page.content
    other.attachments.close()
    strange = database.connect(tmp_path / "strange.db", bytes(32))
    attachment_upkeep.take_over(strange, village.store.folder / ATTACHMENTS, bytes(32), 0)
    strange.close()
