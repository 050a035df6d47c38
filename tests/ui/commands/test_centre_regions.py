"""The district's administrator looks at the table of regions and publishes another."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.ui.commands.desk import Desk

VILLAGE, TOWNSHIP, OTHER = "450305200201", "450305200", "450305400"


@pytest.fixture
def centre(tmp_path) -> Desk:
    desk = Desk(tmp_path / "centre")
    desk.json("centre", "init", "--region", "450305")
    return desk


@dataclass
class Table:
    """A table of regions in a file."""

    path: Path
    rows: list[dict[str, str]]

    def row(self, code):
        return next(row for row in self.rows if row["code"] == code)

    def saved(self, encoding="utf-8-sig"):
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, list(self.rows[0]))
        writer.writeheader()
        writer.writerows(self.rows)
        self.path.write_bytes(text.getvalue().encode(encoding))
        return self.path


@pytest.fixture
def table(centre, tmp_path) -> Table:
    """The one in force, as it was saved."""
    path = tmp_path / "regions.csv"
    centre.json("centre", "regions", "show", "--out", path)
    return Table(path, list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))))


def publish(centre, path, *words):
    return centre.run("centre", "regions", "publish", path, *words)


def in_force(centre, code):
    regions = centre.json("centre", "regions", "show")["regions"]
    return next(row for row in regions if row["code"] == code)


def test_the_table_in_force_is_shown_and_saved_as_publish_reads_it(centre, table):
    said = centre.run("centre", "regions", "show")
    assert "湖塘村委会" in said.out
    again = publish(centre, table.saved())
    assert (again.code, again.out) == (0, "与现行区划表相同，没有发布。\n")


def test_what_changes_is_said_in_words_and_published(centre, table):
    table.row(VILLAGE)["parent"] = OTHER
    table.row("450305003")["name"] = "穿山新街道"
    table.row("450305001").update(until="2026-10-31", successor="450305002")
    table.rows.append(
        dict(table.row(VILLAGE), code="450305200299", name="新村委会", parent=TOWNSHIP)
    )
    path = table.saved("gb18030")

    looked = publish(centre, path, "--check")
    assert looked.code == 0
    assert in_force(centre, VILLAGE)["parent"] == TOWNSHIP
    said = publish(centre, path)

    assert looked.out.splitlines()[:-1] == said.out.splitlines()[:-1]
    assert "划转　450305200201 湖塘村委会：由 450305200 朝阳乡 划到 450305400" in said.out
    assert "改名　450305003 穿山新街道：原名 穿山街道" in said.out
    assert "并入　450305001 七星区街道：并入 450305002 东江街道" in said.out
    assert "新增　450305200299 新村委会：上级 450305200 朝阳乡" in said.out
    assert in_force(centre, VILLAGE)["parent"] == OTHER
    assert "2026-10-31 并入 450305002 东江街道" in centre.run("centre", "regions", "show").out


def test_every_fault_is_named_and_nothing_published(centre, table):
    centre.run("centre", "enrol-code", "--region", VILLAGE)
    table.rows.remove(table.row(VILLAGE))
    table.row("450305200204").update(until="2999-01-01")
    said = publish(centre, table.saved())

    assert said.code == 1
    assert "区划表有 2 处错误，没有使用" in said.err
    assert f"{VILLAGE} 湖塘村委会：已经用过，不能从表中删去" in said.err
    assert "终止日期 2999-01-01 还没有到" in said.err
    assert in_force(centre, VILLAGE)["name"] == "湖塘村委会"


def test_a_code_that_nobody_used_may_be_taken_out_again(centre, table):
    table.rows.remove(table.row(VILLAGE))
    said = publish(centre, table.saved())
    assert said.out.startswith(f"删去　{VILLAGE} 湖塘村委会：从未用过")


def test_a_file_that_is_no_table_is_refused_in_words(centre, tmp_path):
    path = tmp_path / "noise.csv"
    path.write_bytes(b"\xff\xff\xff")
    said = publish(centre, path, "--json")
    assert said.code == 1
    assert said.json["error"]["code"] == "bad_regions"
    assert "既不是 UTF-8 也不是 GB 18030" in said.err


def test_changes_are_a_document_for_programs(centre, table):
    table.row(VILLAGE)["parent"] = OTHER
    document = publish(centre, table.saved(), "--json").json
    assert document["published"] is True
    (change,) = document["changes"]
    assert (change["kind"], change["before"], change["after"]) == ("moved", TOWNSHIP, OTHER)
