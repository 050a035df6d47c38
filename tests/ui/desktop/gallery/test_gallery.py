"""The gallery shows every widget, in both themes and three sizes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.ui.desktop import walks
from ui.desktop import look
from ui.desktop.gallery import widgets
from ui.desktop.gallery.sheet import ALL_LOOKS, NotReady, Sheet, pictures
from ui.desktop.widgets.text import Text

# The offscreen platform says so of every popup.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

_NOT_SHOWN_ALONE = {
    "tips",
    "__init__",
    "painting",
    "cells",
    "reading_order",
    "form_walk",
    "scroll_body",
    "suggestion",
    "suggestions",
    "walked_rows",
    "zoom_area",
}


def test_every_widget_is_in_it():
    shown = "\n".join(
        file.read_text(encoding="utf-8") for file in Path("ui/desktop/gallery").glob("*.py")
    )
    made = {file.stem for file in Path("ui/desktop/widgets").glob("*.py")} - _NOT_SHOWN_ALONE
    missing = {name for name in made if f"ui.desktop.widgets.{name} import" not in shown}
    assert missing - {"paper_view", "paper_sheets"} == set()


def test_names_of_sheets_are_names_of_files_and_no_two_are_alike():
    names = [sheet.name for sheet in widgets.sheets()]
    assert len(names) == len(set(names))
    assert all(name.replace("-", "").isalnum() for name in names)


@pytest.mark.parametrize("sheet", widgets.sheets(), ids=lambda sheet: sheet.name)
@pytest.mark.parametrize("scale", look.SCALES)
def test_every_control_has_a_name_and_can_be_hit_and_read(qapp, qtbot, sheet, scale):
    look.apply(qapp, "ordinary", scale)
    board = sheet.make()
    qtbot.addWidget(board)
    board.resize(sheet.size[0], sheet.size[1] or board.heightForWidth(sheet.size[0]))
    board.show()
    qapp.processEvents()
    assert walks.nameless(board) == []
    assert walks.too_low(board) == []
    assert walks.clipped(board) == []


def test_it_is_drawn_by_one_command_without_a_screen(tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "index.html").touch()
    environment = {
        name: value for name, value in os.environ.items() if not name.endswith("DISPLAY")
    }
    environment.pop("QT_QPA_PLATFORM", None)
    subprocess.run(
        [
            sys.executable,
            "-m",
            "ui.desktop.gallery",
            "--out",
            str(tmp_path),
            "12-question",
        ],
        check=True,
        env=environment,
        capture_output=True,
    )
    files = sorted(file.name for file in tmp_path.glob("*.png"))
    assert len(files) == len(ALL_LOOKS) == 6
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert all(f"src='{name}'" in index for name in files)
    assert "href='papers/index.html'" in index
    assert QImage(str(tmp_path / files[0])).width() == 560


def test_a_sheet_is_taken_when_it_is_ready(qapp):
    asked: list[int] = []

    def ready(_widget):
        asked.append(1)
        return len(asked) > 2

    sheet = Sheet(
        name="x",
        title="x",
        make=lambda: Text("好"),
        size=(80, 40),
        looks=ALL_LOOKS[:1],
        ready=ready,
    )
    (picture,) = pictures(qapp, sheet)
    assert len(asked) == 3
    assert (picture.pixmap.width(), picture.file) == (80, "x-ordinary-100.png")


def test_a_sheet_that_never_gets_ready_is_an_error(qapp, monkeypatch):
    monkeypatch.setattr("ui.desktop.gallery.sheet._PATIENCE_S", 0.0)
    sheet = Sheet(
        name="x", title="x", make=lambda: Text("好"), size=(80, 40), ready=lambda _: False
    )
    with pytest.raises(NotReady):
        list(pictures(qapp, sheet))
