"""One case without widgets: what is told by signals."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.domain.case import State
from app.domain.events import Role
from app.domain.papers import PaperKind
from app.usecases import operators
from tests.builders import DISTRICT, a_case, a_station, act, carry, meet
from tests.ui.desktop.pages.cases.places import DIBAO, JOB_CARD, desk_at
from ui.desktop.pages.cases.case_presenter import CasePresenter
from ui.desktop.pages.cases.sheet import NoteKind
from ui.desktop.print_jobs import jobs_of


@dataclass
class Heard:
    """Everything that a presenter says."""

    shown: list[Any] = field(default_factory=list)
    acted: list[Any] = field(default_factory=list)
    refused: list[Any] = field(default_factory=list)
    unreadable: list[Any] = field(default_factory=list)
    news: list[Any] = field(default_factory=list)
    revealed: list[Any] = field(default_factory=list)
    hidden: list[Any] = field(default_factory=list)
    asked: list[Any] = field(default_factory=list)


def listening(presenter):
    heard = Heard()
    presenter.shown.connect(heard.shown.append)
    presenter.acted.connect(heard.acted.append)
    presenter.refused.connect(heard.refused.append)
    presenter.unreadable.connect(heard.unreadable.append)
    presenter.news.connect(heard.news.append)
    presenter.revealed.connect(heard.revealed.append)
    presenter.asked.connect(heard.asked.append)
    presenter.hidden.connect(lambda: heard.hidden.append(True))
    return heard


def opened(some_desk, subject):
    presenter = CasePresenter(some_desk.desk)
    heard = listening(presenter)
    presenter.open(subject)
    some_desk.settle()
    return presenter, heard


def looks(station, subject):
    return [one for one in station.store.history(subject) if one.kind == "case.numbers_shown"]


def choice(presenter, label):
    return next(one for one in presenter.sheet.acts if one.label == label)


def test_a_case_is_shown_when_it_has_been_read(township_desk, places):
    subject = places.in_transit()
    presenter, heard = opened(township_desk, subject)
    assert presenter.sheet.state is State.IN_TRANSIT
    assert [sheet.subject for sheet in heard.shown] == [subject]


def test_an_act_is_recorded_and_the_case_shown_after_it(township_desk, places):
    subject = places.in_transit()
    presenter, heard = opened(township_desk, subject)
    presenter.act(presenter.sheet.primary, {})
    township_desk.settle()
    assert heard.acted[0].choice.verb == "take_over"
    assert heard.acted[0].words == "韦*妹 最低生活保障审核确认：已接收"
    assert presenter.sheet.state is State.UNDER_EXAMINATION
    assert places.township.case(subject).state is State.UNDER_EXAMINATION


def test_pressed_twice_it_is_done_once(township_desk, places):
    subject = places.in_transit()
    presenter, heard = opened(township_desk, subject)
    primary = presenter.sheet.primary
    presenter.act(primary, {})
    presenter.act(primary, {})
    assert presenter.is_busy
    township_desk.settle()
    assert len(heard.acted) == 1
    assert heard.refused == []
    assert not presenter.is_busy


def test_nothing_is_done_to_a_case_that_has_not_been_read_yet(township_desk, places):
    first, second = places.in_transit(), places.in_transit(name="覃二")
    presenter, heard = opened(township_desk, first)
    primary = presenter.sheet.primary
    presenter.open(second)
    presenter.act(primary, {})  # the keys were faster than the store
    township_desk.settle()
    assert heard.acted == []
    assert places.township.case(first).state is State.IN_TRANSIT
    assert places.township.case(second).state is State.IN_TRANSIT


def test_an_act_that_came_too_late_is_refused_in_words_and_the_case_looked_at_again(
    township_desk, places
):
    subject = places.in_transit()
    presenter, heard = opened(township_desk, subject)
    primary = presenter.sheet.primary
    act(places.township, subject, "take_over")  # another window of this station
    presenter.act(primary, {})
    township_desk.settle()
    (sentence,) = heard.refused
    assert "接收" in sentence
    assert "待受理审查" in sentence
    assert presenter.sheet.state is State.UNDER_EXAMINATION


def test_what_an_exchange_brings_is_news(village_desk, places):
    subject = places.in_transit()
    presenter, heard = opened(village_desk, subject)
    act(places.township, subject, "take_over")
    carry(places.township, places.village)
    presenter.refresh()
    village_desk.settle()
    (news,) = heard.news
    assert news.endswith("：接收")
    assert presenter.sheet.state is State.UNDER_EXAMINATION


def test_ones_own_act_is_no_news(township_desk, places):
    presenter, heard = opened(township_desk, places.in_transit())
    presenter.act(presenter.sheet.primary, {})
    township_desk.settle()
    presenter.refresh()
    township_desk.settle()
    assert heard.news == []


def test_another_person_at_the_desk_has_other_acts(township_desk, places):
    subject = places.accepted(JOB_CARD)
    presenter, _ = opened(township_desk, subject)
    assert presenter.sheet.primary.verb == "decide"
    clerk = operators.add(places.township.store, "李窗口", Role.CLERK)
    township_desk.desk.seat(clerk)
    presenter.refresh()
    township_desk.settle()
    assert "decide" not in [one.verb for one in presenter.sheet.acts]


def test_a_case_that_is_not_here_is_told_in_words(village_desk, places):
    _, heard = opened(village_desk, places.village.head.ref)
    (sentence,) = heard.unreadable
    assert "同步" in sentence
    assert ":" not in sentence


class TestWholeNumbers:
    def test_they_are_shown_while_the_button_is_held_and_the_look_is_written_down(
        self, village_desk, places
    ):
        subject = a_case(places.village, DIBAO)
        presenter, heard = opened(village_desk, subject)
        presenter.reveal_person()
        village_desk.settle()
        assert heard.revealed[0][0].id_number == "450305196203151028"
        assert len(looks(places.village, subject)) == 1
        presenter.hide_person()
        assert heard.hidden == [True]

    def test_a_second_look_within_ten_minutes_is_the_same_one(self, village_desk, places):
        subject = a_case(places.village, DIBAO)
        presenter, heard = opened(village_desk, subject)
        for _ in range(2):
            presenter.reveal_person()
            village_desk.settle()
            presenter.hide_person()
        assert len(heard.revealed) == 2
        assert len(looks(places.village, subject)) == 1

    def test_an_answer_that_comes_after_the_button_was_let_go_shows_nothing(
        self, village_desk, places
    ):
        presenter, heard = opened(village_desk, a_case(places.village, DIBAO))
        presenter.reveal_person()
        presenter.hide_person()
        village_desk.settle()
        assert heard.revealed == []

    def test_opening_another_case_hides_them(self, village_desk, places):
        first, second = a_case(places.village, DIBAO), a_case(places.village, DIBAO, "覃二")
        presenter, heard = opened(village_desk, first)
        presenter.reveal_person()
        village_desk.settle()
        presenter.open(second)
        assert heard.hidden == [True]


class TestPaper:
    def test_what_became_due_is_printed(self, township_desk, places, tmp_path):
        township_desk.desk.prefer(file_folder=str(tmp_path / "papers"))
        subject = places.accepted()
        presenter, _ = opened(township_desk, subject)
        presenter.print_due()
        township_desk.settle()
        (job,) = jobs_of(township_desk.desk).jobs
        assert (job.subject, job.kind) == (subject, PaperKind.ACCEPTANCE)

    def test_without_a_case_one_is_asked_to_open_one(self, village_desk, qtbot):
        presenter = CasePresenter(village_desk.desk)
        with qtbot.waitSignal(village_desk.desk.said) as said:
            presenter.print_due()
        assert "先打开一件" in said.args[0].text

    def test_of_the_two_sizes_of_the_receipt_one_is_offered(self, village_desk, places):
        presenter, _ = opened(village_desk, a_case(places.village, DIBAO))
        offered = {paper.kind for paper in presenter.sheet.to_print}
        assert PaperKind.MATERIALS_RECEIPT in offered
        assert PaperKind.MATERIALS_SLIP not in offered


class TestForms:
    def test_what_a_form_has_to_know_is_read_when_it_is_asked_for(self, township_desk, places):
        presenter, heard = opened(township_desk, places.examined())
        presenter.ask(choice(presenter, "一次性告知补正"))
        assert presenter.is_busy
        township_desk.settle()
        (question,) = heard.asked
        assert question.known == {"days": 30}
        assert question.sheet.subject == presenter.subject
        assert not presenter.is_busy

    def test_a_correction_shows_whole_numbers_and_that_is_written_down(self, village_desk, places):
        subject = a_case(places.village, DIBAO)
        presenter, heard = opened(village_desk, subject)
        presenter.ask(choice(presenter, "更正"))
        village_desk.settle()
        assert heard.asked[0].intake.applicant.id_number == "450305196203151028"
        assert len(looks(places.village, subject)) == 1

    def test_other_forms_write_nothing(self, village_desk, places):
        subject = a_case(places.village, DIBAO)
        presenter, heard = opened(village_desk, subject)
        before = len(places.village.store.history(subject))
        for label in ("转报", "收存原件", "撤回申请"):
            presenter.ask(choice(presenter, label))
            village_desk.settle()
        assert len(heard.asked) == 3
        assert len(places.village.store.history(subject)) == before

    def test_a_form_for_a_case_that_is_open_no_more_does_not_come(self, village_desk, places):
        first, second = a_case(places.village, DIBAO), a_case(places.village, DIBAO, "覃二")
        presenter, heard = opened(village_desk, first)
        presenter.ask(choice(presenter, "转报"))
        presenter.open(second)
        village_desk.settle()
        assert heard.asked == []

    def test_which_field_was_wrong_is_known(self, village_desk, places):
        presenter, heard = opened(village_desk, a_case(places.village, "IT009"))
        facts = {"day": "2020-01-01", "where": "区残联"}
        presenter.act(choice(presenter, "约定引领"), facts)
        village_desk.settle()
        assert heard.refused
        assert presenter.wrong_field == "day"


def test_what_has_been_seen_to_is_shown_no_more(village_desk, places):
    subject = places.decided()
    act(places.village, subject, "deliver")
    act(places.township, subject, "deliver")
    places.meet()
    presenter, _ = opened(village_desk, subject)
    (misfit,) = [note for note in presenter.sheet.notes if note.kind is NoteKind.MISFIT]
    presenter.settle(misfit.subject)
    village_desk.settle()
    assert all(note.kind is not NoteKind.MISFIT for note in presenter.sheet.notes)


def test_another_stations_record_is_written_down_as_opened_before_it_is_shown_once_a_day(
    qtbot, places, tmp_path
):
    district = a_station(places.village.district, DISTRICT, tmp_path / "district")
    meet(places.village, places.township, district)
    subject, other = (a_case(places.village, JOB_CARD) for _ in range(2))
    meet(places.village, places.township, district)
    with desk_at(qtbot, district) as some:
        _, heard = opened(some, subject)
        assert [step.title for step in heard.shown[0].steps] == ["登记", "查看记录"]
        assert heard.news == []
        presenter, _ = opened(some, subject)
        presenter.compare(other)
        some.settle()
        kinds = [one.kind for one in district.store.history(subject)]
        assert [one.kind for one in district.store.history(other)].count("case.record_opened") == 1
    assert sorted(kinds) == ["case.record_opened", "case.registered"]
    district.store.close()
