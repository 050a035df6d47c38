"""Registering a request at the counter."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.domain import events
from app.domain.catalogue import UnknownItem
from app.domain.events import IdKind, PartyKind, Role
from app.domain.items import Mode, Required
from app.domain.rules import NotPermitted
from app.usecases import catalogue, lookup, materials
from app.usecases.materials import MaterialForm, MaterialNotAsked, NeverHeld
from app.usecases.parties import ApplicantForm
from app.usecases.registration import (
    BadDay,
    BadForm,
    ExternalIdTaken,
    NoName,
    NotACase,
    RegistrationForm,
    register,
)
from tests.builders import (
    VILLAGE,
    Station,
    Wall,
    a_case,
    a_district,
    a_form,
    a_station,
    carry,
    the_catalogue,
    the_item,
)


@pytest.fixture
def village(tmp_path: Path) -> Station:
    return a_station(a_district(), VILLAGE, tmp_path)


def test_each_registration_gets_the_next_number_of_its_day(village: Station):
    given = [register(village.store, a_form(), by=village.head).local_number for _ in range(3)]
    village.wall.turn(days=1)
    given.append(register(village.store, a_form(), by=village.head).local_number)
    assert given == [
        f"{VILLAGE}-20261120-A2-0001", f"{VILLAGE}-20261120-A2-0002",
        f"{VILLAGE}-20261120-A2-0003", f"{VILLAGE}-20261121-A2-0001",
    ]  # fmt: skip


def test_the_day_is_chinas_whatever_zone_the_machine_is_in(tmp_path: Path):
    wall = Wall()
    village = a_station(a_district(), VILLAGE, tmp_path, wall=wall)
    wall.turn(
        days=-9 / 24
    )  # midnight of the 20th in China, four in the afternoon of the 19th in Greenwich
    assert "-20261120-" in register(village.store, a_form(), by=village.head).local_number
    wall.turn(ms=-1)
    assert "-20261119-" in register(village.store, a_form(), by=village.head).local_number


def test_a_request_that_was_registered_before_is_not_registered_again(village: Station):
    form = a_form(external_id=" paper-2026-0017 ")
    first = register(village.store, form, by=village.head)
    head = village.store.head()
    again = register(village.store, form, by=village.head)
    assert (again.local_number, again.repeated) == (first.local_number, True)
    assert village.store.head() == head
    other = register(village.store, a_form(external_id="paper-2026-0018"), by=village.head)
    assert other.local_number != first.local_number


def test_what_was_taken_on_paper_keeps_its_day_and_is_marked(village: Station):
    subject = a_case(village, received_on=date(2026, 11, 3))
    case = village.case(subject)
    assert case.backlog
    assert case.received_on == date(2026, 11, 3)
    assert case.local_number.text == f"{VILLAGE}-20261103-A2-0001"
    assert not village.case(a_case(village, received_on=date(2026, 11, 20))).backlog


@pytest.mark.parametrize(
    "day", [date(2026, 11, 21), date(1999, 12, 31), date(9999, 12, 31), date(1, 1, 1)]
)
def test_a_day_that_cannot_be_is_refused(village: Station, day: date):
    with pytest.raises(BadDay):
        register(village.store, a_form(received_on=day), by=village.head)


def test_an_item_is_asked_for_by_its_id_or_its_name(village: Station):
    for asked in ("IT022", " IT022 ", the_item("IT022").name):
        assert village.case(a_case(village, asked)).item == "IT022"
    with pytest.raises(UnknownItem):
        a_case(village, "IT999")


@pytest.mark.parametrize("item", ["IT013"])
def test_what_is_no_case_is_not_registered_as_one(village: Station, item: str):
    with pytest.raises(NotACase):
        a_case(village, item)


def test_materials_go_by_the_items_own_names_and_what_lacks_is_said(village: Station):
    asked = the_item("IT022").materials
    always = [material.name for material in asked if material.required is Required.ALWAYS]
    first, absent = (
        MaterialForm(name=asked[0].name, copies=2),
        MaterialForm(name=asked[1].name, given=False),
    )
    registered = register(village.store, a_form(materials=(absent, first)), by=village.head)
    case = lookup.case_of(village.store, lookup.by_number(village.store, registered.local_number))
    assert [(material.index, material.copies) for material in case.materials] == [(0, 2)]
    assert registered.missing == tuple(name for name in always if name != asked[0].name)
    with pytest.raises(MaterialNotAsked):
        register(village.store, a_form(materials=(MaterialForm(name="莫须有"),)), by=village.head)


def test_a_person_without_a_name_is_refused(village: Station):
    for name in ("", "  ", "\u3000"):
        with pytest.raises(NoName):
            a_case(village, name=name)


@pytest.mark.parametrize(
    ("number", "warning"),
    [
        ("450305196203151029", ("id_check_digit",)),
        ("４５０３０５１９６２０３１５１０２８", ()),
        ("450305 19620315 1028", ()),
        ("", ()),
    ],
)
def test_a_wrong_identity_number_warns_and_blocks_nobody(
    village: Station, number: str, warning: tuple[str, ...]
):
    form = a_form(applicant={"id_number": number, "id_note": "本人坚持"})
    registered = register(village.store, form, by=village.head)
    assert registered.warnings == warning
    case = lookup.case_of(village.store, lookup.by_number(village.store, registered.local_number))
    assert case.applicant.id_kind is (IdKind.RESIDENT if number else IdKind.NONE)
    assert case.applicant.id_note == "本人坚持"


def test_an_organisation_has_a_credit_code_and_other_papers_stay_as_they_are(village: Station):
    firm = ApplicantForm(kind=PartyKind.ORGANISATION, name="合作社", id_number="91350100M000100Y43")
    foreign = ApplicantForm(name="John", id_kind=IdKind.OTHER, id_number=" e1234567x ")
    kinds = []
    for applicant in (firm, foreign):
        form = RegistrationForm(item="IT022", applicant=applicant, mandate=True)
        number = register(village.store, form, by=village.head).local_number
        case = lookup.case_of(village.store, lookup.by_number(village.store, number))
        kinds.append((case.applicant.id_kind, case.applicant.id_number))
    assert kinds == [(IdKind.CREDIT, "91350100M000100Y43"), (IdKind.OTHER, "e1234567x")]


def test_a_proxy_without_a_mandate_is_warned_about_and_a_mandate_says_what_data_are_for(
    village: Station,
):
    without = register(village.store, a_form(mandate=False), by=village.head)
    assert without.warnings == ("no_mandate",)
    other = a_form("IT005", mandate=False, mode=Mode.ASSIST)
    assert register(village.store, other, by=village.head).warnings == ()
    case = lookup.case_of(village.store, lookup.by_number(village.store, without.local_number))
    assert (case.mandate, case.told) == (False, False)
    assert village.case(a_case(village, mandate=True)).told


def test_only_who_works_at_the_counter_registers(village: Station):
    with pytest.raises(NotPermitted):
        a_case(village, by=village.person(Role.SUPERVISOR))
    assert village.case(a_case(village, by=village.person(Role.AGENT))).local_number.running == 1


@pytest.mark.parametrize(
    "name",
    ["𠮷田", "㐀", "\U00030edd", "买买提·吐尔逊", "O'Brien", "🀄", "a" * 200, "㍿"],
)
def test_no_name_is_turned_away(village: Station, name: str):
    subject = a_case(village, name=name)
    assert village.case(subject).applicant.name == name.strip()
    row = village.store.rows.by_subject(subject)
    assert row is not None
    assert row.applicant == name


def test_a_name_is_one_line_of_what_can_be_seen(village: Station):
    assert village.case(a_case(village, name="韦\n小　妹\x00")).applicant.name == "韦小妹"
    with pytest.raises(NoName):
        a_case(village, name="\x00　")


@pytest.mark.parametrize(
    "asked", ["it001", " IT001", "最低生活保障审核确认", "低保", "城市居民低保"]
)
def test_an_item_is_found_by_whatever_it_is_called(village: Station, asked: str):
    assert village.case(a_case(village, asked)).item == "IT001"


def test_a_certificate_that_is_not_issued_here_leads_to_who_issues_it(tmp_path):
    station = a_station(a_district(items=()), "450305200201", tmp_path)
    notes = the_catalogue()
    station.district.publish(
        events.CatalogueNotesPublished(
            not_issued_here=notes.not_issued_here, retired_terms=notes.retired_terms
        )
    )
    carry(station.district, station)
    with pytest.raises(catalogue.NotIssuedHere) as told:
        a_case(station, "亲属关系证明")
    assert "派出所" in str(told.value.facts["ask_instead"])


def test_an_external_number_belongs_to_one_request(village: Station):
    a_case(village, external_id="paper-17")
    with pytest.raises(ExternalIdTaken):
        a_case(village, name="另一人", external_id="paper-17")
    with pytest.raises(ExternalIdTaken):
        a_case(village, "IT001", external_id="paper-17")


def test_the_original_of_a_bank_card_is_never_held(village: Station):
    card = "本人社会保障卡或银行卡（账号页）"
    with pytest.raises(NeverHeld):
        a_case(village, "IT001", materials=(MaterialForm(name=card, original=True, held=True),))
    a_case(village, "IT001", materials=(MaterialForm(name=card, original=True),))


@pytest.mark.parametrize("typed", ["138-7730-0000", "１３８ ７７３０ ００００", "(138)77300000"])
def test_a_telephone_is_its_digits_however_they_are_grouped(village: Station, typed: str):
    subject = a_case(village, applicant={"phone": typed})
    assert village.case(subject).applicant.phone == "13877300000"


def test_materials_that_always_belong_are_told_apart(village: Station):
    item = the_item("IT022")
    missing = materials.missing_materials(item, ())
    assert missing == tuple(one.name for one in item.materials if one.required is Required.ALWAYS)


def test_a_form_that_was_built_and_not_decoded_is_looked_at_all_the_same(village):
    form = a_form(name="韦" * 10_000)

    with pytest.raises(BadForm) as refused:
        register(village.store, form, by=village.head)

    assert "name" in str(refused.value.facts["what"])
    assert not village.store.rows.where("1")
