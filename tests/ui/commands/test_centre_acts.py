"""What the centre did, read by whoever answers for it."""

import pytest

from app.store.keyslots import Unlock
from sync.centre import office
from tests.ui.commands.desk import PASSPHRASE, Desk, run


@pytest.fixture
def centre(tmp_path) -> Desk:
    desk = Desk(tmp_path / "data")
    desk.json("centre", "init", "--region", "450305")
    desk.json("centre", "enrol-code", "--region", "450305200201")
    return desk


def test_acts_are_told_in_order_with_who_did_them(centre):
    told = centre.json("centre", "audit")

    assert [one["what"] for one in told["acts"]] == ["founded", "regions_in_force", "code_issued"]
    assert all(one["who"] for one in told["acts"])
    assert told["head"] == told["acts"][-1]["digest"]
    assert told["acts"][0]["at"].endswith("+08:00")
    assert told["count"] == 3


def test_they_are_told_in_chinese(centre):
    said = centre.run("centre", "audit").out

    assert "发登记码" in said
    assert "记录链完整" in said
    assert "code_issued" not in said


def test_every_act_and_fact_has_its_words():
    from sync.centre.audit import Act
    from ui.commands import centre_acts

    assert {one.value for one in Act} == set(centre_acts._ACTS)  # noqa: SLF001


def test_what_was_before_a_day_is_left_out_and_counted(centre):
    told = centre.json("centre", "audit", "--since", "2099-01-01")

    assert (told["acts"], told["count"]) == ([], 3)


def test_a_head_that_was_copied_before_is_found_again(centre):
    head = centre.json("centre", "audit")["head"]
    centre.json("centre", "enrol-code", "--region", "450305200201")

    assert centre.json("centre", "audit", "--known", head[:16])["count"] == 4
    said = centre.run("centre", "audit", "--known", "ffff")
    assert said.code == 1
    assert "记录链里没有" in said.err


def test_an_act_that_was_changed_is_named(centre):
    with office.opened(centre.data, Unlock(passphrase=PASSPHRASE)) as ledger, ledger.writing():
        ledger.database.run("UPDATE act SET who = 'x' WHERE n = 2")

    said = centre.run("centre", "audit")

    assert said.code == 1
    assert "从第 2 条起对不上" in said.err


def test_the_certificate_and_the_tokens_can_be_changed_by_hand(centre):
    ends = centre.json("centre", "renew-certificate")["ends"]
    assert ends > "2046"
    assert centre.json("centre", "rotate-tokens")["devices"] == 0
    assert centre.run("centre", "rotate-tokens", "abc").code == 1

    told = [one["what"] for one in centre.json("centre", "audit")["acts"]]

    assert told[-2:] == ["certificate_renewed", "tokens_changed"]


def test_a_folder_without_a_centre_is_said_so(tmp_path):
    assert run("centre", "audit", "--data", str(tmp_path)).code == 1
