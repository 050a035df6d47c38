"""The district keeps its catalogue from the command line."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import msgspec
import pytest
from openpyxl import load_workbook

from app.domain.events import Role
from app.store.keyslots import Unlock
from app.usecases import enrolment, operators
from tests.builders import (
    DISTRICT,
    FEW,
    Station,
    a_district,
    an_identity,
    carry,
    the_catalogue,
    the_item,
)
from tests.ui.commands.desk import PASSPHRASE, Desk

LATER = "2099-12-01"


@pytest.fixture(scope="module")
def folder(tmp_path_factory, no_keyring) -> Path:
    """The district's own station, with a head."""
    place = tmp_path_factory.mktemp("district") / "centre"
    district = a_district()
    who = an_identity(district, DISTRICT)
    store = enrolment.settle(place, Unlock(passphrase=PASSPHRASE), who=who)
    carry(district, Station(district, store, district.wall))
    operators.add(store, "唐主任", Role.APPROVER)
    operators.add(store, "小李", Role.CLERK)
    store.close()
    return Path(place)


@pytest.fixture
def centre(folder, tmp_path) -> Desk:
    return Desk(Path(shutil.copytree(folder, tmp_path / "centre")))


def a_file(tmp_path: Path, *items, name: str = "item.json") -> Path:
    file = tmp_path / name
    value = items[0] if len(items) == 1 else items
    file.write_bytes(msgspec.json.encode(value))
    return file


def shorter(item_id: str = "IT001"):
    item = the_item(item_id)
    return msgspec.structs.replace(
        item, clock=msgspec.structs.replace(item.clock, promised=item.clock.promised - 1)
    )


def edit(file: Path, cell: str, value: int | str, sheet: str = "事项") -> None:
    book = load_workbook(io.BytesIO(file.read_bytes()))
    book[sheet][cell] = value
    book.save(file)


def cell_of(file: Path, item_id: str, heading: str) -> str:
    page = load_workbook(io.BytesIO(file.read_bytes()))["事项"]
    row = next(row for row in range(2, page.max_row + 1) if page.cell(row, 1).value == item_id)
    column = [cell.value for cell in page[1]].index(heading) + 1
    return page.cell(row, column).coordinate


def test_a_changed_item_is_published_from_its_day(centre, tmp_path):
    told = centre.json("item", "publish", a_file(tmp_path, shorter()), "--effective", LATER)
    assert [(one["id"], one["version"], one["effective"]) for one in told["published"]] == [
        ("IT001", 2, LATER)
    ]
    assert centre.json("item", "show", "IT001")["version"] == 1


def test_several_items_of_a_file_are_published_or_none(centre, tmp_path):
    lacking = msgspec.structs.replace(shorter("IT005"), standards=(), procedure="")
    said = centre.run("item", "publish", a_file(tmp_path, shorter(), lacking), "--json")
    assert said.code == 1
    assert said.json["error"]["code"] == "cannot_publish"
    assert "IT005 八公开缺审批标准" in said.json["error"]["facts"]["faults"]
    assert "IT005 八公开缺办理程序" in said.err
    assert centre.json("item", "show", "IT001")["version"] == 1


def test_a_file_that_holds_no_items_is_refused(centre, tmp_path):
    file = tmp_path / "x.json"
    file.write_text('{"id": 3}')
    assert centre.run("item", "publish", file).code == 1
    file.write_text("[")
    assert centre.run("item", "publish", file).code == 1
    assert centre.run("item", "publish", tmp_path / "none.json").code == 1


def test_a_whole_catalogue_brings_what_stands_beside_its_items(centre, tmp_path):
    file = tmp_path / "all.json"
    file.write_bytes(msgspec.json.encode(the_catalogue()))
    told = centre.json("item", "publish", file)
    assert told["notes"]
    assert len(told["published"]) == len(the_catalogue().items) - len(FEW)
    assert centre.json("item", "publish", file) == {"published": [], "notes": False}
    assert "公安派出所" in centre.run("item", "show", "亲属关系证明").err


def test_only_the_head_of_the_district_may(centre, village, tmp_path):
    said = centre.run(
        "item", "publish", a_file(tmp_path, shorter()), "--operator", "小李", "--json"
    )
    assert said.json["error"]["code"] == "not_permitted"
    said = village.run("item", "publish", a_file(tmp_path, shorter()), "--json")
    assert said.json["error"]["facts"]["why"] == "not_the_authority"


