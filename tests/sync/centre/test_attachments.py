"""Who may send which scan, who may have it, and what becomes of it; on the ledger, without HTTP."""

from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import msgspec
import pytest

from app.domain.attachments import LARGEST_SHEET
from app.domain.events import AttachmentAdded, RegionsPublished, encode_body
from app.journal.refs import Ref
from sync.centre import attachments, publishing
from sync.centre.attachments import ABANDONED_MS
from sync.centre.exchange import sender
from sync.refusals import NoSuchSheet, Revoked, SheetDamaged, SheetNotNamed, WrongOffset
from tests.sync.attaching import Asking, a_sheet, names, naming, some_bytes
from tests.sync.builders import (
    DISTRICT,
    OTHER_TOWNSHIP,
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    a_centre,
    a_pen,
    listening,
)

_seeds = iter(range(1, 1_000_000))


def content_of(size=300):
    return some_bytes(size, seed=next(_seeds))


pytestmark = pytest.mark.usefixtures("on_each")


@pytest.fixture
def centre(on_each, tmp_path):
    return a_centre(tmp_path / "centre")


@pytest.fixture
def everybody(centre):
    """A pen in each place."""
    places = (DISTRICT, TOWNSHIP, OTHER_TOWNSHIP, VILLAGE, OTHER_VILLAGE)
    return {place: a_pen(centre, place) for place in places}


def device_of(centre, pen):
    return centre.device(pen.device)


def sends(centre, pen, content, sheet=None):
    sheet = sheet or a_sheet(content)
    device = device_of(centre, pen)
    attachments.begin(centre.ledger, device, sheet.digest, sheet.size, centre.wall())
    return attachments.append(centre.ledger, device, sheet.digest, 0, content, centre.wall())


def may_have(centre, pen, sheet):
    try:
        attachments.size_for(centre.ledger, device_of(centre, pen), sheet.digest)
    except NoSuchSheet:
        return False
    return True


def rows(centre, table):
    return centre.ledger.database.row(f"SELECT count(*) FROM {table}")[0]


# --- entries --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b"\x90",
        b"\xc0",
        b"\x93\x00\xc0\xa0",
        encode_body(AttachmentAdded(material=0, sheets=())),
        naming(a_sheet(b"x", digest=b"short")),
        naming(a_sheet(b"x", digest=bytes(33))),
        naming(a_sheet(b"x", size=0)),
        naming(a_sheet(b"x", size=-1)),
        naming(a_sheet(b"x", size=LARGEST_SHEET + 1)),
        naming(a_sheet(b"x", size=2**63)),
        naming(a_sheet(b"x", width=0)),
        naming(a_sheet(b"x", height=100_000)),
        naming(a_sheet(b"x"), a_sheet(b"x")),
        naming(*(a_sheet(bytes([n])) for n in range(41))),
        naming(a_sheet(b"x")).replace(b"image/jpeg", b"image/tiff"),
    ],
)
def test_an_entry_that_names_no_scans_as_they_are_is_refused_and_blocks_nothing(centre, body):
    pen = a_pen(centre, VILLAGE)
    pen.write()
    case = Ref(pen.device, 1)
    pen.write(kind="attachment.added", body=body, subject=case, after=(case,))
    pen.write()
    before = rows(centre, "attachment_reference")

    answer = pen.send()

    assert [(one.seq, one.code) for one in answer.refused] == [(2, "bad_body")]
    assert answer.accepted.seq == 3
    assert rows(centre, "attachment_reference") == before
    assert answer.lacks == []


def test_sheets_of_a_refused_entry_are_not_asked_for(centre, everybody):
    pen = a_pen(centre, VILLAGE)
    sheet = a_sheet(content_of())

    answer = names(pen, sheet, region=OTHER_VILLAGE)

    assert {one.code for one in answer.refused} == {"region_out_of_scope"}
    assert answer.lacks == []
    with pytest.raises(SheetNotNamed):
        attachments.begin(
            centre.ledger, device_of(centre, pen), sheet.digest, sheet.size, centre.wall()
        )


# --- what is lacking ------------------------------------------------------------------------------


