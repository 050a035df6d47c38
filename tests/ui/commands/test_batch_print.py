"""Many documents from the command line: in order, each a file, with what was not printed at the end."""

from __future__ import annotations

import pypdfium2
import pytest


def text_of(file):
    document = pypdfium2.PdfDocument(file)
    try:
        return "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


@pytest.fixture
def numbers(village, tmp_path):
    """A file with three cases, the second of which does not exist."""
    known = [village.a_case(), village.a_case()]
    file = tmp_path / "numbers.txt"
    file.write_text(f"\ufeff{known[1]}\n\n450305200201-20200101-A1-0001\n {known[0]}\n", "utf-8")
    return file, known


def test_each_is_a_file_in_the_order_of_the_list(village, tmp_path, numbers):
    file, known = numbers
    out = tmp_path / "out"
    told = village.run(
        "print-batch", "materials_receipt", "--numbers", file, "--out-dir", out, "--json"
    )
    assert told.code == 1
    assert [one["number"] for one in told.json["printed"]] == known[::-1]
    assert [one["number"] for one in told.json["passed"]] == ["450305200201-20200101-A1-0001"]
    files = sorted(out.iterdir())
    assert [str(one) for one in files] == [one["file"] for one in told.json["printed"]]
    for number, written in zip(known[::-1], files, strict=True):
        assert number in text_of(written)


def test_what_was_printed_before_is_passed_over_unless_it_is_asked_for(village, tmp_path):
    number = village.a_case()
    again = ("print-batch", "materials_receipt", "--state", "received", "--out-dir", tmp_path / "o")
    assert village.run(*again).code == 0
    second = village.run(*again, "--json")
    assert (second.code, second.json["printed"]) == (0, [])
    assert [(one["number"], one["code"]) for one in second.json["passed"]] == [
        (number, "already_printed")
    ]
    third = village.run(*again, "--again", "--json")
    assert [(one["number"], one["reprint"]) for one in third.json["printed"]] == [(number, 1)]


def test_the_exceptions_stand_at_the_end_with_their_reasons(village, tmp_path, numbers):
    file, _ = numbers
    said = village.run(
        "print-batch", "materials_receipt", "--numbers", file, "--out-dir", tmp_path / "o"
    )
    assert "出了 2 份收件回执" in said.out
    assert "有 1 件没有出：" in said.out
    assert said.out.index("有 1 件") > said.out.index("出了 2 份")


def test_a_folder_that_cannot_be_made_uses_up_no_number(village, tmp_path, numbers):
    file, known = numbers
    (tmp_path / "o").touch()
    there = ("--numbers", file, "--out-dir", tmp_path / "o" / "o")
    said = village.run("print-batch", "materials_receipt", *there, "--json")
    assert (said.code, said.json["error"]["code"]) == (1, "unwritable_file")
    assert village.json("case", "show", known[0])["papers"] == []


@pytest.mark.parametrize("words", [(), ("--state", "received", "--numbers", "x")])
def test_either_a_file_or_a_state(village, tmp_path, words):
    said = village.run("print-batch", "materials_receipt", *words, "--out-dir", tmp_path / "o")
    assert said.code == 2
