"""What is said beside a field, and what keeps a form from being registered."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from app.domain.events import IdKind, PartyKind
from app.usecases.parties import ApplicantForm
from app.usecases.registration import RegistrationForm
from ui.desktop.look.mood import Mood
from ui.desktop.pages.registration import checks
from ui.desktop.pages.registration.checks import Place

TODAY = date(2026, 11, 20)
NUMBER = "450305196203151028"


def somebody(**said: object) -> ApplicantForm:
    return msgspec.structs.replace(ApplicantForm(name="韦小妹", id_number=NUMBER), **said)


def a_form(applicant: ApplicantForm | None = None, **said: object) -> RegistrationForm:
    form = RegistrationForm(item="IT001", applicant=applicant or somebody(), told=True)
    return msgspec.structs.replace(form, **said)


def places(form: RegistrationForm) -> list[Place]:
    return [fault.place for fault in checks.faults(form, TODAY)]


@pytest.mark.parametrize(
    "typed", [NUMBER, "450305 19620315 1028", "４５０３０５１９６２０３１５１０２８", f" {NUMBER} "]
)
def test_a_number_passes_however_it_was_typed(typed: str):
    finding = checks.on_number(somebody(id_number=typed), TODAY)
    assert finding is not None
    assert finding.mood is Mood.GOOD
    assert finding.text == "校验通过 · 女 · 64 岁"


def test_a_lower_case_x_is_taken_as_the_check_digit():
    finding = checks.on_number(somebody(id_number="45030519750101234x"), TODAY)
    assert finding is not None
    assert "字符" not in finding.text


def test_a_wrong_number_says_what_is_wrong_and_how_it_may_still_be_taken():
    finding = checks.on_number(somebody(id_number=NUMBER[:-1] + "7"), TODAY)
    assert finding is not None
    assert finding.mood is Mood.WARN
    assert "校验位不对" in finding.text
    assert "写明原因" in finding.text


def test_nothing_is_said_of_a_number_that_is_not_there():
    assert checks.on_number(somebody(id_number="  "), TODAY) is None


def test_the_code_of_an_organisation_is_checked_by_its_own_rule():
    firm = somebody(kind=PartyKind.ORGANISATION, id_number="91350100M000100Y43")
    finding = checks.on_number(firm, TODAY)
    assert finding is not None
    assert finding.mood is Mood.GOOD
    wrong = checks.on_number(msgspec.structs.replace(firm, id_number="91350100M000100Y44"), TODAY)
    assert wrong is not None
    assert wrong.mood is Mood.WARN


def test_other_papers_are_taken_as_they_are():
    passport = somebody(id_kind=IdKind.OTHER, id_number="护照 E12345678")
    assert checks.on_number(passport, TODAY) is None
    assert places(a_form(passport)) == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (NUMBER, "450305 19620315 1028"),
        ("450305 1962 03151028", "450305 19620315 1028"),
        ("45030519750101234x", "450305 19750101 234X"),
        ("12345", "12345"),
        ("91350100M000100Y43", "91350100M000100Y43"),
    ],
)
def test_numbers_are_grouped_as_people_read_them(typed: str, shown: str):
    assert checks.grouped_number(typed) == shown


@pytest.mark.parametrize(
    ("typed", "whose"),
    [
        (NUMBER, PartyKind.PERSON),
        ("45030519620315102x", PartyKind.PERSON),
        ("91350100M000100Y43", PartyKind.ORGANISATION),
        ("韦小妹", None),
        ("1028", None),
        ("最低生活保障最低生活保障最低生活保障", None),
        ("ABCDEFGHJKLMNPQRTU", None),
    ],
)
def test_a_whole_number_is_told_from_what_a_person_types(typed: str, whose: PartyKind | None):
    assert checks.scanned_kind(typed) is whose


@pytest.mark.parametrize("typed", ["13877300000", "138 7730 0000", "0773-5601234", "12345", ""])
def test_telephones_that_can_be_dialled_need_no_remark(typed: str):
    assert checks.on_phone(typed) is None


def test_a_mobile_number_with_a_digit_too_few_is_pointed_out():
    finding = checks.on_phone("1387730000")
    assert finding is not None
    assert finding.mood is Mood.WARN
    assert "10 位" in finding.text


def test_words_in_place_of_a_telephone_are_kept_and_pointed_out():
    finding = checks.on_phone("找村口小店")
    assert finding is not None
    assert finding.mood is Mood.INFO
    assert checks.grouped_phone("找村口小店") == "找村口小店"
    assert checks.grouped_phone("１３８７７３０００００") == "138 7730 0000"


def test_a_complete_form_has_no_fault():
    assert places(a_form()) == []


def test_faults_come_in_reading_order():
    empty = RegistrationForm(item="", applicant=ApplicantForm(name=""))
    assert places(empty) == [Place.ITEM, Place.NAME, Place.ID_NUMBER, Place.TOLD]


def test_a_wrong_number_needs_a_reason_and_no_more():
    wrong = somebody(id_number=NUMBER[:-1] + "7")
    assert places(a_form(wrong)) == [Place.ID_NOTE]
    reasoned = msgspec.structs.replace(wrong, id_note="户口本上就是这样")
    assert places(a_form(reasoned)) == []


def test_who_has_no_papers_needs_no_number():
    nobody = somebody(id_kind=IdKind.NONE, id_number="")
    assert places(a_form(nobody)) == []


def test_a_signed_mandate_says_that_the_person_was_told():
    assert places(a_form(told=False)) == [Place.TOLD]
    assert places(a_form(told=False, mandate=True)) == []


def test_who_came_with_paper_long_ago_cannot_be_told_now():
    assert places(a_form(told=False, received_on=date(2026, 11, 3))) == []
    assert places(a_form(told=False, received_on=TODAY)) == [Place.TOLD]


def test_a_day_that_has_not_come_is_a_fault():
    assert Place.DAY in places(a_form(received_on=date(2026, 11, 21)))
