"""Practising: made whole, filled with a month, played on by partners, made anew; the real store feels nothing of it."""

from __future__ import annotations

from hashlib import sha256

import pytest

from app.domain.case import Case, State
from app.domain.papers import PaperKind
from app.domain.regions import Tier
from app.store import attachments as images
from app.store import keyslots, opening
from app.store import practice as apart
from app.store.keyslots import Unlock, WrongKey
from app.store.practice import NotInPractice
from app.store.verify import verify
from app.usecases import (
    acts,
    attachments,
    operators,
    papers,
    practice,
    practice_district,
    registration,
)
from app.usecases.practice import NoPractice, PracticeForeign
from app.usecases.practice_district import PracticeTooEarly
from printing import render
from tests.builders import (
    DISTRICT,
    MORNING_MS,
    TOWNSHIP,
    VILLAGE,
    Wall,
    a_district,
    a_form,
    a_station,
)
from tests.practising import SEED, UNLOCK, opened, practised


@pytest.fixture
def real(tmp_path):
    return practised(tmp_path)


@pytest.fixture
def own(real):
    store = opened(apart.place_of(real))
    yield store
    store.close()


def cases(store):
    rows = store.database.rows("SELECT subject_device, subject_seq FROM case_row")
    told = [store.case(store.journal.ref(*row)) for row in rows]
    return [case for case in told if isinstance(case, Case)]


def everything(folder):
    """The bytes of a store at rest."""
    return {
        file.name: sha256(file.read_bytes()).hexdigest()
        for file in folder.iterdir()
        if file.is_file() and file.suffix != ".lock" and not file.name.endswith("-shm")
    }


def test_a_month_has_passed_in_it_with_cases_in_many_states(own):
    states = {case.state for case in cases(own)}
    assert states >= {
        State.RECEIVED,
        State.ACCOMPANIED,
        State.IN_TRANSIT,
        State.UNDER_EXAMINATION,
        State.AWAITING_SUPPLEMENT,
        State.IN_PROGRESS,
        State.DECIDED,
        State.DELIVERED,
        State.REFUSED,
        State.WITHDRAWN,
    }
    assert verify(own).ok


def test_some_of_its_cases_have_scans_to_look_at_and_none_is_ever_sent(own):
    scanned = [case for case in cases(own) if case.attachments]
    assert len(scanned) > 3
    for case in scanned:
        (one,) = attachments.of_case(own, case)
        assert one.here == (True,)
        assert one.material
    assert images.waiting(own)[0] == 0
    with pytest.raises(NotInPractice):
        images.unsent(own, 1)


def test_everybody_in_it_is_invented_and_called_so(own):
    for case in cases(own):
        applicant = case.applicant
        assert applicant.name.startswith("练习")
        assert int(applicant.id_number[6:10]) < 1911  # nobody alive
        assert applicant.phone.startswith("100")


def test_the_same_seed_makes_the_same_cases(real):
    made = []
    for _ in range(2):
        store = opened(apart.place_of(real))
        made.append([(case.local_number, case.applicant.name, case.item) for case in cases(store)])
        practice.reset(store, seed=SEED)
        store.close()
    assert made[0] == made[1]


@pytest.mark.parametrize("region", [TOWNSHIP, DISTRICT])
def test_the_other_tiers_practise_too(tmp_path, region):
    store = opened(apart.place_of(practised(tmp_path, region)))
    by = operators.acting(store, None)
    assert verify(store).ok
    assert {case.state for case in cases(store)} >= {State.IN_TRANSIT, State.DECIDED}
    done = practice.go_on(store, by=by, seed=1)
    assert [one for one in done if one.verb == "register"]  # somebody comes to the village
    scans = [one for case in cases(store) for one in attachments.of_case(store, case)]
    assert scans
    assert all(one.here == (True,) for one in scans)
    store.close()


def test_whoever_practises_has_all_that_the_station_does_and_the_law_of_the_real_district(
    real, own
):
    by = operators.acting(own, None)
    assert by.roles == practice_district.ROLES[Tier.VILLAGE]
    model = opened(real)
    assert own.publications.tree.rows == model.publications.tree.rows
    assert own.publications.items == model.publications.items
    assert own.publications.years == model.publications.years
    assert own.region == model.region
    model.close()


def test_a_case_goes_its_whole_way_on_one_machine(own):
    by = operators.acting(own, None)
    done = registration.register(own, a_form(item="IT005"), by=by)
    case = own.case(done.subject)
    assert isinstance(case, Case)
    given = [{"name": name, "copies": 1} for name in done.missing]
    if given:
        acts.perform(own, case.subject, "supply", {"materials": given}, by=by)
    acts.perform(own, case.subject, "forward", {}, by=by)
    for _ in range(8):
        steps = practice.go_on(own, by=by, seed=3)
        now = own.case(case.subject)
        assert isinstance(now, Case)
        if now.state is State.DECIDED:
            break
        assert steps
        if now.state is State.RECEIVED:  # returned for a defect: that too is practised
            name = own.publications.item(now.item, now.item_version).materials[0].name
            supplied = {"materials": [{"name": name, "copies": 1}]}
            acts.perform(own, now.subject, "supply", supplied, by=by)
            acts.perform(own, now.subject, "forward", {}, by=by)
    assert now.state is State.DECIDED
    acts.perform(own, case.subject, "deliver", {}, by=by)
    assert verify(own).ok


