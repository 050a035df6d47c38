"""Practice mode from the command line."""

import json
import shutil

import pytest

from tests.practising import practised
from tests.printing.reading import Printed
from tests.ui.commands.desk import PERSON, Desk

ENV = {"DAIBAN_PASSPHRASE": "practice"}


@pytest.fixture
def desk(tmp_path):
    """A village that has a practice store, with the words for its passphrase."""
    return Desk(practised(tmp_path))


def do(desk, *words, **more):
    return desk.run(*words, **ENV, **more)


def test_it_begins_with_one_command(desk):
    shutil.rmtree(desk.data / "practice")
    assert do(desk, "practice", "status", "--json").json["made"] is False
    refused = do(desk, "case", "list", "--practice")
    assert refused.code == 1
    assert "daiban practice start" in refused.err
    begun = do(desk, "practice", "start", "--seed", "3", "--json")
    assert begun.code == 0, begun.err
    assert begun.json["slot"] == "LX1"
    assert begun.json["cases"] == 33
    assert do(desk, "practice", "status", "--json").json["made"] is True


def test_every_command_works_in_it_and_says_on_stderr_where_it_is(desk):
    for words in (
        ("case", "list"),
        ("status",),
        ("verify",),
        ("search", "练习"),
        ("item", "list"),
    ):
        for said in (do(desk, *words, "--practice"), do(desk, "--practice", *words)):
            assert said.code == 0, (words, said.err)
            assert "练习" in said.err
            assert "【练习】" not in said.out
    assert "练习" not in do(desk, "status").err


def test_with_json_stdout_is_one_document_all_the_same(desk):
    said = do(desk, "case", "list", "--practice", "--json")
    assert len(said.json["cases"]) == 33
    assert all("-LX1-" in case["local_number"] for case in said.json["cases"])


def test_its_own_folder_may_be_named_instead(desk):
    inside = Desk(desk.data / "practice")
    assert do(inside, "status", "--json").json["slot"] == "LX1"
    assert do(inside, "status", "--practice", "--json").json["slot"] == "LX1"
    assert do(inside, "practice", "status", "--json").json["made"] is True


def test_what_is_registered_in_practice_is_nowhere_else(desk, tmp_path):
    line = {"item": "IT005", "applicant": PERSON, "mandate": True}
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps(line))
    said = do(desk, "case", "register", "--file", file, "--practice", "--json")
    number = said.json["registered"][0]["local_number"]
    assert "-LX1-" in number
    assert do(desk, "case", "show", number, "--practice").code == 0
    assert do(desk, "case", "show", number).code == 1
    assert do(desk, "case", "list", "--json").json["cases"] == []


def test_a_paper_that_is_printed_there_says_so(desk, tmp_path):
    number = do(desk, "case", "list", "--practice", "--json").json["cases"][0]["local_number"]
    for document in ("materials_receipt", "materials_slip"):
        pdf = tmp_path / f"{document}.pdf"
        said = do(desk, "print", number, document, "--out", pdf, "--practice")
        assert said.code == 0, said.err
        assert "【练习】" in Printed(pdf.read_bytes()).text


def test_the_partners_go_on(desk):
    done = do(desk, "practice", "next", "--seed", "1", "--json").json["done"]
    assert {one["act"] for one in done} >= {"take_over", "accept"}
    assert all(one["station"].endswith("（练习）") for one in done)


def test_it_begins_anew(desk):
    before = do(desk, "status", "--practice", "--json").json["device"]
    assert do(desk, "practice", "reset").code == 0
    assert do(desk, "status", "--practice", "--json").json["device"] != before
    assert do(desk, "status", "--json").code == 0


def test_it_is_neither_exchanged_nor_enrolled(desk):
    exchanged = do(desk, "sync", "--practice")
    assert exchanged.code == 1
    assert "不上报" in exchanged.err
    code = "DAIBAN1." + "A" * 80
    enrolled = do(desk, "enrol", code, "--practice")
    assert enrolled.code == 1


def test_a_practice_store_in_another_place_is_refused_in_plain_words(desk, tmp_path):
    shutil.move(desk.data / "practice", tmp_path / "renamed")
    refused = do(Desk(tmp_path / "renamed"), "case", "list")
    assert refused.code == 1
    assert "practice 文件夹" in refused.err
