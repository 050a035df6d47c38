"""The preview of a document, with real pages."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from printing import render
from tests.printing.reading import Printed
from tests.printing.samples import a_receipt, a_slip, thirty_materials
from tests.ui.desktop import walks
from ui.desktop import look
from ui.desktop.jobs import Job, Jobs
from ui.desktop.widgets.paper_sheets import STEPS
from ui.desktop.widgets.paper_view import PaperView

WAIT_MS = 20_000
LONG = render(a_receipt(materials=thirty_materials()))
SHORT = render(a_receipt())


@pytest.fixture
def jobs(qtbot):
    jobs = Jobs()
    yield jobs
    qtbot.waitUntil(lambda: not jobs.busy, timeout=WAIT_MS)
    jobs.stop()


@pytest.fixture
def view(qtbot, jobs):
    def outside(work, done, failed=None, *, replaces=None):
        return jobs.outside(work, done=done, failed=failed or print, replaces=replaces)

    view = PaperView(outside)
    qtbot.addWidget(view)
    view.resize(640, 520)
    view.show()
    return view


class Queue:
    """A queue that goes on when the test says so."""

    def __init__(self):
        self.jobs: list[Job] = []

    def outside(self, work, done, failed=None, *, replaces=None):
        self.jobs.append(Job(work, done, failed or print))
        return self.jobs[-1]

    def step(self):
        job = self.jobs.pop(0)
        job.run()
        assert job.tell() is None


def settle(qtbot, jobs):
    qtbot.waitUntil(lambda: not jobs.busy, timeout=WAIT_MS)


def show(qtbot, jobs, view, pdf, name="收件回执"):
    view.show_paper(pdf, name)
    settle(qtbot, jobs)


def picture_of(widget: QWidget) -> Image.Image:
    grabbed = widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    size = (grabbed.width(), grabbed.height())
    return Image.frombytes(
        "L", size, bytes(grabbed.constBits()), "raw", "L", grabbed.bytesPerLine()
    )


def dark(view: PaperView) -> int:
    return sum(picture_of(view.sheets.viewport()).histogram()[:100])


def test_nothing_is_shown_before_anything_was_chosen(view):
    assert view.sheets.count == 0
    assert not view.sheets.isVisible()


def test_a_document_begins_at_its_first_page_as_wide_as_there_is_room(qtbot, jobs, view):
    show(qtbot, jobs, view, SHORT)
    assert view.sheets.isVisible()
    assert (view.sheets.count, view.sheets.page) == (2, 0)
    assert view.sheets.fits
    assert view.sheets.horizontalScrollBar().maximum() == 0
    assert "第 1 页，共 2 页" in texts(view)


@pytest.mark.parametrize("factor", [0.5, 0.9, 1.0, 2.0])
def test_the_page_is_seen_dot_for_dot(qtbot, jobs, view, factor):
    show(qtbot, jobs, view, SHORT)
    view.sheets.zoom_to(factor)
    view.sheets.horizontalScrollBar().setValue(37)
    view.sheets.verticalScrollBar().setValue(53)
    settle(qtbot, jobs)
    scale = view.sheets.logicalDpiX() / 72 * factor
    drawn = Printed(SHORT).pages[0].render(scale=scale, grayscale=True)
    page = drawn.to_pil().convert("L")
    seen = picture_of(view.sheets.viewport())
    margin = look.current().px(look.Space.M)
    free = max(0, (seen.width - page.width) // 2 - margin)
    left = margin + free - view.sheets.horizontalScrollBar().value()
    top = margin - view.sheets.verticalScrollBar().value()
    box = (max(0, -left), max(0, -top), min(page.width, seen.width - left), 300)
    there = seen.crop((box[0] + left, box[1] + top, box[2] + left, box[3] + top))
    assert there.size[0] > 200
    assert ImageChops.difference(page.crop(box), there).getbbox() is None


def test_only_pages_in_sight_are_drawn_and_kept(qtbot, jobs, view):
    show(qtbot, jobs, view, LONG)
    assert view.sheets.count > 3
    assert view.sheets.drawn == {0}
    view.sheets.turn_to(2)
    settle(qtbot, jobs)
    assert 2 in view.sheets.drawn
    assert 0 not in view.sheets.drawn


def test_until_a_page_is_drawn_its_place_is_free_and_then_its_old_size_stands_in(qtbot):
    queue = Queue()
    view = PaperView(queue.outside)
    qtbot.addWidget(view)
    view.resize(640, 520)
    view.show()
    view.show_paper(SHORT, "收件回执")
    queue.step()
    assert view.sheets.count == 2
    assert view.sheets.drawn == frozenset()
    assert dark(view) < 200  # only the words that say it is coming
    queue.step()
    assert view.sheets.drawn == {0}
    before = dark(view)
    assert before > 1000
    view.sheets.zoom_to(1.0)
    assert dark(view) > before / 2
    queue.step()
    assert not view.sheets.waiting


def test_a_size_that_was_left_again_is_not_drawn(qtbot):
    queue = Queue()
    view = PaperView(queue.outside)
    qtbot.addWidget(view)
    view.resize(640, 520)
    view.show()
    view.show_paper(SHORT, "收件回执")
    queue.step()
    for factor in (0.5, 0.75, 1.0):
        view.sheets.zoom_to(factor)
    wanted = [job for job in queue.jobs if not job.cancelled]
    assert len(wanted) == len(view.sheets.drawn) + 1


def test_pages_are_turned_by_buttons_and_keys(qtbot, jobs, view):
    show(qtbot, jobs, view, LONG)
    pages: list[int] = []
    view.page_changed.connect(pages.append)
    button(view, "下一页").click()
    assert view.sheets.page == 1
    assert f"第 2 页，共 {view.sheets.count} 页" in texts(view)
    QTest.keyClick(view.sheets, Qt.Key.Key_End)
    assert view.sheets.page == view.sheets.count - 1
    assert not button(view, "下一页").isEnabled()
    QTest.keyClick(view.sheets, Qt.Key.Key_PageUp)
    assert view.sheets.page == view.sheets.count - 2
    QTest.keyClick(view.sheets, Qt.Key.Key_Home)
    assert view.sheets.page == 0
    assert not button(view, "上一页").isEnabled()
    assert pages[0] == 2
    assert pages[-1] == 1


@pytest.mark.parametrize(
    ("key", "factor"), [(Qt.Key.Key_1, 1.0), (Qt.Key.Key_Plus, None), (Qt.Key.Key_Minus, None)]
)
def test_keys_change_the_size(qtbot, jobs, view, key, factor):
    show(qtbot, jobs, view, SHORT)
    before = view.sheets.factor
    QTest.keyClick(view.sheets, key)
    assert not view.sheets.fits
    if factor is not None:
        assert view.sheets.factor == factor
    elif key is Qt.Key.Key_Plus:
        assert view.sheets.factor > before
    else:
        assert view.sheets.factor < before
    QTest.keyClick(view.sheets, Qt.Key.Key_0)
    assert view.sheets.fits
    assert view.sheets.factor == pytest.approx(before)


def test_sizes_end_at_both_ends(qtbot, jobs, view):
    show(qtbot, jobs, view, SHORT)
    for _ in STEPS:
        button(view, "放大").click()
    assert view.sheets.factor == STEPS[-1]
    assert not button(view, "放大").isEnabled()
    for _ in STEPS:
        button(view, "缩小").click()
    assert view.sheets.factor == STEPS[0]
    assert not button(view, "缩小").isEnabled()
    assert f"{STEPS[0]:.0%}" in texts(view)


def test_original_size_is_as_large_as_paper(qtbot, jobs, view):
    show(qtbot, jobs, view, SHORT)
    button(view, "原大").click()
    settle(qtbot, jobs)
    assert view.sheets.factor == 1.0
    assert "100%" in texts(view)
    inches = (view.sheets.horizontalScrollBar().maximum() + view.sheets.viewport().width()) - (
        2 * look.current().px(look.Space.M)
    )
    assert inches / view.sheets.logicalDpiX() == pytest.approx(210 / 25.4, abs=0.02)


def test_the_wheel_with_ctrl_enlarges_where_the_mouse_is(qtbot, jobs, view):
    show(qtbot, jobs, view, SHORT)
    view.sheets.zoom_to(1.0)
    at = QPoint(400, 300)
    before = [
        (view.sheets.horizontalScrollBar().value() + at.x()) / view.sheets.factor,
        (view.sheets.verticalScrollBar().value() + at.y()) / view.sheets.factor,
    ]
    view.sheets.wheelEvent(a_notch(at, Qt.KeyboardModifier.ControlModifier))
    assert view.sheets.factor > 1.0
    after = [
        (view.sheets.horizontalScrollBar().value() + at.x()) / view.sheets.factor,
        (view.sheets.verticalScrollBar().value() + at.y()) / view.sheets.factor,
    ]
    assert after == pytest.approx(before, abs=3)


def test_the_wheel_alone_scrolls(qtbot, jobs, view):
    show(qtbot, jobs, view, SHORT)
    factor = view.sheets.factor
    view.sheets.wheelEvent(a_notch(QPoint(10, 10), Qt.KeyboardModifier.NoModifier, -120))
    assert view.sheets.factor == factor
    assert view.sheets.verticalScrollBar().value() > 0


def test_a_wider_window_shows_a_larger_page(qtbot, jobs, view):
    show(qtbot, jobs, view, SHORT)
    before = view.sheets.factor
    view.resize(900, 520)
    settle(qtbot, jobs)
    assert view.sheets.factor > before


def test_another_document_takes_the_place_of_the_first(qtbot, jobs, view):
    view.show_paper(LONG, "长")
    view.show_paper(render(a_slip()), "短")
    settle(qtbot, jobs)
    assert view.sheets.count == 2
    assert "短" in texts(view)
    view.show_nothing("没有选中文书")
    assert view.sheets.count == 0
    assert not view.sheets.isVisible()


def test_what_cannot_be_read_is_told(qtbot, jobs, view):
    show(qtbot, jobs, view, b"no paper")
    assert "不能预览" in texts(view)
    assert any("PDF 打不开" in text for text in texts(view))


def test_a_view_may_go_while_its_pages_are_being_drawn(qtbot, jobs):
    def outside(work, done, failed=None, *, replaces=None):
        return jobs.outside(work, done=done, failed=failed or print, replaces=replaces)

    view = PaperView(outside)
    view.resize(640, 520)
    view.show()
    view.show_paper(LONG, "长")
    qtbot.waitUntil(lambda: view.sheets.waiting, timeout=WAIT_MS)
    view.sheets.turn_to(1)
    view.deleteLater()
    settle(qtbot, jobs)


@pytest.mark.parametrize("scale", look.SCALES)
@pytest.mark.parametrize("width", [380, 640])
def test_everything_in_the_bar_is_reached_and_whole(qtbot, qapp, jobs, view, scale, width):
    look.apply(qapp, "ordinary", scale)
    view.resize(look.current().px(width), look.current().px(520))
    show(qtbot, jobs, view, SHORT)
    assert walks.faults(view) == []


def a_notch(at: QPoint, modifiers: Qt.KeyboardModifier, turned: int = 120) -> QWheelEvent:
    return QWheelEvent(
        QPointF(at),
        QPointF(at),
        QPoint(),
        QPoint(0, turned),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )


def button(view, name):
    from ui.desktop.widgets.button import Button

    return next(one for one in view.findChildren(Button) if one.accessibleName() == name)


def texts(view):
    return [label.text() for label in view.findChildren(QLabel)]
