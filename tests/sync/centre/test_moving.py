"""A ledger goes from its file into a real PostgreSQL: whole, once, and no station notices."""

import os
import shutil
import signal
from contextlib import closing
from enum import Enum

import pytest
from sqlcipher3 import dbapi2

from app.store import keyslots
from sync.centre import audit, copying, moved, moving, office, placing
from sync.centre.copying import CopyDiffers
from sync.centre.ledger import FILE, Ledger, NoCentre
from sync.centre.moved import LedgerComing, LedgerGone, Leg
from sync.centre.moving import CentreServing, DistrictThere, LedgerThere
from sync.centre.placing import ELSEWHERE
from sync.centre.sqlite import SqliteDatabase
from tests.builders import a_case
from tests.sync.builders import DISTRICT, TOWNSHIP, UNLOCK, VILLAGE, own_entries
from tests.sync.processes import CentreProcess, a_station, exchange


class Moment(Enum):
    """Where a move is killed: before the moment from which the new ledger counts, or after it."""

    COMPARING = (copying, "_sum")
    COPIED = (placing, "keep")
    NOTED = (moved, "put")
    COUNTING = (placing, "_arrived")
    RENAMING = (placing, "aside")


@pytest.fixture
def url(postgresql_server):
    name = postgresql_server.create()
    yield postgresql_server.url(name)
    postgresql_server.drop(name)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("founded") / "centre"
    office.init(folder, region=DISTRICT, unlock=UNLOCK)
    return folder


@pytest.fixture
def data(template, tmp_path):
    return shutil.copytree(template, tmp_path / "centre")


def everything(ledger: Ledger, tables):
    """All rows that a ledger has, but for what moving itself writes."""
    ours = {"act", "act_head", "moved"}
    return {
        table.name: [row for part in copying.portions(ledger.database, table) for row in part]
        for table in tables
        if table.name not in ours
    }


def test_stations_go_on_as_if_nothing_had_been(url, tmp_path):
    centre = CentreProcess.founded(tmp_path / "centre")
    village = a_station(centre, VILLAGE, tmp_path / "village")
    township = a_station(centre, TOWNSHIP, tmp_path / "township")
    before = a_case(village)
    exchange(village.store)
    exchange(township.store)
    exchange(village.store)
    identity = village.store.identity
    centre.end()

    done = moving.move(centre.data, url, unlock=UNLOCK)

    assert not (centre.data / FILE).exists()
    assert done.aside.exists()
    assert done.aside.stat().st_mode & 0o777 == 0o600
    centre.start()
    assert exchange(village.store).received == 0  # its place in the feed is known
    after = a_case(village)
    assert exchange(village.store).refused == 0
    assert exchange(township.store).received > 0
    for case in (before, after):
        assert township.case(case) == village.case(case)
    assert village.store.identity == identity
    assert centre.entries_of(village.device) == own_entries(village.store)
    third = a_station(centre, VILLAGE, tmp_path / "third")  # the next number is a new one
    assert third.store.certificate.slot == 2
    centre.end()
    with office.opened(centre.data, UNLOCK) as ledger:
        assert "moved" in [one.what for one in audit.acts(ledger)]
        assert done.entries < ledger.count()


def test_every_row_of_every_table_is_there(data, url, monkeypatch):
    monkeypatch.setattr(copying, "_PORTION", 3_000)  # many portions
    with office.opened(data, UNLOCK) as ledger:
        code = office.enrol_code(data, region=VILLAGE, unlock=UNLOCK)
        assert code.code
        assert isinstance(ledger.database, SqliteDatabase)
        tables = ledger.database.tables()
        with ledger.writing():
            for n in range(5):
                ledger.database.run(
                    "INSERT INTO attachment (digest, size, padded) VALUES (?, ?, ?)",
                    (bytes([n]) * 32, 9, os.urandom(2_000)),
                )
                ledger.database.run(
                    "INSERT INTO attachment_piece (digest, region, slot, start, padded) VALUES (?, ?, 1, ?, ?)",
                    (b"piece" * 6, VILLAGE, n, os.urandom(2_000)),
                )
        before, acts, district = everything(ledger, tables), audit.acts(ledger), ledger.district

    done = moving.move(data, url, unlock=UNLOCK)

    assert done.sheets == 5
    with office.opened(data, UNLOCK) as ledger:
        assert everything(ledger, tables) == before
        assert ledger.district == district
        told = audit.acts(ledger)
        assert told[: len(acts)] == acts
        assert [one.what for one in told[len(acts) :]] == ["moved"]
        assert "@" not in str(told[-1].facts["to"])
    assert {"entry", "feed", "secret", "token", "attachment_piece", "moved"} <= {
        one.name for one in tables
    }


def test_a_copy_that_differs_is_not_used(data, url, monkeypatch):
    honest = copying._as_kept  # noqa: SLF001

    def one_bit_off(database, table, row):
        changed = honest(database, table, row)
        return (*changed[:-1], changed[-1] + 1) if table.name == "feed" else changed

    monkeypatch.setattr(copying, "_as_kept", one_bit_off)
    with pytest.raises(CopyDiffers) as differs:
        moving.move(data, url, unlock=UNLOCK)

    assert differs.value.facts == {"table": "feed"}
    monkeypatch.undo()
    assert not (data / ELSEWHERE).exists()
    assert moving.move(data, url, unlock=UNLOCK).entries > 0


