"""The centre's own acts, chained: what was changed afterwards shows."""

import pytest

from app.journal.keys import DeviceKeys
from sync import protocol
from sync.centre import audit
from sync.centre.audit import Act, ActsDamaged
from sync.refusals import UnknownCode
from tests.sync.builders import VILLAGE, a_centre, a_pen, an_enrolment, sealed_packet

pytestmark = pytest.mark.usefixtures("on_each")


@pytest.fixture
def centre(on_each, tmp_path):
    return a_centre(tmp_path / "centre")


def noted(centre):
    return [one.what for one in audit.acts(centre.ledger)]


def tampered(centre, sql, *values):
    with centre.ledger.writing():
        centre.ledger.database.run(sql, values)


def test_what_the_centre_does_is_noted_with_who_had_it_done(centre):
    with audit.by("192.0.2.7"):
        pen = a_pen(centre, VILLAGE)

    told = audit.acts(centre.ledger)[-1]

    assert told.what == Act.ENROLLED.value
    assert told.who == "192.0.2.7"
    assert told.facts == {"device": pen.device.hex(), "region": VILLAGE, "slot": "A1"}


def test_what_is_done_at_the_machine_itself_is_done_by_an_account(centre, monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "daiban")
    monkeypatch.setenv("SUDO_USER", "laowei")
    with centre.ledger.writing():
        audit.note(centre.ledger, Act.CODE_ISSUED, {"region": VILLAGE}, 1)

    assert audit.acts(centre.ledger)[-1].who == "daiban (sudo: laowei)"


def test_what_is_refused_is_no_act(centre):
    before = noted(centre)
    with pytest.raises(UnknownCode):
        centre.post(protocol.ENROL, an_enrolment(bytes(16), DeviceKeys.generate()))

    assert noted(centre) == before


def test_a_packet_that_is_answered_is_an_act(centre):
    pen = a_pen(centre, VILLAGE)
    pen.write()
    centre.post(protocol.CARRY, sealed_packet(pen, number=4), pen.token)

    told = audit.acts(centre.ledger)[-1]

    assert (told.what, told.facts["packet"], told.facts["taken"]) == ("packet_answered", 4, 1)


@pytest.mark.parametrize(
    ("sql", "first"),
    [
        ("UPDATE act SET who = 'somebody else' WHERE n = 3", 3),
        ("UPDATE act SET facts = '{}' WHERE n = 2", 2),
        ("UPDATE act SET at_ms = at_ms + 1 WHERE n = 4", 4),
        ("DELETE FROM act WHERE n = 3", 3),
        ("DELETE FROM act WHERE n = (SELECT max(n) FROM act)", 5),
        ("UPDATE act_head SET n = n - 1", 6),
        ("DELETE FROM act", 1),
    ],
)
def test_what_was_changed_afterwards_shows(centre, sql, first):
    for _ in range(3):
        a_pen(centre, VILLAGE)
    assert len(audit.acts(centre.ledger)) == 5
    tampered(centre, sql)

    with pytest.raises(ActsDamaged) as refusal:
        audit.acts(centre.ledger)

    assert refusal.value.facts == {"act": first}


def test_a_chain_written_anew_has_another_end(centre):
    """Whoever holds the ledger's key can write all of it again; the end that others noted shows it."""
    for _ in range(3):
        a_pen(centre, VILLAGE)
    told = audit.acts(centre.ledger)
    tampered(centre, "DELETE FROM act")
    tampered(centre, "UPDATE act_head SET n = 0, digest = ?", bytes(32))
    with centre.ledger.writing():
        for one in told:
            audit.note(centre.ledger, Act(one.what), {**one.facts, "region": "450305"}, one.at_ms)

    assert told[-1].digest not in [one.digest for one in audit.acts(centre.ledger)]


def test_only_what_is_asked_for_is_given_but_all_of_it_is_checked(centre):
    centre.wall.turn(days=1)
    a_pen(centre, VILLAGE)

    assert [one.what for one in audit.acts(centre.ledger, centre.wall())] == ["enrolled"]

    tampered(centre, "UPDATE act SET who = 'x' WHERE n = 1")
    with pytest.raises(ActsDamaged):
        audit.acts(centre.ledger, centre.wall())


def test_a_change_that_is_taken_back_takes_its_note_back(centre):
    before = audit.acts(centre.ledger)

    def noted_in_vain():
        with centre.ledger.writing():
            audit.note(centre.ledger, Act.SERVING, {}, 1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        noted_in_vain()

    assert audit.acts(centre.ledger) == before
