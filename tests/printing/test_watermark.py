"""Every sheet of every document of practice mode says so, and no other does."""

from __future__ import annotations

from typing import get_args

import msgspec
import pytest

from app.domain.papers import PaperFacts, PaperKind
from app.domain.receipt_code import BadCode, practised, read_code
from printing import render
from tests.printing.reading import Printed
from tests.printing.samples import (
    a_custody_slip,
    a_decision,
    a_receipt,
    a_refusal,
    a_supplement,
    a_visit,
    an_acceptance,
    an_application_form,
    coded,
)
from tests.printing.samples_agency import (
    a_mandate,
    a_proof,
    a_record,
    an_agency_closed,
    an_agency_ended,
)
from tests.printing.samples_notices import a_return, a_special_procedure, an_extension

EVERY = [
    a_receipt(),
    a_receipt(kind=PaperKind.MATERIALS_SLIP),
    an_acceptance(),
    a_refusal(),
    a_decision(),
    a_supplement(),
    a_visit(),
    a_custody_slip(),
    an_application_form(),
    a_special_procedure(),
    an_extension(),
    a_return(),
    a_mandate(),
    an_agency_ended(),
    an_agency_closed(),
    a_record(),
    a_proof(),
]


def for_practice(facts):
    facts = coded(facts)
    return msgspec.structs.replace(facts, practice=True, code=practised(facts.code))


def grey_share(picture):
    """Of the dots, those as light as the watermark."""
    dots = picture.histogram()
    return sum(dots[207:212]) / sum(dots)


def test_every_kind_of_document_is_tried():
    assert {type(facts) for facts in EVERY} >= set(get_args(PaperFacts))


@pytest.mark.parametrize("facts", EVERY, ids=lambda facts: str(facts.kind))
def test_every_sheet_says_so_in_large_grey_characters_and_in_words(facts):
    printed = Printed(render(for_practice(facts)))
    for page, text in enumerate(printed.texts):
        assert grey_share(printed.picture(page)) > 0.03
        assert "【练习】" in text  # black: a printer of slips knows no grey
        sizes = [size for char, _, _, size in printed.origins(page) if char in "练习"]
        assert max(sizes) > 50


@pytest.mark.parametrize("facts", EVERY, ids=lambda facts: str(facts.kind))
def test_a_genuine_document_bears_nothing_of_it(facts):
    printed = Printed(render(coded(facts)))
    assert "练习" not in printed.text
    assert grey_share(printed.picture()) < 0.01


@pytest.mark.parametrize("kind", [PaperKind.MATERIALS_RECEIPT, PaperKind.MATERIALS_SLIP])
def test_the_code_scans_and_says_that_it_is_practice(kind):
    printed = Printed(render(for_practice(a_receipt(kind=kind))))
    (code,) = printed.codes()
    assert code.startswith("LIANXI")
    assert "练习用，不能核验" in printed.text
    assert "扫码核验真伪" not in printed.text
    with pytest.raises(BadCode):
        read_code(code)


def test_a_long_slip_says_so_again_and_again():
    few = Printed(render(for_practice(a_receipt(kind=PaperKind.MATERIALS_SLIP))))
    large = [char for char, _, _, size in few.origins() if char == "练" and size > 50]
    assert len(large) >= 3


def test_after_one_of_practice_the_next_is_genuine_again():
    genuine = render(coded(a_receipt()))
    render(for_practice(a_receipt()))
    assert render(coded(a_receipt())) == genuine
