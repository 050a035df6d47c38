"""A computer becomes a device over a real line, and whatever goes wrong leaves a way on."""

from hashlib import sha256
from typing import Any

import msgspec
import pytest

from app.domain.events import Role
from app.store.keyslots import Unlock
from app.store.opening import open_store
from app.usecases import enrolment as settling
from app.usecases import operators
from sync.client import enrolment
from sync.enrolment_code import EnrolmentCode, read_code, write_code
from tests.sync.builders import VILLAGE, a_centre, listening
from tests.ui.desktop.desks import WAIT_MS
from tests.ui.desktop.start.codes import a_code, packed, qr
from ui.desktop.start.enrolling import Enrolling

CODE = a_code()
HEAD = Unlock(operator="韦代办", password="lotus-2026")


@pytest.fixture
def centre(tmp_path):
    return a_centre(tmp_path / "centre")


class Told(Enrolling):
    """Notes what a try ends with."""

    def __init__(self, jobs, folder):
        super().__init__(jobs, folder)
        self.told: list[Any] = []


@pytest.fixture
def enrolling(jobs, tmp_path):
    enrolling = Told(jobs, tmp_path / "village")
    enrolling.enrolled.connect(enrolling.told.append)
    enrolling.refused.connect(lambda error, said: enrolling.told.append((error, said)))
    return enrolling


def code_for(centre, url, **changes):
    code = EnrolmentCode(
        url=url,
        secret=centre.code(VILLAGE),
        fingerprint=centre.authority.fingerprint,
        region=VILLAGE,
        station="湖塘村政务服务站",
        tier=1,
        expires_ms=4_000_000_000_000,
    )
    return write_code(msgspec.structs.replace(code, **changes))


def enrol(qtbot, enrolling, code, unlock=HEAD):
    """What a try ends with: a Seat, or the error and its sentence."""
    enrolling.read_text(code)
    enrolling.told.clear()
    enrolling.enrol(unlock)
    qtbot.waitUntil(lambda: bool(enrolling.told), timeout=WAIT_MS)
    return enrolling.told[0]


def test_a_code_and_a_password_make_a_device_whose_head_can_log_in(
    qtbot, enrolling, centre, tmp_path
):
    with listening(centre) as url:
        seat = enrol(qtbot, enrolling, code_for(centre, url))
    assert seat.operator.name == "韦代办"
    assert set(seat.operator.roles) == {Role.AGENT, Role.HEAD}
    assert seat.station.region == VILLAGE
    store = open_store(tmp_path / "village", HEAD)
    assert operators.proven(store, "韦代办", "lotus-2026") == seat.operator
    store.close()


def test_without_a_line_the_sentence_says_so_and_the_same_code_works_later(
    qtbot, enrolling, centre
):
    with listening(centre) as url:
        code = code_for(centre, url)
    error, said = enrol(qtbot, enrolling, code)
    assert error.code == "offline"
    assert "还没有登记" in said
    assert "自动" not in said


def test_a_used_code_is_refused_and_another_one_works_with_the_same_password(
    qtbot, enrolling, centre, tmp_path
):
    with listening(centre) as url:
        used = code_for(centre, url)
        enrolment.enrol(used, tmp_path / "first", Unlock(passphrase="practice")).close()
        error, _ = enrol(qtbot, enrolling, used)
        assert error.code == "code_used"
        assert enrol(qtbot, enrolling, code_for(centre, url)).station.region == VILLAGE


def test_a_code_that_the_centre_never_gave_is_refused(qtbot, enrolling, centre):
    with listening(centre) as url:
        error, _ = enrol(qtbot, enrolling, code_for(centre, url, secret=bytes(16)))
    assert error.code == "unknown_code"


def test_an_expired_code_is_refused(qtbot, enrolling, centre):
    with listening(centre) as url:
        code = code_for(centre, url, secret=centre.code(VILLAGE, days=-1))
        error, _ = enrol(qtbot, enrolling, code)
    assert error.code == "code_expired"


def test_somebody_else_at_the_address_hears_nothing_and_the_sentence_names_the_address(
    qtbot, enrolling, centre
):
    with listening(centre) as url:
        error, said = enrol(qtbot, enrolling, code_for(centre, url, fingerprint=bytes(32)))
    assert error.code == "centre_not_trusted"
    assert url in said


def test_another_password_for_the_same_code_is_told_apart_from_a_wrong_one(
    qtbot, enrolling, centre, tmp_path
):
    with listening(centre) as url:
        code = code_for(centre, url)
        broken = Unlock(operator="韦代办", password="first-try")
        # What a power cut leaves: keys are put away, the centre was not reached.
        settling.keys_for(tmp_path / "village", broken, sha256(read_code(code).secret).digest())
        error, said = enrol(qtbot, enrolling, code)
        assert error.code == "wrong_key"
        assert "上次" in said
        assert enrol(qtbot, enrolling, code, broken).operator.name == "韦代办"


def test_after_a_cancel_nothing_is_told_and_the_next_try_finds_the_device_enrolled(
    qtbot, enrolling, centre
):
    with listening(centre) as url:
        enrolling.read_text(code_for(centre, url))
        enrolling.enrol(HEAD)
        enrolling.cancel()
        enrolling.enrol(HEAD)
        qtbot.waitUntil(lambda: bool(enrolling.told), timeout=WAIT_MS)
    (seat,) = enrolling.told
    assert seat.operator.name == "韦代办"


def test_a_code_says_its_station_before_anybody_is_asked(qtbot, enrolling):
    with qtbot.waitSignal(enrolling.code_read) as told:
        enrolling.read_text(f"  {CODE[:40]}\n {CODE[40:]}\n")
    (facts,) = told.args
    assert facts.text == CODE
    assert (facts.station, facts.tier.label) == ("湖塘村政务服务站", "村级")


def test_a_code_in_a_picture_is_read(qtbot, enrolling, tmp_path):
    code = a_code()
    (tmp_path / "code.png").write_bytes(packed(qr(code)))
    with qtbot.waitSignal(enrolling.code_read, timeout=WAIT_MS):
        enrolling.read_file(tmp_path / "code.png")
    assert enrolling.code.text == code


@pytest.mark.parametrize("content", [b"", b"GIF89a", packed(qr("https://example.org"))])
def test_a_picture_without_a_code_of_ours_is_refused_in_words(qtbot, enrolling, tmp_path, content):
    (tmp_path / "picture").write_bytes(content)
    with qtbot.waitSignal(enrolling.code_refused, timeout=WAIT_MS) as told:
        enrolling.read_file(tmp_path / "picture")
    assert told.args[0].endswith("。")
    assert enrolling.code is None


def test_of_two_pictures_the_later_counts(qtbot, enrolling):
    first, second = a_code(station="一"), a_code(station="二")
    enrolling.read_picture(lambda: packed(qr(first)))
    enrolling.read_picture(lambda: packed(qr(second)))
    with qtbot.waitSignal(enrolling.code_read, timeout=WAIT_MS) as told:
        pass
    assert told.args[0].station == "二"


def test_a_code_past_its_day_by_this_clock_is_marked(qtbot, enrolling):
    with qtbot.waitSignal(enrolling.code_read) as told:
        enrolling.read_text(a_code(expires_ms=1))
    assert told.args[0].is_past
