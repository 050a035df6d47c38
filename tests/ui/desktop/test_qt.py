"""The Qt that is installed is one that a long working day can be spent with."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


def test_calls_that_return_nothing_leave_none_alone(qtbot: QtBot) -> None:
    """PySide6 6.12.0 takes a reference from None at each; Python 3.11 dies when none is left."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)

    for _ in range(1_000):
        label.setText("办件")

    assert abs(sys.getrefcount(None) - before) < 500


def test_nobody_asks_a_widget_for_its_screen() -> None:
    """PySide6 makes the screen a child of that widget: with the widget goes the screen, and the next one crashes."""
    desktop = Path(__file__).parents[3] / "ui" / "desktop"
    asked = [
        str(file)
        for file in desktop.rglob("*.py")
        if re.search(r"\.screen\(\)", file.read_text("utf-8"))
    ]

    assert asked == []
