"""A PostgreSQL that was set back to an older dump: the stations bring what it has lost, and agree again."""

import pytest

from sync.centre import placing
from tests.builders import a_case
from tests.sync import stands
from tests.sync.builders import (
    KEY,
    TOWNSHIP,
    VILLAGE,
    a_centre,
    a_station,
    exchange,
    opened,
    own_entries,
)


@pytest.fixture
def centre(stand, tmp_path):
    with stands.on(stand):
        yield a_centre(tmp_path / "centre")


def dumped(centre, server):
    """What docs/operating-the-centre.md tells the administrator to keep, besides the folder."""
    place = placing.kept(centre.folder, KEY)
    assert place is not None
    file = str(server.folder / "district.dump")
    server.run(
        "pg_dump", "--format=custom", f"--schema={place.schema}", f"--file={file}", place.url
    )
    return file


def put_back(centre, server, file):
    """Into an empty database, under whose address the centre is then started once."""
    centre.ledger.close()
    centre.wall.turn(ms=60_000)
    url = server.url(server.create())
    server.run("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={url}", file)
    placing.open_ledger(centre.folder, KEY, url).close()
    return opened(centre.folder, centre.wall)


def test_stations_send_again_what_a_restored_dump_has_lost(centre, postgresql_server, tmp_path):
    village = a_station(centre, VILLAGE, tmp_path / "village")
    township = a_station(centre, TOWNSHIP, tmp_path / "township")
    first = a_case(village)
    exchange(village, centre)
    file = dumped(centre, postgresql_server)
    second = a_case(village)
    exchange(village, centre)
    exchange(township, centre)
    lives = len(centre.devices.every())

    centre = put_back(centre, postgresql_server, file)
    assert len(centre.entries_of(village.device)) < len(own_entries(village.store))
    for _ in range(2):
        exchange(village, centre)
        exchange(township, centre)

    assert centre.entries_of(village.device) == own_entries(village.store)
    assert centre.entries_of(township.device) == own_entries(township.store)
    for case in (first, second):
        assert township.case(case) == village.case(case)
    assert len(centre.devices.every()) == lives + 1  # the centre writes on under a life of its own
    assert exchange(township, centre).received == 0


def test_a_device_that_enrolled_after_the_dump_is_known_again(centre, postgresql_server, tmp_path):
    file = dumped(centre, postgresql_server)
    village = a_station(centre, VILLAGE, tmp_path / "village")
    a_case(village)
    exchange(village, centre)

    centre = put_back(centre, postgresql_server, file)
    exchange(village, centre)

    assert centre.entries_of(village.device) == own_entries(village.store)
