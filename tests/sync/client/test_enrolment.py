import secrets

import msgspec
import pytest

from app.store.keyslots import Unlock
from app.store.opening import AlreadyEnrolled
from sync import protocol
from sync.client import engine, enrolment
from sync.enrolment_code import BadEnrolmentCode, EnrolmentCode, write_code
from sync.protocol import Admission
from sync.refusals import CentreNotTrusted, CodeUsed, Offline, OtherStation, Unintelligible
from tests.builders import a_case
from tests.sync.builders import (
    OTHER_VILLAGE,
    UNLOCK,
    VILLAGE,
    Line,
    a_centre,
    listening,
    own_entries,
    reopened,
)


@pytest.fixture
def centre(tmp_path):
    return a_centre(tmp_path / "centre")


def a_code(centre, url, **changes):
    code = EnrolmentCode(
        url=url,
        secret=centre.code(VILLAGE),
        fingerprint=centre.authority.fingerprint,
        region=VILLAGE,
        station="湖塘村政务服务站",
        tier=1,
        expires_ms=0,  # the centre decides, by its own clock
    )
    return write_code(msgspec.structs.replace(code, **changes))


def test_a_code_makes_a_store_that_exchanges(centre, tmp_path):
    with listening(centre) as url:
        store = enrolment.enrol(a_code(centre, url), tmp_path / "village", UNLOCK)
        line = engine.open_line(store)
        report = engine.exchange(store, line)
        line.close()

    assert store.certificate.slot_text == "A1"
    assert report.received == centre.ledger.count()
    assert (store.identity.url, store.identity.ca) == (url, centre.authority.ca)


def test_a_used_code_makes_nothing(centre, tmp_path):
    with listening(centre) as url:
        code = a_code(centre, url)
        enrolment.enrol(code, tmp_path / "village", UNLOCK)
        with pytest.raises(CodeUsed):
            enrolment.enrol(code, tmp_path / "second", UNLOCK)

    assert not (tmp_path / "second").exists()


def test_a_folder_that_is_enrolled_stays_what_it_is(centre, tmp_path):
    with listening(centre) as url:
        enrolment.enrol(a_code(centre, url), tmp_path / "village", UNLOCK)
        with pytest.raises(AlreadyEnrolled):
            enrolment.enrol(a_code(centre, url), tmp_path / "village", UNLOCK)


def test_a_centre_with_another_fingerprint_is_not_trusted(centre, tmp_path):
    with listening(centre) as url:
        code = a_code(centre, url, fingerprint=bytes(32))
        with pytest.raises(CentreNotTrusted):
            enrolment.enrol(code, tmp_path / "village", UNLOCK)


def test_without_a_line_nothing_is_made(centre, tmp_path):
    with pytest.raises(Offline):
        enrolment.enrol(a_code(centre, "https://127.0.0.1:1"), tmp_path / "village", UNLOCK)

    assert not (tmp_path / "village").exists()


def test_rubbish_is_no_code(tmp_path):
    with pytest.raises(BadEnrolmentCode):
        enrolment.enrol("DAIBAN1.rubbish", tmp_path / "village", UNLOCK)


def test_a_store_whose_identity_is_lost_goes_on_with_a_new_code(centre, tmp_path):
    folder = tmp_path / "village"
    with listening(centre) as url:
        store = enrolment.enrol(a_code(centre, url), folder, UNLOCK)
        line = engine.open_line(store)
        engine.exchange(store, line)
        line.close()
        station = manned(store, folder, centre)
        sent = a_case(station, name="韦一")
        line = engine.open_line(station.store)
        engine.exchange(station.store, line)
        line.close()
        unsent = a_case(station, name="韦二")
        old = station.device
        station.store.close()
        forget_identity(folder)

        store = enrolment.enrol(a_code(centre, url), folder, UNLOCK)
        line = engine.open_line(store)
        report = engine.exchange(store, line)
        line.close()

    assert store.certificate.slot_text == "B1"
    origin = store.certificate.continues
    assert origin is not None
    assert (origin.device, origin.seq) == (old, unsent.seq - 1)
    assert (report.sent, report.pending) == (1, 0)
    assert centre.entries_of(store.device) == own_entries(store)
    assert sent.device == old


def manned(store, folder, centre):
    from app.domain.events import Role
    from app.usecases import operators

    store.wall = centre.wall
    operators.add(store, "第一人", Role.AGENT)
    store.close()
    return reopened(folder, centre.wall)


