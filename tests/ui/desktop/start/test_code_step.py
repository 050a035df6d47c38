"""The first step: a code comes in every way that people have it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from tests.ui.desktop import walks
from tests.ui.desktop.desks import WAIT_MS
from tests.ui.desktop.start.codes import a_code, packed, qr
from ui.desktop import look
from ui.desktop.start.code_step import CodeStep
from ui.desktop.start.enrolling import Enrolling
from ui.desktop.start.steps import Steps
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.text import Text
from ui.desktop.widgets.text_area import TextArea

CODE = a_code()


class Step:
    def __init__(self, qtbot, jobs, folder):
        self.qtbot = qtbot
        self.enrolling = Enrolling(jobs, folder)
        self.page = CodeStep(self.enrolling)
        self.page.add_above(Steps(0))
        qtbot.addWidget(self.page)
        self.page.resize(1366, 768)
        self.page.show()

    @property
    def area(self):
        area = self.page.findChild(TextArea)
        assert area is not None
        return area

    def press(self, text):
        next(one for one in self.page.findChildren(Button) if one.text() == text).click()

    def seen(self):
        found: list[Any] = [*self.page.findChildren(Text), *self.page.findChildren(Banner)]
        return [one.text() for one in found if one.isVisible()]

    def wait_until_read(self):
        self.qtbot.waitUntil(lambda: "湖塘村政务服务站" in self.seen(), timeout=WAIT_MS)

    def drop(self, offered):
        event = QDropEvent(
            QPointF(9, 9), Qt.DropAction.CopyAction, offered,
            Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        self.page.dropEvent(event)


@pytest.fixture
def step(qtbot, jobs, tmp_path):
    return Step(qtbot, jobs, tmp_path)


def test_a_pasted_code_says_its_station_and_centre_before_going_on(step):
    QGuiApplication.clipboard().setText(f"\n {CODE[:60]}\n{CODE[60:]} ")
    step.press("粘贴")
    assert {"湖塘村政务服务站", "村级  450305200201", "https://127.0.0.1:1"} <= set(step.seen())
    with step.qtbot.waitSignal(step.page.accepted):
        step.press("下一步")


def test_a_typed_code_is_read_as_soon_as_it_is_whole(step):
    step.area.setPlainText(CODE[:-1])
    assert "湖塘村政务服务站" not in step.seen()
    step.area.setPlainText(CODE)
    assert "湖塘村政务服务站" in step.seen()


def test_a_picture_on_the_clipboard_is_read(step):
    picture = QImage()
    picture.loadFromData(packed(qr(CODE)))
    QGuiApplication.clipboard().setImage(picture)
    step.press("粘贴")
    step.wait_until_read()
    assert step.area.toPlainText() == CODE


def test_a_file_that_is_dragged_here_is_read(step, tmp_path):
    (tmp_path / "code.jpg").write_bytes(packed(qr(CODE).convert("RGB"), "JPEG"))
    offered = QMimeData()
    offered.setUrls([QUrl.fromLocalFile(str(tmp_path / "code.jpg"))])
    step.drop(offered)
    step.wait_until_read()


def test_a_picture_and_a_text_that_are_dragged_here_are_read(step):
    offered = QMimeData()
    offered.setText(CODE)
    step.drop(offered)
    assert "湖塘村政务服务站" in step.seen()
    step.area.clear()
    picture = QImage()
    picture.loadFromData(packed(qr(CODE)))
    offered = QMimeData()
    offered.setImageData(picture)
    step.drop(offered)
    step.wait_until_read()


@pytest.mark.parametrize(
    ("typed", "told"),
    [("", "请先输入登记码"), ("DAIBAN1.abc", "没有抄全"), ("450305", "没有抄全")],
)
def test_without_a_whole_code_nobody_goes_on_and_hears_why(step, typed, told):
    step.area.setPlainText(typed)
    with step.qtbot.assertNotEmitted(step.page.accepted):
        step.press("下一步")
    assert told in step.area.accessibleDescription()


def test_a_clipboard_with_neither_says_so(step):
    QGuiApplication.clipboard().clear()
    step.press("粘贴")
    assert "剪贴板里没有" in step.area.accessibleDescription()


def test_a_file_that_is_no_picture_is_said_beside_the_field(step, tmp_path):
    (tmp_path / "code.png").write_bytes(b"no picture")
    offered = QMimeData()
    offered.setUrls([QUrl.fromLocalFile(str(tmp_path / "code.png"))])
    step.drop(offered)
    step.qtbot.waitUntil(
        lambda: "不是能读的图片" in step.area.accessibleDescription(), timeout=WAIT_MS
    )


def test_a_code_that_is_changed_after_it_was_read_does_not_count_any_more(step):
    step.area.setPlainText(CODE)
    step.area.setPlainText(CODE[:40])
    assert "湖塘村政务服务站" not in step.seen()
    with step.qtbot.assertNotEmitted(step.page.accepted):
        step.press("下一步")


def test_a_code_past_its_day_warns_of_the_clock_and_lets_one_go_on(step):
    step.area.setPlainText(a_code(expires_ms=1))
    assert any("请先核对电脑的日期" in text for text in step.seen())
    with step.qtbot.waitSignal(step.page.accepted):
        step.press("下一步")


@pytest.mark.parametrize("size", [(1366, 768), (900, 500)])
@pytest.mark.parametrize("scale", [100, 150])
def test_it_can_be_used_without_mouse_and_without_seeing_well(step, qapp, size, scale):
    look.apply(qapp, "ordinary", scale)
    step.page.resize(*size)
    step.area.setPlainText(CODE)
    QApplication.processEvents()
    QApplication.processEvents()
    assert walks.faults(step.page) == []
    (onward,) = [one for one in step.page.findChildren(Button) if one.text() == "下一步"]
    corner = onward.mapTo(step.page, onward.rect().bottomRight())
    assert step.page.rect().contains(corner)
