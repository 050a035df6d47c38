"""A token that changes: whatever is lost on the way, the device stays known, and only by its own."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync import protocol
from sync.centre import tokens
from sync.protocol import AdmitRequest
from sync.refusals import BadProof, Revoked, UnknownDevice
from tests.sync.builders import VILLAGE, a_centre, a_pen

pytestmark = pytest.mark.usefixtures("on_each")


@pytest.fixture
def centre(on_each, tmp_path):
    return a_centre(tmp_path / "centre")


@pytest.fixture
def pen(centre):
    return a_pen(centre, VILLAGE)


def answer_to(pen, token=None):
    pen.token = token or pen.token
    return pen.send()


def test_a_young_token_stays(centre, pen):
    centre.wall.turn(days=29)

    assert answer_to(pen).token == b""


def test_an_old_token_gets_a_successor_and_counts_until_that_was_shown(centre, pen):
    old = pen.token
    centre.wall.turn(days=31)

    fresh = answer_to(pen).token

    assert len(fresh) == protocol.TOKEN_SIZE
    assert answer_to(pen, old).token == fresh  # the answer was lost, or came twice: the same again
    assert answer_to(pen, fresh).token == b""
    with pytest.raises(UnknownDevice):
        answer_to(pen, old)


def test_the_next_change_comes_thirty_days_after_the_last(centre, pen):
    centre.wall.turn(days=31)
    fresh = answer_to(pen).token
    answer_to(pen, fresh)
    centre.wall.turn(days=29)
    assert answer_to(pen).token == b""
    centre.wall.turn(days=2)

    assert answer_to(pen).token not in (b"", fresh)


def test_the_ledger_knows_hashes_only(centre, pen):
    centre.wall.turn(days=31)
    fresh = answer_to(pen).token

    kept = [bytes(row[0]) for row in centre.ledger.database.rows("SELECT hash FROM token")]

    assert fresh not in kept
    assert pen.token not in kept


def test_no_two_devices_are_given_the_same(centre, pen):
    other = a_pen(centre, VILLAGE)
    centre.wall.turn(days=31)

    assert answer_to(pen).token != answer_to(other).token


def test_a_copied_disk_with_the_old_token_makes_itself_known_again(centre, pen):
    """Both copies hold the same key; each is known again by the certificate, one after the other."""
    old = pen.token
    centre.wall.turn(days=31)
    fresh = answer_to(pen).token
    answer_to(pen, fresh)

    for token in (old, fresh, old):
        with pytest.raises(UnknownDevice):
            answer_to(pen, token)
        make_known(centre, pen, token)
        assert answer_to(pen, token).accepted.seq == 0


def test_a_revoked_device_gets_none_and_neither_of_its_tokens_opens_anything(centre, pen):
    from sync.centre.publishing import withdraw

    old = pen.token
    centre.wall.turn(days=31)
    fresh = answer_to(pen).token
    with centre.ledger.writing():
        withdraw(centre.ledger, centre.device(pen.device), "", centre.wall())

    for token in (old, fresh):
        with pytest.raises(Revoked):
            answer_to(pen, token)


def test_all_tokens_can_be_let_change_at_once(centre, pen):
    other = a_pen(centre, VILLAGE)
    with centre.ledger.writing():
        assert tokens.let_all_change(centre.ledger) == 2

    assert answer_to(pen).token
    assert answer_to(other).token


def test_whoever_shows_what_counts_already_changes_nothing(centre, pen):
    from sync.centre import audit

    before = audit.acts(centre.ledger)

    make_known(centre, pen, pen.token)

    assert audit.acts(centre.ledger) == before
    assert answer_to(pen).accepted.seq == 0


def test_nobody_is_admitted_with_the_token_of_another(centre, pen):
    other = a_pen(centre, VILLAGE)

    with pytest.raises(BadProof):
        make_known(centre, other, pen.token)

    assert answer_to(pen).accepted.seq == answer_to(other).accepted.seq == 0


def make_known(centre, pen, token):
    request = AdmitRequest(1, centre.device(pen.device).signed, token, bytes(64))
    signature = pen.keys.sign(protocol.admit_proof(request))
    centre.post(
        protocol.ADMIT, protocol.encode(msgspec.structs.replace(request, signature=signature))
    )


@settings(max_examples=20)
@given(st.lists(st.sampled_from(["lost answer", "answer", "twice", "late", "days"]), max_size=14))
def test_whatever_is_lost_the_device_is_never_shut_out(tmp_path_factory, story):
    """Its token is the last that it heard of; every request with it is answered."""
    centre = a_centre(tmp_path_factory.mktemp("story"))
    pen = a_pen(centre, VILLAGE)
    late = b""
    for step in story:
        if step == "days":
            centre.wall.turn(days=31)
            continue
        told = pen.send().token
        if step == "twice":
            assert pen.send().token == told
        if step == "late":  # an answer that was given up comes after all
            late = told
        elif step != "lost answer":
            pen.token = told or pen.token
            late = b""
    pen.token = late or pen.token
    pen.send()
    centre.ledger.close()
