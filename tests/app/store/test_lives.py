"""Lives: a restored or cloned database goes on under a new key; nothing is lost, nothing counted twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.case import Case, State
from app.domain.events import Role
from app.domain.papers import PaperKind
from app.journal import chain, entry
from app.journal.keys import DeviceKeys
from app.journal.refs import Continuation, DeviceId, Ref
from app.store import exchange, identity, lives
from app.store.exchange import Verdict
from app.store.identity import Identity
from app.store.keyslots import Unlock
from app.store.opening import AlreadyEnrolled, open_store
from app.store.portions import is_at_work
from app.store.store import NotEnrolled, Store
from app.store.verify import verify
from app.usecases import (
    authenticity,
    blank_receipts,
    drafts,
    enrolment,
    lookup,
    operators,
    printing_queue,
)
from app.usecases.authenticity import Record
from app.usecases.authenticity import Verdict as Genuine
from tests.builders import (
    TOWNSHIP,
    VILLAGE,
    District,
    Station,
    Wall,
    a_case,
    a_district,
    a_station,
    act,
    an_identity,
    carry,
    hand,
    meet,
)

UNLOCK = Unlock(passphrase="for tests")


class Ledger:
    """What the centre holds of devices, and where it lets a new life begin."""

    def __init__(self) -> None:
        self.digests: dict[DeviceId, list[bytes]] = {}
        self.wires: dict[DeviceId, list[bytes]] = {}

    def receive(self, station: Station, through: int | None = None) -> None:
        """An exchange; of the station's own entries only those up to `through` arrive."""
        out = exchange.outgoing(station.store, room=10**9)
        wires = out.entries[: None if through is None else max(0, through - out.first_seq + 1)]
        origin = station.store.certificate.continues
        held = self.digests.setdefault(station.device, [])
        mine = self.wires.setdefault(station.device, [])
        digest = held[-1] if held else chain.genesis(station.device, origin)
        first = (origin.seq if origin else 0) + len(held) + 1
        assert out.first_seq == first
        for seq, wire in enumerate(wires, first):
            one = entry.read(
                wire, device=station.device, seq=seq, lineage=station.store.journal.lineage
            )
            digest = chain.link(digest, one)
            held.append(digest)
            mine.append(wire)
        hand(station, accepted=first + len(wires) - 1)

    def place(self, offers: list[Continuation]) -> Continuation:
        """The newest place offered that the ledger holds alike (first lives only)."""
        for offer in offers:
            held = self.digests.get(offer.device, [])
            if 0 < offer.seq <= len(held) and held[offer.seq - 1] == offer.digest:
                return offer
        device = offers[0].device
        return Continuation(device, 0, chain.genesis(device, None))


def a_new_life(district: District, place: Continuation, life: str = "B") -> Identity:
    keys = DeviceKeys.generate()
    signed = district.certify(keys, VILLAGE, slot=2, life=life, continues=place)
    return district.identity(keys, signed)


def begin(station: Station, place: Continuation, life: str = "B") -> None:
    who = a_new_life(station.district, place, life)
    assert who.signed is not None
    lives.begin_life(station.store, keys=who.keys, signed=who.signed, token=b"n" * 16)
    carry(station.district, station)


def here(station: Station) -> Continuation:
    head = station.store.head()
    return Continuation(station.device, head.seq, head.digest)


def cases_of(station: Station) -> dict[Ref, Case]:
    return {
        row.subject: station.case(row.subject) for row in lookup.listed(station.store, limit=1000)
    }


def applicants(station: Station) -> list[str]:
    return sorted(row.applicant for row in lookup.listed(station.store, limit=1000))


# --- a life that begins in an open store ----------------------------------------------------------


