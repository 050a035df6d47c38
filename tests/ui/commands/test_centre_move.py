"""The administrator of a district that has grown takes its ledger into a PostgreSQL."""

import pytest

from app.store.keyslots import Unlock
from sync.centre import office
from tests import postgresql
from tests.ui.commands.desk import PASSPHRASE, Desk

NOWHERE = "postgresql://daiban:geheim@127.0.0.1:9/daiban?connect_timeout=2"


@pytest.fixture
def centre(tmp_path) -> Desk:
    desk = Desk(tmp_path / "data")
    desk.json("centre", "init", "--region", "450305")
    return desk


def test_it_is_said_what_was_moved_and_what_to_do_next(centre):
    with postgresql.running() as server:
        url = server.url(server.create())
        said = centre.run("centre", "move", DAIBAN_DATABASE=url)

        assert said.code == 0, said.err
        assert "逐行核对无误" in said.out
        assert "ledger.db.moved-" in said.out
        assert "postgresql://" not in said.out
        assert len(centre.json("centre", "devices")["devices"]) == 1
        told = centre.run("centre", "audit").out
        assert "总账迁到数据库" in told
        assert "原在 ledger.db" in told

        again = centre.run("centre", "move", "--database", url)
        assert again.code == 1
        assert "已经在数据库里" in again.err


def test_a_centre_that_serves_is_to_be_stopped_first(centre, monkeypatch):
    monkeypatch.setattr("sync.centre.sqlite._PATIENCE_MS", 1)
    with office.opened(centre.data, Unlock(passphrase=PASSPHRASE)):
        said = centre.run("centre", "move", "--database", NOWHERE)

    assert said.code == 1
    assert "请先停下区中心" in said.err


def test_a_database_that_does_not_answer_leaves_everything_as_it_was(centre):
    before = centre.json("centre", "devices")
    said = centre.run("centre", "move", "--database", NOWHERE)

    assert said.code == 1
    assert "127.0.0.1" in said.err
    assert "geheim" not in said.err
    assert centre.json("centre", "devices") == before


def test_a_move_names_where_to(centre):
    assert centre.run("centre", "move").code == 2