def test_nobody_moves_a_ledger_that_is_served(url, tmp_path, monkeypatch):
    monkeypatch.setattr("sync.centre.sqlite._PATIENCE_MS", 1)
    centre = CentreProcess.founded(tmp_path / "centre")
    with pytest.raises(CentreServing):
        moving.move(centre.data, url, unlock=UNLOCK)

    assert centre.running
    station = a_station(centre, VILLAGE, tmp_path / "village")  # it goes on
    assert exchange(station.store).refused == 0
    centre.end()
    assert moving.move(centre.data, url, unlock=UNLOCK).entries > 0


def test_while_it_moves_nobody_else_gets_in(data, url, monkeypatch):
    tried = []
    honest = copying.copy

    def copy(*those):
        with closing(dbapi2.connect(data / FILE, timeout=0)) as other:
            other.execute(f"PRAGMA key = \"x'{keyslots.open_key(data, UNLOCK).hex()}'\"")
            with pytest.raises(dbapi2.OperationalError, match="is locked"):
                other.execute("SELECT count(*) FROM entry")
        tried.append(True)
        return honest(*those)

    monkeypatch.setattr(copying, "copy", copy)
    moving.move(data, url, unlock=UNLOCK)

    assert tried


def test_a_district_that_is_there_is_not_written_over(data, url, tmp_path):
    office.init(tmp_path / "other", region=DISTRICT, unlock=UNLOCK, database=url)
    with pytest.raises(DistrictThere):
        moving.move(data, url, unlock=UNLOCK)

    with office.opened(tmp_path / "other", UNLOCK) as other, office.opened(data, UNLOCK) as ledger:
        assert other.district.epoch != ledger.district.epoch
        assert ledger.count() > 0


def test_an_older_copy_of_the_file_does_not_take_the_place_of_what_went_on(data, url, tmp_path):
    older = shutil.copytree(data, tmp_path / "older")
    moving.move(data, url, unlock=UNLOCK)
    with pytest.raises(DistrictThere):
        moving.move(older, url, unlock=UNLOCK)


def test_what_was_left_behind_is_not_served_under_its_old_name(data, url, tmp_path):
    done = moving.move(data, url, unlock=UNLOCK)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(data / keyslots.FILE, elsewhere)
    shutil.copy(done.aside, elsewhere / FILE)
    with pytest.raises(LedgerGone) as gone:
        office.listen(elsewhere, unlock=UNLOCK, host="127.0.0.1", port=0)
    assert gone.value.facts["place"] == done.place

    shutil.copy(done.aside, data / FILE)  # in its own folder the new one goes on
    with office.opened(data, UNLOCK) as ledger:
        assert ledger.database.place == done.place
    assert not (data / FILE).exists()


def test_who_has_moved_is_told_so(data, url, tmp_path):
    moving.move(data, url, unlock=UNLOCK)
    with pytest.raises(LedgerThere):
        moving.move(data, url, unlock=UNLOCK)
    with pytest.raises(NoCentre):
        moving.move(tmp_path / "nothing", url, unlock=UNLOCK)


@pytest.mark.parametrize("moment", [Moment.COMPARING, Moment.COPIED, Moment.NOTED])
def test_killed_before_its_last_word_the_file_still_counts(data, url, moment):
    killed(data, url, moment)
    with office.opened(data, UNLOCK) as ledger:
        assert ledger.database.place == str(data / FILE)
    office.enrol_code(data, region=VILLAGE, unlock=UNLOCK)  # the file went on meanwhile

    moving.move(data, url, unlock=UNLOCK)

    with office.opened(data, UNLOCK) as ledger:
        assert [one.what for one in audit.acts(ledger)][-2:] == ["code_issued", "moved"]
        assert ledger.database.row("SELECT count(*) FROM code") == (1,)


@pytest.mark.parametrize(("moment", "again"), [(Moment.COUNTING, True), (Moment.RENAMING, False)])
def test_killed_after_it_the_new_one_counts(data, url, moment, again):
    killed(data, url, moment)
    assert (data / FILE).exists()
    if again:
        assert moving.move(data, url, unlock=UNLOCK).aside.exists()

    with office.opened(data, UNLOCK) as ledger:
        assert ledger.database.place.endswith(f"#district_{DISTRICT}")
        assert moved.mark(ledger.database) is None
        assert [one.what for one in audit.acts(ledger)].count("moved") == 1
    assert not (data / FILE).exists()


def test_a_ledger_that_never_got_into_use_is_not_served(data, url):
    killed(data, url, Moment.NOTED)
    (data / FILE).replace(data / "by hand")
    with pytest.raises(LedgerComing), office.opened(data, UNLOCK):
        pass
    (data / "by hand").replace(data / FILE)
    assert moving.move(data, url, unlock=UNLOCK).entries > 0


def killed(data, url, moment):
    """A process that moves the ledger and is killed at a moment."""
    if process := os.fork():
        assert os.waitpid(process, 0)[1] == signal.SIGKILL
        return
    module, name = moment.value
    honest = getattr(module, name)

    def die(*those):
        if moment is Moment.NOTED and those[1].leg is Leg.COMING:
            return honest(*those)
        return os.kill(os.getpid(), signal.SIGKILL)

    setattr(module, name, die)
    try:
        moving.move(data, url, unlock=UNLOCK)
    finally:
        os._exit(1)
