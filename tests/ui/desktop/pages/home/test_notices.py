"""What stands above everything else on the 工作台, and in which order."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from app.usecases.backups import BackupState
from tests.ui.desktop import walks
from ui.desktop.pages.home.glance import Glance
from ui.desktop.pages.home.notices import Lead, Notices
from ui.desktop.widgets.button import Button

_TODAY = date(2026, 11, 22)
_DUE = BackupState(last=None, age_days=9, is_due=True, has_passphrase=True, folder=None)


_USUAL = Glance(
    today=_TODAY,
    clock_behind=None,
    catalogued=True,
    any_case=True,
    cards=(),
    tasks=(),
    drafts=(),
    recent=(),
)


def a_glance(**told: Any) -> Glance:
    return msgspec.structs.replace(_USUAL, **told)


@pytest.fixture
def notices(qtbot: QtBot) -> Notices:
    notices = Notices()
    qtbot.addWidget(notices)
    notices.resize(900, 300)
    return notices


def test_on_most_days_nothing_stands_there(notices: Notices) -> None:
    notices.show_notices(a_glance())
    assert notices.isHidden()
    assert notices.shown() == []


def test_whichever_comes_first_the_date_stands_above_backups_and_doubled_numbers(
    notices: Notices,
) -> None:
    notices.show_notices(a_glance(shared_numbers=2))
    notices.show_notices(a_glance(shared_numbers=2, backup=_DUE))
    notices.show_notices(a_glance(shared_numbers=2, backup=_DUE, clock_behind=_TODAY))
    notices.show()
    date_told, backup, shared = notices.shown()
    assert "日期不对" in date_told.text()
    assert "9 天前" in backup.text()
    assert "2 个收件号" in shared.text()
    assert date_told.y() < backup.y() < shared.y()


def test_what_is_no_longer_so_goes(notices: Notices) -> None:
    notices.show_notices(a_glance(backup=_DUE))
    notices.show_notices(a_glance())
    assert notices.isHidden()


def test_a_banner_leads_where_its_words_of_today_say(notices: Notices) -> None:
    asked: list[Lead] = []
    notices.asked.connect(asked.append)
    notices.show_notices(a_glance(backup=_DUE))
    (banner,) = notices.shown()
    walks.the(Button, banner).click()
    notices.show_notices(a_glance(restored=True))
    walks.the(Button, banner).click()
    assert asked == [Lead.SETTINGS, Lead.EXCHANGE_NOW]
