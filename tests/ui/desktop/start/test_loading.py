"""Modules with widgets are loaded in turns of the GUI thread."""

from __future__ import annotations

import subprocess
import sys
import threading

from PySide6.QtCore import QObject, QTimer

from ui.desktop.start import pages
from ui.desktop.start.loading import Loading, within


def test_every_module_is_loaded_on_this_thread_and_others_come_to_their_turn(
    qtbot, tmp_path, monkeypatch
):
    for name in ("first", "second", "third"):
        (tmp_path / f"loaded_{name}.py").write_text(
            "import threading\nTHREAD = threading.get_ident()\n", "utf-8"
        )
    monkeypatch.syspath_prepend(str(tmp_path))
    parent = QObject()
    loading = Loading(["loaded_first", "loaded_second", "loaded_third"], parent)
    turns: list[int] = []
    clock = QTimer(parent)
    clock.timeout.connect(
        lambda: turns.append(sum(name.startswith("loaded_") for name in sys.modules))
    )
    clock.start(0)
    with qtbot.waitSignal(loading.finished):
        loading.begin()
    clock.stop()
    threads = {sys.modules[f"loaded_{name}"].THREAD for name in ("first", "second", "third")}
    assert threads == {threading.get_ident()}
    assert len(set(turns)) > 1  # somebody else was served between two


def test_who_stops_has_nothing_more_loaded(qtbot):
    parent = QObject()
    loading = Loading(["no_such_module_anywhere"], parent)
    loading.begin()
    loading.stop()
    with qtbot.waitSignal(loading.finished):
        pass
    assert "no_such_module_anywhere" not in sys.modules


def test_what_belongs_to_a_window_that_is_gone_loads_nothing(qtbot):
    parent = QObject()
    loading = Loading(["no_such_module_anywhere"], parent)
    loading.begin()
    loading.setParent(None)
    loading.deleteLater()
    qtbot.wait(50)
    assert "no_such_module_anywhere" not in sys.modules


def test_the_pages_modules_are_found_page_by_page():
    names = list(within(*pages.packages()))
    assert names.index("ui.desktop.pages.home") < names.index("ui.desktop.pages.settings")
    assert "ui.desktop.pages.cases.forms.base" in names
    assert "ui.desktop.pages.archive.page" in names


_FIRST_LOOK = """
import sys
from pathlib import Path
import ui.desktop.start.flow as flow
before = {name for name in sys.modules if name.startswith("ui.desktop")}
assert flow._people_or_first_start(Path(sys.argv[1])) is None
print({name for name in sys.modules if name.startswith("ui.desktop")} - before or "nothing")
"""


def test_looking_for_people_off_this_thread_loads_no_widgets_where_there_is_nobody(tmp_path):
    run = subprocess.run(
        [sys.executable, "-c", _FIRST_LOOK, str(tmp_path)],
        check=True,
        capture_output=True,
        text=True,
    )
    assert run.stdout.strip() == "nothing"
