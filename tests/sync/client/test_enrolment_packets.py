"""A computer without a line becomes a device by a stick, and by nothing else that lies on one."""

import shutil

import msgspec
import pytest

from app.journal.keys import DeviceKeys
from app.store import enrolling, intake
from app.store.database import DiskFull
from app.store.keyslots import Unlock, WrongKey
from app.store.opening import AlreadyEnrolled, open_store
from app.usecases.enrolment import NothingAsked
from sync import enrolment_packet
from sync.centre import enrolment_packets as office
from sync.centre.enrolment_packets import RequestSettled
from sync.centre.packets import PacketForAStation
from sync.client import enrolment_packets, packets
from sync.client.enrolment_packets import EnrolmentAsksAgain, EnrolmentForAnother
from sync.enrolment_code import EnrolmentCode, write_code
from sync.packet import DamagedPacket, NotAPacket
from sync.refusals import CentreNotTrusted, CodeExpired, CodeUsed, UnknownCode, UpgradeNeeded
from tests.builders import a_case
from tests.sync.builders import UNLOCK, URL, VILLAGE, a_centre, exchange, reopened
from tests.sync.client.test_enrolment import forget_identity, manned


@pytest.fixture
def centre(tmp_path):
    return a_centre(tmp_path / "centre")


def a_code(centre, **changes):
    code = EnrolmentCode(
        url=URL,
        secret=centre.code(VILLAGE),
        fingerprint=centre.authority.fingerprint,
        region=VILLAGE,
        station="湖塘村政务服务站",
        tier=1,
        expires_ms=0,
    )
    return write_code(msgspec.structs.replace(code, **changes))


def asked(tmp_path, text, folder="village"):
    return enrolment_packets.write_request(
        text, tmp_path / folder, UNLOCK, tmp_path / f"{folder}.daiban-enrol"
    ).read_bytes()


def answered(centre, raw):
    return office.answer(centre.ledger, centre.authority, raw, centre.wall()).raw


def enrolled(centre, tmp_path, folder="village"):
    raw = answered(centre, asked(tmp_path, a_code(centre), folder))
    return enrolment_packets.take_answer(tmp_path / folder, UNLOCK, raw)


def test_a_request_and_its_answer_make_a_device_that_exchanges_by_packet(centre, tmp_path):
    store = enrolled(centre, tmp_path)

    assert (store.certificate.station, store.certificate.slot_text) == ("湖塘村委会服务站", "A1")
    assert (store.identity.url, store.identity.ca) == (URL, centre.authority.ca)
    assert enrolling.kept(store.folder) is None
    assert len(store.publications.items) > 50
    written = packets.write(store, tmp_path / "one.daiban")
    assert written.number == 1
    assert centre.device(store.device).signed == store.identity.signed


def test_its_token_is_good_on_the_line_too(centre, tmp_path):
    store = enrolled(centre, tmp_path)
    store.close()

    report = exchange(reopened(tmp_path / "village", centre.wall), centre)
    assert (report.round_trips, report.received) == (1, 0)  # all of it came with the answer


def test_a_request_does_not_tell_the_secret(centre, tmp_path):
    secret = centre.code(VILLAGE)
    raw = asked(tmp_path, a_code(centre, secret=secret))

    assert secret not in raw
    assert enrolling.kept(tmp_path / "village") is not None
    assert secret not in (tmp_path / "village" / enrolling.FILE).read_bytes()


def test_whoever_finds_the_request_enrols_nothing_with_it(centre, tmp_path):
    request = enrolment_packet.read_request(asked(tmp_path, a_code(centre)))
    thief = DeviceKeys.generate()
    stolen = msgspec.structs.replace(
        request, sign_public=thief.sign_public, seal_public=thief.seal_public
    )
    written = msgspec.msgpack.encode(stolen)
    signature = thief.sign(b"daiban enrolment signature 1\x00" + written)

    with pytest.raises(UnknownCode):
        answered(centre, enrolment_packet.REQUEST + written + signature)


def test_a_request_answered_twice_makes_one_device(centre, tmp_path):
    raw = asked(tmp_path, a_code(centre))
    answered(centre, raw)
    again = answered(centre, raw)

    store = enrolment_packets.take_answer(tmp_path / "village", UNLOCK, again)
    assert len(centre.devices.lives(VILLAGE, 1)) == 1
    assert centre.devices.by_token(store.identity.token).id == store.device


def test_the_earlier_of_two_answers_works_by_packet_and_is_known_again_on_the_line(
    centre, tmp_path
):
    raw = asked(tmp_path, a_code(centre))
    first = answered(centre, raw)
    answered(centre, raw)

    enrolment_packets.take_answer(tmp_path / "village", UNLOCK, first).close()
    assert exchange(reopened(tmp_path / "village", centre.wall), centre).pending == 0