def forget_identity(folder):
    """What a new Windows profile does: the keyring is gone, the folder is there."""
    identity = folder / "identity"
    assert identity.exists()
    identity.unlink()


def test_a_lost_answer_is_asked_for_again(centre, tmp_path):
    line = Line(centre)
    code = EnrolmentCode(
        url="https://127.0.0.1",
        secret=centre.code(VILLAGE),
        fingerprint=centre.authority.fingerprint,
        region=VILLAGE,
        station="",
        tier=1,
        expires_ms=0,
    )
    from app.journal.keys import DeviceKeys
    from tests.sync.builders import Weather

    line.spells = [Weather.LOST_ANSWER, Weather.LOST_REQUEST]

    admission = enrolment._enrolled(line, code, DeviceKeys.generate(), [])  # noqa: SLF001

    assert centre.devices.by_token(admission.token) is not None


@pytest.mark.parametrize("forge", ["district", "signature", "device"])
def test_an_admission_that_the_authority_did_not_sign_is_refused(centre, forge):
    from app.journal.keys import DeviceKeys
    from tests.sync.builders import an_enrolment

    keys = DeviceKeys.generate()
    raw = centre.post(protocol.ENROL, an_enrolment(centre.code(VILLAGE), keys))
    admission = protocol.decode(raw, Admission)
    if forge == "district":
        admission = msgspec.structs.replace(admission, district_public=keys.sign_public)
    elif forge == "signature":
        signed = msgspec.structs.replace(admission.certificate, signature=secrets.token_bytes(64))
        admission = msgspec.structs.replace(admission, certificate=signed)
    else:
        keys = DeviceKeys.generate()

    with pytest.raises((CentreNotTrusted, Unintelligible)):
        enrolment.trusted(admission, keys, centre.authority.ca)


class PowerCut(BaseException):
    pass


@pytest.mark.parametrize(
    "moment",
    [
        "sync.client.enrolment._enrolled",
        "sync.client.enrolment.trusted",
        "app.store.keyslots.add_recovery",
        "app.store.opening._opened",
        "app.store.identity.keep",
        "app.store.opening.sync_folder",
        "app.store.enrolling.forget",
    ],
)
def test_whoever_is_cut_off_goes_on_with_the_same_code(centre, tmp_path, monkeypatch, moment):
    def cut(*_, **__):
        raise PowerCut

    folder = tmp_path / "village"
    with listening(centre) as url:
        code = a_code(centre, url)
        with monkeypatch.context() as patched:
            patched.setattr(moment, cut)
            with pytest.raises(PowerCut):
                enrolment.enrol(code, folder, UNLOCK)
        try:
            enrolment.enrol(code, folder, UNLOCK).close()
        except AlreadyEnrolled:
            assert moment in ("app.store.opening.sync_folder", "app.store.enrolling.forget")

    reopened(folder, centre.wall).store.close()
    assert len(centre.devices.every()) == 2  # the centre's own and this one
    assert not (folder / "enrolling").exists()
    assert not list(folder.glob("*.new*"))


def test_a_code_that_is_no_good_leaves_a_folder_to_which_any_passphrase_may_be_given(
    centre, tmp_path
):
    folder = tmp_path / "village"
    folder.mkdir()
    with listening(centre) as url:
        used = a_code(centre, url)
        enrolment.enrol(used, tmp_path / "first", UNLOCK).close()
        with pytest.raises(CodeUsed):
            enrolment.enrol(used, folder, UNLOCK)
        enrolment.enrol(a_code(centre, url), folder, Unlock(passphrase="another")).close()


def test_a_lost_identity_needs_a_code_of_the_same_station(centre, tmp_path):
    folder = tmp_path / "village"
    with listening(centre) as url:
        enrolment.enrol(a_code(centre, url), folder, UNLOCK).close()
        forget_identity(folder)
        with pytest.raises(OtherStation):
            enrolment.enrol(a_code(centre, url, secret=centre.code(OTHER_VILLAGE)), folder, UNLOCK)
        store = enrolment.enrol(a_code(centre, url), folder, UNLOCK)

    assert (
        store.certificate.slot_text == "B1"
    )  # nothing was written yet, and still it is the same slot


