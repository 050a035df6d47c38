"""The watchdog itself barks at what it should, and only at that."""

from __future__ import annotations

import json
import os
import subprocess
import sys

_SCRIPT = """
import dataclasses, json, sys, time
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton
from tests.ui.desktop.watchdog import WatchedApplication

app = WatchedApplication([])

def toil(work_s):
    until = time.thread_time() + work_s
    while time.thread_time() < until:
        pass

def at(stage, action):
    def run():
        app.stage = stage
        action()
    return run

def dialog():
    shown = QDialog()
    QTimer.singleShot(20, lambda: toil(0.03))
    QTimer.singleShot(800, shown.accept)
    shown.exec()

def script():
    app.step_aside()
    toil(0.4)
    QTest.keyClick(button, Qt.Key.Key_Space)

button = QPushButton()
button.clicked.connect(lambda: toil(0.06))
button.show()
QTimer.singleShot(10, at("toil", lambda: toil(0.12)))
QTimer.singleShot(200, at("sleep", lambda: time.sleep(0.3)))
QTimer.singleShot(500, at("click", button.click))
QTimer.singleShot(700, at("dialog", dialog))
QTimer.singleShot(1600, at("script", script))
QTimer.singleShot(2100, app.quit)
app.exec()
print(json.dumps([dataclasses.asdict(spell) for spell in app.spells]))
"""


def test_each_event_is_counted_by_itself() -> None:
    run = subprocess.run(
        [sys.executable, "-c", _SCRIPT],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        check=True,
    )
    spells = json.loads(run.stdout)
    worst = {
        stage: max(
            (spell for spell in spells if spell["stage"] == stage),
            key=lambda spell: spell["work_ms"],
        )
        for stage in ("toil", "sleep", "click", "dialog", "script")
    }
    assert worst["toil"]["work_ms"] >= 120
    assert worst["sleep"]["wall_ms"] >= 300
    assert worst["sleep"]["work_ms"] < 300
    assert worst["click"]["work_ms"] >= 60
    # The dialog stood for 800 ms, but nobody was busy except for 30 of them.
    assert 30 <= worst["dialog"]["work_ms"] < 800
    # The key is counted, the script that pressed it is not.
    assert worst["script"]["receiver"] == "QPushButton"
    assert 60 <= worst["script"]["work_ms"] < 400
