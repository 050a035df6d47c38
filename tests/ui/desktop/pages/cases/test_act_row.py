"""The acts as buttons: the next one large, two more, the rest in a menu."""

from __future__ import annotations

import pytest

from app.usecases.acts import ACTS
from ui.desktop import look
from ui.desktop.pages.cases.act_choices import ActGroup, choice_of, choices
from ui.desktop.pages.cases.act_row import ActRow

MANY = (
    "decide", "pass_up", "certify", "send_outside", "pause", "extend", "split", "take_originals",
    "return_originals", "correct", "mark", "hand_over", "withdraw",
)  # fmt: skip


def shown(qtbot, *verbs):
    row = ActRow()
    qtbot.addWidget(row)
    row.show_acts(choices(ACTS[verb] for verb in verbs))
    row.show()
    return row


def texts(row):
    return [button.text() for button in row.buttons()]


def test_three_are_buttons_and_the_rest_is_in_a_menu_by_groups(qtbot):
    row = shown(qtbot, *MANY)
    assert texts(row) == ["作出决定", "初审上报", "登记制证", "更多"]
    menu = row.buttons()[-1].menu_shown()
    assert [one.text() for one in menu.actions()] == [group.label for group in ActGroup]
    handling = menu.actions()[0].menu()
    assert [one.text() for one in handling.actions()] == [
        "转外部机构",
        "启动特别程序",
        "延期",
        "联办",
    ]


def test_few_stand_in_one_menu(qtbot):
    row = shown(qtbot, "take_over", "correct", "mark")
    assert texts(row) == ["接收", "更多"]
    menu = row.buttons()[-1].menu_shown()
    assert [one.text() for one in menu.actions() if not one.isSeparator()] == [
        "加急和绿色通道",
        "更正",
    ]


def test_what_turns_a_case_off_its_way_is_never_the_large_button(qtbot):
    row = shown(qtbot, "send_outside", "pause")
    assert not any(button.minimumWidth() for button in row.buttons())
    row = shown(qtbot, "send_outside", "decide")
    assert texts(row) == ["作出决定", "转外部机构"]
    assert row.buttons()[0].minimumWidth()


def test_an_entry_of_the_menu_is_chosen(qtbot):
    row = shown(qtbot, *MANY)
    with qtbot.waitSignal(row.chosen) as heard:
        row.buttons()[-1].menu_shown().actions()[-1].menu().actions()[0].trigger()
    assert heard.args[0].verb == "correct"


@pytest.mark.parametrize("scale", [100, 150])
def test_nothing_sticks_out_where_it_is_narrow(qtbot, qapp, scale):
    look.apply(qapp, "ordinary", scale)
    row = shown(qtbot, *MANY)
    row.resize(look.current().px(360), row.heightForWidth(look.current().px(360)))
    assert all(button.geometry().right() <= row.width() for button in row.buttons())


@pytest.mark.parametrize("verb", ACTS)
def test_every_act_says_that_it_was_done(verb):
    choice = choice_of(ACTS[verb])
    assert choice.done.startswith("已") or "已" in choice.done
    assert not choice.done.isascii()
