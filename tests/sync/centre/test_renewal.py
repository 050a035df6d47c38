"""The CA's certificate under new dates, noted once, whoever asks first."""

from datetime import UTC, datetime

import pytest

from sync.centre import audit, renewal
from sync.centre.authority import Authority
from tests.sync.builders import a_centre

pytestmark = pytest.mark.usefixtures("on_each")


@pytest.fixture
def centre(on_each, tmp_path):
    return a_centre(tmp_path / "centre")


def test_it_is_noted_with_its_end_and_its_fingerprint(centre):
    assert renewal.renew(centre.ledger, centre.authority, centre.wall())

    told = audit.acts(centre.ledger)[-1]
    assert told.what == "certificate_renewed"
    assert told.facts["fingerprint"] == centre.authority.fingerprint.hex()
    assert str(told.facts["ends"]) > "2046"


def test_another_process_takes_it_up_and_notes_nothing(centre):
    other = Authority.of(centre.ledger)
    renewal.renew(centre.ledger, centre.authority, centre.wall())
    before = audit.acts(centre.ledger)

    assert not renewal.renew(centre.ledger, other, centre.wall())

    assert other.ca == centre.authority.ca
    assert audit.acts(centre.ledger) == before


def test_whoever_asks_for_it_near_its_end_has_it_renewed(centre):
    """Nothing has to be restarted, and no clock ticks for it: a station asks in time."""
    before = centre.authority.ca
    assert centre.post("/ca", b"") == before
    centre.wall.turn(days=15 * 365 + 10)

    after = centre.post("/ca", b"")

    assert after == centre.authority.ca != before
    assert centre.authority.ends > datetime.fromtimestamp(centre.wall() / 1000, UTC)
    assert centre.post("/ca", b"") == after