def test_a_request_that_still_lies_on_the_stick_of_a_device_at_work_does_not_take_its_token(
    centre, tmp_path
):
    raw = asked(tmp_path, a_code(centre))
    store = enrolment_packets.take_answer(tmp_path / "village", UNLOCK, answered(centre, raw))
    store.close()
    village = reopened(tmp_path / "village", centre.wall)
    exchange(village, centre)
    with pytest.raises(RequestSettled) as refused:
        answered(centre, raw)
    assert refused.value.facts["slot"] == "A1"
    assert centre.device(village.store.device).contact_ms is not None
    assert exchange(village, centre).round_trips == 1


def test_a_request_written_again_is_of_the_same_computer(centre, tmp_path):
    text = a_code(centre)
    first = enrolment_packet.read_request(asked(tmp_path, text))
    again = enrolment_packet.read_request(asked(tmp_path, text))
    without_code = enrolment_packet.read_request(asked(tmp_path, None))

    assert first.sign_public == again.sign_public == without_code.sign_public


def test_the_longest_name_of_a_station_fits_into_the_name_of_a_file(centre, tmp_path):
    text = a_code(centre, station="壮" * 100)
    file = enrolment_packets.write_request(text, tmp_path / "village", UNLOCK, tmp_path)

    assert file.exists()
    assert len(file.name.encode()) < 200


def test_what_cannot_be_taken_in_leaves_a_device_that_can_be_opened(centre, tmp_path, monkeypatch):
    raw = answered(centre, asked(tmp_path, a_code(centre)))
    with monkeypatch.context() as broken:
        broken.setattr(intake, "take_in", full_disk)
        with pytest.raises(DiskFull):
            enrolment_packets.take_answer(tmp_path / "village", UNLOCK, raw)

    assert exchange(reopened(tmp_path / "village", centre.wall), centre).received > 90


def full_disk(*_):
    raise DiskFull


def test_a_second_computer_has_nothing_of_a_used_code(centre, tmp_path):
    text = a_code(centre)
    answered(centre, asked(tmp_path, text))

    with pytest.raises(CodeUsed):
        answered(centre, asked(tmp_path, text, "second"))


def test_a_code_that_is_past_admits_nobody(centre, tmp_path):
    raw = asked(tmp_path, a_code(centre))
    centre.wall.turn(days=8)

    with pytest.raises(CodeExpired):
        answered(centre, raw)


def test_the_answer_of_another_computer_is_left_alone(centre, tmp_path):
    asked(tmp_path, a_code(centre))
    other = answered(centre, asked(tmp_path, a_code(centre), "second"))

    with pytest.raises(EnrolmentForAnother):
        enrolment_packets.take_answer(tmp_path / "village", UNLOCK, other)
    assert enrolment_packets.waiting(tmp_path / "village") is not None


def test_a_centre_with_another_authority_is_not_trusted(centre, tmp_path):
    """Somebody who has seen the code answers in the centre's place."""
    false = a_centre(tmp_path / "false")
    ours = asked(tmp_path, a_code(centre, fingerprint=bytes(32)))

    with pytest.raises(CentreNotTrusted):
        enrolment_packets.take_answer(tmp_path / "village", UNLOCK, answered(centre, ours))
    assert false.authority.fingerprint == centre.authority.fingerprint  # one founding for all tests


def test_an_answer_that_the_district_did_not_sign_is_refused(centre, tmp_path):
    answer = answered(centre, asked(tmp_path, a_code(centre)))
    read = enrolment_packet.read_answer(answer)
    keys = enrolling_keys(tmp_path / "village")
    granted = enrolment_packet.open_answer(read, keys.seal_private)
    forged = enrolment_packet.grant(
        read.header, granted, to=keys.seal_public, sign=DeviceKeys.generate().sign
    )

    with pytest.raises(DamagedPacket):
        enrolment_packets.take_answer(tmp_path / "village", UNLOCK, forged)


def enrolling_keys(folder):
    from app.usecases import enrolment as settling

    return settling.keys_asked(folder, UNLOCK)[0]


def test_without_a_request_no_answer_is_taken(centre, tmp_path):
    answer = answered(centre, asked(tmp_path, a_code(centre)))

    with pytest.raises(NothingAsked):
        enrolment_packets.take_answer(tmp_path / "other", UNLOCK, answer)
    with pytest.raises(NothingAsked):
        enrolment_packets.write_request(None, tmp_path / "third", UNLOCK, tmp_path)


def test_another_passphrase_than_at_the_request_is_said(centre, tmp_path):
    answer = answered(centre, asked(tmp_path, a_code(centre)))

    with pytest.raises(WrongKey):
        enrolment_packets.take_answer(
            tmp_path / "village", Unlock(passphrase="another one"), answer
        )