def test_partners_with_nothing_to_do_say_so(own):
    by = operators.acting(own, None)
    while practice.go_on(own, by=by, seed=1):
        pass
    assert practice.go_on(own, by=by, seed=1) == []


def test_the_real_store_and_its_numbers_are_not_touched(real):
    before = everything(real)
    store = opened(apart.place_of(real))
    by = operators.acting(store, None)
    for name in ("甲", "乙"):
        registration.register(store, a_form(name=name), by=by)
    practice.go_on(store, by=by)
    practice.reset(store, by=by)
    store.close()
    assert everything(real) == before
    model = opened(real)
    head = operators.acting(model, None)
    first = registration.register(model, a_form(), by=head)
    assert first.local_number.endswith("-0001")
    assert "LX" not in first.local_number
    model.close()


def test_every_paper_says_so_in_its_number_and_its_facts(own):
    by = operators.acting(own, None)
    case = cases(own)[0]
    issued = papers.issue(own, case.subject, PaperKind.MATERIALS_SLIP, by=by, render=render)
    assert issued.facts.practice
    assert "LX1〔" in issued.facts.number
    assert issued.facts.code.startswith("LIANXI")
    again = papers.issue(own, case.subject, PaperKind.MATERIALS_RECEIPT, by=by, render=render)
    assert again.facts.practice
    assert again.facts.reprint == 1


def test_beginning_again_changes_nothing_that_is_there(real):
    model = opened(real)
    place = apart.place_of(real)
    before = everything(place)
    practice.start(model, UNLOCK, by=operators.acting(model, None))
    after = everything(place)
    assert before.pop("keys") != after.pop(
        "keys"
    )  # a slot of the same passphrase, with another salt
    assert before == after
    model.close()


def test_a_colleague_practises_with_their_own_password(real):
    model = opened(real)
    head = operators.acting(model, None)
    colleague = operators.add(model, "莫代办", head.roles[0], by=head, password="another-one")
    unlock = Unlock(operator="莫代办", password="another-one")
    place = practice.start(model, unlock, by=colleague)
    store = opening.open_store(place, unlock, wall=Wall(MORNING_MS))
    assert operators.acting(store, "莫代办").roles == practice_district.ROLES[Tier.VILLAGE]
    store.close()
    model.close()


def test_whoever_does_not_open_the_real_store_does_not_practise(real):
    model = opened(real)
    with pytest.raises(WrongKey):
        practice.start(model, Unlock(passphrase="wrong"), by=operators.acting(model, None))
    model.close()


def test_practice_of_practice_is_none(own):
    with pytest.raises(NotInPractice):
        practice.start(own, UNLOCK, by=operators.acting(own, None))


def test_without_regions_and_items_there_is_nothing_to_practise(tmp_path):
    station = a_station(a_district(items=()), VILLAGE, tmp_path / "v", staffed=True)
    keyslots.create(tmp_path / "v", UNLOCK, station.store.key)
    with pytest.raises(PracticeTooEarly):
        practice.start(station.store, UNLOCK, by=station.head)
    assert not apart.place_of(tmp_path / "v").exists()
    station.store.close()


def test_another_stations_practice_store_is_not_taken_for_ones_own(real, tmp_path):
    other = a_station(a_district(), VILLAGE, tmp_path / "other")
    keyslots.create(tmp_path / "other", UNLOCK, other.store.key)
    apart.place_of(real).rename(apart.place_of(tmp_path / "other"))
    with pytest.raises(PracticeForeign):
        practice.start(other.store, UNLOCK, by=other.head)
    practice.reset(other.store)
    practice.start(other.store, UNLOCK, by=other.head)
    other.store.close()


def test_reset_makes_other_people_and_keeps_the_passwords(real):
    place = apart.place_of(real)
    store = opened(place)
    before = {case.applicant.name + case.applicant.id_number for case in cases(store)}
    device = store.device
    practice.reset(store, seed=99)
    store.close()
    store = opened(place)
    assert store.device != device
    assert before != {case.applicant.name + case.applicant.id_number for case in cases(store)}
    assert verify(store).ok
    store.close()
    assert not [*real.glob("practice.*.new"), *real.glob("practice.*.gone")]


def test_only_a_practice_store_has_partners(real):
    model = opened(real)
    with pytest.raises(NoPractice):
        practice.go_on(model, by=operators.acting(model, None))
    model.close()


def test_what_a_killed_maker_left_is_swept_away(real):
    rest = real / "practice.123.new"
    rest.mkdir()
    (rest / "daiban.db").write_bytes(b"half")
    model = opened(real)
    practice.start(model, UNLOCK, by=operators.acting(model, None))
    model.close()
    assert not rest.exists()
    assert practice.state(real).made_ms is not None


def test_one_that_was_killed_before_it_had_slots_is_opened_by_beginning_again(real):
    place = apart.place_of(real)
    (place / "keys").unlink()
    assert practice.state(real).made_ms is None
    model = opened(real)
    practice.start(model, UNLOCK, by=operators.acting(model, None))
    model.close()
    store = opened(place)
    assert verify(store).ok
    store.close()


@pytest.mark.parametrize("region", [VILLAGE, TOWNSHIP])
def test_there_is_no_document_that_does_not_say_so(tmp_path, region):
    store = opened(apart.place_of(practised(tmp_path, region)))
    due = [(case, one.kind) for case in cases(store) for one in papers.due(store, case)]
    assert len({kind for _, kind in due}) >= 3
    for case, kind in due:
        assert papers.preview(store, case.subject, kind).practice, kind
    store.close()
