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


def test_a_block_is_had_again_as_it_was_printed(village, tmp_path):
    first, second, again = (tmp_path / name for name in ("1.pdf", "2.pdf", "again.pdf"))
    village.json("blank-receipts", "--count", 2, "--out", first)
    village.json("blank-receipts", "--count", 1, "--out", second)
    told = village.json("blank-receipts", "--block", 2, "--out", again)
    assert (told["count"], again.read_bytes()) == (2, first.read_bytes())
    assert len(village.json("blank-receipts")["blocks"]) == 2
    said = village.run("blank-receipts", "--block", 3, "--out", again, "--json")
    assert (said.code, said.json["error"]["code"]) == (1, "no_such_block")
    both = ("--block", 1, "--count", 1, "--out", again)
    assert village.run("blank-receipts", *both).code == 2


def test_a_count_needs_a_file_and_has_a_limit(village, tmp_path):
    assert village.run("blank-receipts", "--count", 3).code == 2
    assert village.run("blank-receipts", "--count", 101, "--out", tmp_path / "b.pdf").code == 2
