"""A tooltip shows what was typed, whatever it looks like."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import Qt, QTextDocumentFragment
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.desktop.widgets.tips import LONGEST, plain_tip, set_tip

DESKTOP = Path(__file__).parents[4] / "ui" / "desktop"
HOSTILE = [
    "<b>韦小妹</b>",
    '<img src="file:///etc/passwd">韦小妹',
    '<a href="https://example.org">点这里</a>',
    "第一行\n<b>第二行</b> 两个  空格",
    "韦&lt;小妹",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_markup_is_shown_and_not_obeyed(qtbot: QtBot, typed: str) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    set_tip(widget, typed)
    told = widget.toolTip()
    shown = QTextDocumentFragment.fromHtml(told).toPlainText() if Qt.mightBeRichText(told) else told
    assert shown.replace("\u2028", "\n") == typed


def test_an_ordinary_tip_stays_as_it_is_and_a_page_is_cut_off() -> None:
    assert plain_tip("1 < 2，打印（F9）") == "1 < 2，打印（F9）"
    assert len(plain_tip("韦" * 100_000)) == LONGEST + 1


def test_every_tip_goes_this_way() -> None:
    """Qt's own call is in one file only."""
    offenders = [
        f"{file.relative_to(DESKTOP)}:{node.lineno}"
        for file in DESKTOP.rglob("*.py")
        if file.name != "tips.py"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "setToolTip"
    ]
    assert offenders == []
