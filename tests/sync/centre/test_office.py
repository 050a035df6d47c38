import socket
from datetime import UTC, datetime, timedelta

import pytest

import resources
from app.domain.events import decode_body
from app.domain.regions import BadRegions, RegionCode, UnknownRegion
from app.journal import entry
from app.store.keyslots import NoKey, Unlock, WrongKey, open_key
from sync import protocol
from sync.centre import office, publishing
from sync.centre.authority import Authority
from sync.centre.devices import NoSuchDevice
from sync.centre.ledger import FILE, Ledger, NoCentre
from sync.centre.server import AddressTaken
from sync.enrolment_code import read_code
from tests.sync.builders import DISTRICT, UNLOCK, VILLAGE


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office") / "centre"
    office.init(folder, region=DISTRICT, unlock=UNLOCK)
    return folder


def test_a_founded_centre_has_published_what_stations_need(data):
    ledger = Ledger.open(data / FILE, open_key(data, UNLOCK))
    try:
        own = ledger.own.id
        rows = ledger.database.rows("SELECT seq, raw FROM entry ORDER BY seq")
        told = [entry.read(bytes(raw), device=own, seq=seq, lineage={}) for seq, raw in rows]
        bodies = [decode_body(one.kind, one.version, one.body or b"") for one in told]
        tree = ledger.tree
    finally:
        ledger.database.close()

    kinds = [one.kind for one in told]
    assert kinds.count("item.published") == 71
    assert kinds.count("regions.published") == kinds.count("catalogue.noted") == 1
    assert {body.year.year for body in bodies if hasattr(body, "year")} >= set(range(2004, 2027))
    assert kinds[-1] == "device.certified"
    assert tree.region(RegionCode(VILLAGE)).name == "湖塘村委会"


def test_the_ledger_cannot_be_read_without_its_key(data):
    assert b"SQLite format 3" not in (data / FILE).read_bytes()
    with pytest.raises(WrongKey):
        office.devices(data, unlock=Unlock(passphrase="wrong"))
    with pytest.raises(NoKey):
        office.devices(data, unlock=Unlock())


def test_a_code_names_the_centre_and_the_station(data):
    issued = office.enrol_code(data, region=VILLAGE, unlock=UNLOCK)

    code = read_code(issued.code)
    assert (code.url, code.region, code.tier) == (office.DEFAULT_URL, VILLAGE, 1)
    assert code.station == "湖塘村政务服务站"
    assert issued.expires - datetime.now(UTC) == pytest.approx(
        timedelta(days=7), abs=timedelta(minutes=1)
    )


def test_each_code_is_another(data):
    codes = {office.enrol_code(data, region=VILLAGE, unlock=UNLOCK).code for _ in range(3)}

    assert len(codes) == 3


def test_a_station_may_have_a_name_of_its_own(data):
    issued = office.enrol_code(data, region=VILLAGE, name="湖塘驿站", unlock=UNLOCK)

    assert read_code(issued.code).station == "湖塘驿站"


def test_a_code_is_for_a_region_of_the_district(data):
    with pytest.raises(UnknownRegion):
        office.enrol_code(data, region="110101", unlock=UNLOCK)


def test_a_centre_is_founded_once(data):
    with pytest.raises(office.CentreExists):
        office.init(data, region=DISTRICT, unlock=UNLOCK)


def test_a_founding_that_was_cut_off_can_be_done_again(tmp_path):
    (tmp_path / f"{FILE}.new").write_bytes(b"half")

    office.init(tmp_path, region=DISTRICT, unlock=UNLOCK)

    assert [one.tier for one in office.devices(tmp_path, unlock=UNLOCK)] == ["district"]


def test_a_district_that_is_not_packaged_brings_its_table(tmp_path):
    table = tmp_path / "regions.csv"
    table.write_bytes(resources.read_bytes("regions/230921-boli.csv"))

    office.init(tmp_path / "a", region="230921", unlock=UNLOCK, regions_csv=table)
    with pytest.raises(office.NoRegions):
        office.init(tmp_path / "b", region="110101", unlock=UNLOCK)
    with pytest.raises(office.NoRegions):
        office.init(tmp_path / "c", region="../*", unlock=UNLOCK)

    assert [one.region for one in office.devices(tmp_path / "a", unlock=UNLOCK)] == ["230921"]


def test_a_bad_table_founds_nothing(tmp_path):
    table = tmp_path / "regions.csv"
    table.write_text("code,name\n450305,七星区\n", encoding="utf-8")

    with pytest.raises(BadRegions):
        office.init(tmp_path / "centre", region=DISTRICT, unlock=UNLOCK, regions_csv=table)
    assert not (tmp_path / "centre").exists()


def test_a_centre_is_a_districts(tmp_path):
    with pytest.raises(office.NotADistrict):
        office.init(
            tmp_path,
            region="450305001",
            unlock=UNLOCK,
            regions_csv=resources.path("regions/450305-qixing.csv"),
        )


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1", "10.0.0.1:8750", "https://", "https://x:port", "https://区中心"]
)
def test_stations_reach_a_centre_by_https(tmp_path, url):
    with pytest.raises(office.BadUrl):
        office.init(tmp_path, region=DISTRICT, unlock=UNLOCK, url=url)


