"""The card before the desk finds its shape and is at rest."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from pytestqt.qtbot import QtBot
from typing_extensions import override

from ui.desktop.start.frame import StartFrame
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.text import Text

_LOOKS = 15


class Requests(QObject):
    """Counts how often a layout below asks for a new shape."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.LayoutRequest
        return False


@pytest.mark.parametrize("height", [768, 500, 300])
def test_a_page_that_stands_still_asks_for_no_new_shape(qtbot, height):
    frame = StartFrame()
    qtbot.addWidget(frame)
    frame.set_title("登录")
    frame.add(Text("密码"))
    frame.add_action(Button("登录"))
    frame.resize(1000, height)
    frame.show()
    requests = Requests()
    for one in frame.findChildren(QObject):
        one.installEventFilter(requests)
    assert any(_is_at_rest(qtbot, requests) for _ in range(_LOOKS))


def _is_at_rest(qtbot: QtBot, requests: Requests) -> bool:
    requests.count = 0
    qtbot.wait(30)
    return requests.count == 0
