"""What only a server with many connections can get wrong: order, doubles, waiting for each other, going away."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial

import msgspec
import peewee
import psycopg
import pytest

from app.domain.events import ItemPublished, RegionsPublished
from app.store.database import DiskFull, StoreBusy, StoreTooNew
from app.store.keyslots import WrongKey
from sync.centre import placing, private, publishing
from sync.centre.database import DatabaseAway
from sync.centre.ledger import Ledger
from sync.centre.placing import Place
from sync.centre.postgresql import NoSuchSchema, PostgresqlDatabase
from sync.centre.postgresql_connections import BadDatabaseUrl
from sync.refusals import Busy
from tests import postgresql
from tests.sync import stands
from tests.sync.builders import (
    DISTRICT,
    KEY,
    OTHER_TOWNSHIP,
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    a_centre,
    a_pen,
    found_here,
    wires_in,
)
from tests.sync.centre.test_catalogue import say, version
from tests.sync.stands import Stand

WRITERS, SENDS, EACH = 8, 12, 3
PLACES = (VILLAGE, OTHER_VILLAGE, TOWNSHIP, OTHER_TOWNSHIP)


@pytest.fixture
def centre(stand, tmp_path):
    with stands.on(stand):
        yield a_centre(tmp_path / "centre")


def kept(centre):
    """Where the centre's folder says that its ledger is."""
    place = placing.kept(centre.folder, KEY)
    assert place is not None
    return place


def all_at_once(*acts):
    """Each in a thread of its own; what they give, in their order."""
    start = threading.Barrier(len(acts))

    def begun(act):
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [done.result() for done in [threads.submit(begun, act) for act in acts]]


def test_readers_who_page_while_many_write_miss_nothing_and_get_nothing_twice(centre):
    writers = [a_pen(centre, PLACES[n % len(PLACES)]) for n in range(WRITERS)]
    desks = [a_pen(centre, DISTRICT) for _ in range(3)]
    for desk in desks:
        desk.send()  # what was published before: from here on they read at the feed's end
    written = {writer.device for writer in writers}
    finished, over = threading.Semaphore(0), threading.Event()

    def write(writer):
        for _ in range(SENDS):
            first = len(writer.wires) + 1
            for _ in range(EACH):
                writer.write()
            writer.send(writer.request(first=first, room=0))
        finished.release()

    def read(desk):
        received = []
        while True:
            last = over.is_set()
            answer = desk.send(desk.request(room=600))
            received += [
                (run.device, run.first_seq + n)
                for run in answer.runs
                for n in range(len(run.entries))
            ]
            if last and not answer.more:
                return received

    def watch():
        for _ in writers:
            finished.acquire()
        over.set()

    *_, first, second, third = all_at_once(
        watch, *[partial(write, one) for one in writers], *[partial(read, one) for one in desks]
    )

    for received in (first, second, third):
        theirs = [place for place in received if place[0] in written]
        assert len(theirs) == len(set(theirs)) == WRITERS * SENDS * EACH
        for device in written:
            assert [seq for one, seq in theirs if one == device] == [*range(1, SENDS * EACH + 1)]
    assert first == second == third
    (positions, head) = centre.ledger.database.row(
        "SELECT (SELECT count(*) FROM feed), (SELECT head FROM district)"
    )
    assert positions == head


def test_a_request_that_is_repeated_while_the_first_is_answered_is_stored_once(centre):
    village, township = a_pen(centre, VILLAGE), a_pen(centre, TOWNSHIP)
    for turn in range(10):
        wires = [village.write() for _ in range(20)]
        request = village.request(first=len(village.wires) - 19)
        answers = all_at_once(*[partial(village.send, request)] * 3)

        assert {answer.accepted.seq for answer in answers} == {len(village.wires)}, turn
        assert [wire for wire in wires_in(township.send()) if wire in wires] == wires
    assert centre.entries_of(village.device) == village.wires


def test_two_desks_that_publish_the_same_version_at_once_do_not_both_have_it(centre):
    for number in range(2, 6):
        desks = [a_pen(centre, DISTRICT) for _ in range(2)]
        answers = all_at_once(
            *[partial(say, desk, ItemPublished(item=version(number))) for desk in desks]
        )
        assert sorted(answers) == [[], ["item_version_taken"]]


def test_whoever_is_alone_waits_for_those_at_work_and_they_for_him(centre):
    database, order = centre.ledger.database, []
    inside, go_on = threading.Event(), threading.Event()

    def beside():
        def work():
            inside.set()
            assert go_on.wait(10)
            order.append("beside")

        database.beside(work)

    def alone():
        assert inside.wait(10)
        threading.Timer(0.2, go_on.set).start()
        with database.writing():
            order.append("alone")

    all_at_once(beside, alone)
    assert order == ["beside", "alone"]


