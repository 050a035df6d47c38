"""Receipts for days without power, from the command line."""

import pypdfium2


def test_a_block_is_written_and_listed(village, tmp_path):
    told = village.json("blank-receipts", "--count", 3, "--out", tmp_path / "b.pdf")
    assert told["count"] == 3
    document = pypdfium2.PdfDocument(tmp_path / "b.pdf")
    assert len(document) == 6
    document.close()
    (block,) = village.json("blank-receipts")["blocks"]
    assert (block["first"], block["last"]) == (told["first"], told["last"])
    assert block["first"] in village.run("blank-receipts").out


def test_a_place_that_cannot_be_written_uses_up_no_number(village, tmp_path):
    out = tmp_path / "none" / "b.pdf"
    said = village.run("blank-receipts", "--count", 3, "--out", out, "--json")
    assert (said.code, said.json["error"]["code"]) == (1, "unwritable_file")
    assert village.json("blank-receipts")["blocks"] == []
    assert "还没有印过" in village.run("blank-receipts").out


def test_a_count_needs_a_file_and_has_a_limit(village, tmp_path):
    assert village.run("blank-receipts", "--count", 3).code == 2
    assert village.run("blank-receipts", "--count", 101, "--out", tmp_path / "b.pdf").code == 2
