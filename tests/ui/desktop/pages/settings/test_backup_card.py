"""备份 under 设置: one button asks for what is missing, and makes a backup that opens again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from app.domain.events import Role
from app.store import backup_file, keyslots, restoring
from app.store.backup import COPY
from app.store.keyslots import Unlock
from app.usecases import backups, operators
from tests.ui.desktop.desks import WAIT_MS, SomeDesk, a_desk, leave
from ui.desktop.pages.settings.backup_card import BackupCard
from ui.desktop.pages.settings.backup_passphrase import BackupPassphrase

PASSPHRASE = "湖塘村的备份"


class Cards:
    def __init__(self, some: SomeDesk):
        self.some = some
        self.store = some.station.store
        self.card = BackupCard(some.desk)
        some.qtbot.addWidget(self.card)
        self.card.resize(700, 400)
        self.card.show()
        self.card.look()
        some.settle()

    def press(self) -> None:
        self.card.now.click()
        self.some.settle()

    def dialog(self) -> BackupPassphrase:
        found = [one for one in self.card.findChildren(BackupPassphrase) if one.isVisible()]
        assert len(found) == 1
        return found[0]

    def set_passphrase(self, passphrase: str = PASSPHRASE) -> None:
        dialog = self.dialog()
        for edit in dialog.passphrase.editors:
            edit.setText(passphrase)
        dialog.ok_requested.emit()
        self.some.settle()

    def wait(self) -> None:
        self.some.qtbot.waitUntil(
            lambda: not self.card._backing_up.working,  # noqa: SLF001
            timeout=WAIT_MS,
        )
        self.some.settle()

    def said(self) -> str:
        return self.card.progress.accessibleName()


@pytest.fixture
def cards(qtbot, tmp_path):
    some = a_desk(qtbot, tmp_path)
    keyslots.create(some.station.store.folder, Unlock(passphrase="x"), some.station.store.key)
    cards = Cards(some)
    yield cards
    leave(some)


@pytest.fixture
def stick(tmp_path, monkeypatch):
    folder = tmp_path / "U 盘"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    return folder


def test_one_press_asks_for_a_passphrase_and_a_folder_and_makes_a_backup(cards, stick):
    cards.press()
    cards.set_passphrase()
    cards.wait()

    (file,) = stick.iterdir()
    assert "读回来核对过" in cards.said()
    opened = restoring.open_backup(file, PASSPHRASE)
    assert opened.header.about.head_seq == cards.store.head().seq
    assert backups.state(cards.store).age_days == 0


def test_the_next_one_is_one_press_and_nothing_is_typed(cards, stick):
    cards.press()
    cards.set_passphrase()
    cards.wait()
    cards.store.wall = lambda: cards.some.station.wall() + 1000
    cards.press()
    cards.wait()
    assert cards.said().startswith("备份好了")


def test_without_a_folder_nothing_is_made(cards, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    cards.press()
    cards.set_passphrase()
    assert backups.state(cards.store).last is None
    assert cards.card.now.isEnabled()


def test_a_short_passphrase_is_refused_beside_the_field(cards):
    cards.press()
    cards.set_passphrase("12345")
    assert cards.dialog().isVisible()
    assert not backups.state(cards.store).has_passphrase


def test_a_stick_that_was_pulled_out_is_said(cards, tmp_path):
    backups.set_passphrase(cards.store, PASSPHRASE, by=cards.some.station.head)
    backups.choose_folder(cards.store, tmp_path / "gone")
    cards.press()
    cards.wait()
    assert "gone" in cards.said()
    assert cards.card.now.isEnabled()


def test_stopping_leaves_nothing_half(cards, stick):
    backups.set_passphrase(cards.store, PASSPHRASE, by=cards.some.station.head)
    backups.choose_folder(cards.store, stick)
    cards.card._backing_up.progressed.connect(  # noqa: SLF001
        lambda *_: cards.card.progress.cancelled.emit()
    )
    cards.press()
    cards.wait()
    assert not [*stick.glob("*.new"), *cards.store.folder.glob(f"{COPY}*")]


def test_only_a_head_sets_the_passphrase(cards):
    other = operators.add(cards.store, "第二人", Role.CLERK, by=cards.some.station.head)
    cards.some.desk.seat(other)
    cards.some.settle()
    assert not cards.card.passphrase.isVisible()
    assert not cards.card.now.isEnabled()
    backups.set_passphrase(cards.store, PASSPHRASE, by=cards.some.station.head)
    cards.card.look()
    cards.some.settle()
    assert cards.card.now.isEnabled()


def test_the_card_says_how_old_the_last_one_is(cards, stick):
    assert "还没有" in cards.card.facts.accessibleName() or backups.state(cards.store).last is None
    backups.back_up(cards.store, stick, passphrase=PASSPHRASE)
    cards.some.station.wall.turn(days=8)
    told = backups.state(cards.store)
    assert (told.age_days, told.is_due) == (8, True)


def test_what_the_store_keeps_does_not_open_a_backup(cards, stick):
    backups.set_passphrase(cards.store, PASSPHRASE, by=cards.some.station.head)
    note = backups.back_up(cards.store, stick)
    kept = b"".join(bytes(one) for (one,) in cards.store.database.rows("SELECT value FROM setting"))
    assert PASSPHRASE.encode() not in kept
    with Path(note.file).open("rb") as file:
        opening = backup_file.read_header(file, "b")
    key = backup_file.key_by_passphrase(opening, PASSPHRASE)
    assert key not in kept
