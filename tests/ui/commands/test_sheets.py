"""Sheets about no case from the command line: an item's, and the archive's lists."""

from __future__ import annotations

import pypdfium2
import pytest


def opened(file):
    document = pypdfium2.PdfDocument(file)
    try:
        text = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
        return text, [round(side * 25.4 / 72) for side in document[0].get_size()]
    finally:
        document.close()


@pytest.mark.parametrize(
    ("sheet", "says"),
    [("guide", "八、窗口权限"), ("chart", "一次性告知补正"), ("sample", "张三（示例）")],
)
def test_a_sheet_of_an_item_is_written(village, tmp_path, sheet, says):
    file = tmp_path / "sheet.pdf"
    told = village.json("item", sheet, "就业创业证申领", "--out", file)
    assert told["item"] == "IT022"
    assert told["sheet"] == sheet
    assert told["bytes"] == file.stat().st_size
    text, size = opened(file)
    assert says in text
    assert size == [210, 297]


@pytest.mark.parametrize("sheet", ["guide", "chart"])
def test_a_poster_is_a3(village, tmp_path, sheet):
    file = tmp_path / "poster.pdf"
    said = village.run("item", sheet, "IT022", "--out", file, "--paper", "a3")
    assert str(file) in said.out
    assert opened(file)[1] == [297, 420]
    assert village.run("item", sheet, "IT022", "--out", file, "--paper", "a9").code == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("item", "guide", "没有的事项"), "unknown_item"),
        (("item", "chart", "IT999"), "unknown_item"),
    ],
)
def test_what_there_is_not_leaves_no_file(village, tmp_path, words, code):
    said = village.run(*words, "--out", tmp_path / "x.pdf", "--json")
    assert (said.code, said.json["error"]["code"]) == (1, code)
    assert not (tmp_path / "x.pdf").exists()


def test_a_place_that_cannot_be_written_is_refused(village, tmp_path):
    said = village.run("item", "guide", "IT022", "--out", tmp_path / "none" / "x.pdf", "--json")
    assert said.code == 1


def test_the_archives_lists_are_written(township, tmp_path):
    township.json("operator", "add", "--name", "黄档案", "--role", "archivist")
    number = township.a_case()
    township.json("case", "act", number, "withdraw", "--facts", '{"reason": "不办了"}')
    township.json("archive", "add", number, "--operator", "黄档案")
    file = tmp_path / "list.pdf"
    told = township.json("archive", "catalogue", "--out", file)
    assert told["lines"] == 1
    text, size = opened(file)
    assert "韦**就业创业证申领" in text
    assert "韦小妹" not in text
    assert size == [297, 210]
    assert township.json("archive", "catalogue", "--year", "1999", "--out", file)["lines"] == 0
    assert township.json("archive", "certificates", "--out", file)["lines"] == 0
    assert "证明出具登记簿" in opened(file)[0]
    assert township.json("archive", "destroyed", "--out", file)["lines"] == 0
    assert "监销人" in opened(file)[0]
