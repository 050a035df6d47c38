"""A destroyed file: no byte of what it said is left, and everything about it can still be proved."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import events
from app.domain.case import State
from app.domain.history import Waiting
from app.domain.rules import NotPermitted
from app.journal.entry import redact
from app.journal.keys import DeviceKeys
from app.journal.refs import Continuation, Ref
from app.store import intake, lives, opening, redaction
from app.store.database import DiskFull
from app.store.exchange import Incoming, Run, Verdict
from app.store.rebuild import rebuild
from app.store.verify import verify
from app.usecases import lookup
from tests.archives import (
    SECRETS,
    TEN_YEARS,
    a_closed_case,
    a_secret_case,
    appraise,
    archive,
    destroy,
    destroy_in_time,
)
from tests.builders import (
    TOWNSHIP,
    VILLAGE,
    Station,
    Wall,
    a_case,
    a_district,
    a_station,
    act,
    carry,
    hand,
    meet,
)
from tests.bytes_left import holds

DAY = date(2026, 11, 20)


@pytest.fixture
def both(tmp_path: Path) -> tuple[Station, Station]:
    district, wall = a_district(), Wall()
    return (
        a_station(district, VILLAGE, tmp_path / "v", wall=wall),
        a_station(district, TOWNSHIP, tmp_path / "t", wall=wall),
    )


def answered(station: Station) -> None:
    """The centre says that it has everything."""
    hand(station, accepted=station.store.head().seq)


def bodies_left(station: Station, subject: Ref) -> list[str]:
    return [one.kind for one in station.store.history(subject) if one.body is not None]


def secrets_of(station: Station) -> set[str]:
    """And no term of the search: the index writes them in pieces, so bytes alone would prove little."""
    assert redaction.scrub(station.store)
    terms = station.store.database.rows("SELECT DISTINCT term FROM case_term")
    assert not [term for (term,) in terms if set(term) & set(SECRETS[0]) or "yuchong" in term]
    return holds(station.store.folder, station.store.key, *SECRETS)


def test_nothing_of_a_destroyed_file_is_left_in_any_file_of_both_stations(
    both: tuple[Station, Station],
):
    village, township = both
    others = [a_case(village, name=name) for name in ("韦一", "蒙二", "莫三")]
    subject = a_closed_case(village, township)
    assert holds(village.store.folder, village.store.key, *SECRETS) == set(SECRETS)
    destroy_in_time(township, subject)
    answered(township)
    meet(village, township)
    for station in both:
        assert secrets_of(station) == set()
        assert bodies_left(station, subject) == ["case.destroyed"]
        checked = verify(station.store)
        assert checked.ok, checked.problems
        assert station.case(subject).state is State.DESTROYED
    assert all(village.case(other).applicant.name for other in others)


def test_the_author_keeps_what_was_said_until_the_centre_has_answered(
    both: tuple[Station, Station],
):
    village, township = both
    subject = a_closed_case(village, township)
    destroy_in_time(township, subject)
    assert township.case(subject).state is State.DESTROYED
    assert township.case(subject).applicant.name == SECRETS[0]
    answered(township)
    assert township.case(subject).applicant.name == ""


def test_what_the_centre_refuses_erases_nothing(both: tuple[Station, Station]):
    village, township = both
    subject = a_closed_case(village, township)
    destroy_in_time(township, subject)
    seq = township.store.head().seq
    refusal = Verdict(device=township.device, seq=seq, code="destruction_unfounded", facts={})
    hand(township, accepted=seq, verdicts=[refusal])
    assert township.case(subject).state is State.ARCHIVED
    assert township.case(subject).applicant.name == SECRETS[0]
    assert verify(township.store).ok


def test_a_destruction_out_of_place_erases_nothing(both: tuple[Station, Station]):
    """The village's head says so, who keeps no file that the township took over."""
    village, township = both
    subject = a_closed_case(village, township)
    archive(township, subject)
    township.wall.turn(days=TEN_YEARS)
    appraise(township, subject)
    meet(village, township)
    with pytest.raises(NotPermitted) as refused:
        destroy(village, subject)
    assert refused.value.facts["why"] == "not_the_authority"
    forged(village, subject, township)
    hand(township, village.own_run())
    case = township.case(subject)
    assert case.state is State.ARCHIVED
    assert [one.kind for one in case.out_of_place] == ["case.destroyed"]
    assert case.applicant.name == SECRETS[0]


def forged(village: Station, subject: Ref, township: Station) -> None:
    """A village's program that does not ask the rules."""
    from app.domain import events
    from app.domain.items import Retention
    from app.journal import chain
    from tests.builders import an_entry

    case = township.case(subject)
    assert case.archived is not None
    assert case.appraiser is not None
    body = events.CaseDestroyed(
        on=case.archived.on.replace(year=2037),
        local_number=case.local_number.text,
        archive_number=case.archived.number,
        item=case.item,
        item_version=case.item_version,
        archived_on=case.archived.on,
        retention=Retention.TEN_YEARS,
        appraised_by=case.appraiser,
        reason="毁灭证据",
    )
    head = village.store.head()
    written = an_entry(
        village.device, head.seq + 1, subject=subject, after=case.heads, clock=head.clock + 1,
        actor=village.head.ref, body=body,
    )  # fmt: skip
    with village.store.changing():
        village.store.journal.add([(written, chain.link(head.digest, written), False)])


