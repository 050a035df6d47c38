"""What holds for every document, however full it is and on whatever paper, as several programs read it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from enum import Enum
from functools import cache
from hashlib import sha256
from io import BytesIO
from itertools import combinations, pairwise
from typing import get_args

import msgspec
import pikepdf
import pypdfium2
import pytest

from app.domain.papers import (
    ApplicationForm,
    BlankReceipts,
    Mandate,
    PaperKind,
    Printable,
    ProofOfDelivery,
    SampleForm,
    VisitReceipt,
    chinese_date,
)
from printing import render
from printing.choice import Paper
from printing.documents import ON_PAPER
from printing.fonts import visible
from tests.printing.geometry import Drawn, drawn
from tests.printing.reading import MM
from tests.printing.specimens import Form, Specimen, every_specimen, printed

every = pytest.mark.parametrize("specimen", every_specimen(), ids=lambda specimen: specimen.id)
ordinary = pytest.mark.parametrize(
    "specimen",
    [specimen for specimen in every_specimen() if specimen.form is Form.ORDINARY],
    ids=lambda specimen: specimen.id,
)

_NEVER_SAID = {"code", "kind"}
"""The QR code's text, and what is said by the title."""
_NOT_SAID: dict[type[msgspec.Struct], set[str]] = {
    # Its cases say their own.
    VisitReceipt: {"item_id", "local_number"},
    # Both parties date it when they sign.
    Mandate: {"issued_on"},
    # Its date is that of the signature.
    ProofOfDelivery: {"issued_on"},
    # It is shown at the counter, whenever it was made.
    SampleForm: {"made_on"},
    # Each on sheets of its own: tests/printing/test_blanks.py.
    BlankReceipts: {"numbers"},
}
"""What is known of a document and does not stand on it, with the reason."""
_IDENTITY_NUMBER = re.compile(r"(?<!\d)\d{6}(?:19|20)\d{9}[\dX](?!\d)")
_LONG_NUMBER = re.compile(r"[0-9A-Z*-]{6,}")
_WHOLE_NUMBERS = (ApplicationForm, Mandate, SampleForm)
"""Source: the form that the law wants filled in; 民法典 art. 165."""
_LEAST_MARGIN = 4 * MM
"""Ordinary printers leave so much of a sheet white."""
_HEAD_WIDTH = {Paper.SLIP: 72 * MM, Paper.SLIP_58: 48 * MM, Paper.MULTIPART: 203.2 * MM}
"""What the print head reaches of a paper that is wider."""
_DEEP = 0.5
"""Points of ink in ink that are a fault: neighbours in a line touch."""


# --- all of them ----------------------------------------------------------------------------------


def test_every_type_of_document_has_a_specimen():
    assert {type(one.facts) for one in every_specimen()} == set(get_args(Printable))


def test_every_kind_of_document_has_a_specimen():
    facts = [one.facts for one in every_specimen()]
    assert {one.kind for one in facts if hasattr(one, "kind")} == set(PaperKind)


def test_every_layout_for_another_paper_has_a_specimen():
    assert {(type(one.facts), one.paper) for one in every_specimen()} >= set(ON_PAPER)


def test_no_two_specimens_are_called_the_same():
    names = [one.id for one in every_specimen()]
    assert len(names) == len(set(names))


# --- what it says ---------------------------------------------------------------------------------


@every
def test_all_that_is_known_stands_on_every_copy(specimen: Specimen):
    for texts in _texts_of_copies(specimen):
        missing = {
            (field, words) for field, words in _words(specimen.facts) if not _stands(words, texts)
        }
        assert missing == set()


@every
def test_every_sheet_names_its_copy(specimen: Specimen):
    for copy, texts in zip(specimen.copies, _texts_of_copies(specimen), strict=True):
        assert texts
        assert all(_bare(copy) in text for text in texts)


@every
def test_an_identity_number_is_masked_unless_the_law_wants_it_whole(specimen: Specimen):
    if not isinstance(specimen.facts, _WHOLE_NUMBERS):
        texts = "".join("\n".join(texts) for texts in _texts_of_copies(specimen))
        assert _IDENTITY_NUMBER.findall(texts) == []


@ordinary
def test_every_sheet_of_practice_says_so(specimen: Specimen):
    facts = msgspec.structs.replace(specimen.facts, practice=True)
    for page in pypdfium2.PdfDocument(render(facts, paper=specimen.paper)):
        on_it = drawn(page)
        across = "".join(text.words for text in on_it.texts if text.slanted)
        ahead = "".join(text.words for text in on_it.texts if not text.slanted)
        assert "练习" in across or "【练习】" in ahead


# --- where it stands ------------------------------------------------------------------------------


@every
def test_nothing_overlaps_and_nothing_leaves_the_paper(specimen: Specimen):
    for on_it in _pages_of_first_copy(specimen):
        assert list(_faults(on_it, specimen.paper)) == []


@every
def test_no_number_is_parted(specimen: Specimen):
    lines = _lines(specimen)
    numbers = {n for _, words in _words(specimen.facts) for n in _LONG_NUMBER.findall(words)}
    assert {one for one in numbers if not any(one in line for line in lines)} == set()


