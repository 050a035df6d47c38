"""The gallery of documents: every page as a picture, and an index that leads to all of them."""

import re
from pathlib import Path

import pypdfium2
from click.testing import CliRunner
from PIL import Image

from tests.printing.gallery import main


def drawn_into(folder: Path, *names: str) -> str:
    result = CliRunner().invoke(main, ["--out", str(folder), *names])
    assert result.exit_code == 0
    return (folder / "index.html").read_text(encoding="utf-8")


def test_each_form_of_a_document_is_there_as_pdf_and_as_pictures(tmp_path):
    index = drawn_into(tmp_path, "a_proof-", "a_slip")
    assert "送达回证" in index
    assert "收件回执" in index
    named = set(re.findall(r"(?:src|href)='([^#.'][^']*)'", index))
    made = {file.name for file in tmp_path.iterdir()} - {"index.html"}
    assert named == made
    assert {"a_proof-extreme-a4.pdf", "a_proof-extreme-a4-2.png", "a_slip-rare-slip-1.png"} <= made


def test_the_pictures_are_of_the_first_copy(tmp_path):
    drawn_into(tmp_path, "a_slip-ordinary-slip")
    assert len(pypdfium2.PdfDocument(tmp_path / "a_slip-ordinary-slip.pdf")) == 2
    assert [file.name for file in tmp_path.glob("a_slip-ordinary-slip-?.png")] == [
        "a_slip-ordinary-slip-1.png"
    ]
    with Image.open(tmp_path / "a_slip-ordinary-slip-1.png") as picture:
        assert picture.width == 473  # 80 mm at 150 dots to the inch


def test_it_is_drawn_the_same_again(tmp_path):
    for folder in ("one", "other"):
        drawn_into(tmp_path / folder, "a_chart-ordinary-a4")
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "other" / file.name).read_bytes()
