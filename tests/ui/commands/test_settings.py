"""The district's rules on the command line: all of them in words, and who may change them."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import msgspec
import pytest

from app.domain.events import Role
from app.domain.settings import Settings
from app.store.keyslots import Unlock
from app.usecases import enrolment, operators
from tests.builders import DISTRICT, Station, a_district, an_identity, carry
from tests.ui.commands.desk import PASSPHRASE, Desk

LATER = "2099-12-01"


@pytest.fixture(scope="module")
def folder(tmp_path_factory, no_keyring) -> Path:
    place = tmp_path_factory.mktemp("district") / "seat"
    district = a_district()
    who = an_identity(district, DISTRICT)
    store = enrolment.settle(place, Unlock(passphrase=PASSPHRASE), who=who)
    carry(district, Station(district, store, district.wall))
    operators.add(store, "唐主任", Role.APPROVER)
    store.close()
    return Path(place)


@pytest.fixture
def seat(folder, tmp_path) -> Desk:
    return Desk(Path(shutil.copytree(folder, tmp_path / "seat")))


def test_every_rule_is_said_in_words(seat):
    said = seat.run("settings", "show").out
    for field in msgspec.structs.fields(Settings):
        if field.name not in ("effective", "thresholds"):
            assert re.search(rf"[\u4e00-\u9fff].*{field.name}$", said, re.MULTILINE), field.name
    assert "Threshold" not in said
    assert "许可的受理审查" in said
    assert "剩 2 天" in said


def test_what_is_published_for_later_is_announced(seat):
    told = seat.run("settings", "publish", '{"forwarding_days": 2}', "--effective", LATER)
    assert told.out == "已公布，2099年12月1日起生效。已经开始的时限不变。\n"
    said = seat.run("settings", "show").out
    assert "2099年12月1日起改为：转报 2 个工作日" in said
    assert seat.json("settings", "show")["current"]["forwarding_days"] == 3


def test_wrong_rules_are_all_named_and_none_is_published(seat):
    wrong = json.dumps({"forwarding_days": "x", "nonsense": 1})
    said = seat.run("settings", "publish", wrong)
    assert said.code == 1
    assert "有 2 处错误，没有公布" in said.err
    assert seat.json("settings", "show")["coming"] is None


def test_what_is_no_json_is_wrong_usage(seat):
    said = seat.run("settings", "publish", "forwarding_days=2")
    assert said.code == 2
    assert "什么也没有公布" in said.err


def test_a_village_may_only_look(village):
    said = village.run("settings", "publish", '{"forwarding_days": 2}')
    assert said.code == 1
    assert "由区里的负责人" in said.err