@every
def test_it_is_as_large_as_its_paper(specimen: Specimen):
    for on_it in _pages_of_first_copy(specimen):
        size = sorted(on_it.size)
        if specimen.paper.height_mm is None:
            assert on_it.size[0] == pytest.approx(specimen.paper.width_mm * MM, abs=0.01)
        else:
            wanted = sorted((specimen.paper.width_mm * MM, specimen.paper.height_mm * MM))
            assert size == pytest.approx(wanted, abs=0.01)


# --- as other programs read it --------------------------------------------------------------------


@every
def test_it_opens_without_repair_and_its_fonts_are_embedded_subsets(specimen: Specimen):
    with pikepdf.open(BytesIO(printed(specimen))) as pdf:
        assert pdf.check_pdf_syntax() == []
        fonts = {
            str(font.BaseFont): font
            for page in pdf.pages
            for font in page.Resources.get("/Font", pikepdf.Dictionary()).values()
        }
        assert fonts
        for name, font in fonts.items():
            assert re.match(r"/[A-Z]{6}\+", name)
            embedded = font.FontDescriptor.FontFile2.read_bytes()
            assert 0 < len(embedded) < 400_000


@every
def test_poppler_reads_what_pdfium_reads(specimen: Specimen):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext of poppler is not installed here")
    told = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=printed(specimen), capture_output=True, check=True
    )
    assert told.stderr == b""
    read = "".join(told.stdout.decode().split())
    ours = "".join(text for texts in _texts_of_copies(specimen) for text in texts)
    assert sorted(read) == sorted(ours)


# --- the same again -------------------------------------------------------------------------------

_ANOTHER_PROCESS = """
from hashlib import sha256
from tests.printing.specimens import Form, every_specimen, printed
for specimen in reversed(every_specimen()):
    if specimen.form is not Form.EXTREME:
        print(specimen.id, sha256(printed(specimen)).hexdigest())
"""


def test_another_process_draws_the_same_bytes_in_another_order():
    told = subprocess.run(
        [sys.executable, "-c", _ANOTHER_PROCESS],
        env={**os.environ, "PYTHONHASHSEED": "7"},
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    there = dict(line.split() for line in told.splitlines())
    here = {one.id: sha256(printed(one)).hexdigest() for one in every_specimen()}
    assert there == {name: here[name] for name in there}
    assert len(there) > len(here) / 2


# --- reading --------------------------------------------------------------------------------------


def _lines(specimen: Specimen) -> list[str]:
    return [
        _bare(line)
        for page in pypdfium2.PdfDocument(printed(specimen))
        for line in page.get_textpage().get_text_range().splitlines()
    ]


@cache
def _texts_of_copies(specimen: Specimen) -> tuple[list[str], ...]:
    """Of each copy, what is copied from each of its pages, without spaces."""
    document = pypdfium2.PdfDocument(printed(specimen))
    texts = [_bare(page.get_textpage().get_text_range()) for page in document]
    pages, rest = divmod(len(texts), len(specimen.copies))
    assert rest == 0
    return tuple(texts[n : n + pages] for n in range(0, len(texts), pages))


def _pages_of_first_copy(specimen: Specimen) -> Iterator[Drawn]:
    document = pypdfium2.PdfDocument(printed(specimen))
    for n in range(len(document) // len(specimen.copies)):
        yield drawn(document[n])


def _bare(text: str) -> str:
    return "".join(visible(text).split())


def _words(facts: object) -> Iterator[tuple[str, str]]:
    """Each field that is written on paper, with its name."""
    assert isinstance(facts, msgspec.Struct)
    unsaid = _NEVER_SAID | _NOT_SAID.get(type(facts), set())
    if isinstance(facts, ApplicationForm) and not facts.handler:
        unsaid = unsaid | {"issued_on"}  # a blank one is dated by who fills it in
    for field in msgspec.structs.fields(facts):
        if field.name not in unsaid:
            yield from _words_of(field.name, getattr(facts, field.name))


def _words_of(name: str, value: object) -> Iterator[tuple[str, str]]:
    match value:
        case msgspec.Struct():
            yield from _words(value)
        case tuple():
            for one in value:
                yield from _words_of(name, one)
        case date():
            yield name, chinese_date(value)
        case str() if not isinstance(value, Enum):
            yield name, _bare(value)


def _stands(words: str, texts: list[str]) -> bool:
    """On a page, or where it is cut by the end of one, on two."""
    if any(words in text for text in texts):
        return True
    return any(
        words[:cut] in one and words[cut:] in other
        for one, other in pairwise(texts)
        for cut in range(1, len(words))
    )


def _faults(on_it: Drawn, paper: Paper) -> Iterator[str]:
    texts = [text for text in on_it.texts if text.words.strip() and not text.slanted]
    for one, other in combinations(texts, 2):
        if one.ink.overlap(other.ink) > _DEEP:
            yield f"{one.words} 压着 {other.words}"
    width, height = on_it.size
    side = (width - _HEAD_WIDTH.get(paper, width - 2 * _LEAST_MARGIN)) / 2
    ends = _LEAST_MARGIN / 2 if paper.is_roll else _LEAST_MARGIN
    for text in texts:
        ink = text.ink
        if any(rule.crosses(ink.within(_DEEP / 2)) for rule in on_it.rules):
            yield f"{text.words} 压着线"
        if any(code.overlap(ink) > 0 for code in on_it.codes):
            yield f"{text.words} 压着二维码"
        if ink.left < side or ink.right > width - side:
            yield f"{text.words} 出了左右边"
        if ink.bottom < ends or ink.top > height - ends:
            yield f"{text.words} 出了上下边"
