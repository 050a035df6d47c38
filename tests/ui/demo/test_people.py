"""The people of the demonstration are what the story needs."""

import msgspec
import pytest

from app.domain.identity import check_id_number
from app.domain.items import Kind
from app.usecases.registration import RegistrationForm
from tests.builders import the_item, the_regions
from ui.demo import people


def test_eight_requests_over_five_items_and_three_kinds():
    items = {form.item for form in people.REQUESTS}
    assert len(people.REQUESTS) >= 8
    assert len(items) >= 5
    assert {the_item(item).kind for item in items} == set(Kind)


def test_one_name_has_a_character_of_extension_b():
    rare = [
        form.applicant.name
        for form in people.REQUESTS
        if any(ord(sign) > 0x1FFFF for sign in form.applicant.name)
    ]
    assert rare == [people.REQUESTS[people.HOUSE].applicant.name]


def test_one_identity_number_is_wrong_and_has_a_reason():
    wrong = [
        form.applicant
        for form in people.REQUESTS
        if check_id_number(form.applicant.id_number).fault
    ]
    assert [applicant.id_note != "" for applicant in wrong] == [True]


def test_materials_go_by_the_names_of_the_item():
    for form in people.REQUESTS:
        names = {material.name for material in the_item(form.item).materials}
        assert {material.name for material in form.materials} <= names


def test_the_file_says_what_the_forms_say():
    lines = people.lines().splitlines()
    assert [msgspec.json.decode(line, type=RegistrationForm).applicant for line in lines] == [
        form.applicant for form in people.REQUESTS
    ]


@pytest.mark.parametrize("region", [people.VILLAGE, people.TOWNSHIP, people.DISTRICT])
def test_the_places_are_real(region):
    assert region in {row.code for row in the_regions()}
