"""文书 without widgets."""

from __future__ import annotations

import msgspec
import pytest

from app.domain.papers import PaperKind
from app.usecases import papers
from printing import printer
from printing.choice import Paper, PrinterChoice
from printing.printer import SystemPrinter
from printing.troubles import PrinterState
from tests.builders import TOWNSHIP, a_case, a_station, act, carry, the_item
from tests.printing.reading import Printed
from tests.ui.desktop.desks import WAIT_MS, desk_of, leave
from tests.ui.desktop.pages.papers.desks import RECEIPT, SLIP, a_receipt_of, filing, issue
from ui.desktop.desk import Said
from ui.desktop.look.mood import Mood
from ui.desktop.pages.papers.lines import PaperLine, PapersWanted, read_page
from ui.desktop.pages.papers.presenter import Leaf, NextPrint, PapersPresenter, PrinterTold
from ui.desktop.preferences import ANY_DOCUMENT
from ui.desktop.print_jobs import jobs_of

LASER = "湖塘激光"


@pytest.fixture
def desk(some_desk, tmp_path):
    return filing(some_desk, tmp_path)


@pytest.fixture
def presenter(desk):
    return PapersPresenter(desk.desk)


def lines(desk, **wanted) -> tuple[PaperLine, ...]:
    return read_page(desk.station.store, PapersWanted(**wanted), RECEIPT).lines


def seen(qtbot, presenter, line) -> Leaf:
    with qtbot.waitSignal(presenter.seen, timeout=WAIT_MS) as signal:
        presenter.look_at(line)
    leaf = signal.args[0]
    assert isinstance(leaf, Leaf)
    return leaf


def following(qtbot, presenter, line) -> NextPrint:
    with qtbot.waitSignal(presenter.following, timeout=WAIT_MS) as signal:
        presenter.look_at(line)
    told = signal.args[0]
    assert isinstance(told, NextPrint)
    return told


def prefer(desk, choice: PrinterChoice) -> None:
    desk.desk.preferences = msgspec.structs.replace(
        desk.desk.preferences, printers={ANY_DOCUMENT: choice}
    )


def test_a_copy_is_seen_as_it_was_issued(desk, qtbot, presenter):
    subject = a_receipt_of(desk)
    issue(desk.station, subject)
    again, first = lines(desk)
    leaf = seen(qtbot, presenter, again)
    assert "补打第1次" in Printed(leaf.pdf).text
    assert leaf.name == f"收件回执 {again.number}（补打第 1 次）"
    assert "补打" not in Printed(seen(qtbot, presenter, first).pdf).text
    assert presenter.leaf is not None


def test_what_may_be_printed_is_seen_before_it_is_issued_and_uses_no_number(desk, qtbot, presenter):
    subject = a_case(desk.station)
    head = desk.station.store.head()
    line, *_ = lines(desk, subject=subject)
    leaf = seen(qtbot, presenter, line)
    assert papers.PREVIEWED in Printed(leaf.pdf).text
    assert desk.station.store.head() == head


@pytest.mark.parametrize("kind", [PaperKind.APPLICATION_FORM, PaperKind.MANDATE])
def test_what_shows_whole_numbers_and_that_it_was_seen_is_written_down(
    desk, qtbot, presenter, kind
):
    subject = a_case(desk.station)
    line = next(one for one in lines(desk, subject=subject) if one.kind is kind)
    leaf = seen(qtbot, presenter, line)
    assert "450305196203151028" in Printed(leaf.pdf).text.replace(" ", "")
    assert desk.station.store.history(subject)[-1].kind == "case.numbers_shown"


def test_the_next_print_of_an_issued_document_is_a_counted_reprint(desk, qtbot, presenter):
    subject = a_receipt_of(desk)
    assert following(qtbot, presenter, lines(desk)[0]).reprint == 1
    issue(desk.station, subject)
    assert following(qtbot, presenter, lines(desk)[0]).reprint == 2


def test_a_document_whose_case_says_something_else_by_now_is_a_new_one(desk, qtbot, presenter):
    subject = a_case(desk.station, "IT001")
    issue(desk.station, subject)
    material = the_item("IT001").materials[0].name
    act(desk.station, subject, "supply", materials=[{"name": material, "copies": 1}])
    assert following(qtbot, presenter, lines(desk)[0]) == NextPrint()


def test_another_stations_document_is_seen_and_not_reprinted(desk, qtbot, tmp_path):
    subject = a_receipt_of(desk)
    act(desk.station, subject, "forward")
    township = a_station(desk.district, TOWNSHIP, tmp_path / "township")
    carry(desk.station, township)
    other = desk_of(qtbot, township, desk.district)
    presenter = PapersPresenter(other.desk)
    (line,) = lines(other)
    leaf = seen(qtbot, presenter, line)
    assert line.number in Printed(leaf.pdf).text
    assert presenter.documents([line]) == []
    assert "由出具的站点补打" in following(qtbot, presenter, line).why_not
    other.settle()
    leave(other)


def test_the_document_that_is_seen_already_is_not_drawn_again(desk, qtbot, presenter):
    subject = a_receipt_of(desk)
    (line,) = lines(desk)
    seen(qtbot, presenter, line)
    issue(desk.station, subject)
    with qtbot.assertNotEmitted(presenter.begun), qtbot.assertNotEmitted(presenter.seen):
        assert following(qtbot, presenter, line).reprint == 2
        desk.settle()


