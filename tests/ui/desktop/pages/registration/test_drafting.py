"""A half-filled form is kept by itself, and is there again whatever happened to the program."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.events import Role
from app.store import attachments as images
from app.store import opening
from app.store.keyslots import Unlock
from app.usecases import drafts, enrolment, operators
from tests.builders import VILLAGE, Station, a_district, an_identity, carry, the_item
from tests.ui.desktop.desks import WAIT_MS, SomeDesk, desk_of, leave
from tests.ui.desktop.pages.registration import filler
from tests.ui.desktop.pages.registration.conftest import ITEMS, shown
from tests.ui.desktop.pages.registration.hands import commit
from ui.desktop.desk import Said
from ui.desktop.look.mood import Mood
from ui.desktop.pages.registration.checks import Place
from ui.desktop.pages.registration.drafting import EMPTY, KEPT_AFTER_MS, read_draft
from ui.desktop.pages.registration.page import RegistrationPage

PROJECT = Path(__file__).parents[5]


def kept(some: SomeDesk) -> list[str]:
    return [draft.title for draft in drafts.of_operator(some.station.store, some.desk.operator)]


def unheard(_: object) -> None:
    """Nobody waits for it."""


def fill(page: RegistrationPage, name: str) -> None:
    page.filling.applicant.name.setFocus()
    commit(page.filling.applicant.name, name)


def press(page: RegistrationPage, beginning: str) -> None:
    """An entry of the menu by how it begins."""
    actions = page.drafts.menu_shown().actions()
    next(action for action in actions if action.text().startswith(beginning)).trigger()


def test_a_form_is_kept_by_itself_soon_after_the_last_key(page, wait, known_desk):
    fill(page, "覃建国")
    assert kept(known_desk) == []
    wait(lambda: kept(known_desk) == ["覃*国 · 未选事项"])
    assert KEPT_AFTER_MS <= 1000


def test_keeping_it_again_and_again_makes_one_draft(page, known_desk):
    for name in ("覃", "建", "国"):
        fill(page, name)
        page.presenter.drafting.keep()
    page.presenter.take_item(the_item("IT001"))
    page.presenter.drafting.keep()
    known_desk.settle()
    assert kept(known_desk) == ["覃*国 · 最低生活保障审核确认"]


def test_leaving_the_page_or_locking_the_desk_keeps_it_at_once(page, known_desk):
    fill(page, "覃建国")
    known_desk.desk.locked.emit()
    known_desk.settle()
    assert len(kept(known_desk)) == 1
    fill(page, "成")
    page.hide()
    known_desk.settle()
    (draft,) = drafts.of_operator(known_desk.station.store, known_desk.desk.operator)
    assert "覃建国成" in draft.form.decode()


def test_an_empty_form_is_no_draft(page, known_desk):
    page.presenter.drafting.keep()
    fill(page, "覃")
    page.presenter.drafting.keep()
    page.presenter.fill_applicant(name="")
    page.presenter.drafting.keep()
    known_desk.settle()
    assert kept(known_desk) == []


def test_several_drafts_are_listed_and_opened_by_their_name(page, wait, known_desk):
    fill(page, "覃建国")
    page.anew.click()
    assert page.filling.applicant.name.text() == ""
    fill(page, "莫秀英")
    page.anew.click()
    known_desk.settle()
    assert page.drafts.text() == "草稿 2"
    press(page, "覃*国")
    known_desk.settle()
    assert page.filling.applicant.name.text() == "覃建国"
    assert page.drafts.text() == "草稿 1"
    assert len(kept(known_desk)) == 2


def test_a_draft_can_be_thrown_away_and_the_form_cleared(page, known_desk):
    fill(page, "覃建国")
    page.anew.click()
    fill(page, "莫秀英")
    page.presenter.drafting.keep()
    known_desk.settle()
    press(page, "删除草稿：覃")
    known_desk.settle()
    assert kept(known_desk) == ["莫*英 · 未选事项"]
    press(page, "清空")
    known_desk.settle()
    assert kept(known_desk) == []
    assert page.presenter.is_empty


def test_somebody_else_at_the_desk_finds_an_empty_form_and_their_own_drafts(page, known_desk):
    first = known_desk.desk.operator
    fill(page, "覃建国")
    known_desk.desk.seat(known_desk.station.person(Role.AGENT))
    known_desk.settle()
    assert page.presenter.is_empty
    assert kept(known_desk) == []
    assert page.drafts.text() == "草稿"
    known_desk.desk.seat(first)
    known_desk.settle()
    assert page.filling.applicant.name.text() == "覃建国"


def test_a_draft_brought_from_another_page_is_opened(page, known_desk):
    fill(page, "覃建国")
    page.anew.click()
    known_desk.settle()
    (draft,) = drafts.of_operator(known_desk.station.store, known_desk.desk.operator)
    page.receive(draft)
    known_desk.settle()
    assert page.filling.applicant.name.text() == "覃建国"


def test_the_draft_that_is_on_the_page_is_not_set_back_to_what_was_kept(page, known_desk):
    fill(page, "覃建国")
    page.presenter.drafting.keep()
    known_desk.settle()
    (draft,) = drafts.of_operator(known_desk.station.store, known_desk.desk.operator)
    page.presenter.fill(note="请上门核实")
    page.receive(draft)
    known_desk.settle()
    assert page.presenter.form.note == "请上门核实"


def test_a_draft_of_a_program_to_come_does_no_harm(page, known_desk):
    drafts.keep(known_desk.station.store, known_desk.desk.operator, b'{"later": 1}', title="?")
    page.refresh()
    known_desk.settle()
    (draft,) = page.presenter.drafting.all
    page.presenter.open_draft(draft)
    known_desk.settle()
    assert page.presenter.form == EMPTY
    fill(page, "覃建国")
    page.presenter.drafting.keep()
    known_desk.settle()
    assert sorted(kept(known_desk)) == ["?", "覃*国 · 未选事项"]


def test_what_was_pasted_by_mistake_is_cut_off_and_the_draft_can_be_read_again(page, known_desk):
    fill(page, "覃" * 100_000)
    page.presenter.drafting.keep()
    known_desk.settle()
    (draft,) = drafts.of_operator(known_desk.station.store, known_desk.desk.operator)
    assert read_draft(draft).applicant.name == "覃" * 200


def test_a_draft_that_could_not_be_kept_is_kept_with_the_next_try(page, known_desk):
    said: list[Said] = []
    known_desk.desk.said.connect(said.append)
    fill(page, "覃建国")
    with known_desk.station.store.changing():  # somebody holds the store for longer than we wait
        known_desk.desk.read(lambda store: store.database.run("PRAGMA busy_timeout = 1"), unheard)
        page.presenter.drafting.keep()
        known_desk.settle()
    assert kept(known_desk) == []
    assert [one.mood for one in said] == [Mood.BAD]
    page.presenter.drafting.keep()
    known_desk.settle()
    assert kept(known_desk) == ["覃*国 · 未选事项"]


def test_whoever_is_only_moved_to_a_new_life_goes_on_typing(page, known_desk):
    fill(page, "覃建国")
    head = known_desk.desk.operator
    moved = msgspec.structs.replace(head, ref=known_desk.station.person(Role.AGENT).ref)
    known_desk.desk.seat(moved)
    known_desk.settle()
    assert page.filling.applicant.name.text() == "覃建国"
    page.presenter.drafting.keep()
    known_desk.settle()
    (draft,) = drafts.of_operator(known_desk.station.store, moved)
    assert draft.title == "覃*国 · 未选事项"


# --- a power cut ----------------------------------------------------------------------------------


@pytest.fixture
def village(tmp_path: Path) -> Path:
    """A folder that another process can open."""
    district = a_district(items=ITEMS)
    folder = tmp_path / "village"
    store = enrolment.settle(
        folder, Unlock(passphrase=filler.PASSPHRASE), who=an_identity(district, VILLAGE)
    )
    carry(district, Station(district, store, district.wall))
    operators.add(store, "韦代办", Role.AGENT)
    store.close()
    return folder


@pytest.fixture
def after_the_cut(qtbot: QtBot, village: Path) -> Iterator[SomeDesk]:
    """The desk as it is opened again, after a form was filled elsewhere and the process killed."""
    process = subprocess.Popen(
        [sys.executable, "-m", filler.__name__, str(village)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    said = process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert said.strip() == "kept"
    district = a_district(items=ITEMS)
    store = opening.open_store(village, Unlock(passphrase=filler.PASSPHRASE))
    some = desk_of(qtbot, Station(district, store, district.wall), district)
    yield some
    leave(some)


def test_after_kill_9_the_form_is_on_the_page_again(after_the_cut: SomeDesk):
    page = shown(after_the_cut)
    after_the_cut.settle()
    filling = page.filling
    assert filling.item.box.text() == "最低生活保障审核确认"
    assert filling.applicant.name.text() == "覃建国"
    assert filling.applicant.number.text() == "450305 19750101 2311"
    assert filling.applicant.fields[Place.ID_NUMBER].said_mood is not None
    assert filling.materials.list.is_ticked("共同生活家庭成员居民身份证")
    assert filling.restored.isVisible()
    assert filling.applicant.other_name.text() == "覃健国"
    (guardian,) = filling.others.blocks
    assert (guardian.name.text(), guardian.basis.text()) == ("莫秀英", "居民户口簿")
    special = filling.aside.special
    assert special.isVisible()
    assert special.reason.currentText() == "行动不便，上门办理"
    assert (special.relative.text(), special.witness.text()) == ("韦代办的姑父", "莫秀英")
    pages = page.presenter.pile.of("共同生活家庭成员居民身份证")
    assert len(pages) == 2
    page.presenter.fill(mandate=True)
    QTest.keyClick(filling.item.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    after_the_cut.qtbot.waitUntil(page.result.isVisible, timeout=WAIT_MS)
    assert kept(after_the_cut) == []
    (row,) = after_the_cut.station.store.rows.where("item = 'IT001'")
    case = after_the_cut.station.case(row.subject)
    assert [party.name for party in case.parties] == ["覃建国", "莫秀英"]
    assert (case.green, case.staff_relative) == ("行动不便，上门办理", "韦代办的姑父")
    assert case.signing is not None
    assert [one.sheets for one in case.attachments] == [pages]
    digests = {sheet.digest for sheet in pages}
    assert images.has(after_the_cut.station.store, digests) == digests
