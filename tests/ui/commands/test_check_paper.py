"""Whether a document is genuine, from the command line."""

import msgspec
import pypdfium2

from app.domain.papers import MaterialsReceipt
from printing import render
from tests.printing.samples import a_receipt


def picture_of(pdf: bytes, file):
    document = pypdfium2.PdfDocument(pdf)
    document[0].render(scale=2).to_pil().save(file)
    document.close()
    return file


def test_a_picture_of_a_receipt_is_genuine(village, tmp_path):
    number, out = village.a_case(), tmp_path / "r.pdf"
    told = village.json("print", number, "materials_receipt", "--out", out)
    picture = picture_of(out.read_bytes(), tmp_path / "r.png")
    checked = village.json("check-paper", "--picture", picture)
    assert (checked["verdict"], checked["record"]) == ("genuine", "stands")
    assert (checked["number"], checked["local_number"]) == (told["number"], number)
    said = village.run("check-paper", "--picture", picture).out
    assert "这份文书是真的" in said
    assert number in said


def test_a_strangers_receipt_is_unknown_and_nothing_it_claims_is_repeated_as_true(village):
    stranger = a_receipt()
    assert isinstance(stranger, MaterialsReceipt)
    said = village.run("check-paper", stranger.code).out
    assert "不认识" in said
    assert "真的" not in said


def test_a_picture_without_a_code_is_refused(village, tmp_path):
    picture = picture_of(render(msgspec.structs.replace(a_receipt(), code="")), tmp_path / "r.png")
    said = village.run("check-paper", "--picture", picture, "--json")
    assert (said.code, said.json["error"]["code"]) == (1, "no_code_in_picture")


def test_one_of_text_and_picture(village, tmp_path):
    assert village.run("check-paper").code == 2
    picture = picture_of(render(a_receipt()), tmp_path / "r.png")
    assert village.run("check-paper", "DB1", "--picture", picture).code == 2