@pytest.mark.parametrize("written", [1, 2, 3, 40])
@pytest.mark.parametrize("exchanged", [False, True])
def test_what_was_never_sent_goes_up_after_the_identity_was_lost(
    centre, tmp_path, written, exchanged
):
    folder = tmp_path / "village"
    with listening(centre) as url:
        store = enrolment.enrol(a_code(centre, url), folder, UNLOCK)
        line = engine.open_line(store)
        engine.exchange(store, line)
        station = manned(store, folder, centre)
        if exchanged:
            engine.exchange(station.store, line)
        for number in range(written):
            a_case(station, name=f"韦{number}")
        station.store.close()
        forget_identity(folder)
        store = enrolment.enrol(a_code(centre, url), folder, UNLOCK)
        engine.exchange(store, line)
        line.close()

    origin = store.certificate.continues
    assert origin is not None
    assert origin.seq == int(exchanged)
    assert len(centre.entries_of(store.device)) == written + (not exchanged)
    assert centre.entries_of(store.device) == own_entries(store)


# --- under a head's name and password ---------------------------------------------------------------

HEAD = Unlock(operator=" 韦代办 ", password="clouds")


@pytest.fixture(params=["keyring", "no keyring"])
def machine(request):
    """The two kinds of machine."""
    return request.param == "keyring" and request.getfixturevalue("memory_keyring")


def test_the_heads_password_opens_what_it_enrolled_once_the_card_is_there(
    centre, tmp_path, machine
):
    from app.domain.events import Role
    from app.store.keyslots import WrongKey
    from app.store.opening import open_store
    from app.usecases import operators

    folder = tmp_path / "village"
    with listening(centre) as url:
        store = enrolment.enrol(a_code(centre, url), folder, HEAD)
        line = engine.open_line(store)
        engine.exchange(store, line)
        line.close()
    assert operators.can_unlock(folder) == ["韦代办"]
    store.wall = centre.wall
    card = operators.add(store, "韦代办", Role.AGENT)
    assert Role.HEAD in card.roles
    operators.add(store, "李窗口", Role.CLERK, password="rivers")
    store.close()

    assert (folder / "identity").exists() is not bool(machine)
    for name, password in (("韦代办", "clouds"), ("李窗口", "rivers")):
        again = open_store(folder, Unlock(operator=name, password=password))
        assert operators.proven(again, name, password).name == name
        again.close()
    with pytest.raises(WrongKey):
        open_store(folder, Unlock(operator="韦代办", password="rivers"))
    if machine:
        machine.kept = {
            account: value for account, value in machine.kept.items() if "machine" not in account[1]
        }
        with pytest.raises(WrongKey):
            open_store(folder, Unlock(operator="韦代办", password="clouds"))


def test_between_the_store_and_the_card_the_password_opens_a_station_without_people(
    centre, tmp_path, machine
):
    from app.store.opening import open_store
    from app.usecases import operators
    from app.usecases.operators import NoOperator

    with listening(centre) as url:
        enrolment.enrol(a_code(centre, url), tmp_path / "village", HEAD).close()
    store = open_store(tmp_path / "village", Unlock(operator="韦代办", password="clouds"))
    assert operators.of_station(store) == []
    with pytest.raises(NoOperator):
        operators.proven(store, "韦代办", "clouds")


@pytest.mark.parametrize("moment", ["sync.client.enrolment._enrolled", "app.store.opening._opened"])
def test_who_was_cut_off_under_a_password_goes_on_with_it(
    centre, tmp_path, monkeypatch, machine, moment
):
    from app.store.keyslots import WrongKey

    def cut(*_, **__):
        raise PowerCut

    folder = tmp_path / "village"
    with listening(centre) as url:
        code = a_code(centre, url)
        with monkeypatch.context() as patched:
            patched.setattr(moment, cut)
            with pytest.raises(PowerCut):
                enrolment.enrol(code, folder, HEAD)
        with pytest.raises(WrongKey):
            enrolment.enrol(code, folder, Unlock(operator="韦代办", password="another"))
        enrolment.enrol(code, folder, HEAD).close()
    assert len(centre.devices.every()) == 2


@pytest.mark.parametrize(
    ("name", "password", "code"),
    [("韦代办", "short", "password_too_short"), (" ", "clouds", "bad_name"), ("韦" * 61, "clouds", "bad_name")],
)  # fmt: skip
def test_a_name_or_password_that_is_none_is_refused_before_anything_is_made(
    centre, tmp_path, name, password, code
):
    from app.errors import Refused

    with listening(centre) as url:
        text = a_code(centre, url)
        with pytest.raises(Refused) as refused:
            enrolment.enrol(text, tmp_path / "village", Unlock(operator=name, password=password))
        assert refused.value.code == code
        assert not (tmp_path / "village").exists()
        enrolment.enrol(text, tmp_path / "village", HEAD).close()
