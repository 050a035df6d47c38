"""Scans attached at the counter, with a registration, by several cases of a visit; seen by others as a look."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.domain.attachments import NO_MATERIAL
from app.domain.case import State
from app.domain.events import Role
from app.domain.rules import BadFacts, NotPermitted
from app.store import attachments as images
from app.store.verify import verify
from app.usecases import attachments, drafts, looks, lookup, registration, story
from app.usecases.attachments import MaterialScans, ScanLost
from app.usecases.drafts import DraftGone
from app.usecases.materials import MaterialNotAsked
from tests.builders import (
    DISTRICT,
    TOWNSHIP,
    VILLAGE,
    Station,
    Wall,
    a_case,
    a_district,
    a_form,
    a_station,
    act,
    hand,
    meet,
    the_item,
)
from tests.pictures import some_scans

ID_CARD = "申请人居民身份证"


@pytest.fixture
def village(tmp_path: Path) -> Station:
    return a_station(a_district(), VILLAGE, tmp_path / "village")


def kinds(station: Station, number: str) -> list[str]:
    subject = lookup.by_number(station.store, number).subject
    return [one.kind for one in station.store.history(subject)]


def test_what_was_attached_is_told_with_who_when_and_what(village: Station):
    subject = a_case(village)
    pages = some_scans(2)
    attachments.attach(village.store, subject, 0, pages, village.head, "  正反面 ")
    attachments.attach(village.store, subject, NO_MATERIAL, pages[:1], village.head)
    first, other = attachments.of_case(village.store, village.case(subject))
    assert (first.nth, first.material, first.by, first.attachment.note) == (
        1,
        ID_CARD,
        "第一人",
        "正反面",
    )
    assert first.at_ms == village.wall()
    assert first.here == (True, True)
    assert (other.nth, other.material) == (2, "")
    images.forget(village.store, [pages[0].sheet.digest])
    first, other = attachments.of_case(village.store, village.case(subject))
    assert (first.here, other.here) == ((False, True), (False,))


def test_the_history_tells_it_in_words(village: Station):
    subject = a_case(village)
    attachments.attach(village.store, subject, 0, some_scans(2), village.head, "正反面")
    (one,) = village.case(subject).attachments
    attachments.remove(village.store, subject, one.ref, "扫错了人", village.head)
    attachments.attach(village.store, subject, NO_MATERIAL, some_scans(), village.head)
    said = [told.what for told in story.history(village.store, subject, the_item("IT022"))][1:]
    assert said == [
        f"添加了《{ID_CARD}》的扫描件 2 页，说明：正反面",
        "移除了一份扫描件，原因：扫错了人",
        "添加了扫描件 1 页",
    ]


def test_many_pages_are_several_entries_and_the_same_page_twice_is_one(village: Station):
    subject = a_case(village)
    pages = some_scans(45)
    case = attachments.attach(village.store, subject, 0, [*pages, *pages[:3]], village.head)
    assert [len(one.sheets) for one in case.attachments] == [40, 5]


def test_a_refused_attachment_writes_nothing(village: Station):
    subject = a_case(village)
    with pytest.raises(BadFacts):
        attachments.attach(village.store, subject, 99, some_scans(), village.head)
    assert [one.kind for one in village.store.history(subject)] == ["case.registered"]


# --- with the registration ------------------------------------------------------------------------


def test_a_registration_attaches_its_scans_in_the_same_act(village: Station):
    pages = some_scans(3)
    sheets = attachments.keep(village.store, pages)
    n = drafts.keep(
        village.store,
        village.head,
        b"form",
        title="韦",
        sheets=[sheet.digest for sheet in sheets],
    )
    done = registration.register(
        village.store,
        a_form(),
        by=village.head,
        draft=n,
        scans=(
            MaterialScans(material=ID_CARD, sheets=sheets[:2]),
            MaterialScans(sheets=sheets[2:], note="现场照片"),
        ),
    )
    assert kinds(village, done.local_number) == ["case.registered"] + ["attachment.added"] * 2
    case = village.case(done.subject)
    assert [one.material for one in case.attachments] == [0, NO_MATERIAL]
    assert village.store.database.rows("SELECT * FROM draft_sheet") == []


@pytest.mark.parametrize("why", ["lost", "not asked", "draft gone"])
def test_if_one_scan_cannot_be_attached_nothing_is_registered(village: Station, why: str):
    pages = some_scans(2)
    sheets = attachments.keep(village.store, pages)
    material, draft, error = ID_CARD, None, ScanLost
    if why == "lost":
        images.forget(village.store, [sheets[0].digest])
    elif why == "not asked":
        material, error = "房产证", MaterialNotAsked  # type: ignore[assignment]
    else:
        draft, error = 99, DraftGone  # type: ignore[assignment]
    before = village.store.head().seq
    with pytest.raises(error):
        registration.register(
            village.store,
            a_form(),
            by=village.head,
            draft=draft,
            scans=(MaterialScans(material=material, sheets=sheets),),
        )
    assert village.store.head().seq == before
    assert lookup.listed(village.store) == []
    done = registration.register(village.store, a_form(), by=village.head)
    assert done.local_number.endswith("-0001")  # no number was used up


def test_the_cases_of_one_visit_share_a_sheet_that_is_there_once(village: Station):
    sheets = attachments.keep(village.store, some_scans())
    scanned = (MaterialScans(material=ID_CARD, sheets=sheets),)
    first = registration.register(village.store, a_form(), by=village.head, scans=scanned)
    second = registration.register(
        village.store,
        a_form(name="韦大年", visit=first.local_number),
        by=village.head,
        scans=scanned,
    )
    for done in (first, second):
        (one,) = village.case(done.subject).attachments
        assert one.sheets == sheets
    assert village.store.attachments.row("SELECT count(*) FROM content") == (1,)
    assert images.waiting(village.store)[0] == 1


def test_registering_again_under_the_same_outside_number_attaches_nothing_twice(village: Station):
    scanned = (MaterialScans(sheets=attachments.keep(village.store, some_scans())),)
    form = a_form(external_id="paper-1")
    first = registration.register(village.store, form, by=village.head, scans=scanned)
    again = registration.register(village.store, form, by=village.head, scans=scanned)
    assert again.repeated
    assert kinds(village, first.local_number) == ["case.registered", "attachment.added"]


# --- on other machines ----------------------------------------------------------------------------


def test_all_tiers_read_the_same_attachments_whatever_was_done_at_the_same_time(tmp_path: Path):
    district, wall = a_district(), Wall()
    village, township = (
        a_station(district, place, tmp_path / place, wall=wall) for place in (VILLAGE, TOWNSHIP)
    )
    subject = a_case(village)
    act(village, subject, "forward")
    meet(village, township)
    act(township, subject, "take_over")
    attachments.attach(village.store, subject, 0, some_scans(), village.head)  # meanwhile, offline
    attachments.attach(township.store, subject, NO_MATERIAL, some_scans(2), township.head)
    meet(village, township)
    here, there = village.case(subject), township.case(subject)
    assert here.attachments == there.attachments
    assert {one.station for one in here.attachments} == {VILLAGE, TOWNSHIP}
    assert here.state == there.state
    mine = next(one for one in there.attachments if one.station == TOWNSHIP)
    with pytest.raises(NotPermitted) as refused:
        attachments.remove(village.store, subject, mine.ref, "不要", village.head)
    assert refused.value.facts["why"] == "attached_above"


def test_scans_of_another_stations_case_are_a_look_like_whole_numbers(tmp_path: Path):
    district, wall = a_district(), Wall()
    village, township, above = (
        a_station(district, place, tmp_path / place, wall=wall)
        for place in (VILLAGE, TOWNSHIP, DISTRICT)
    )
    subject = a_case(village)  # which the township decides
    attachments.attach(village.store, subject, 0, some_scans(), village.head)
    meet(village, township, above)
    for station, noted in ((village, 0), (township, 0), (above, 1)):
        looks.scans_seen(station.store, subject, station.head)
        looks.scans_seen(station.store, subject, station.head)
        shown = [one for one in station.store.history(subject) if one.kind == "case.numbers_shown"]
        assert len(shown) == noted


def test_scans_that_come_after_the_file_was_archived_elsewhere_are_set_out_of_place(tmp_path: Path):
    """Nobody is stopped by them: they stay in the history, named, and everybody reads the archived file."""
    district = a_district()
    village, township = (
        a_station(district, place, tmp_path / place) for place in (VILLAGE, TOWNSHIP)
    )
    subject = a_case(village)
    act(village, subject, "forward")
    meet(village, township)
    act(township, subject, "take_over")
    act(township, subject, "refuse", reason="不在本辖区")
    archivist = township.person(Role.ARCHIVIST)
    act(township, subject, "archive", by=archivist, number="2026-1", retention="10y")
    attachments.attach(village.store, subject, 0, some_scans(), village.head)
    meet(village, township)

    told = township.case(subject)
    assert village.case(subject) == told
    assert (told.state, told.attachments) == (State.ARCHIVED, ())
    assert [one.kind for one in told.out_of_place] == ["attachment.added"]
    for station in (village, township):
        assert verify(station.store).problems == []


def test_what_was_attached_offline_is_removed_in_the_next_life_too(village: Station):
    """Entries that the centre never had move to the new life under other names; what names them moves with it."""
    from app.journal.keys import DeviceKeys
    from app.store import lives

    subject = a_case(village)
    (origin, *_) = lives.offers(village.store)
    case = attachments.attach(village.store, subject, 0, some_scans(), village.head)
    attachments.remove(village.store, subject, case.attachments[0].ref, "扫错", village.head)
    keys = DeviceKeys.generate()
    signed = village.district.certify(keys, VILLAGE, continues=origin)
    lives.begin_life(village.store, keys=keys, signed=signed, token=b"t")
    (one,) = village.case(subject).attachments
    assert one.ref.device == keys.device
    assert one.removed is not None
    assert village.case(subject).out_of_place == ()
    assert images.unsent(village.store, 9) == []  # the centre has not heard the new life yet
    hand(village, accepted=village.store.head().seq)
    assert images.unsent(village.store, 9) == [page.sheet for page in some_scans()]


ATTACHING = """
import os, sys
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
sys.path.insert(0, os.getcwd())
from app.journal.refs import DeviceId, Ref
from app.store import opening
from app.usecases import attachments, operators
from app.usecases.scan_encoding import Scan, scan_of
from app.domain.attachments import Media
from PIL import Image
store = opening.open_with_key(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
subject = Ref(DeviceId(bytes.fromhex(sys.argv[3])), int(sys.argv[4]))
by = operators.acting(store, None)
blank = Image.new("L", (8, 8))
for n in range(int(sys.argv[5]), 100_000):
    pages = [scan_of(b"%d of %d" % (page, n) * 4_000, blank, Media.PNG) for page in range(3)]
    attachments.attach(store, subject, 0, pages, by, str(n))
    print(n, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_killed_at_any_moment_every_scan_that_an_entry_names_is_whole(village: Station):
    subject = a_case(village)
    folder, key = village.store.folder, village.store.key
    chance, shown = random.Random(20261122), []
    for start in range(0, 4_000, 1_000):
        words = [str(folder), key.hex(), subject.device.hex(), str(subject.seq), str(start)]
        process = subprocess.Popen(
            [sys.executable, "-c", ATTACHING, *words], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        shown.append(process.stdout.readline().strip())
        time.sleep(chance.uniform(0.0, 0.06))
        process.send_signal(signal.SIGKILL)
        shown += process.stdout.read().split()
        process.stdout.close()
        process.wait()
    found = village.case(subject).attachments
    assert set(shown) <= {one.note for one in found}
    assert len(found) - len(shown) <= 4  # one at most was durable and not shown yet, each time
    named = {sheet.digest for one in found for sheet in one.sheets}
    assert images.has(village.store, named) == named
    assert images.waiting(village.store)[0] == len(named)
    checked = verify(village.store)
    assert checked.ok, checked.problems