def test_two_may_be_at_work_beside_each_other(centre):
    database, both = centre.ledger.database, threading.Barrier(2, timeout=10)

    assert all_at_once(*[lambda: database.beside(both.wait)] * 2) in ([0, 1], [1, 0])


def test_a_circle_of_waiting_is_broken_and_both_come_through(centre):
    pens = [a_pen(centre, VILLAGE), a_pen(centre, TOWNSHIP)]
    numbers = [centre.device(pen.device).n for pen in pens]
    database, both, tries = centre.ledger.database, threading.Barrier(2), []

    def crossing(first, second):
        def work():
            tries.append(first)
            database.held("SELECT n FROM device WHERE n = ?", (first,))
            with suppress(threading.BrokenBarrierError):
                both.wait(3)
            both.abort()
            database.held("SELECT n FROM device WHERE n = ?", (second,))
            return first

        return database.beside(work)

    done = all_at_once(lambda: crossing(*numbers), lambda: crossing(*reversed(numbers)))

    assert done == numbers
    assert len(tries) == 3


def test_what_two_write_first_at_once_is_there_at_the_seconds_second_try(centre):
    database, both, tries = centre.ledger.database, threading.Barrier(2), []

    def work():
        tries.append(1)
        if database.row("SELECT 1 FROM secret WHERE name = 'twice'"):
            return "second"
        with suppress(threading.BrokenBarrierError):
            both.wait(3)
        both.abort()
        database.run("INSERT INTO secret (name, value) VALUES ('twice', ?)", (b"x",))
        return "first"

    done = all_at_once(lambda: database.beside(work), lambda: database.beside(work))

    assert sorted(done) == ["first", "second"]
    assert len(tries) == 3


def test_a_mistake_of_ours_is_no_conflict_for_ever(centre):
    database = centre.ledger.database

    def work():
        database.run("INSERT INTO secret (name, value) VALUES ('once', ?)", (b"x",))
        database.run("INSERT INTO secret (name, value) VALUES ('once', ?)", (b"x",))

    with pytest.raises(peewee.IntegrityError):
        database.beside(work)


def test_a_connection_that_died_idle_is_made_again_unnoticed(centre):
    village = a_pen(centre, VILLAGE)
    _end_connections(centre)
    village.write()

    assert village.send().accepted.seq == 1


def test_a_connection_that_dies_in_a_transaction_leaves_nothing_behind(centre):
    village = a_pen(centre, VILLAGE)
    database = centre.ledger.database
    with pytest.raises(DatabaseAway), database.writing():  # noqa: PT012 - the second loses it
        database.run("UPDATE device SET contact_ms = 1")
        _end_connections(centre)
        database.run("UPDATE device SET contact_ms = 2")

    assert database.rows("SELECT 1 FROM device WHERE contact_ms IN (1, 2)") == []
    village.write()
    assert village.send().accepted.seq == 1


