"""The editor of an item over a real store: typed, kept, judged, published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.events import Role
from app.usecases import catalogue_editing, item_drafts
from app.usecases.today import shown_today
from tests.builders import TOWNSHIP, VILLAGE, the_item
from tests.ui.desktop import walks
from tests.ui.desktop.desks import SomeDesk, a_desk, leave
from tests.ui.desktop.pages.cases.questions import answer
from tests.ui.desktop.pages.items import states
from tests.ui.desktop.pages.items.editing.centre import (
    NARROW,
    WIDE,
    a_centre,
    editing,
    editor_on,
    settle,
    shown,
    type_into,
)
from ui.desktop import look
from ui.desktop.pages.items.editing.inputs import Input
from ui.desktop.pages.items.editing.judging import NEW
from ui.desktop.pages.items.editing.sections import EVERYTHING, PARTS, Section
from ui.desktop.widgets.dialogs import Question


@pytest.fixture
def some(qtbot: QtBot, tmp_path: Path) -> Iterator[SomeDesk]:
    made = a_centre(qtbot, tmp_path)
    yield made
    leave(made)


def newest(some: SomeDesk, item: str):
    return some.station.store.publications.items[item][-1]


def test_every_field_of_an_item_is_somewhere_once():
    placed = [name for names in PARTS.values() for name in names]
    assert len(placed) == len(set(placed))
    assert set(placed) == EVERYTHING


@pytest.mark.parametrize(
    ("size", "sections"), [(WIDE, tuple(Section)), (NARROW, (Section.WHAT, Section.MATERIALS))]
)
def test_every_section_can_be_read_and_reached(some, size, sections):
    editor = editing(some, size=size)
    for section in sections:
        editor.form.show_section(section)
        settle(some)
        assert walks.faults(editor) == []


def test_it_holds_at_large_type_and_high_contrast(qapp, some):
    look.apply(qapp, "contrast", 150)
    editor = editing(some)
    for section in (Section.WHAT, Section.MATERIALS, Section.TIME):
        editor.form.show_section(section)
        settle(some)
        assert walks.faults(editor) == []


def test_nothing_is_published_before_something_changes(some):
    editor = editing(some)
    assert editor.judged is not None
    assert not editor.publish.isEnabled()
    assert not editor.discard.isVisibleTo(editor)


def test_a_change_is_told_and_published_from_its_day_after_one_question(some):
    editor = editing(some)
    type_into(some, editor, "clock.promised", "12")
    later = shown_today(some.station.store) + timedelta(days=30)
    editor.panel.day.set_day(later)
    editor.presenter.keep()
    settle(some)
    assert "承诺时限：21 → 12" in "\n".join(walks.texts(editor.panel))
    asked: list[str] = []

    def agree(question: Question) -> None:
        asked.append(question.accessibleDescription())
        question.yes.click()

    answer(agree)
    editor.ask_publish()
    settle(some)
    assert f"{later.year}年{later.month}月{later.day}日" in asked[0]
    item = newest(some, "IT001")
    assert (item.version, item.clock.promised, item.effective) == (2, 12, later)
    assert item_drafts.every(some.station.store) == []
    assert not editor.isVisible()


def test_whoever_says_no_has_published_nothing(some):
    editor = editing(some)
    type_into(some, editor, "clock.promised", "12")
    answer(lambda question: question.no.click())
    editor.ask_publish()
    settle(some)
    assert newest(some, "IT001").version == 1
    assert editor.isVisible()


def test_what_is_wrong_stands_beside_its_field_and_is_counted_at_its_section(some):
    editor = editing(some)
    type_into(some, editor, "clock.promised", "31")
    assert [segment.count for segment in segments(editor) if segment.value is Section.TIME] == [1]
    assert "短于承诺时限" in "\n".join(walks.texts(editor.panel))
    editor.ask_publish()
    settle(some)
    assert newest(some, "IT001").version == 1
    assert "改好才能发布" in editor.banner.text()


def segments(editor):
    return [button.segment for button in editor.form.choice._buttons]  # noqa: SLF001


def test_a_new_item_lists_which_of_the_eight_are_missing_and_leads_to_them(some):
    editor = editing(some, "")
    type_into(some, editor, "name", "新办的一件事")
    missing = {row.title for row in editor.panel.disclosures.rows()}
    assert missing == {"设立依据", "申报材料", "审批标准", "办理程序", "承诺期限", "窗口权限"}
    editor.panel.disclosures.opened.emit("window_authority")
    assert editor.form.choice.value() is Section.POWER


def test_the_number_of_another_item_is_not_taken_for_a_new_one(some):
    editor = editing(some, "")
    type_into(some, editor, "id", "IT005")
    assert "已经有这个编号的事项" in "\n".join(walks.texts(editor.panel))


def test_the_number_of_an_item_stays(some):
    editor = editing(some)
    number = editor.form.go_to("id")
    assert isinstance(number, Input)
    assert not number.editor.isEnabled()


def test_what_was_typed_is_on_the_disk_and_is_gone_on_with(some):
    editor = editing(some)
    type_into(some, editor, "category", "社会保障")
    kept = item_drafts.of(some.station.store, "IT001")
    assert kept is not None
    assert kept.form.fields["category"] == "社会保障"
    editor.close_editor()
    settle(some)
    page = shown(some)
    model = page.list.model()
    marks = [model.index(row, 1).data() for row in range(model.rowCount())]
    assert marks.count("有草稿") == 1
    again = editor_on(some, page)
    assert again.form.form().fields["category"] == "社会保障"
    assert "存的草稿" in again.banner.text()


def test_going_back_keeps_what_was_just_typed(some):
    editor = editing(some)
    editor.form.type_into("category", "社会保障")
    editor.close_editor()
    settle(some)
    assert item_drafts.of(some.station.store, "IT001") is not None


def test_what_was_just_typed_is_kept_when_the_page_is_left(some):
    page = shown(some)
    editor = editor_on(some, page)
    editor.form.type_into("category", "社会保障")
    page.hide()
    settle(some)
    assert item_drafts.of(some.station.store, "IT001") is not None


def test_the_editor_closes_when_somebody_sits_down_who_may_not(some):
    editor = editing(some)
    type_into(some, editor, "category", "社会保障")
    some.desk.seat(some.station.person(Role.CLERK))
    settle(some)
    assert not editor.isVisible()
    assert item_drafts.of(some.station.store, "IT001") is not None


def test_a_draft_is_thrown_away_after_one_question(some):
    editor = editing(some)
    type_into(some, editor, "category", "社会保障")
    answer(lambda question: question.yes.click())
    editor.discard.click()
    settle(some)
    assert item_drafts.every(some.station.store) == []
    assert not editor.isVisible()


def test_a_day_that_is_past_is_told_and_not_published(some):
    editor = editing(some)
    type_into(some, editor, "category", "社会保障")
    editor.panel.day.set_day(date(2026, 1, 1))
    settle(some)
    assert "已经过去" in editor.panel.day_field.said_text
    assert not editor.publish.isEnabled()


def test_escape_goes_back_and_ctrl_enter_asks(some, qtbot):
    page = shown(some)
    editor = editor_on(some, page)
    type_into(some, editor, "category", "社会保障")
    answer(lambda question: question.yes.click())
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(some)
    assert newest(some, "IT001").category == "社会保障"
    editor_on(some, page)
    page.activateWindow()
    editor.back.setFocus()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(editor.back, Qt.Key.Key_Escape)
    assert page.split.isVisibleTo(page)


def test_what_somebody_published_meanwhile_is_not_taken_back_unseen(some):
    editor = editing(some)
    type_into(some, editor, "category", "社会保障")
    catalogue_editing.publish(
        some.station.store, [states.a_new_version()], by=some.station.head, effective=states.FROM
    )
    type_into(some, editor, "note", "改了备注")
    told = "\n".join(walks.texts(editor.panel))
    assert "又发布了第 2 版" in told
    assert "承诺时限：16 → 21" in told


def test_a_version_to_come_is_gone_on_with_from_its_own_day(some):
    catalogue_editing.publish(
        some.station.store, [states.a_new_version()], by=some.station.head, effective=states.FROM
    )
    editor = editing(some)
    assert editor.panel.day.day() == states.FROM
    assert editor.form.form().fields["clock.promised"] == "16"
    assert not editor.publish.isEnabled()


def test_a_new_item_is_kept_under_a_name_of_its_own(some):
    editor = editing(some, "")
    type_into(some, editor, "name", "新办的一件事")
    assert [one.item for one in item_drafts.every(some.station.store)] == [NEW]


@pytest.mark.parametrize("region", [VILLAGE, TOWNSHIP])
def test_elsewhere_the_catalogue_is_only_read(qtbot, tmp_path, region):
    some = a_desk(qtbot, tmp_path, region)
    page = shown(some)
    page.receive("IT001")
    settle(some)
    assert not page.keeping.new.isVisible()
    assert not page.guide.edit.isVisible()
    assert not page.guide.withdraw.isVisible()
    page.edit("IT001")
    assert page.editor is None
    leave(some)


def test_whoever_is_not_the_head_only_reads(some):
    some.desk.seat(some.station.person(Role.CLERK))
    page = shown(some)
    assert not page.keeping.new.isVisible()
    entries = [action.text() for action in page.keeping.more.menu_shown().actions()]
    assert entries == ["导出 Excel…", "指标"]
    assert the_item("IT001").version == 1