def test_an_entry_that_comes_after_the_destruction_is_erased_when_it_arrives(
    both: tuple[Station, Station],
):
    village, township = both
    subject = a_closed_case(village, township)
    act(
        village,
        subject,
        "compare",
        other=str(a_case(village, name="韦一")),
        same=False,
        note="像是同一家",
    )
    destroy_in_time(township, subject)
    answered(township)
    meet(village, township)
    for station in both:
        assert secrets_of(station) == set()
        assert [one.kind for one in station.case(subject).out_of_place] == ["case.compared"]
        assert verify(station.store).ok
    assert village.case(subject) == township.case(subject)


def test_a_device_that_gets_only_what_was_erased_reads_the_same(
    tmp_path: Path, both: tuple[Station, Station]
):
    village, township = both
    subject = a_closed_case(village, township)
    destroy_in_time(township, subject)
    answered(township)
    meet(village, township)
    late = a_station(township.district, TOWNSHIP, tmp_path / "l", told=False)
    carry(township.district, late)
    # The last of the journal first: what was erased waits until its destruction comes.
    device, first, wires = township.own_run()
    hand(late, village.own_run())
    assert late.store.case(subject) == Waiting(subject=subject, missing="redacted")
    hand(late, (device, first, wires))
    assert late.case(subject) == township.case(subject)
    assert verify(late.store).ok


def test_a_store_in_full_that_hears_of_it_from_others_erased_entries_erases_its_own(
    both: tuple[Station, Station],
):
    """The village was offline all the while, and the centre had nothing but headers any more."""
    village, township = both
    subject = a_closed_case(village, township)
    destroy_in_time(township, subject)
    answered(township)
    device, first, wires = township.own_run()
    assert all(
        wire == redact(one).wire
        for one, wire in zip(
            (entry for entry, _ in township.store.journal.run(device, first, 1000)),
            wires,
            strict=True,
        )
        if one.subject == subject and one.kind != "case.destroyed"
    )
    carry(township, village)
    assert secrets_of(village) == set()
    assert village.case(subject) == township.case(subject)
    assert verify(village.store).ok


def test_rebuilding_gives_the_same_and_no_number_twice(both: tuple[Station, Station]):
    village, township = both
    subject = a_closed_case(village, township)
    number = village.case(subject).local_number.text
    destroy_in_time(township, subject)
    answered(township)
    meet(village, township)
    for station in both:
        before = station.case(subject)
        with station.store.changing():
            rebuild(station.store)
        assert station.case(subject) == before
        assert verify(station.store).ok
    village.wall.turn(days=-TEN_YEARS)
    again = a_case(village, name="韦一")
    assert village.case(again).local_number.text != number


def test_it_is_found_by_its_number_and_stands_in_no_list(both: tuple[Station, Station]):
    village, township = both
    subject = a_closed_case(village, township)
    number = village.case(subject).local_number.text
    destroy_in_time(township, subject)
    answered(township)
    for secret in SECRETS:
        assert lookup.found(township.store, secret) == []
    assert [row.state for row in lookup.found(township.store, number)] == ["destroyed"]
    assert lookup.by_number(township.store, number).subject == subject
    assert lookup.listed(township.store) == []
    assert len(lookup.listed(township.store, state="已销毁")) == 1


def test_a_program_killed_before_the_files_were_cleared_does_it_at_the_next_start(
    both: tuple[Station, Station],
):
    village, township = both
    subject = a_closed_case(village, township)
    destroy_in_time(township, subject)
    answered(township)
    store = township.store
    assert redaction.is_due(store)
    store.close()
    again = opening.open_with_key(store.folder, store.key, wall=township.wall)
    assert not redaction.is_due(again)
    assert holds(store.folder, store.key, *SECRETS) == set()
    again.close()


def test_a_copy_from_before_an_upgrade_goes_too(both: tuple[Station, Station]):
    _, township = both
    copy = township.store.folder / "daiban.db.before-6"
    copy.write_bytes(b"old")
    subject = a_secret_case(township)
    act(township, subject, "withdraw", reason="不办了")
    destroy_in_time(township, subject)
    answered(township)
    assert redaction.scrub(township.store)
    assert not copy.exists()


