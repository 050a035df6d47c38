"""An item's guide, chart, sample and form in 事项: seen, then printed or saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.usecases.item_sheets import ItemSheet
from printing import printer
from printing.choice import Paper, PrinterChoice
from printing.pages import Pages
from printing.troubles import PrinterStopped
from tests.builders import VILLAGE, a_district, the_catalogue
from tests.printing.reading import Printed
from tests.ui.desktop.desks import SomeDesk, a_desk, leave
from tests.ui.desktop.pages.items import states
from ui.desktop.desk import Said
from ui.desktop.pages.items.page import ItemsPage
from ui.desktop.preferences import ANY_DOCUMENT
from ui.desktop.print_jobs import JobState, jobs_of
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.segments import Segments

WIDE = (1190, 680)
NARROW = (844, 420)
ITEMS = ("IT001", "IT018", "IT022")


@pytest.fixture
def some(qtbot: QtBot, tmp_path: Path) -> Iterator[SomeDesk]:
    made = a_desk(qtbot, tmp_path, VILLAGE, district=states.with_notes(a_district(items=ITEMS)))
    made.desk.preferences = msgspec.structs.replace(
        made.desk.preferences, file_folder=str(tmp_path / "papers")
    )
    yield made
    leave(made)


def shown(some: SomeDesk, item: str = "IT001", size: tuple[int, int] = WIDE) -> ItemsPage:
    page = ItemsPage(some.desk)
    some.qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    page.receive(item)
    settle(some)
    return page


def settle(some: SomeDesk) -> None:
    for _ in range(4):  # one answer asks the next question
        some.settle()
        QApplication.processEvents()


def press(segments: Segments, place: int) -> None:
    segments.findChildren(Button)[place].click()


def said_on(page: ItemsPage) -> str:
    """What stands on the pages that are previewed."""
    pdf = page.preview.pdf
    return Printed(pdf).text if pdf else ""


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        (ItemSheet.GUIDE, "八、窗口权限"),
        (ItemSheet.CHART, "一次性告知补正"),
        (ItemSheet.SAMPLE, "张三（示例）"),
        (ItemSheet.FORM, "申请人签名"),
    ],
)
@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_button_shows_the_sheet_and_escape_leads_back(some, sheet, says, size):
    page = shown(some, size=size)
    page.guide.on_paper[sheet].click()
    settle(some)
    assert page.preview.isVisible()
    assert not page.split.isVisible()
    assert says in said_on(page)
    assert page.preview.view.sheets.count >= 1
    assert page.preview.papers.isVisible() is sheet.is_poster
    some.qtbot.keyClick(page.preview.print, Qt.Key.Key_Escape)
    settle(some)
    assert not page.preview.isVisible()
    assert page.split.isVisible()


def test_an_item_without_a_form_offers_none(some):
    page = shown(some)
    assert page.guide.on_paper[ItemSheet.FORM].isVisible()
    page.receive("IT018")
    settle(some)
    visible = {sheet for sheet, button in page.guide.on_paper.items() if button.isVisible()}
    assert visible == {ItemSheet.GUIDE, ItemSheet.CHART}
    page.print_paper()
    settle(some)
    assert len(page.preview.offers) == 2


def test_what_is_not_done_here_has_nothing_to_print(some):
    page = shown(some, the_catalogue().not_issued_here[0].name)
    assert not page.guide.papers.isVisible()
    told: list[Said] = []
    some.desk.said.connect(told.append)
    page.print_paper()
    assert "先选一个事项" in told[0].text


def test_one_goes_from_sheet_to_sheet_and_from_paper_to_paper(some):
    page = shown(some)
    page.print_paper()
    settle(some)
    assert "办事指南" in said_on(page)
    press(page.preview.sheets, 1)
    settle(some)
    assert "办事流程图" in said_on(page)
    press(page.preview.papers, 1)
    settle(some)
    assert Printed(page.preview.pdf).size_mm() == (297, 420)
    press(page.preview.sheets, 2)  # made on A4 only
    settle(some)
    assert Printed(page.preview.pdf).size_mm() == (210, 297)


def test_f9_prints_what_is_seen_on_its_paper(some, monkeypatch):
    sent = []

    def draw_on(_, pages: Pages, choice, *, title, **_others):
        sent.append((title, choice.paper, len(pages)))

    monkeypatch.setattr(printer, "system_printer", lambda _: None)
    monkeypatch.setattr(printer, "draw_on", draw_on)
    some.desk.preferences = msgspec.structs.replace(
        some.desk.preferences, printers={ANY_DOCUMENT: PrinterChoice(printer="湖塘激光")}
    )
    page = shown(some)
    page.print_paper()
    press(page.preview.papers, 1)
    settle(some)
    page.print_paper()
    jobs = jobs_of(some.desk)
    some.qtbot.waitUntil(lambda: not jobs.busy, timeout=10_000)
    assert sent == [("办事指南 最低生活保障审核确认", Paper.A3, 1)]
    assert not jobs.jobs[0].asks  # no document, so nobody asks whether it came out


def test_what_did_not_reach_the_printer_is_printed_again_and_after_that_made_anew(
    some, monkeypatch
):
    troubles = [PrinterStopped(printer="湖塘激光", page=1)]
    sent = []

    def draw_on(_, pages: Pages, choice, *, title, **_others):
        if troubles:
            raise troubles.pop()
        sent.append(title)

    monkeypatch.setattr(printer, "system_printer", lambda _: None)
    monkeypatch.setattr(printer, "draw_on", draw_on)
    some.desk.preferences = msgspec.structs.replace(
        some.desk.preferences, printers={ANY_DOCUMENT: PrinterChoice(printer="湖塘激光")}
    )
    page = shown(some)
    page.show_on_paper(ItemSheet.CHART)
    page.print_paper()
    jobs = jobs_of(some.desk)
    some.qtbot.waitUntil(lambda: not jobs.busy, timeout=10_000)
    assert jobs.jobs[0].state is JobState.FAILED
    for _ in range(2):
        jobs.print_again(jobs.jobs[0].n)
        some.qtbot.waitUntil(lambda: not jobs.busy, timeout=10_000)
    assert sent == ["流程图 最低生活保障审核确认"] * 2


def test_it_is_saved_as_a_file(some, tmp_path, monkeypatch):
    file = tmp_path / "guide.pdf"
    asked = []

    def choose(_parent, _title, suggested, _kinds):
        asked.append(Path(suggested).name)
        return str(file), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    page = shown(some)
    page.print_paper()
    settle(some)
    page.preview.save.click()
    settle(some)
    assert asked == ["办事指南 最低生活保障审核确认.pdf"]
    assert file.read_bytes() == page.preview.pdf