def test_an_answer_names_what_the_centre_lacks_until_it_has_it(centre):
    pen = a_pen(centre, VILLAGE)
    first, second = content_of(), content_of()

    answer = names(pen, a_sheet(first), a_sheet(second))

    assert set(answer.lacks) == {a_sheet(first).digest, a_sheet(second).digest}
    sends(centre, pen, first)
    assert pen.send().lacks == [a_sheet(second).digest]
    sends(centre, pen, second)
    assert pen.send().lacks == []


def test_it_is_asked_for_only_when_nothing_else_is_to_be_sent(centre):
    pen = a_pen(centre, VILLAGE)
    names(pen, a_sheet(content_of()))
    request = pen.request()
    busy = type(request.health)(backlog=3)

    answer = pen.send(type(request)(request.version, [], request.head, None, 1 << 20, busy))

    assert answer.lacks == []


def test_of_many_that_are_lacking_others_are_named_each_time(centre):
    pen = a_pen(centre, VILLAGE)
    for start in range(0, 120, 40):
        names(pen, *(a_sheet(bytes([start, n])) for n in range(40)))
    device = device_of(centre, pen)
    now = centre.wall()

    told = [attachments.lacking(centre.ledger, device, now + s * 1000) for s in range(120)]

    assert max(map(len, told)) == 64
    assert len({one for some in told for one in some}) == 120


# --- proof and scope ------------------------------------------------------------------------------


def test_a_digest_that_somebody_has_read_opens_nothing(centre, everybody):
    owner, thief = everybody[VILLAGE], everybody[OTHER_VILLAGE]
    content = content_of()
    sheet = a_sheet(content)
    names(owner, sheet)
    sends(centre, owner, content)

    names(thief, sheet)  # an entry of his own, accepted, with the digest of another's scan

    assert may_have(centre, owner, sheet)
    assert not may_have(centre, thief, sheet)
    with pytest.raises(NoSuchSheet):
        attachments.upload(centre.ledger, device_of(centre, thief), sheet.digest)
    # Who really has it shows so by sending it, and it is stored once.
    sends(centre, thief, content)
    assert may_have(centre, thief, sheet)
    stored = centre.ledger.database.rows(
        "SELECT digest FROM attachment WHERE digest = ?", (sheet.digest,)
    )
    assert len(stored) == 1


def test_a_guess_at_the_bytes_proves_nothing(centre, everybody):
    owner, thief = everybody[VILLAGE], everybody[OTHER_VILLAGE]
    content = content_of()
    sheet = a_sheet(content)
    names(owner, sheet)
    sends(centre, owner, content)
    names(thief, sheet)

    with pytest.raises(SheetDamaged):
        sends(centre, thief, content[:-1] + b"?", sheet)

    assert not may_have(centre, thief, sheet)
    assert may_have(centre, owner, sheet)


def test_a_scan_goes_to_whoever_the_case_goes_to(centre, everybody):
    content = content_of()
    sheet = a_sheet(content)
    names(everybody[VILLAGE], sheet)
    unsent = {place: may_have(centre, pen, sheet) for place, pen in everybody.items()}
    sends(centre, everybody[VILLAGE], content)

    assert not any(unsent.values())
    assert {place for place, pen in everybody.items() if may_have(centre, pen, sheet)} == {
        VILLAGE,
        TOWNSHIP,
        DISTRICT,
    }


def test_a_scan_that_the_township_adds_to_a_villages_case_goes_to_that_village(centre, everybody):
    content = content_of()
    sheet = a_sheet(content)
    names(everybody[TOWNSHIP], sheet, region=VILLAGE)
    sends(centre, everybody[TOWNSHIP], content)

    assert may_have(centre, everybody[VILLAGE], sheet)
    assert not may_have(centre, everybody[OTHER_VILLAGE], sheet)