def _end_connections(centre):
    database = centre.ledger.database
    assert isinstance(database, PostgresqlDatabase)
    place = kept(centre)
    with psycopg.connect(place.url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_a_server_that_is_down_makes_stations_come_again_and_then_goes_on(tmp_path):
    with (
        postgresql.running(durable=True) as server,
        stands.on(Stand(server, DISTRICT, found_here)),
    ):
        centre = a_centre(tmp_path / "centre")
        village = a_pen(centre, VILLAGE)
        village.write()
        server.stop("immediate")
        with pytest.raises((Busy, StoreBusy)):
            village.send()
        with pytest.raises((Busy, StoreBusy)):
            village.send()
        server.start()

        assert village.send().accepted.seq == 1


def test_what_was_answered_is_there_after_a_crash(tmp_path):
    with (
        postgresql.running(durable=True) as server,
        stands.on(Stand(server, DISTRICT, found_here)),
    ):
        centre = a_centre(tmp_path / "centre")
        village, township = a_pen(centre, VILLAGE), a_pen(centre, TOWNSHIP)
        for _ in range(5):
            village.write()
            village.send(first=len(village.wires))
        township.send()
        server.stop("immediate")
        server.start()

        assert centre.entries_of(village.device) == village.wires
        lives = len(centre.devices.every())
        township.send()
        assert len(centre.devices.every()) == lives  # nobody has seen what is not there


@pytest.mark.parametrize(
    ("state", "error"),
    [("53100", DiskFull), ("55P03", StoreBusy), ("53300", StoreBusy), ("25006", DatabaseAway)],
)
def test_what_the_server_says_has_our_names(centre, state, error):
    with pytest.raises(error):
        centre.ledger.database.run(f"DO $$ BEGIN RAISE SQLSTATE '{state}'; END $$")


def test_private_keys_do_not_lie_open_in_the_tables(centre):
    database = centre.ledger.database
    rows = database.rows("SELECT name, value FROM secret")
    assert {name for name, _ in rows} >= {"authority", "recovery", "device"}
    for name, value in rows:
        key = private.kept(database, name)
        assert key is not None
        assert key not in bytes(value)


def test_another_districts_key_opens_none_of_them(centre):
    place = kept(centre)
    ledger = placing.open_at(place, bytes(32))
    with pytest.raises(WrongKey):
        ledger.secret("authority")
    ledger.close()


def test_the_address_lies_sealed_in_the_folder(centre, tmp_path):
    place = Place("postgresql://daiban:geheim@10.1.1.1/daiban", "district_450305")
    placing.keep(tmp_path, KEY, place)

    assert b"geheim" not in (tmp_path / placing.ELSEWHERE).read_bytes()
    assert placing.kept(tmp_path, KEY) == place
    with pytest.raises(WrongKey):
        placing.kept(tmp_path, bytes(32))


def test_a_database_that_was_moved_is_found_where_it_is_now(centre, stand):
    place = kept(centre)
    centre.ledger.database.close()
    copy = stand.saved(centre.folder, centre.folder / "copy", centre.ledger)
    moved = stand.server.url(copy.read_text())

    ledger = placing.open_ledger(centre.folder, KEY, moved)
    assert ledger.count() == centre.ledger.count()
    ledger.close()

    assert placing.kept(centre.folder, KEY) == Place(moved, place.schema)


def test_a_database_without_the_district_is_told_and_left_as_it_is(centre, stand):
    with pytest.raises(NoSuchSchema):
        placing.open_ledger(centre.folder, KEY, stand.server.url("postgres"))

    assert stand.server.do("SELECT 1 FROM pg_namespace WHERE nspname LIKE 'district%'") == []


@pytest.mark.parametrize("url", ["", "mysql://host/name", "postgresql://[", "host=here"])
def test_what_is_no_address_is_refused_and_not_repeated(url):
    with pytest.raises(BadDatabaseUrl) as refused:
        PostgresqlDatabase.open(url, "district_450305", KEY)
    assert refused.value.facts == {}


def test_a_ledger_of_a_newer_program_is_left_alone(centre):
    centre.ledger.database.run(
        "INSERT INTO schema_migration (name, applied) VALUES ('9999_later', now())"
    )
    with pytest.raises(StoreTooNew):
        placing.open_ledger(centre.folder, KEY)


def test_workers_that_start_at_once_bring_the_tables_up_to_date_once(stand, tmp_path):
    place = Place(stand.server.url(stand.server.create()), "district_450305")
    databases = all_at_once(*[lambda: placing.open_at(place, KEY, new=True)] * 3)
    found_here(databases[0])

    assert [ledger.is_founded for ledger in databases] == [True] * 3
    for ledger in databases:
        ledger.close()


def test_a_table_of_regions_that_another_worker_put_in_force_counts_here_too(centre, stand):
    other = placing.open_ledger(centre.folder, KEY)
    stand.noted(other)
    before = centre.ledger.tree
    rows = tuple(
        msgspec.structs.replace(row, name="新名") if row.code == VILLAGE else row
        for row in before.rows
    )
    with other.writing():
        publishing.publish(other, [RegionsPublished(regions=rows)], centre.wall())

    assert centre.ledger.tree.region(VILLAGE).name == "新名"


def test_districts_in_one_database_do_not_see_each_other(centre, stand):
    place = kept(centre)
    ledger: Ledger = placing.open_at(Place(place.url, "district_450399"), bytes(32), new=True)
    assert not ledger.is_founded
    found_here(ledger)
    a_pen(centre, VILLAGE)

    assert ledger.count() < centre.ledger.count()
    ledger.close()


def test_the_same_tables_and_columns_stand_in_either_database(centre, tmp_path):
    database = centre.ledger.database
    columns = database.rows(
        "SELECT table_name, column_name, data_type FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND table_name <> 'schema_migration'"
    )
    ledger = Ledger.open(tmp_path / "ledger.db", KEY)
    tables = [
        name
        for (name,) in ledger.database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        if name != "schema_migration" and not name.startswith("sqlite_")
    ]
    words = {"INTEGER": "bigint", "BLOB": "bytea", "TEXT": "text"}
    ours = {
        (table, row[1], words[row[2]])
        for table in tables
        for row in ledger.database.rows(f"PRAGMA table_info({table})")
    }
    ledger.close()

    assert set(columns) == ours