def test_a_folder_without_a_ledger_is_no_centre(tmp_path):
    with pytest.raises(NoCentre):
        office.devices(tmp_path, unlock=UNLOCK)


def test_a_device_is_revoked_by_the_beginning_of_its_name(data):
    device = enrolled(data)

    told = office.revoke(data, device.hex()[:8], unlock=UNLOCK, reason="失窃")

    assert told.device == device.hex()
    assert told.revoked is not None
    (listed,) = [one for one in office.devices(data, unlock=UNLOCK) if one.device == told.device]
    assert listed == told
    with pytest.raises(office.AlreadyRevoked) as again:
        office.revoke(data, device.hex(), unlock=UNLOCK)
    assert again.value.facts["slot"] == told.slot
    assert told in office.devices(data, unlock=UNLOCK)  # and nothing was changed


def enrolled(data):
    from app.journal.keys import DeviceKeys
    from sync.centre import admission
    from sync.protocol import EnrolRequest
    from tests.sync.builders import an_enrolment

    code = read_code(office.enrol_code(data, region=VILLAGE, unlock=UNLOCK).code)
    keys = DeviceKeys.generate()
    ledger = Ledger.open(data / FILE, open_key(data, UNLOCK))
    request = protocol.decode(an_enrolment(code.secret, keys), EnrolRequest)
    admission.enrol(ledger, Authority.of(ledger), request, 0)
    ledger.database.close()
    return keys.device


def test_all_lives_of_a_device_are_revoked_with_it(data):
    from app.journal.chain import genesis
    from app.journal.keys import DeviceKeys
    from app.journal.refs import Continuation
    from sync.centre import admission
    from sync.protocol import EnrolRequest
    from tests.sync.builders import an_enrolment

    first, other = enrolled(data), enrolled(data)
    code = read_code(office.enrol_code(data, region=VILLAGE, unlock=UNLOCK).code)
    keys = DeviceKeys.generate()
    ledger = Ledger.open(data / FILE, open_key(data, UNLOCK))
    offer = Continuation(first, 0, genesis(first, None))
    request = protocol.decode(an_enrolment(code.secret, keys, [offer]), EnrolRequest)
    admission.enrol(ledger, Authority.of(ledger), request, 0)
    ledger.database.close()

    office.revoke(data, first.hex(), unlock=UNLOCK)

    listed = {one.device: one.revoked for one in office.devices(data, unlock=UNLOCK)}
    assert listed[first.hex()] is not None
    assert listed[keys.device.hex()] is not None
    assert listed[other.hex()] is None


@pytest.mark.parametrize("name", ["", "zz", "ffffffffffffffffffffffffffffffffff"])
def test_a_device_that_nobody_knows_is_not_revoked(data, name):
    with pytest.raises(NoSuchDevice):
        office.revoke(data, name, unlock=UNLOCK)


def test_the_centre_does_not_revoke_itself(data):
    (own,) = [one for one in office.devices(data, unlock=UNLOCK) if one.own]

    with pytest.raises(office.OwnDevice):
        office.revoke(data, own.device, unlock=UNLOCK)


def test_nor_a_life_that_it_had_before_its_ledger_was_restored(tmp_path):
    office.init(tmp_path, region=DISTRICT, unlock=UNLOCK)
    first = office.devices(tmp_path, unlock=UNLOCK)[0]
    ledger = Ledger.open(tmp_path / FILE, open_key(tmp_path, UNLOCK))
    with ledger.writing():
        publishing.begin_own_life(ledger, Authority.of(ledger), first.station, 1)
    ledger.database.close()

    assert len(office.devices(tmp_path, unlock=UNLOCK)) == 2
    for one in office.devices(tmp_path, unlock=UNLOCK):
        with pytest.raises(office.OwnDevice):
            office.revoke(tmp_path, one.device, unlock=UNLOCK)


@pytest.mark.parametrize("name", ["daiban.db", "daiban.db.new", "enrolling"])
def test_the_folder_of_a_station_is_left_alone(tmp_path, name):
    (tmp_path / name).touch()

    with pytest.raises(office.StationHere):
        office.init(tmp_path, region=DISTRICT, unlock=UNLOCK)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_folder_and_ledger_are_their_owners_alone(tmp_path):
    office.init(tmp_path / "centre", region=DISTRICT, unlock=UNLOCK)

    assert (tmp_path / "centre").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "centre" / FILE).stat().st_mode & 0o777 == 0o600


def test_an_address_that_is_taken_is_told(data):
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(AddressTaken):
        office.listen(data, unlock=UNLOCK, host="127.0.0.1", port=taken.getsockname()[1])


def test_a_centre_listens_where_its_stations_were_told_to_look(tmp_path):
    """The port of the address is taken already, so that is the one it was."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        office.init(
            tmp_path / "centre", region=DISTRICT, unlock=UNLOCK, url=f"https://127.0.0.1:{port}"
        )
        with pytest.raises(AddressTaken) as refused:
            office.listen(tmp_path / "centre", unlock=UNLOCK, host="127.0.0.1")

    assert refused.value.facts["port"] == port
