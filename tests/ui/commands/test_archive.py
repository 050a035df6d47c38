"""daiban archive …: what the command line says of files, and what it asks."""

import time

import pytest

DAYS_NS = 86_400 * 10**9
REASON = ("--reason", "期满，没有继续保存的价值")


@pytest.fixture
def office(township):
    township.json("operator", "add", "--name", "黄档案", "--role", "archivist")
    return township


@pytest.fixture
def years_later(monkeypatch):
    now = time.time_ns

    def later():
        monkeypatch.setattr(time, "time_ns", lambda: now() + 4_100 * DAYS_NS)

    return later


def ended(office, item="IT022"):
    number = office.a_case(item)
    office.json("case", "act", number, "withdraw", "--facts", '{"reason": "不办了"}')
    return number


def as_archivist(*words):
    return (*words, "--operator", "黄档案")


def test_what_waits_is_listed_and_archived_together(office):
    first, second = ended(office), ended(office)
    office.a_case()
    waiting = office.json("archive", "list", "--waiting")["waiting"]
    assert [one["local_number"] for one in waiting] == [first, second]
    done = office.json(*as_archivist("archive", "add", "--all"))["done"]
    assert [one["archive_number"].rpartition("-")[2] for one in done] == ["0001", "0002"]
    files = office.json("archive", "list")["files"]
    assert [one["local_number"] for one in files] == [first, second]
    assert office.json("archive", "list", "--year", "1999")["files"] == []
    assert "档号" in office.run("archive", "list").out


def test_a_file_may_bear_a_number_of_ones_own_series(office):
    number = ended(office)
    office.json(*as_archivist("archive", "add", number, "--number", "朝阳-2026-17"))
    (file,) = office.json("archive", "list")["files"]
    assert file["archive_number"] == "朝阳-2026-17"
    two = office.run(*as_archivist("archive", "add", number, number, "--number", "x"))
    assert two.code == 2


def test_a_number_is_given_once(office):
    first, second = ended(office), ended(office)
    own = ("--number", "朝阳-2026-17")
    office.json(*as_archivist("archive", "add", first, *own))
    said = office.run(*as_archivist("archive", "add", second, *own))
    assert said.code == 1
    assert "已经用过" in said.err
    assert len(office.json("archive", "list")["files"]) == 1


def test_one_that_is_refused_is_said_and_the_others_are_done(office):
    open_one, number = office.a_case(), ended(office)
    said = office.run(*as_archivist("archive", "add", open_one, number, "--json"))
    assert said.code == 1
    assert [one["local_number"] for one in said.json["done"]] == [number]
    assert [one["number"] for one in said.json["refused"]] == [open_one]
    assert open_one in said.err


def test_a_file_is_proposed_appraised_and_destroyed_after_a_question(office, years_later):
    number, kept = ended(office), ended(office)
    office.json(*as_archivist("archive", "add", "--all"))
    assert office.json("archive", "propose")["files"] == []
    years_later()
    assert len(office.json("archive", "propose")["files"]) == 2
    office.json(*as_archivist("archive", "appraise", kept, "--keep", "5", *REASON))
    office.json(*as_archivist("archive", "appraise", number, "--destroy", *REASON))
    assert [one["local_number"] for one in office.json("archive", "propose")["files"]] == [number]
    own = office.run(*as_archivist("archive", "destroy", "--all", *REASON, "--yes"))
    assert own.code == 1
    assert office.run("archive", "destroy", "--all", *REASON, "--json").code == 2
    asked = office.run("archive", "destroy", "--all", *REASON, stdin="n\n")
    assert "不能恢复" in asked.err
    assert office.json("archive", "register")["count"] == 0
    said = office.run("archive", "destroy", "--all", *REASON, stdin="y\n")
    assert said.code == 0
    register = office.json("archive", "register")
    (line,) = register["register"]
    assert (line["local_number"], line["awaits_centre"]) == (number, True)
    assert line["appraised_by"] == "黄档案"


def test_the_register_can_be_kept_as_a_file(office, tmp_path):
    file = tmp_path / "清册.txt"
    said = office.run("archive", "register", "--out", file)
    assert said.code == 0
    assert "共 0 件" in file.read_text("utf-8-sig")


@pytest.mark.parametrize(
    "words",
    [
        ("archive", "add"),
        ("archive", "add", "--all", "x"),
        ("archive", "appraise", "x", "--reason", "y"),
        ("archive", "appraise", "x", "--destroy", "--keep", "3", "--reason", "y"),
        ("archive", "destroy", "--reason", "y"),
    ],
)
def test_what_is_not_said_clearly_is_wrong_usage(office, words):
    assert office.run(*words).code == 2