def test_an_enrolled_folder_takes_no_answer(centre, tmp_path):
    raw = answered(centre, asked(tmp_path, a_code(centre)))
    enrolment_packets.take_answer(tmp_path / "village", UNLOCK, raw).close()

    with pytest.raises(AlreadyEnrolled):
        enrolment_packets.take_answer(tmp_path / "village", UNLOCK, raw)


def test_an_answer_brought_back_to_the_centre_says_whose_it_is(centre, tmp_path):
    answer = answered(centre, asked(tmp_path, a_code(centre)))

    with pytest.raises(PacketForAStation) as told:
        answered(centre, answer)
    assert told.value.facts["station"] == "湖塘村委会服务站"


def test_a_store_whose_identity_is_lost_goes_on_by_stick_with_all_that_it_has(centre, tmp_path):
    folder = tmp_path / "village"
    store = enrolled(centre, tmp_path)
    store.close()
    exchange(reopened(folder, centre.wall), centre)
    station = manned(open_store(folder, UNLOCK, wall=centre.wall), folder, centre)
    a_case(station, name="韦一")
    exchange(station, centre)
    unsent = a_case(station, name="韦二")
    old = station.device
    station.store.close()
    forget_identity(folder)

    store = enrolled(centre, tmp_path)

    assert store.certificate.slot_text == "B1"
    assert store.certificate.continues.device == old
    assert store.certificate.continues.seq == unsent.seq - 1
    store.close()
    assert exchange(reopened(folder, centre.wall), centre).sent == 1


def test_a_store_that_went_another_way_since_is_asked_once_more(centre, tmp_path):
    """A copy from before the last exchange, whose identity is lost and which has worked on."""
    folder, copy = tmp_path / "village", tmp_path / "copy"
    enrolled(centre, tmp_path).close()
    exchange(reopened(folder, centre.wall), centre)
    station = manned(open_store(folder, UNLOCK, wall=centre.wall), folder, centre)
    exchange(station, centre)
    a_case(station, name="韦一")  # on both disks
    station.store.close()
    shutil.copytree(folder, copy)
    station = reopened(folder, centre.wall)
    a_case(station, name="韦二")
    exchange(station, centre)
    station.store.close()
    forget_identity(copy)
    behind = open_store_without_identity(centre, copy)
    for name in ("蓝一", "蓝二", "蓝三", "蓝四"):
        a_case(behind, name=name)
    behind.store.close()
    forget_identity(copy)

    raw = answered(centre, asked(tmp_path, a_code(centre), "copy"))
    with pytest.raises(EnrolmentAsksAgain):
        enrolment_packets.take_answer(copy, UNLOCK, raw)
    raw = answered(centre, asked(tmp_path, None, "copy"))
    store = enrolment_packets.take_answer(copy, UNLOCK, raw)

    names = {row[0] for row in store.database.rows("SELECT applicant FROM case_row")}
    store.close()
    assert {"韦一", "蓝一", "蓝四"} <= names
    assert exchange(reopened(copy, centre.wall), centre).sent == 4


def open_store_without_identity(centre, folder):
    """The copy's identity comes back for a while, as on the computer it was copied on."""
    shutil.copy(folder.parent / "village" / "identity", folder / "identity")
    return reopened(folder, centre.wall)


def test_a_file_cut_or_changed_anywhere_is_refused(centre, tmp_path):
    request = asked(tmp_path, a_code(centre))
    answer = answered(centre, request)
    for at in range(0, len(request), 7):
        for broken in (request[:at], changed(request, at)):
            with pytest.raises((NotAPacket, DamagedPacket, UpgradeNeeded)):
                enrolment_packet.read_request(broken)
    for at in (0, 30, 60, 200, len(answer) - 1):
        for broken in (answer[:at], changed(answer, at)):
            with pytest.raises((NotAPacket, DamagedPacket, EnrolmentForAnother)):
                enrolment_packets.take_answer(tmp_path / "village", UNLOCK, broken)
    keys = enrolling_keys(tmp_path / "village")
    for at in range(0, len(answer), 31):
        for broken in (answer[:at], changed(answer, at)):
            with pytest.raises((NotAPacket, DamagedPacket, UpgradeNeeded)):
                opened_whole(broken, keys, centre)
    enrolment_packets.take_answer(tmp_path / "village", UNLOCK, answer).close()


def opened_whole(raw, keys, centre):
    """As far as a station goes with it, without its key slots, which take their time."""
    read = enrolment_packet.read_answer(raw)
    enrolment_packet.open_answer(read, keys.seal_private)
    if not enrolment_packet.is_signed(read, centre.authority.public):
        raise DamagedPacket(why="content")


def changed(raw, at):
    return raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
