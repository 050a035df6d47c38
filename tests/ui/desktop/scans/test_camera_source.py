"""The camera's library is loaded when it is asked for, and frames of it become pictures off the GUI thread.

No camera is needed: a frame is put into the sink that a camera would fill.
"""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.desktop import walks
from tests.ui.desktop.scans.papers import a_picture
from tests.ui.desktop.widgets.showing import show
from ui.desktop.scans.camera_panel import CameraPanel
from ui.desktop.scans.camera_source import CameraSource, NoCameraLibrary
from ui.desktop.scans.incoming import Brought

try:
    from PySide6.QtMultimedia import QVideoFrame
except ImportError as error:
    with_multimedia = pytest.mark.skip(reason=f"QtMultimedia cannot be loaded here: {error}")
else:
    with_multimedia = pytest.mark.qt_log_ignore("qt.multimedia", extend=True)

_STARTS = """
import sys
import ui.desktop.start.pages as pages
from ui.desktop.pages.registration.page import RegistrationPage
from ui.desktop.pages.cases.page import CasesPage
import ui.desktop.scans.capture_dialog, ui.desktop.scans.camera_source
print([name for name in sys.modules if "Multimedia" in name])
"""


def test_nothing_of_it_is_loaded_before_the_camera_is_opened():
    run = subprocess.run(
        [sys.executable, "-c", _STARTS], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


def test_a_computer_without_its_library_says_which_is_missing(qtbot, monkeypatch):
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    monkeypatch.delattr("PySide6.QtMultimedia", raising=False)
    with pytest.raises(NoCameraLibrary):
        CameraSource()
    panel = CameraPanel()
    show(qtbot, panel)
    panel.begin()
    assert "系统组件" in " ".join(walks.texts(panel))
    assert not panel.snap.isEnabled()


@with_multimedia
def test_a_frame_of_the_real_sink_is_seen_and_taken(qtbot):
    sources: list[CameraSource] = []

    def source(parent):
        sources.append(_WithOneCamera(parent))
        return sources[-1]

    panel = CameraPanel(source)
    panel.resize(600, 500)
    show(qtbot, panel)
    panel.begin()
    taken: list[Brought] = []
    panel.snapped.connect(taken.append)
    sources[0].sink.setVideoFrame(QVideoFrame(a_picture(1, (4000, 3000))))
    qtbot.waitUntil(panel.snap.isEnabled)
    QTest.mouseClick(panel.snap, Qt.MouseButton.LeftButton)
    (scan,) = taken[0].read()
    assert max(scan.sheet.width, scan.sheet.height) <= 2200
    panel.end()


class _WithOneCamera(CameraSource):
    """Nobody has one on the machine that tests; the sink is Qt's own."""

    def cameras(self):
        return [("1", "高拍仪")]

    def start(self, name):
        pass