def test_whoever_goes_on_quickly_sees_only_the_last(desk, qtbot, presenter):
    a_receipt_of(desk)
    a_receipt_of(desk, "莫桂英")
    last, first = lines(desk)
    leaves: list[Leaf] = []
    presenter.seen.connect(leaves.append)
    presenter.look_at(first)
    presenter.look_at(last)
    qtbot.waitUntil(lambda: bool(leaves), timeout=WAIT_MS)
    desk.settle()
    assert [leaf.line for leaf in leaves] == [last]
    with qtbot.waitSignal(presenter.hidden, timeout=WAIT_MS):
        presenter.look_at(None)
    assert presenter.leaf is None


def test_a_document_that_cannot_be_drawn_says_why(desk, qtbot, presenter):
    subject = a_case(desk.station, name="韦ཀ")
    line, *_ = lines(desk, subject=subject)
    with qtbot.waitSignal(presenter.hidden, timeout=WAIT_MS) as signal:
        presenter.look_at(line)
    assert "字库里没有这些字" in signal.args[0]


def test_a_document_is_printed_once_however_many_copies_are_chosen(desk, qtbot, presenter):
    subject = a_receipt_of(desk)
    issue(desk.station, subject)
    other = a_receipt_of(desk, "莫桂英")
    jobs = jobs_of(desk.desk)
    presenter.print_lines(lines(desk))
    qtbot.waitUntil(lambda: not jobs.busy, timeout=WAIT_MS)
    assert [job.subject for job in jobs.jobs] == [subject, other]
    assert [job.reprint for job in jobs.jobs] == [2, 1]


def test_nothing_selected_is_told_and_prints_nothing(desk, presenter):
    said: list[Said] = []
    desk.desk.said.connect(said.append)
    presenter.print_lines([])
    assert [one.mood for one in said] == [Mood.INFO]
    assert jobs_of(desk.desk).jobs == ()


def test_the_receipt_is_reprinted_on_the_paper_that_is_in_the_printer(desk, qtbot, presenter):
    a_receipt_of(desk)
    prefer(desk, PrinterChoice(paper=Paper.SLIP))
    ((_, kind),) = presenter.documents(lines(desk))
    assert kind is SLIP


@pytest.mark.parametrize(
    ("paper", "size_mm"), [(Paper.A5, (148, 210)), (Paper.MULTIPART, (241, 140))]
)
def test_what_may_be_printed_is_seen_on_the_paper_that_is_in_the_printer(
    desk, qtbot, presenter, paper, size_mm
):
    subject = a_case(desk.station)
    prefer(desk, PrinterChoice(paper=paper))
    line = next(
        one for one in lines(desk, subject=subject) if one.kind is SLIP or one.kind is RECEIPT
    )
    assert Printed(seen(qtbot, presenter, line).pdf).size_mm() == size_mm


def test_what_is_seen_is_kept_as_a_file(desk, qtbot, presenter, tmp_path):
    a_receipt_of(desk)
    leaf = seen(qtbot, presenter, lines(desk)[0])
    with qtbot.waitSignal(desk.desk.said, timeout=WAIT_MS) as signal:
        presenter.save(tmp_path / "回执.pdf")
    assert (tmp_path / "回执.pdf").read_bytes() == leaf.pdf
    assert "回执.pdf" in signal.args[0].text
    with qtbot.waitSignal(desk.desk.said, timeout=WAIT_MS) as signal:
        presenter.save(tmp_path / "没有这个文件夹" / "回执.pdf")
    assert signal.args[0].mood is Mood.BAD


@pytest.mark.parametrize(
    ("state", "mood"),
    [
        (PrinterState.READY, Mood.GOOD),
        (PrinterState.BUSY, Mood.INFO),
        (PrinterState.STOPPED, Mood.BAD),
    ],
)
def test_the_printers_state_is_told(desk, qtbot, presenter, monkeypatch, state, mood):
    laser = SystemPrinter(name=LASER, title="激光打印机", default=True, state=state)
    monkeypatch.setattr(printer, "printers", lambda: [laser])
    prefer(desk, PrinterChoice(printer=LASER))
    told: list[PrinterTold] = []
    presenter.printer_told.connect(told.append)
    presenter.ask_printers()
    assert [one.text for one in told] == [LASER]  # before the system has answered
    qtbot.waitUntil(lambda: len(told) == 2, timeout=WAIT_MS)
    assert (told[1].mood, told[1].text) == (mood, f"激光打印机 {state.label}")
    assert "A4" in told[1].tip


def test_a_printer_that_is_gone_and_none_at_all_are_told(desk, qtbot, presenter, monkeypatch):
    monkeypatch.setattr(printer, "printers", list)
    prefer(desk, PrinterChoice(printer=LASER))
    told: list[PrinterTold] = []
    presenter.printer_told.connect(told.append)
    presenter.ask_printers()
    qtbot.waitUntil(lambda: len(told) == 2, timeout=WAIT_MS)
    assert (told[1].mood, told[1].text) == (Mood.BAD, f"找不到 {LASER}")
    prefer(desk, PrinterChoice())
    presenter.ask_printers()
    assert told[2].mood is Mood.PLAIN
    assert "PDF" in told[2].text
    qtbot.waitUntil(lambda: len(told) == 4, timeout=WAIT_MS)