def test_a_scan_moves_with_its_village(centre, everybody):
    """By the table of today: the new township may have it, and the former one no more."""
    content = content_of()
    sheet = a_sheet(content)
    names(everybody[VILLAGE], sheet)
    sends(centre, everybody[VILLAGE], content)

    rows = tuple(
        msgspec.structs.replace(row, parent=OTHER_TOWNSHIP) if row.code == VILLAGE else row
        for row in centre.ledger.tree.rows
    )
    with centre.ledger.writing():
        publishing.publish(centre.ledger, [RegionsPublished(regions=rows)], centre.wall())

    assert {place for place, pen in everybody.items() if may_have(centre, pen, sheet)} == {
        VILLAGE,
        OTHER_TOWNSHIP,
        DISTRICT,
    }


def test_two_computers_of_a_station_each_show_that_they_have_it(centre):
    one, other = a_pen(centre, VILLAGE), a_pen(centre, VILLAGE)
    content = content_of()
    names(one, a_sheet(content))
    sends(centre, one, content)

    assert names(other, a_sheet(content)).lacks == [a_sheet(content).digest]
    sends(centre, other, content)
    assert other.send().lacks == []


# --- unfinished and abandoned ---------------------------------------------------------------------


def test_what_nobody_goes_on_with_is_thrown_away_after_a_week(centre):
    pen = a_pen(centre, VILLAGE)
    contents = [content_of(), content_of()]
    names(pen, *map(a_sheet, contents))
    device, now = device_of(centre, pen), centre.wall()
    left, other = map(a_sheet, contents)
    attachments.begin(centre.ledger, device, left.digest, left.size, now)
    attachments.append(centre.ledger, device, left.digest, 0, contents[0][:10], now)

    for after_ms, stays in ((ABANDONED_MS, True), (ABANDONED_MS + 1, False)):
        attachments.begin(centre.ledger, device, other.digest, other.size, now + after_ms)
        if stays:
            assert attachments.upload(centre.ledger, device, left.digest).received == 10
    with pytest.raises(NoSuchSheet):
        attachments.upload(centre.ledger, device, left.digest)


def test_a_station_has_only_so_much_unfinished_here(centre, monkeypatch):
    monkeypatch.setattr(attachments, "OUTSTANDING", 1000)
    pen = a_pen(centre, VILLAGE)
    contents = [content_of(400) for _ in range(4)]
    names(pen, *map(a_sheet, contents))
    device, now = device_of(centre, pen), centre.wall()

    for place, content in enumerate(contents):
        sheet = a_sheet(content)
        attachments.begin(centre.ledger, device, sheet.digest, sheet.size, now + place)
        attachments.append(centre.ledger, device, sheet.digest, 0, content[:100], now + place)

    there = []
    for content in contents:
        try:
            attachments.upload(centre.ledger, device, a_sheet(content).digest)
            there.append(True)
        except NoSuchSheet:
            there.append(False)
    assert there == [False, False, True, True]
    assert sends(centre, pen, contents[0]).is_whole


def test_two_requests_with_the_same_piece_store_it_once(centre):
    pen = a_pen(centre, VILLAGE)
    content = content_of()
    names(pen, a_sheet(content))
    device, now = device_of(centre, pen), centre.wall()
    attachments.begin(centre.ledger, device, a_sheet(content).digest, len(content), now)
    attachments.append(centre.ledger, device, a_sheet(content).digest, 0, content[:100], now)

    with pytest.raises(WrongOffset) as wrong:
        attachments.append(centre.ledger, device, a_sheet(content).digest, 0, content[:100], now)

    assert wrong.value.facts["offset"] == 100


def test_a_request_that_comes_late_begins_nothing_of_what_is_here(centre, everybody):
    """It would wait for ever for bytes that nobody sends. Found by the simulator."""
    village, content = everybody[VILLAGE], content_of()
    sheet = a_sheet(content)
    names(village, sheet)
    sends(centre, village, content)
    sends(centre, village, content)  # as a late POST does, with its first piece
    assert attachments.upload(centre.ledger, device_of(centre, village), sheet.digest).is_whole
    assert rows(centre, "attachment_upload") == 0