def test_an_answer_that_is_lost_leaves_it_for_the_next_one(both: tuple[Station, Station]):
    village, township = both
    subject = a_closed_case(village, township)
    destroy_in_time(township, subject)
    hand(township, accepted=township.store.head().seq - 1)
    assert township.case(subject).applicant.name == SECRETS[0]
    assert redaction.awaiting(township.store) == [subject]
    intake.take_in(
        township.store,
        Incoming(
            accepted_seq=township.store.head().seq, accepted_digest=b"", verdicts=[], runs=[],
            cursor=b"c", centre_ms=township.wall(),
        ),
    )  # fmt: skip
    assert redaction.awaiting(township.store) == []


@settings(max_examples=10)
@given(st.randoms(use_true_random=False), st.sets(st.integers(0, 30)), st.booleans())
def test_whatever_comes_first_and_however_much_of_it_was_erased_before_all_machines_agree(
    tmp_path_factory: pytest.TempPathFactory, chance: Random, erased: set[int], with_late: bool
):
    """A machine hears the journals in pieces of any order, each entry as it was written or without its body."""
    folder = tmp_path_factory.mktemp("room")
    district, wall = a_district(), Wall()
    village, township, listener = (
        a_station(district, place, folder / name, wall=wall, staffed=name != "l")
        for name, place in (("v", VILLAGE), ("t", TOWNSHIP), ("l", TOWNSHIP))
    )
    subject = a_closed_case(village, township)
    if with_late:
        other = a_case(village, name="韦一")
        said = events.CaseCompared(on=DAY, other=other, same=False, note=SECRETS[0])
        with village.store.writing() as tx:
            tx.record(said, by=village.head, case=tx.case(subject))
    destroy_in_time(township, subject)
    pieces: list[Run] = []
    for station in (village, township):
        for entry, _ in station.store.journal.run(station.device, 1, 1000):
            gone = entry.subject == subject and entry.kind != "case.destroyed"
            is_erased = gone and len(pieces) in erased
            wire = redact(entry).wire if is_erased else entry.wire
            pieces.append((entry.device, entry.seq, [wire]))
    chance.shuffle(pieces)
    while pieces:
        count = chance.randint(1, 9)
        hand(listener, *pieces[:count])
        pieces = pieces[count:]
    answered(township)
    meet(village, township)
    assert listener.case(subject) == township.case(subject) == village.case(subject)
    assert listener.case(subject).state is State.DESTROYED
    for station in (village, township, listener):
        assert secrets_of(station) == set()
        assert verify(station.store).ok


def test_a_station_put_back_from_a_backup_erases_again(
    tmp_path: Path, both: tuple[Station, Station]
):
    """Under a new life it hears everything anew, its own destruction too, which it had written itself."""
    village, township = both
    subject = a_closed_case(village, township)
    archive(township, subject)
    copy = {
        path.name: path.read_bytes()
        for path in township.store.folder.iterdir()
        if path.is_file() and not path.name.endswith("-shm")
    }
    before = township.store.head()
    township.wall.turn(days=TEN_YEARS)
    appraise(township, subject)
    destroy(township, subject)
    answered(township)
    lost = township.own_run(before.seq + 1)
    folder = tmp_path / "restored"
    folder.mkdir()
    for name, content in copy.items():
        (folder / name).write_bytes(content)
    restored = opening.open_with_key(folder, township.store.key, wall=township.wall)
    keys = DeviceKeys.generate()
    place = Continuation(township.device, before.seq, before.digest)
    slot = township.store.certificate.slot
    signed = township.district.certify(keys, TOWNSHIP, slot=slot, life="B", continues=place)
    lives.begin_life(restored, keys=keys, signed=signed, token=b"t" * 16)
    again = Station(district=township.district, store=restored, wall=township.wall)
    carry(township.district, again)
    assert again.case(subject).applicant.name == SECRETS[0]
    hand(again, lost)
    assert again.case(subject).state is State.DESTROYED
    assert secrets_of(again) == set()
    assert verify(restored).ok
    restored.close()


def test_a_program_that_reads_meanwhile_only_puts_the_clearing_off(both: tuple[Station, Station]):
    village, township = both
    subject = a_closed_case(village, township)
    destroy_in_time(township, subject)
    answered(township)
    other = opening.beside(township.store)
    township.store.database.run("PRAGMA busy_timeout = 50")
    with other.changing():
        assert not redaction.scrub(township.store)
    assert redaction.is_due(township.store)
    other.close()
    assert secrets_of(township) == set()


def test_a_full_disk_only_puts_the_clearing_off(
    both: tuple[Station, Station], monkeypatch: pytest.MonkeyPatch
):
    village, township = both
    subject = a_closed_case(village, township)
    destroy_in_time(township, subject)
    answered(township)
    database = township.store.database
    run = database.run

    def as_if_full(sql: str, parameters: tuple[object, ...] = ()) -> object:
        if sql == "VACUUM":
            raise DiskFull
        return run(sql, parameters)

    with monkeypatch.context() as patched:
        patched.setattr(database, "run", as_if_full)
        assert not redaction.scrub(township.store)
    assert redaction.is_due(township.store)
    assert secrets_of(township) == set()
