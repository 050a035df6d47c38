"""Documents from the command line: written, counted, marked when printed again."""

from hashlib import sha256

import pypdfium2
import pytest

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


def test_every_document_is_listed_with_its_copies():
    found = {one["document"]: one for one in run("documents", "--json").json["documents"]}
    assert set(found) == {
        "materials_receipt",
        "materials_slip",
        "acceptance",
        "refusal",
        "decision",
        "supplement_notice",
        "visit_receipt",
        "custody_slip",
        "application_form",
    }
    assert len(found["materials_receipt"]["copies"]) == 2
    assert found["decision"]["authority_only"] is True