def test_a_revoked_device_neither_sends_nor_reads(centre):
    pen = a_pen(centre, VILLAGE)
    content = content_of()
    names(pen, a_sheet(content))
    sends(centre, pen, content)
    with centre.ledger.writing():
        publishing.withdraw(centre.ledger, device_of(centre, pen), "", centre.wall())

    with pytest.raises(Revoked):
        sender(centre.ledger, pen.token)
    told = centre.ask("GET", f"/attachments/{a_sheet(content).digest.hex()}", pen.token, {}, b"")
    assert told.status == 401


# --- several at once ------------------------------------------------------------------------------


def test_the_same_piece_on_several_connections_at_once_counts_once(centre):
    """A piece that hung, and the same again by a station that has given it up."""
    pen, content = a_pen(centre, VILLAGE), content_of(60_000)
    sheet = a_sheet(content)
    names(pen, sheet)

    with listening(centre) as url, ThreadPoolExecutor(4) as threads:

        def append(_):
            with Asking(centre, url, pen.token) as line:
                return line.append(sheet, 0, content[:30_000])[0]

        with Asking(centre, url, pen.token) as line:
            line.begin(sheet)
            found = sorted(threads.map(append, range(4)))
            assert found == [204, 409, 409, 409]
            assert line.append(sheet, 30_000, content[30_000:])[0] == 204
            assert line.get(sheet)[2] == content


def test_several_stations_send_at_once(centre):
    pens = [a_pen(centre, region) for region in (VILLAGE, OTHER_VILLAGE, TOWNSHIP, VILLAGE)]
    contents = [[content_of(20_000) for _ in range(5)] for _ in pens]
    for pen, some in zip(pens, contents, strict=True):
        names(pen, *map(a_sheet, some))

    with listening(centre) as url, ThreadPoolExecutor(4) as threads:

        def send(pen, some):
            with Asking(centre, url, pen.token) as line:
                return [line.send(a_sheet(content), content) for content in some]

        assert list(threads.map(send, pens, contents)) == [[204] * 5] * 4
    assert all(pen.send().lacks == [] for pen in pens)


def test_several_who_begin_the_same_scan_at_once_leave_one_that_goes_on(centre):
    """A line that was cut and is back: what the old connection brought is stored while the new one begins."""
    pen, many = a_pen(centre, VILLAGE), centre.ledger.database.threads
    contents = [content_of(4000) for _ in range(8)]
    names(pen, *map(a_sheet, contents))
    device, now = device_of(centre, pen), centre.wall()

    def begin(sheet, piece):
        def work():
            attachments.begin(centre.ledger, device, sheet.digest, sheet.size, now)
            attachments.append(centre.ledger, device, sheet.digest, 0, piece, now)

        centre.ledger.beside(work)

    for content in contents:
        sheet = a_sheet(content)
        with ThreadPoolExecutor(many) as threads:
            for begun in [threads.submit(begin, sheet, content[: 500 + n]) for n in range(many)]:
                begun.result()
        arrived = attachments.upload(centre.ledger, device, sheet.digest).received
        rest = content[arrived:]
        assert attachments.append(centre.ledger, device, sheet.digest, arrived, rest, now).is_whole


# --- an older ledger ------------------------------------------------------------------------------


def test_what_an_older_centre_held_without_reading_is_asked_for_once_it_can(centre):
    """Stations may have been upgraded before their centre: migration 0004 looks through what was held."""
    pen = a_pen(centre, VILLAGE)
    sheet = a_sheet(content_of())
    names(pen, sheet)
    database = centre.ledger.database
    database.run("DELETE FROM attachment_reference")
    database.run("UPDATE entry SET held = 1 WHERE seq = 2")
    migration = import_module("sync.centre.migrations.0004_attachments")

    migration.refer_to_those_held(Executing(database))

    device = device_of(centre, pen)
    assert attachments.lacking(centre.ledger, device, 0) == [sheet.digest]
    assert database.row("SELECT max(held) FROM entry") == (0,)


class Executing:
    """What a migration is given: peewee's database."""

    def __init__(self, database):
        self._database = database

    def execute_sql(self, sql, parameters=()):
        if not sql.startswith("SELECT"):
            self._database.run(sql, parameters)
            return None
        self._rows = self._database.rows(sql, parameters)
        return self

    def fetchall(self):
        return self._rows
