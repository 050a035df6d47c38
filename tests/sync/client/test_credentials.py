"""What a device shows and trusts changes under its hands, and is never lost."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509

from app.store import identity
from sync.centre import renewal
from sync.centre.authority import Authority
from sync.client import credentials, enrolment
from sync.client.transport import Line as RealLine
from sync.enrolment_code import read_code
from sync.refusals import CentreNotTrusted
from tests.sync.builders import (
    UNLOCK,
    VILLAGE,
    Line,
    Weather,
    a_centre,
    a_station,
    exchange,
    listening,
    reopened,
)
from tests.sync.client.test_enrolment import a_code


@pytest.fixture
def centre(tmp_path):
    return a_centre(tmp_path / "centre")


@pytest.fixture
def station(centre, tmp_path):
    return a_station(centre, VILLAGE, tmp_path / "village")


def on_the_disk(station):
    kept = identity.kept(station.store.folder, station.store.key)
    assert kept is not None
    return kept


def test_a_new_token_is_on_the_disk_before_it_is_shown(centre, station):
    old = station.store.identity.token
    centre.wall.turn(days=31)

    exchange(station, centre)

    fresh = on_the_disk(station).token
    assert fresh != old
    assert station.store.identity.token == fresh
    assert centre.devices.by_token(old) is not None  # it may not have arrived
    exchange(station, centre)
    assert centre.devices.by_token(old) is None
    assert centre.devices.by_token(fresh).id == station.store.device


def test_a_lost_answer_costs_nothing(centre, station):
    centre.wall.turn(days=31)

    exchange(station, centre, [Weather.LOST_ANSWER, Weather.LOST_ANSWER])

    exchange(station, centre)
    assert centre.devices.by_token(station.store.identity.token).id == station.store.device


@pytest.mark.parametrize("dies", ["before", "after"])
def test_who_dies_while_the_token_changes_goes_on(centre, station, monkeypatch, dies):
    """Before or after the new one is on the disk; there is no moment between."""
    centre.wall.turn(days=31)
    keep = identity.keep

    def dying(*words):
        if dies == "after":
            keep(*words)
        raise KeyboardInterrupt

    monkeypatch.setattr(identity, "keep", dying)
    with pytest.raises(KeyboardInterrupt):
        exchange(station, centre)
    monkeypatch.undo()
    station.store.close()

    again = reopened(station.store.folder, centre.wall)
    exchange(again, centre)
    exchange(again, centre)

    assert centre.devices.by_token(again.store.identity.token).id == again.store.device
    again.store.close()


def test_another_program_of_the_same_computer_takes_up_the_new_token(centre, station):
    """The desktop is open while the command line exchanges: nobody is admitted anew for it."""
    other = reopened(station.store.folder, centre.wall)
    centre.wall.turn(days=31)
    exchange(other, centre)
    exchange(other, centre)
    paths = []

    class Noting(Line):
        def post(self, path, body, token=b""):
            paths.append(path)
            return super().post(path, body, token)

    from sync.client import engine

    engine.exchange(station.store, Noting(centre))

    assert "/admit" not in paths
    assert station.store.identity.token == other.store.identity.token
    other.store.close()


def renewed(centre, years):
    """The centre's certificate under new dates, as it will be after so many years."""
    centre.wall.turn(days=years * 365)
    with centre.ledger.writing():
        centre.authority.renew(centre.ledger, datetime.fromtimestamp(centre.wall() / 1000, UTC))


def test_the_authoritys_new_certificate_comes_before_the_old_one_ends(centre, station):
    old = station.store.identity.ca
    centre.wall.turn(days=14 * 365)
    exchange(station, centre)
    assert station.store.identity.ca == old  # there is time
    centre.wall.turn(days=2 * 365)

    exchange(station, centre)

    assert station.store.identity.ca == on_the_disk(station).ca == centre.authority.ca != old
    assert centre.authority.ends > datetime.fromtimestamp(centre.wall() / 1000, UTC) + timedelta(
        days=19 * 365
    )


def test_the_certificate_is_asked_for_once_a_day(centre, station, monkeypatch):
    monkeypatch.setattr(Authority, "renew", lambda *_: False)  # a centre that cannot
    monkeypatch.setattr(Authority, "is_due", lambda *_: False)
    centre.wall.turn(days=19 * 365)
    asked = []

    class Noting(Line):
        def post(self, path, body, token=b""):
            asked.append(path)
            return super().post(path, body, token)

    from sync.client import engine

    for _ in range(3):
        engine.exchange(station.store, Noting(centre))

    assert asked.count("/ca") == 1


def test_no_other_authority_is_taken_for_the_pinned_one(centre, station, tmp_path):
    """Not one of another key, not one that this key did not sign, not an older one, not rubbish."""
    old = station.store.identity.ca
    stranger = a_centre(tmp_path / "stranger")
    with stranger.ledger.writing():
        another = Authority.found(stranger.ledger, "450305", datetime(2060, 1, 1, tzinfo=UTC))

    class Lying(Line):
        def __init__(self, says):
            super().__init__(centre)
            self.says = says

        def post(self, path, body, token=b""):
            return self.says if path == "/ca" else super().post(path, body, token)

    centre.wall.turn(days=16 * 365)
    flipped = bytearray(centre.authority.ca)
    flipped[-1] ^= 1
    for says in (another.ca, bytes(flipped), old, b"", b"rubbish"):
        centre.wall.turn(days=2)
        credentials.follow_authority(station.store, Lying(says), centre.wall())
        assert station.store.identity.ca == old


def test_a_code_that_names_the_certificate_before_still_enrols(centre, tmp_path):
    with listening(centre) as url:
        code = a_code(centre, url)
        renewal.renew(centre.ledger, centre.authority, centre.wall())
        assert read_code(code).fingerprint != centre.authority.fingerprint
        store = enrolment.enrol(code, tmp_path / "late", UNLOCK)
        line = RealLine(store.identity.url, store.identity.ca)
        assert line.post("/ca", b"") == centre.authority.ca
        line.close()
        store.close()


@pytest.mark.parametrize("days", [(-40 * 365, -30 * 365), (30 * 365, 40 * 365)])
def test_certificates_out_of_date_by_the_stations_clock_are_no_reason_to_stay_away(
    centre, tmp_path, days
):
    """A clock years ahead or behind sees what this one sees: certificates that have ended, or not begun."""
    begins, ends = (datetime.now(UTC) + timedelta(days=one) for one in days)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sync.centre.tls.FROM", begins)
        patch.setattr("sync.centre.tls.CA_LIFE", ends - datetime.now(UTC))
        with centre.ledger.writing():
            centre.authority.renew(centre.ledger, datetime.now(UTC))
        tls = centre.authority.certified((), ends)
    shown = x509.load_der_x509_certificate(centre.authority.ca)
    assert not shown.not_valid_before_utc < datetime.now(UTC) < shown.not_valid_after_utc

    with listening(centre, tls=tls) as url:
        store = enrolment.enrol(a_code(centre, url), tmp_path / "village", UNLOCK)
        store.close()


def test_dates_are_all_that_is_passed_over(centre, tmp_path):
    """Another key is another centre, on whatever day."""
    stranger = a_centre(tmp_path / "stranger")
    with stranger.ledger.writing():
        stranger.authority = Authority.found(stranger.ledger, "450305")
    with listening(stranger) as url:
        line = RealLine(url, centre.authority.ca)
        with pytest.raises(CentreNotTrusted):
            line.post("/exchange", b"")
        line.close()
