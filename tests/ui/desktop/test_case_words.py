from datetime import date

import pytest

from app.domain import identity
from app.domain.case import State
from app.domain.clocks import ClockName
from app.domain.lights import Light
from app.domain.limits import Unit
from app.usecases.lookup import Standing, Whereabouts
from tests.builders import a_case
from ui.desktop import case_words, look
from ui.desktop.look.mood import Mood


def standing(left, light=Light.NORMAL, *, expected=False, unit=Unit.WORKING):
    return Standing(
        clock=ClockName.PROMISED,
        due=date(2026, 11, 25),
        expected=expected,
        days_left=left,
        unit=unit,
        light=light,
    )


@pytest.mark.parametrize(
    ("told", "text", "mood"),
    [
        (standing(3), "剩余 3 个工作日", Mood.GOOD),
        (standing(2, Light.WARNING), "剩余 2 个工作日", Mood.WARN),
        (standing(0), "今天到期", Mood.WARN),
        (standing(-2, Light.YELLOW), "超期 2 个工作日", Mood.BAD),
        (standing(-1, unit=Unit.NATURAL), "超期 1 天", Mood.BAD),
    ],
)
def test_a_limit_is_told_by_words_and_mood(told, text, mood):
    limit = case_words.limit(told)
    assert (limit.text, limit.mood) == (text, mood)
    assert limit.tip == "承诺时限：2026年11月25日到期"


def test_a_day_on_an_unpublished_calendar_is_called_expected():
    assert case_words.limit(standing(3, expected=True)).tip.endswith("（预计）")


def test_a_case_on_which_no_clock_runs_has_no_limit():
    none = Standing(
        clock=None, due=None, expected=False, days_left=None, unit=None, light=Light.NORMAL
    )
    assert case_words.limit(none).text == ""


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_mood_and_an_icon_that_can_be_drawn(qapp, state):
    assert case_words.state_mood(state) in Mood
    assert not look.pixmap(case_words.state_icon(state), 16).isNull()


@pytest.mark.parametrize("where", Whereabouts)
def test_every_place_has_an_icon_and_a_sentence(qapp, where):
    assert not look.pixmap(case_words.where_icon(where), 16).isNull()
    assert case_words.where_tip(where)


def test_people_are_masked_and_organisations_are_not(some_desk):
    store = some_desk.station.store
    person = store.rows.by_subject(a_case(some_desk.station, name="欧阳娜娜"))
    firm = store.rows.by_subject(
        a_case(
            some_desk.station,
            name="湖塘种植专业合作社",
            applicant={"kind": "organisation", "id_number": "91450300MA5KC0XN37"},
        )
    )
    assert case_words.applicant(person) == "欧**娜"
    assert case_words.applicant(firm) == "湖塘种植专业合作社"


def test_a_person_is_masked_whose_number_would_pass_for_an_organisations(some_desk):
    number = "450305190105051818"  # of one in thirty-one people
    assert identity.check_uscc(number).fault is None
    person = some_desk.station.store.rows.by_subject(
        a_case(some_desk.station, name="欧阳娜娜", applicant={"id_number": number})
    )
    assert case_words.applicant(person) == "欧**娜"
