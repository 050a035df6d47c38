"""The administrator's side of dates, tokens and acts, while the centre may be serving."""

from datetime import UTC, datetime, timedelta

import pytest

from app.store.keyslots import Unlock, WrongKey
from sync.centre import office, safekeeping
from sync.centre.devices import NoSuchDevice
from sync.centre.ledger import NoCentre
from tests.sync.builders import DISTRICT, UNLOCK


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("safekeeping") / "centre"
    office.init(folder, region=DISTRICT, unlock=UNLOCK)
    return folder


def test_new_dates_last_twenty_years(data):
    done = safekeeping.renew_now(data, unlock=UNLOCK)

    assert done.ends - datetime.now(UTC) > timedelta(days=20 * 365 - 1)
    assert safekeeping.acts(data, unlock=UNLOCK)[-1].facts["fingerprint"] == done.fingerprint


def test_a_device_that_is_not_there_changes_no_tokens(data):
    before = safekeeping.acts(data, unlock=UNLOCK)

    with pytest.raises(NoSuchDevice):
        safekeeping.change_tokens(data, "abc", unlock=UNLOCK)

    assert safekeeping.acts(data, unlock=UNLOCK) == before


def test_acts_of_the_future_are_none(data):
    since = datetime.now(UTC) + timedelta(days=1)

    assert safekeeping.acts(data, unlock=UNLOCK, since=since) == []


def test_nobody_reads_them_without_the_centres_passphrase(data, tmp_path):
    with pytest.raises(WrongKey):
        safekeeping.acts(data, unlock=Unlock(passphrase="wrong"))
    with pytest.raises(NoCentre):
        safekeeping.acts(tmp_path, unlock=UNLOCK)
