"""文书 as people use it: real widgets, a real store, files instead of a printer."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from typing_extensions import override

from app.domain.case import Case
from app.domain.papers import PaperKind
from tests.builders import TOWNSHIP, VILLAGE, a_case, a_district, a_station, act, carry
from tests.printing.reading import Printed
from tests.ui.desktop import walks
from tests.ui.desktop.desks import WAIT_MS, a_desk, leave
from tests.ui.desktop.pages.papers.desks import RECEIPT, a_receipt_of, filing, issue
from ui.desktop import look
from ui.desktop.desk import Destination
from ui.desktop.pages.names import PageName
from ui.desktop.pages.papers.lines import Span
from ui.desktop.pages.papers.page import PapersPage
from ui.desktop.print_jobs import JobState, jobs_of


@pytest.fixture
def desk(some_desk, tmp_path):
    return filing(some_desk, tmp_path)


def shown(qtbot, desk, width=1200, height=680):
    page = PapersPage(desk.desk)
    qtbot.addWidget(page)
    page.resize(width, height)
    page.show()
    settle(desk)
    return page


def settle(desk):
    """Until nothing is read, drawn or printed any more."""
    jobs = jobs_of(desk.desk)
    for _ in range(3):
        desk.settle()
        desk.qtbot.waitUntil(lambda: not jobs.busy, timeout=WAIT_MS)
    desk.settle()


def texts(page):
    return [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]


def papers_of(desk, subject):
    case = desk.station.store.case(subject)
    assert isinstance(case, Case)
    return list(case.papers)


def test_the_newest_document_is_seen_at_once(desk, qtbot):
    a_receipt_of(desk, "韦小妹")
    last = a_receipt_of(desk, "莫桂英")
    page = shown(qtbot, desk)
    assert page.list.current_row() == 0
    assert page.leaf.view.sheets.count == 2
    assert page.leaf.print.text() == "补打第 1 次"
    assert page.leaf.print.isEnabled()
    assert any(text.startswith("收件回执 ") for text in texts(page))
    assert last


def test_f9_prints_what_is_selected_again_and_the_list_tells(desk, qtbot, tmp_path):
    subject = a_receipt_of(desk)
    page = shown(qtbot, desk)
    page.print_paper()
    settle(desk)
    assert [record.reprint for record in papers_of(desk, subject)] == [0, 1]
    (job,) = jobs_of(desk.desk).jobs
    assert job.state is JobState.FILED
    assert len(list((tmp_path / "papers").iterdir())) == 1
    assert page.prints.isVisible()
    assert "收件回执" in " ".join(texts(page.prints))
    assert page.list.model().rowCount() == 2  # the copy is in the register


def test_what_is_looked_at_stays_when_another_copy_comes(desk, qtbot):
    a_receipt_of(desk)
    page = shown(qtbot, desk)
    page.print_paper()
    settle(desk)
    assert page.list.current_row() == 1  # the copy that was selected, now the second
    assert page.leaf.print.text() == "补打第 2 次"


def test_a_case_shows_only_its_documents_and_prints_the_first(desk, qtbot):
    a_receipt_of(desk, "莫桂英")
    subject = a_case(desk.station, name="韦小妹", mandate=False)
    page = shown(qtbot, desk)
    page.receive(subject)
    settle(desk)
    assert page.list.model().rowCount() == 2  # the receipt, and the item's form
    assert not page.search.isVisible()
    assert any("韦*妹" in text for text in texts(page))
    assert page.leaf.print.text() == "打印"
    assert not page.leaf.save.isEnabled()
    assert "还没有出具，打印时编号。" in texts(page)
    page.leaf.print.click()
    settle(desk)
    assert [record.reprint for record in papers_of(desk, subject)] == [0]
    assert page.list.model().rowCount() == 2
    assert page.list.current_row() == 0
    assert page.leaf.print.text() == "补打第 1 次"


def test_from_a_case_one_goes_back_to_the_register(desk, qtbot):
    a_receipt_of(desk, "莫桂英")
    subject = a_case(desk.station, name="韦小妹")
    page = shown(qtbot, desk)
    page.receive(subject)
    settle(desk)
    back = next(one for one in walks.stops(page) if walks.said(one) == "看全部文书")
    QTest.keyClick(back, Qt.Key.Key_Space)
    settle(desk)
    assert page.search.isVisible()
    assert page.list.model().rowCount() == 1
    page.receive(None)
    settle(desk)
    assert page.list.model().rowCount() == 1


def test_several_are_printed_together(desk, qtbot):
    subjects = [a_receipt_of(desk, name) for name in ("韦一", "韦二", "韦三")]
    page = shown(qtbot, desk)
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    settle(desk)
    assert page.leaf.print.text() == "打印选中的 2 份"
    page.leaf.print.click()
    settle(desk)
    assert [len(papers_of(desk, subject)) for subject in subjects] == [1, 2, 2]


def test_typing_narrows_the_register_and_enter_goes_to_it(desk, qtbot):
    a_receipt_of(desk, "韦小妹")
    a_receipt_of(desk, "莫桂英")
    page = shown(qtbot, desk)
    page.search.setFocus()
    QTest.keyClicks(page.search, "mgy")
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    settle(desk)
    assert page.list.model().rowCount() == 1
    assert page.list.hasFocus()


def test_typing_alone_narrows_too(desk, qtbot):
    a_receipt_of(desk, "韦小妹")
    a_receipt_of(desk, "莫桂英")
    page = shown(qtbot, desk)
    QTest.keyClicks(page.search, "wxm")
    qtbot.waitUntil(lambda: page.list.model().rowCount() == 1, timeout=WAIT_MS)
    settle(desk)


def test_a_span_without_documents_says_so_and_offers_all(desk, qtbot):
    a_receipt_of(desk)
    desk.district.wall.turn(days=40)
    page = shown(qtbot, desk)
    assert page.list.model().rowCount() == 0
    assert "最近 30 天没有出具过文书" in texts(page)
    assert not page.leaf.print.isEnabled()
    offer = next(one for one in walks.stops(page.list) if walks.said(one) == "看全部文书")
    QTest.keyClick(offer, Qt.Key.Key_Space)
    settle(desk)
    assert page.list.model().rowCount() == 1
    assert page.span.value() == Span.ALL


def test_a_kind_without_documents_says_so(desk, qtbot):
    a_receipt_of(desk)
    page = shown(qtbot, desk)
    page.kind.set_value(PaperKind.DECISION)
    page.kind.chosen.emit(PaperKind.DECISION)
    settle(desk)
    assert "没有找到文书" in texts(page)
    page.kind.chosen.emit(RECEIPT)
    settle(desk)
    assert page.list.model().rowCount() == 1


def test_a_new_station_is_told_what_will_be_here(desk, qtbot):
    page = shown(qtbot, desk)
    page.span.chosen.emit(Span.ALL)
    settle(desk)
    assert "还没有出具过文书" in texts(page)
    assert any("F2" in text for text in texts(page))


def test_enter_opens_the_case(desk, qtbot):
    subject = a_receipt_of(desk)
    page = shown(qtbot, desk)
    went: list[Destination] = []
    desk.desk.destination_asked.connect(went.append)
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    page.leaf.case.click()
    assert went == [Destination(page=PageName.CASES, subject=subject)] * 2


def test_a_document_is_kept_as_a_file_under_its_own_name(desk, qtbot, tmp_path, monkeypatch):
    a_receipt_of(desk)
    page = shown(qtbot, desk)
    suggested = []

    def choose(_parent, _title, name, _filter):
        suggested.append(Path(name).name)
        return str(tmp_path / "回执.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    page.leaf.save.click()
    settle(desk)
    assert suggested[0].startswith("收件回执 ")
    assert suggested[0].endswith("号.pdf")
    assert "收件回执" in Printed((tmp_path / "回执.pdf").read_bytes()).text
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    page.leaf.save.click()


def test_what_was_printed_elsewhere_comes_into_the_list_by_itself(desk, qtbot):
    subject = a_case(desk.station)
    page = shown(qtbot, desk)
    assert page.list.model().rowCount() == 0
    jobs_of(desk.desk).print(subject, RECEIPT)
    qtbot.waitUntil(lambda: page.list.model().rowCount() == 1, timeout=WAIT_MS)
    settle(desk)


def test_a_print_is_asked_again_from_the_list(desk, qtbot):
    subject = a_receipt_of(desk)
    page = shown(qtbot, desk)
    page.print_paper()
    settle(desk)
    again = next(one for one in walks.stops(page.prints) if walks.said(one).startswith("补打："))
    QTest.keyClick(again, Qt.Key.Key_Space)
    settle(desk)
    assert [record.reprint for record in papers_of(desk, subject)] == [0, 1, 2]


def test_a_long_list_of_prints_tells_how_many_more(desk, qtbot):
    for name in ("韦一", "韦二", "韦三", "韦四", "韦五"):
        a_receipt_of(desk, name)
    page = shown(qtbot, desk)
    page.list.selectAll()
    page.print_paper()
    settle(desk)
    assert "另有 2 份，已打印的都在登记簿里" in texts(page.prints)


def test_at_a_township_a_villages_receipt_may_be_seen_only(qtbot, tmp_path):
    district = a_district()
    village = a_station(district, VILLAGE, tmp_path / "village")
    subject = a_case(village)
    issue(village, subject)
    act(village, subject, "forward")
    other = filing(a_desk(qtbot, tmp_path, TOWNSHIP, district=district), tmp_path)
    carry(village, other.station)
    page = shown(qtbot, other)
    assert page.leaf.view.sheets.count == 2
    assert not page.leaf.print.isEnabled()
    assert "别的站点出具的文书，由出具的站点补打。" in texts(page)
    settle(other)
    leave(other)
    village.store.close()


@pytest.mark.parametrize("theme", ["ordinary", "contrast"])
@pytest.mark.parametrize("scale", look.SCALES)
@pytest.mark.parametrize(("width", "height"), [(1198, 680), (732, 412)])
def test_every_control_is_reached_named_and_whole(desk, qtbot, qapp, theme, scale, width, height):
    look.apply(qapp, theme, scale)
    subject = a_receipt_of(desk, "买买提·吐尔逊·阿不都热合曼", "IT001")
    page = shown(qtbot, desk, width, height)
    page.print_paper()
    settle(desk)
    assert walks.faults(page) == []
    page.receive(subject)
    settle(desk)
    assert walks.faults(page) == []


def test_help_names_the_keys(desk, qtbot):
    page = shown(qtbot, desk)
    assert all(key in page.help_text() for key in ("F9", "Shift", "PageDown"))


def test_a_page_that_is_made_while_something_was_printed_opens_no_window(desk, qtbot, qapp):
    jobs_of(desk.desk).print(a_case(desk.station), RECEIPT)
    settle(desk)
    shown: list[QWidget] = []

    class Windows(QObject):
        @override
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            is_shown = event.type() is QEvent.Type.Show
            if is_shown and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(watched)
            return False

    windows = Windows()
    qapp.installEventFilter(windows)
    qtbot.addWidget(PapersPage(desk.desk))
    settle(desk)
    qapp.removeEventFilter(windows)
    assert shown == []
