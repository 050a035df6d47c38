"""核验文书 as people use it: scanned, pasted, dropped, chosen."""

from __future__ import annotations

import pypdfium2
import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from printing import render
from tests.builders import a_case
from tests.printing.samples import a_receipt
from tests.ui.desktop.pages.papers.desks import filing, issue
from ui.desktop.pages.papers.check_dialog import CheckDialog


@pytest.fixture
def desk(some_desk, tmp_path):
    return filing(some_desk, tmp_path)


@pytest.fixture
def dialog(desk, qtbot):
    made = CheckDialog(desk.desk)
    qtbot.addWidget(made)
    made.show()
    return made


def said(dialog) -> str:
    return dialog.verdict.text() if dialog.verdict.isVisible() else ""


def test_what_a_scanner_types_is_checked_at_once(desk, dialog):
    subject = a_case(desk.station)
    facts = issue(desk.station, subject)
    QTest.keyClicks(dialog.code, facts.code)
    QTest.keyClick(dialog.code, Qt.Key.Key_Return)
    desk.settle()
    assert "是真的" in said(dialog)
    asked: list[object] = []
    dialog.case_asked.connect(asked.append)
    dialog.open_case.click()
    assert asked == [subject]


def test_a_dropped_photograph_is_read(desk, dialog, tmp_path):
    facts = issue(desk.station, a_case(desk.station))
    picture = tmp_path / "r.png"
    document = pypdfium2.PdfDocument(render(facts))
    document[0].render(scale=2).to_pil().save(picture)
    document.close()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture))])
    dialog.take(data)
    desk.settle()
    desk.settle()
    assert "是真的" in said(dialog)
    data = QMimeData()
    data.setImageData(QImage(str(picture)))
    dialog.take(data)
    desk.settle()
    desk.settle()
    assert "是真的" in said(dialog)


def test_a_strangers_document_shows_nothing_that_only_its_code_claims(desk, dialog):
    dialog.code.setText(a_receipt().code)
    dialog.ok_requested.emit()
    desk.settle()
    assert "不认识" in said(dialog)
    assert not dialog.facts.isVisible()
    assert not dialog.open_case.isVisible()


@pytest.mark.parametrize("text", ["", "湖塘", "DB1AAAA"])
def test_what_is_no_code_is_said_and_the_next_one_still_works(desk, dialog, text):
    dialog.code.setText(text)
    dialog.ok_requested.emit()
    desk.settle()
    assert said(dialog) == ""
    assert dialog.body.parentWidget() is not None
    dialog.code.setText(issue(desk.station, a_case(desk.station)).code)
    dialog.ok_requested.emit()
    desk.settle()
    assert "是真的" in said(dialog)
