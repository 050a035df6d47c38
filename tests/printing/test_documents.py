"""What holds for every document."""

import os
import subprocess
import sys

import msgspec
import pytest
from pypdfium2 import raw

from app.domain.numbers import LocalNumber
from app.domain.receipt_code import read_code, write_code
from printing import render
from printing.fonts import CannotDraw
from tests.printing.reading import Printed
from tests.printing.samples import (
    KEYS,
    LOCAL,
    LONG_NAME,
    a_decision,
    a_receipt,
    a_refusal,
    a_rejection,
    a_slip,
    an_acceptance,
)

EVERY_DOCUMENT = [a_receipt, a_slip, an_acceptance, a_refusal, a_decision, a_rejection]
PRINT_IN_A_NEW_PROCESS = """
from hashlib import sha256
from printing import render
from tests.printing.samples import a_decision, a_receipt
print(sha256(render(a_receipt()) + render(a_decision(applicant="𠮷"))).hexdigest())
"""

every_document = pytest.mark.parametrize("document", EVERY_DOCUMENT)


@every_document
def test_the_common_fields_stand_on_each_copy(document):
    facts = document()
    printed = Printed(render(facts))
    assert len(printed.pages) == 2
    for text, copy in zip(printed.texts, facts.kind.copies, strict=True):
        assert copy.replace(" ", "") in text
        for said in (
            facts.title,
            facts.number,
            facts.issuer,
            facts.applicant,
            facts.id_number,
            facts.item,
            facts.item_id,
            facts.local_number,
            facts.handler,
            facts.window_phone,
            facts.supervision_phone,
            "2026年11月24日",
        ):
            assert said in text


@every_document
def test_the_code_is_read_from_the_picture_of_each_copy(document):
    facts = document()
    printed = Printed(render(facts))
    assert [printed.codes(page) for page in (0, 1)] == [[facts.code], [facts.code]]
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
    assert [facts.code] in [printed.codes(page) for page in range(len(printed.pages))]


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
    printed = Printed(render(document(applicant="𠮷𬎆")))
    assert "𠮷𬎆" in printed.texts[0]
    assert printed.font_of("𠮷") == "HanaMinB"


@every_document
def test_a_character_that_no_font_has_is_told_instead_of_printed(document):
    with pytest.raises(CannotDraw) as error:
        render(document(handler="ཀ"))
    assert error.value.facts["characters"] == "ཀ"


@every_document
def test_every_font_is_embedded_as_a_subset(document):
    pdf = render(document(applicant="𠮷"))
    fonts = {}
    for page in Printed(pdf).pages:
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            font = raw.FPDFTextObj_GetFont(item.raw)
            size = raw.c_size_t()
            raw.FPDFFont_GetFontData(font, None, 0, size)
            fonts[base_name(font)] = (raw.FPDFFont_GetIsEmbedded(font), size.value)
    assert len(fonts) >= 2
    assert all(embedded == 1 and 0 < size < 120_000 for embedded, size in fonts.values())
    assert pdf.count(b"/FontFile2") == pdf.count(b"/BaseFont")  # no other font is even named


@every_document
def test_the_same_facts_give_the_same_bytes(document):
    assert render(document()) == render(document())


def test_the_same_facts_give_the_same_bytes_in_another_process():
    def digest(seed: str) -> bytes:
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        return subprocess.run(
            [sys.executable, "-c", PRINT_IN_A_NEW_PROCESS],
            env=environment,
            check=True,
            capture_output=True,
        ).stdout

    assert digest("1") == digest("2")


def base_name(font: raw.FPDF_FONT) -> str:
    name = raw.create_string_buffer(100)
    raw.FPDFFont_GetBaseFontName(font, name, 100)
    return str(name.value, "ascii")