def test_a_cancelled_item_says_since_when_and_why(centre):
    today = centre.json("item", "figures")["on"]
    centre.json("item", "withdraw", "IT022", "--on", today, "--reason", "上级取消了这一项")
    said = centre.run("item", "show", "就业创业证申领")
    assert said.code == 1
    assert "上级取消了这一项" in said.err
    assert "IT022" not in [item["id"] for item in centre.json("item", "list")["items"]]


def test_a_merged_item_leads_to_the_other(centre):
    today = centre.json("item", "figures")["on"]
    told = centre.json(
        "item", "withdraw", "it022", "--on", today, "--reason", "两项合一", "--into", "it005"
    )
    assert [one["id"] for one in told["published"]] == ["IT005"]
    told = centre.json("item", "show", "就业创业证申领")
    assert told["id"] == "IT005"
    assert told["merged_from"]["reason"] == "两项合一"
    assert "起并到这一项：两项合一" in centre.run("item", "show", "就业创业证申领").out
    assert centre.json("item", "show", "IT005")["merged_from"] is None


def test_a_day_that_is_none_is_wrong_usage(centre):
    said = centre.run("item", "withdraw", "IT022", "--on", "明天", "--reason", "x")
    assert said.code == 2
    assert "不是日期" in said.err


def test_a_workbook_goes_out_and_comes_back(centre, tmp_path):
    file = tmp_path / "目录.xlsx"
    assert centre.json("item", "export", file)["items"] == len(FEW)
    assert centre.json("item", "import", file)["changes"] == []
    edit(file, cell_of(file, "IT001", "承诺时限"), 12)
    seen = centre.json("item", "import", file, "--effective", LATER, "--dry-run")
    (change,) = seen["changes"]
    assert (change["id"], change["kind"], change["fields"]) == ("IT001", "changed", ["承诺时限"])
    assert centre.json("item", "import", file, "--effective", LATER, "--dry-run") == seen
    done = centre.run("item", "import", file, "--effective", LATER)
    assert "第 2 版，2099年12月1日起：承诺时限" in done.out
    assert centre.json("item", "import", file, "--effective", LATER)["changes"] == []


def test_every_bad_cell_is_named_and_nothing_is_published(centre, tmp_path):
    file = tmp_path / "目录.xlsx"
    centre.json("item", "export", file)
    promised, kind = cell_of(file, "IT001", "承诺时限"), cell_of(file, "IT005", "办件类型")
    edit(file, promised, "=1+1")
    edit(file, kind, "快办件")
    said = centre.run("item", "import", file, "--json")
    assert said.code == 1
    faults = said.json["error"]["facts"]["faults"]
    assert any(f"“事项”{promised}：是公式" in one for one in faults)
    assert any(f"“事项”{kind}：没有“快办件”" in one for one in faults)
    for fault in faults:
        assert fault in said.err


def test_a_file_that_is_no_workbook_is_refused(centre, tmp_path):
    file = tmp_path / "x.xlsx"
    file.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    said = centre.run("item", "import", file)
    assert said.code == 1
    assert ".xls" in said.err


def test_the_catalogue_is_checked_and_so_is_a_file(centre, tmp_path):
    told = centre.json("item", "check")
    assert told["ok"]
    assert any("由区填写" in warning for one in told["items"] for warning in one["warnings"])
    said = centre.run(
        "item", "check", a_file(tmp_path, msgspec.structs.replace(shorter(), standards=()))
    )
    assert said.code == 1
    assert "八公开缺审批标准" in said.out


def test_the_figures_are_of_what_is_in_force(village):
    told = village.json("item", "figures")
    assert told["items"] == len(FEW)
    assert told["compression"]["statutory"] >= told["compression"]["promised"]
    assert set(told["coverage"]) == {"village", "township", "district"}
    assert "压缩率" in village.run("item", "figures").out


def test_a_store_keeps_what_was_published_when_it_is_opened_again(centre, tmp_path):
    centre.json("item", "publish", a_file(tmp_path, shorter()), "--effective", LATER)
    assert json.loads(centre.run("verify", "--json").out)["ok"]


def test_a_file_larger_than_any_catalogue_is_refused_before_it_is_read(centre, tmp_path):
    file = tmp_path / "big.json"
    file.write_bytes(b"[" + b" " * (8 * 2**20) + b"]")
    said = centre.run("item", "publish", file)
    assert said.code == 1
    assert "超过 8 MB" in said.err
