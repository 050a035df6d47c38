"""daiban glyph: a character that no font has, from the refusal to the page."""

import pypdfium2
import pytest

import resources
from printing.supplied import supply
from tests.printing.glyph_pictures import a_picture
from tests.ui.commands.desk import PERSON

NEW = "\U00031234"


@pytest.fixture(autouse=True)
def _nothing_supplied():
    yield
    supply({})


@pytest.fixture
def picture(tmp_path):
    file = tmp_path / "字.png"
    file.write_bytes(a_picture())
    return file


def test_a_name_is_registered_at_once_and_printed_when_its_character_is_supplied(
    village, tmp_path, picture
):
    number = village.a_case(applicant=PERSON | {"name": f"韦{NEW}妹"})
    out = tmp_path / "receipt.pdf"
    said = village.run("print", number, "materials_receipt", "--out", out, "--json")
    assert said.code == 1
    assert said.json["error"]["code"] == "cannot_draw"
    assert "U+31234" in said.err
    assert "daiban glyph add" in said.err
    told = village.json("glyph", "add", NEW, picture)
    assert told["code_point"] == "U+31234"
    assert told["origin"] == "picture"
    village.json("print", number, "materials_receipt", "--out", out)
    document = pypdfium2.PdfDocument(out)
    assert NEW in document[0].get_textpage().get_text_range()
    document.close()


def test_what_was_supplied_is_listed_and_removed(village, picture):
    village.json("glyph", "add", "U+E123", picture)
    assert "U+E123" in village.run("glyph", "list").out
    (one,) = village.json("glyph", "list")["glyphs"]
    assert (one["code_point"], one["origin"], one["source"]) == ("U+E123", "picture", "字.png")
    village.json("glyph", "remove", "\ue123")
    assert "还没有补过字" in village.run("glyph", "list").out


@pytest.mark.parametrize(
    ("character", "file", "code"),
    [
        ("龘", "字.png", "glyph_not_needed"),
        ("\ue81e", "字.png", "glyph_not_needed"),
        ("两字", "字.png", "bad_code_point"),
        ("U+31234", "none.ttf", "unreadable_file"),
        ("U+31234", resources.path("fonts/NotoSansLisu-Regular.ttf"), "bad_glyph_font"),
        ("U+31234", "字.txt", "bad_glyph_font"),
    ],
)
def test_what_cannot_be_supplied_is_refused(village, tmp_path, picture, character, file, code):
    (tmp_path / "字.txt").write_text("字", "utf-8")
    said = village.run("glyph", "add", character, tmp_path / file, "--json")
    assert (said.code, said.json["error"]["code"]) == (1, code)


def test_registering_says_which_characters_paper_cannot_show(village):
    said = village.register({"item": "IT022", "applicant": PERSON | {"name": f"韦{NEW}"}})
    assert "U+31234" in said.err
    assert "daiban glyph add" in said.err
