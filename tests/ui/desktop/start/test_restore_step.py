"""从备份恢复 at the first start and over damaged data: the file, its passphrase, a password, and log in."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from app.store import opening
from app.store.keyslots import Unlock
from app.usecases import backups
from tests.ui.desktop.desks import WAIT_MS
from tests.ui.desktop.start.conftest import HEAD, PASSWORD
from tests.ui.desktop.start.test_flow import Driver, start
from ui.desktop.start.code_step import CodeStep
from ui.desktop.start.login_page import LoginPage
from ui.desktop.start.restore_step import RestoreStep
from ui.desktop.start.trouble_page import TroublePage
from ui.desktop.window.main_window import MainWindow

__all__ = ["start"]

PASSPHRASE = "湖塘村的备份"


@pytest.fixture
def backup(village: Path, tmp_path: Path) -> Path:
    store = opening.open_store(village, Unlock(operator=HEAD, password=PASSWORD))
    backups.back_up(store, tmp_path / "b", passphrase=PASSPHRASE)
    store.close()
    return tmp_path / "b"


@pytest.fixture
def chosen(backup: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(backup), ""))
    return backup


def restored(driver: Driver, password: str) -> None:
    driver.wait_for(RestoreStep)
    step = driver.page
    driver.press("选文件…")
    step.passphrase.setText(PASSPHRASE)
    driver.press("打开备份")
    driver.qtbot.waitUntil(step.password.isVisible, timeout=WAIT_MS)
    assert step.name.text() == HEAD
    for edit in step.password.editors:
        edit.setText(password)
    driver.press("恢复")
    driver.qtbot.waitUntil(lambda: step.go_on.text() == "去登录", timeout=WAIT_MS)


def test_a_new_computer_takes_a_backup_and_then_asks_for_a_code(start, tmp_path, chosen):
    driver = start(tmp_path / "new")
    driver.wait_for(CodeStep)
    driver.press("从备份恢复…")
    restored(driver, "another-place")
    assert "登记码" in driver.page.said.text()
    driver.press("去登录")
    driver.wait_for(LoginPage)
    driver.log_in("another-place")
    driver.wait_for(CodeStep)


def test_damaged_data_are_put_aside_for_a_backup_and_work_goes_on(start, village, chosen):
    (village / "daiban.db").write_bytes(b"rubbish" * 2000)
    driver = start(village)
    driver.wait_for(LoginPage)
    driver.log_in(PASSWORD)
    driver.wait_for(TroublePage)
    driver.press("从备份恢复…")
    restored(driver, PASSWORD)
    assert "先与区中心交换一次" in driver.page.said.text()
    driver.press("去登录")
    driver.wait_for(LoginPage)
    driver.log_in(PASSWORD)
    driver.wait_for(MainWindow)
    (aside,) = village.glob("before-restore-*")
    assert (aside / "daiban.db").read_bytes() == b"rubbish" * 2000


def test_a_wrong_passphrase_is_said_and_may_be_typed_again(start, tmp_path, chosen):
    driver = start(tmp_path / "new")
    driver.wait_for(CodeStep)
    driver.press("从备份恢复…")
    driver.wait_for(RestoreStep)
    driver.press("打开备份")
    assert not driver.page.said.isVisible()  # said beside the field
    driver.press("选文件…")
    driver.page.passphrase.setText("not this one")
    driver.press("打开备份")
    driver.qtbot.waitUntil(driver.page.said.isVisible, timeout=WAIT_MS)
    assert "口令打不开" in driver.page.said.text()
    driver.page.passphrase.setText(PASSPHRASE)
    driver.press("打开备份")
    driver.qtbot.waitUntil(driver.page.password.isVisible, timeout=WAIT_MS)
    driver.press("上一步")
    driver.wait_for(CodeStep)
    assert not (tmp_path / "new" / "daiban.db").exists()