def test_a_life_that_begins_at_the_head_moves_nothing_and_goes_on_counting(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    subject = a_case(village)
    old, seq = village.device, village.store.head().seq
    before = cases_of(village)
    begin(village, here(village))
    assert village.device != old
    assert cases_of(village) == before
    act(village, subject, "forward")
    assert village.store.head().seq == seq + 1
    assert village.case(subject).heads == (Ref(village.device, seq + 1),)
    assert lives.offers(village.store)[0].device == village.device
    checked = verify(village.store)
    assert checked.ok, checked.problems
    assert checked.own == seq + 1


def test_an_act_right_after_a_new_life_needs_no_exchange_first(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    who = a_new_life(village.district, here(village))
    assert who.signed is not None
    lives.begin_life(village.store, keys=who.keys, signed=who.signed, token=b"n" * 16)
    subject = a_case(village)
    assert act(village, subject, "forward").state is State.IN_TRANSIT
    assert village.case(subject).local_number.slot == "B2"


def test_in_a_new_life_a_station_is_as_much_at_work_as_before(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    assert not is_at_work(village.store)
    a_case(village)
    begin(village, here(village))
    assert is_at_work(village.store)


def test_entries_beyond_the_place_move_with_the_same_bytes_and_numbers(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    kept = a_case(village, name="韦一")
    place = here(village)
    moved = a_case(village, name="韦二")
    act(village, moved, "forward")
    act(village, kept, "forward")
    before = village.own_run()[2][place.seq :]
    begin(village, place)
    assert village.own_run() == (village.device, place.seq + 1, before)
    now = Ref(village.device, moved.seq)
    assert set(cases_of(village)) == {kept, now}
    assert cases_of(village)[now].state is State.IN_TRANSIT
    assert cases_of(village)[kept].state is State.IN_TRANSIT
    assert village.store.case(moved) is None
    out = exchange.outgoing(village.store, room=10**9)
    assert (out.first_seq, out.entries) == (place.seq + 1, before)
    checked = verify(village.store)
    assert checked.ok, checked.problems


def test_the_new_chain_binds_the_place_it_begins_at(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    place = here(village)
    a_case(village)
    begin(village, place)
    digest = chain.genesis(village.device, place)
    for seq, wire in enumerate(village.own_run()[2], place.seq + 1):
        digest = chain.link(
            digest,
            entry.read(wire, device=village.device, seq=seq, lineage=village.store.journal.lineage),
        )
    assert village.store.head().digest == digest


def test_an_operator_whose_card_moved_still_acts(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    place = here(village)
    agent = village.person(Role.AGENT)
    subject = a_case(village, by=agent)
    begin(village, place)
    moved = village.person(Role.AGENT)
    assert moved.ref == Ref(village.device, agent.ref.seq)
    assert (
        act(village, Ref(village.device, subject.seq), "forward", by=moved).state
        is State.IN_TRANSIT
    )
    assert verify(village.store).ok


def test_a_second_person_is_no_head_because_a_life_is_new(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    begin(village, here(village))
    assert operators.add(village.store, "第二人", Role.AGENT).roles == (Role.AGENT,)
    assert village.head.name == "第一人"


def test_a_verdict_moves_with_its_entry(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    place = here(village)
    subject = a_case(village)
    hand(village, verdicts=[Verdict(device=village.device, seq=subject.seq, code="x", facts={})])
    begin(village, place)
    assert village.store.case(Ref(village.device, subject.seq)) is None
    assert verify(village.store).ok


def test_printed_pages_and_what_is_on_its_way_to_paper_move_with_their_entry(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path / "v")
    place = here(village)
    issued = printing_queue.issue(
        village.store,
        a_case(village),
        PaperKind.MATERIALS_RECEIPT,
        by=village.head,
        render=lambda facts: repr(facts).encode(),
    )
    blanks = blank_receipts.reserve(
        village.store, 2, by=village.head, render=lambda facts: repr(facts).encode()
    )
    begin(village, place)
    (job,) = printing_queue.on_their_way(village.store)
    assert printing_queue.pages(village.store, job.entry) == issued.pdf
    (block,) = blank_receipts.blocks(village.store)
    assert blank_receipts.pages(village.store, block.entry) == blanks.pdf
    found = authenticity.check(village.store, issued.facts.code)
    assert (found.verdict, found.record) == (Genuine.GENUINE, Record.STANDS)
    assert verify(village.store).ok


def test_a_draft_stays_with_the_operator_whose_card_moved(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    place = here(village)
    later = operators.add(village.store, "第二人", Role.AGENT)
    drafts.keep(village.store, village.head, b"one", title="第一人的")
    drafts.keep(village.store, later, b"two", title="第二人的")
    begin(village, place)
    for name in ("第一人", "第二人"):
        card = operators.acting(village.store, name)
        told = [draft.title for draft in drafts.of_operator(village.store, card)]
        assert told == [f"{name}的"]


@pytest.mark.parametrize("work_between", [True, False])
def test_lives_follow_one_another(tmp_path: Path, work_between: bool):
    village = a_station(a_district(), VILLAGE, tmp_path)
    names = ["韦零"]
    a_case(village, name=names[0])
    for life in "BCD":
        begin(village, here(village), life)
        if work_between:
            names.append(f"韦{life}")
            a_case(village, name=names[-1])
    assert applicants(village) == sorted(names)
    first = min(cases_of(village), key=lambda ref: ref.seq)
    act(village, first, "forward")
    assert village.case(first).state is State.IN_TRANSIT
    checked = verify(village.store)
    assert checked.ok, checked.problems
    assert checked.own == village.store.head().seq


def test_a_life_with_nothing_of_its_own_yet_is_continued_from_where_it_began(tmp_path: Path):
    """The centre has nothing of B, which began at A's place: C begins at B's beginning."""
    village = a_station(a_district(), VILLAGE, tmp_path)
    a_case(village, name="韦一")
    begin(village, here(village))
    place = here(village)
    assert place.digest == chain.genesis(village.device, village.store.certificate.continues)
    a_case(village, name="韦二")
    begin(village, place, "C")
    assert applicants(village) == ["韦一", "韦二"]
    assert verify(village.store).ok


def test_the_same_begins_when_nothing_at_all_had_arrived(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    place = Continuation(village.device, 0, chain.genesis(village.device, None))
    a_case(village, name="韦一")
    wires = village.own_run()[2]
    begin(village, place)
    assert village.own_run() == (village.device, 1, wires)
    assert applicants(village) == ["韦一"]
    assert village.head.ref.device == village.device
    assert verify(village.store).ok


# --- a cloned disk --------------------------------------------------------------------------------


def test_two_clones_of_one_disk_lose_and_double_nothing(tmp_path: Path):
    district, ledger = a_district(), Ledger()
    one = a_station(district, VILLAGE, tmp_path / "one")
    shared = a_case(one, name="韦零")
    ledger.receive(one)
    one.store.database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    two = Station(
        district,
        _opened_copy(tmp_path / "two", one.store),
        Wall(one.wall() + 1000),
        dict(one.heard),
    )

    a_case(one, name="韦一")
    act(one, shared, "forward")
    a_case(two, name="韦二")
    act(two, a_case(two, name="韦三"), "forward")
    ledger.receive(one)
    forked = exchange.outgoing(two.store, room=10**9)
    assert forked.head_digest != ledger.digests[two.device][-1]

    begin(two, ledger.place(lives.offers(two.store)))
    assert two.store.certificate.continues is not None
    assert two.store.certificate.continues.seq == shared.seq
    two.heard.pop(one.device, None)
    township = a_station(district, TOWNSHIP, tmp_path / "t")
    meet(one, two, township)
    for station in (one, two, township):
        assert applicants(station) == ["韦一", "韦三", "韦二", "韦零"]
        assert cases_of(station) == cases_of(one)
        checked = verify(station.store)
        assert checked.ok, checked.problems


def _opened_copy(folder: Path, of: Store) -> Store:
    from app.store import database

    return Store(
        folder, of.key, database.connect(folder / "daiban.db", of.key), of.identity, of.wall
    )


# --- a restored database --------------------------------------------------------------------------


def an_enrolled_folder(folder: Path, district: District) -> Station:
    store = enrolment.settle(folder, UNLOCK, who=an_identity(district, VILLAGE))
    station = Station(district, store, Wall())
    store.wall = station.wall
    carry(district, station)
    operators.add(store, "第一人", Role.AGENT)
    return station


def backed_up(station: Station, to: Path) -> None:
    """What a backup holds: the database and its key slots, not the identity."""
    station.store.database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    to.mkdir()
    for name in ("daiban.db", "keys"):
        shutil.copy(station.store.folder / name, to / name)


def restored(
    folder: Path, district: District, choose: Callable[[list[Continuation]], Continuation]
) -> Station:
    """A new machine gets the backup and enrols again."""
    with pytest.raises(NotEnrolled):
        open_store(folder, UNLOCK)
    place = choose(enrolment.offers_in(folder, UNLOCK))
    store = enrolment.settle(folder, UNLOCK, who=a_new_life(district, place))
    station = Station(district, store, Wall(Wall()() + 60_000))
    store.wall = station.wall
    return station


def test_a_restored_backup_goes_on_and_what_was_sent_since_comes_back_once(tmp_path: Path):
    district, ledger = a_district(), Ledger()
    before = an_enrolled_folder(tmp_path / "first", district)
    township = a_station(district, TOWNSHIP, tmp_path / "t")
    old = a_case(before, name="韦一")
    backed_up(before, tmp_path / "backup")
    act(before, old, "forward")
    later = a_case(before, name="韦二")
    ledger.receive(before)
    meet(before, township)

    after = restored(tmp_path / "backup", district, ledger.place)
    place = after.store.certificate.continues
    assert place == Continuation(before.device, old.seq, ledger.digests[before.device][old.seq - 1])
    new = a_case(after, name="韦三")
    meet(before, after, township)
    for station in (after, township):
        assert applicants(station) == ["韦一", "韦三", "韦二"]
        assert station.case(old).state is State.IN_TRANSIT
        assert station.case(later).state is State.RECEIVED
        checked = verify(station.store)
        assert checked.ok, checked.problems
    numbers = [case.local_number.text for case in cases_of(after).values()]
    assert len(set(numbers)) == 3
    assert cases_of(after) == cases_of(township)
    act(township, old, "take_over")
    act(after, new, "forward")
    meet(after, township)
    assert cases_of(after) == cases_of(township)


def test_a_restored_backup_sends_what_the_old_machine_never_sent(tmp_path: Path):
    district, ledger = a_district(), Ledger()
    before = an_enrolled_folder(tmp_path / "first", district)
    a_case(before, name="韦一")
    ledger.receive(before)
    act(before, a_case(before, name="韦二"), "forward")
    a_case(before, name="韦三")
    backed_up(before, tmp_path / "backup")
    sent = len(ledger.wires[before.device])
    unsent = before.own_run()[2][sent:]

    after = restored(tmp_path / "backup", district, ledger.place)
    out = exchange.outgoing(after.store, room=10**9)
    assert (out.first_seq, out.entries) == (sent + 1, unsent)
    carry(district, after)
    assert applicants(after) == ["韦一", "韦三", "韦二"]
    township = a_station(district, TOWNSHIP, tmp_path / "t")
    hand(township, (before.device, 1, ledger.wires[before.device]), after.own_run())
    assert cases_of(township) == cases_of(after)
    assert verify(after.store).ok
    assert verify(township.store).ok


def test_the_places_offered_reach_back_to_whatever_the_centre_still_has(tmp_path: Path):
    """The centre itself was restored from an old copy: it has only the first entries."""
    district, ledger = a_district(), Ledger()
    before = an_enrolled_folder(tmp_path / "first", district)
    for number in range(40):
        a_case(before, name=f"韦{number:02}")
    ledger.receive(before, through=9)
    backed_up(before, tmp_path / "backup")
    offers = enrolment.offers_in(tmp_path / "backup", UNLOCK)
    assert [offer.seq for offer in offers] == sorted({offer.seq for offer in offers}, reverse=True)
    assert offers[0].seq == 41
    assert 9 in {offer.seq for offer in offers}  # what the centre had acknowledged
    after = restored(tmp_path / "backup", district, ledger.place)
    carry(district, after)
    assert after.own_run()[1] == 10
    assert len(applicants(after)) == 40
    assert verify(after.store).ok


def test_a_crash_between_the_new_identity_and_the_journal_is_made_good_at_the_next_opening(
    tmp_path: Path,
):
    district = a_district()
    village = an_enrolled_folder(tmp_path, district)
    place = here(village)
    a_case(village, name="韦一")
    wires = village.own_run()[2]
    who = a_new_life(district, place)
    identity.keep(village.store.folder, who, village.store.key)
    village.store.close()
    again = Station(district, open_store(tmp_path, UNLOCK), village.wall)
    assert again.device == who.device
    assert again.own_run() == (who.device, place.seq + 1, wires[place.seq :])
    carry(district, again)
    assert applicants(again) == ["韦一"]
    assert verify(again.store).ok


def test_a_folder_with_its_identity_offers_no_new_life(tmp_path: Path):
    an_enrolled_folder(tmp_path, a_district())
    with pytest.raises(AlreadyEnrolled):
        enrolment.offers_in(tmp_path, UNLOCK)
    assert enrolment.offers_in(tmp_path / "nowhere", UNLOCK) == []


def test_a_store_that_wrote_nothing_offers_where_it_began(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path, staffed=False)
    beginning = Continuation(village.device, 0, chain.genesis(village.device, None))
    assert lives.offers(village.store) == [beginning]


def test_a_later_life_that_wrote_nothing_offers_where_it_began_and_nothing_before(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    a_case(village)
    place = here(village)
    begin(village, place)
    beginning = Continuation(village.device, place.seq, chain.genesis(village.device, place))
    assert lives.offers(village.store) == [beginning]
    a_case(village)
    assert lives.offers(village.store) == [here(village), beginning]


def test_the_token_and_the_keys_of_a_new_life_are_kept(tmp_path: Path):
    village = an_enrolled_folder(tmp_path, a_district())
    begin(village, here(village))
    kept = identity.kept(village.store.folder, village.store.key)
    assert kept == village.store.identity
    assert kept is not None
    assert kept.token == b"n" * 16
