"""What holds for every document about a case; what holds for all that is printed is in test_every_document."""

import msgspec
import pytest

from app.domain.numbers import LocalNumber
from app.domain.papers import Paper, copies_of
from app.domain.receipt_code import read_code, write_code
from printing import render
from printing.fonts import CannotDraw
from tests.printing.reading import Printed
from tests.printing.samples import KEYS, LOCAL, LONG_NAME
from tests.printing.specimens import FAMILIES, RARE_NAME, rare

EVERY_DOCUMENT = [
    maker for makers in FAMILIES.values() for maker in makers if isinstance(maker(), Paper)
]

every_document = pytest.mark.parametrize("document", EVERY_DOCUMENT)


@every_document
def test_the_code_is_read_from_the_picture_of_each_copy(document):
    facts = document()
    printed = Printed(render(facts))
    found = [printed.codes(page) for page in range(len(printed.pages))]
    assert [code for codes in found for code in codes] == [facts.code] * len(copies_of(facts))
    assert read_code(facts.code).digest


@every_document
def test_the_longest_names_still_leave_a_code_that_is_read(document):
    facts = document(applicant=LONG_NAME, issuer=LONG_NAME, item=LONG_NAME, item_id="4" * 31)
    number = LocalNumber(LOCAL.region, LOCAL.day, "ZZZZ999999", 999_999_999)
    code = write_code(
        facts, device=KEYS.device, local_number=number, name="𠮷" * 20, sign=KEYS.sign
    )
    facts = msgspec.structs.replace(facts, code=code)
    printed = Printed(render(facts))
    assert any(printed.codes(page) == [facts.code] for page in range(len(printed.pages)))


@every_document
def test_a_document_without_a_code_prints_none(document):
    facts = msgspec.structs.replace(document(), code="")
    printed = Printed(render(facts))
    assert printed.codes(0) == []
    assert "扫码" not in printed.text


@every_document
def test_a_reprint_is_marked_and_counted_on_each_copy(document):
    printed = Printed(render(document(reprint=2)))
    assert all("（补打第2次）" in text for text in printed.texts)
    assert "补打" not in Printed(render(document())).text


@every_document
def test_a_rare_name_is_copied_from_the_page_as_it_was_written(document):
    printed = Printed(render(rare(document())))
    assert RARE_NAME in printed.texts[0]
    assert printed.font_of(RARE_NAME[0]) == "HanaMinB"


@every_document
def test_a_character_that_no_font_has_is_told_instead_of_printed(document):
    with pytest.raises(CannotDraw) as error:
        render(document(handler="ཀ"))
    assert error.value.facts["characters"] == "ཀ"


@every_document
def test_the_same_facts_give_the_same_bytes(document):
    assert render(document()) == render(document())
