"""What an older program kept unread is read once a newer one opens the store."""

import pytest

from app.domain import events
from app.domain.events import KINDS
from app.store import learning, search
from app.store.rebuild import rebuild
from app.store.verify import verify
from app.usecases import lookup
from tests.builders import a_case, a_district, a_station, act, carry


def without(monkeypatch: pytest.MonkeyPatch, *kinds: str) -> None:
    """This program, before it knew these kinds."""
    for kind in kinds:
        monkeypatch.delitem(KINDS, kind)


def test_an_act_of_a_kind_unknown_until_now_takes_effect(tmp_path, monkeypatch):
    district = a_district()
    village = a_station(district, "450305200201", tmp_path / "village")
    newer = a_station(district, "450305200", tmp_path / "township")
    carry(district, village)
    subject = a_case(village)
    act(village, subject, "forward")
    carry(village, newer)
    act(newer, subject, "take_over")
    with monkeypatch.context() as older:
        without(older, "case.taken_over")
        learning.learn(village.store)
        carry(newer, village)
        assert village.case(subject).needs_upgrade
        assert village.case(subject).state == "in_transit"
    assert learning.learn(village.store)
    row = village.store.rows.by_subject(subject)
    assert row is not None
    assert row.state == "under_examination"
    assert verify(village.store).ok


def test_a_publication_of_a_kind_unknown_until_now_is_believed(tmp_path, monkeypatch):
    district = a_district()
    with monkeypatch.context() as older:
        without(older, "device.revoked")
        village = a_station(district, "450305200201", tmp_path / "village")
        neighbour = a_station(district, "450305200202", tmp_path / "neighbour")
        learning.learn(village.store)
        carry(district, village)
        known = village.store.publications.device(neighbour.device)
        older.undo()
        district.publish(
            events.DeviceRevoked(reason="lost"),
            subject=known.certified_by,
            after=(known.certified_by,),
        )
        without(older, "device.revoked")
        carry(district, village)
        assert not village.store.publications.device(neighbour.device).revoked
    learning.learn(village.store)
    assert village.store.publications.device(neighbour.device).revoked


def test_a_program_that_knows_the_same_changes_nothing(tmp_path):
    village = a_station(a_district(), "450305200201", tmp_path)
    assert not learning.learn(village.store)
    with village.store.changing():
        rebuild(village.store)
    assert not learning.learn(village.store)


def test_a_store_whose_search_was_made_of_other_terms_is_read_anew(tmp_path, monkeypatch):
    village = a_station(a_district(), "450305200201", tmp_path)
    a_case(village, name="韦小妹")
    village.store.database.run("INSERT INTO case_text (case_text) VALUES ('delete-all')")
    assert lookup.found(village.store, "韦") == []
    assert not learning.learn(village.store)
    monkeypatch.setattr(search, "TERMS", search.TERMS + 1)
    assert learning.learn(village.store)
    assert len(lookup.found(village.store, "韦")) == 1
    assert verify(village.store).ok
