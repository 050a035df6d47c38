"""daiban backup, daiban restore."""

import pytest

from tests.ui.commands.desk import PASSPHRASE, Desk

OTHER = "另一句口令"


@pytest.fixture
def new(tmp_path):
    return Desk(tmp_path / "new computer")


def test_a_backup_is_told_and_remembered(village, tmp_path):
    village.a_case()
    told = village.json("backup", "--out", tmp_path / "b")
    status = village.json("status")
    assert told["entries"] == status["entries"]
    assert told["size"] == (tmp_path / "b").stat().st_size
    assert status["last_backup"] == {"at": told["at"], "file": str(tmp_path / "b"), "due": False}
    assert str(tmp_path / "b") in village.run("status").out


def test_without_one_the_status_says_what_to_do(village):
    assert village.json("status")["last_backup"] is None
    assert "daiban backup" in village.run("status").out


def test_a_folder_gets_one_more_and_keeps_as_many_as_were_asked_for(village, tmp_path):
    (tmp_path / "stick").mkdir()
    told = village.json("backup", "--out", tmp_path / "stick", "--keep", 1)
    assert [str(one) for one in (tmp_path / "stick").iterdir()] == [told["file"]]


def test_it_is_restored_and_the_next_step_is_said(village, new, tmp_path):
    village.a_case()
    made = village.json("backup", "--out", tmp_path / "b")
    told = new.json("restore", tmp_path / "b")
    assert (told["entries"], told["aside"], told["next"]) == (made["entries"], None, "enrol")
    assert new.run("status", "--json").json["error"]["code"] == "identity_lost"


def test_in_its_own_place_it_waits_for_the_centre(village, tmp_path):
    number = village.a_case()
    village.json("backup", "--out", tmp_path / "b")
    assert village.run("restore", tmp_path / "b", "--json").json["error"]["code"] == "store_here"
    said = village.run("restore", tmp_path / "b", "--replace")
    assert said.code == 0
    assert "before-restore-" in said.out
    assert "daiban sync" in said.out
    assert village.json("status")["restored"] is True
    assert "请先运行 daiban sync" in village.run("status").out
    assert village.json("case", "show", number)["local_number"] == number
    refused = village.run("case", "act", number, "forward", "--json")
    assert refused.json["error"]["code"] == "exchange_first"
    assert village.json("verify")["ok"] is True


def test_a_passphrase_of_its_own_opens_it_and_the_devices_does_not(village, new, tmp_path):
    village.json("backup", "--out", tmp_path / "b", DAIBAN_BACKUP_PASSPHRASE=OTHER)
    refused = new.run("restore", tmp_path / "b", "--json")
    assert refused.json["error"]["code"] == "wrong_backup_key"
    assert not (new.data / "daiban.db").exists()
    new.json("restore", tmp_path / "b", DAIBAN_BACKUP_PASSPHRASE=OTHER)
    # From now on the new computer's own passphrase opens it, not the backup's.
    said = new.run("status", "--json", DAIBAN_PASSPHRASE=OTHER)
    assert said.json["error"]["code"] == "wrong_key"
    assert new.run("status", "--json").json["error"]["code"] == "identity_lost"


def test_without_a_passphrase_and_nobody_to_ask_it_is_refused(village, new, tmp_path):
    village.json("backup", "--out", tmp_path / "b")
    refused = new.run("restore", tmp_path / "b", "--json", DAIBAN_PASSPHRASE="")
    assert refused.json["error"]["code"] == "no_key"


@pytest.mark.parametrize(
    ("content", "code"), [(None, "backup_not_read"), (b"a photograph", "not_a_backup")]
)
def test_what_is_no_backup_is_named_and_nothing_is_touched(village, tmp_path, content, code):
    if content is not None:
        (tmp_path / "b").write_bytes(content)
    before = village.json("status")
    assert village.run("restore", tmp_path / "b", "--json").json["error"]["code"] == code
    assert village.json("status") == before


def test_a_folder_that_is_not_there_is_said(village, tmp_path):
    refused = village.run("backup", "--out", tmp_path / "nowhere" / "b", "--json")
    assert refused.json["error"]["code"] == "file_not_written"
    assert village.json("status")["last_backup"] is None
    assert PASSPHRASE not in refused.err
