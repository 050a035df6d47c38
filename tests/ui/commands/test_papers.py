"""Documents from the command line: written, counted, marked when printed again."""

from hashlib import sha256

import pypdfium2
import pytest

from app.domain.papers import PaperKind
from tests.ui.commands.desk import run


def text_of(file):
    document = pypdfium2.PdfDocument(file)
    try:
        return "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def test_a_receipt_is_written_with_its_number_and_digest(village, tmp_path):
    number, file = village.a_case(), tmp_path / "receipt.pdf"
    told = village.json("print", number, "materials_receipt", "--out", file)
    assert told["reprint"] == 0
    assert told["bytes"] == file.stat().st_size
    assert told["sha256"] == sha256(file.read_bytes()).hexdigest()
    assert number in text_of(file)
    papers = village.json("case", "show", number)["papers"]
    assert [(paper["document"], paper["number"]) for paper in papers] == [
        ("materials_receipt", told["number"])
    ]
    assert told["number"] in village.run("case", "show", number).out


def test_the_second_time_is_a_reprint_of_the_same_number(village, tmp_path):
    number = village.a_case()
    first = village.json("print", number, "materials-receipt", "--out", tmp_path / "1.pdf")
    again = village.run("print", number, "materials_receipt", "--out", tmp_path / "2.pdf")
    assert "第 1 次补打" in again.out
    assert first["number"] in again.out


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("horoscope", "unknown_paper"),
        ("acceptance", "paper_not_ours"),
        ("decision", "paper_not_ours"),
    ],
)
def test_what_may_not_be_printed_leaves_no_file(village, tmp_path, document, code):
    said = village.run("print", village.a_case(), document, "--out", tmp_path / "x.pdf", "--json")
    assert (said.code, said.json["error"]["code"]) == (1, code)
    assert not list(tmp_path.glob("x*"))


def test_a_place_that_cannot_be_written_uses_up_no_number(village, tmp_path):
    number = village.a_case()
    said = village.run(
        "print", number, "materials_receipt", "--out", tmp_path / "none" / "x.pdf", "--json"
    )
    assert (said.code, said.json["error"]["code"]) == (1, "unwritable_file")
    assert village.json("case", "show", number)["papers"] == []


@pytest.mark.parametrize(
    ("paper", "size_mm"), [("a4", (210, 297)), ("a5", (148, 210)), ("multipart", (241, 140))]
)
def test_a_receipt_is_laid_out_for_the_paper_in_the_printer(village, tmp_path, paper, size_mm):
    file = tmp_path / "receipt.pdf"
    village.json("print", village.a_case(), "materials_receipt", "--out", file, "--paper", paper)
    document = pypdfium2.PdfDocument(file)
    width, height = document.get_page_size(0)
    document.close()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == size_mm


def test_every_document_is_listed_with_its_copies():
    found = {one["document"]: one for one in run("documents", "--json").json["documents"]}
    assert set(found) == set(PaperKind)
    assert len(found["materials_receipt"]["copies"]) == 2
    assert found["decision"]["authority_only"] is True


def test_a_withdrawn_request_ends_the_agency_on_paper(village, tmp_path):
    number, out = village.a_case(), tmp_path / "x.pdf"
    early = village.run("print", number, "agency_ended", "--out", out, "--json")
    assert (early.code, early.json["error"]["code"]) == (1, "paper_not_due")
    village.json("case", "act", number, "withdraw", "--facts", '{"reason": "不办了"}')
    told = village.json("print", number, "agency_ended", "--out", out)
    assert told["label"] == "终止代办单"
    assert "不办了" in text_of(out)
