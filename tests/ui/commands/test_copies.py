"""Issued copies from the command line."""

import msgspec


def issued(village, tmp_path, *, times: int) -> tuple[str, list[bytes]]:
    number = village.a_case()
    files = [tmp_path / f"{n}.pdf" for n in range(times)]
    for file in files:
        village.json("print", number, "materials_receipt", "--out", file)
    return number, [file.read_bytes() for file in files]


def test_every_copy_is_listed_the_newest_first(village, tmp_path):
    number, _ = issued(village, tmp_path, times=2)
    told = village.json("papers", number)["papers"]
    assert [(one["copy"], one["reprint"], one["kept"]) for one in told] == [
        (1, 1, True),
        (2, 0, True),
    ]
    said = village.run("papers", number).out
    assert "补打第 1 次" in said
    assert "原件" in said


def test_a_copy_is_given_out_byte_for_byte_as_it_was_issued(village, tmp_path):
    number, (first, again) = issued(village, tmp_path, times=2)
    out = tmp_path / "x.pdf"
    assert village.json("papers", number, "--copy", "2", "--out", out)["kept"] is True
    assert out.read_bytes() == first
    village.json("papers", number, "--copy", "1", "--out", out)
    assert out.read_bytes() == again


def test_a_copy_that_is_damaged_keeps_nobody_from_the_others(village, tmp_path):
    number, (_, again) = issued(village, tmp_path, times=2)
    store = village.open()
    store.database.run(
        "UPDATE paper_copy SET pdf = ? WHERE seq = (SELECT min(seq) FROM paper_copy)", (b"x",)
    )
    store.close()
    assert [one["kept"] for one in village.json("papers", number)["papers"]] == [True, False]
    assert "本机，已损坏" in village.run("papers", number).out
    village.json("papers", number, "--copy", "1", "--out", tmp_path / "x.pdf")
    assert (tmp_path / "x.pdf").read_bytes() == again


def test_a_case_without_papers_says_so(village):
    assert "还没有出具过文书" in village.run("papers", village.a_case()).out


def test_a_copy_that_does_not_exist_is_refused_in_words(village, tmp_path):
    number, _ = issued(village, tmp_path, times=1)
    said = village.run("papers", number, "--copy", "3", "--out", tmp_path / "x.pdf", "--json")
    assert (said.code, said.json["error"]["code"]) == (1, "no_such_copy")
    assert "共出具过 1 份" in said.err
    assert not (tmp_path / "x.pdf").exists()


def test_a_copy_needs_a_file_to_go_to(village):
    said = village.run("papers", village.a_case(), "--copy", "1")
    assert said.code == 2
    assert "--out" in said.err


def test_the_answer_is_one_document(village, tmp_path):
    number, _ = issued(village, tmp_path, times=1)
    msgspec.json.decode(village.run("papers", number, "--json").out)


def test_a_copy_with_whole_numbers_is_a_look_that_is_written_down(village, tmp_path):
    number, out = village.a_case(), tmp_path / "x.pdf"
    village.json("print", number, "mandate", "--out", out)
    village.json("papers", number, "--copy", "1", "--out", out)
    kinds = [one["kind"] for one in village.json("case", "history", number)["entries"]]
    assert kinds.count("case.numbers_shown") == 1
    village.json("print", number, "materials_receipt", "--out", out)
    village.json("papers", number, "--copy", "1", "--out", out)
    kinds = [one["kind"] for one in village.json("case", "history", number)["entries"]]
    assert kinds.count("case.numbers_shown") == 1
