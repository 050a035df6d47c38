"""From which day on a card may be due: what lists of pending cards are made from."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from app.domain import events
from app.domain.case import Case, OutOfPlaceEntry, State
from app.domain.events import Role
from app.domain.lights import Threshold, Thresholds
from app.domain.rules import after
from app.domain.watching import due_cards, due_from, last_day_told
from app.journal.refs import Ref
from tests.app.domain.rules import lives, scene
from tests.app.domain.rules.scene import DAY, DISTRICT, TOWNSHIP, VILLAGE, at, changed, done
from tests.builders import a_device

LATE = DAY + timedelta(days=30)
NUMBERS = st.none() | st.integers(-3, 9)
THRESHOLDS = st.builds(Threshold, warning=st.none(), yellow=NUMBERS, red=NUMBERS)


def carded(case: Case, on: date) -> Case:
    """With the first card that is due issued."""
    one, *_ = due_cards(case, scene.the_publications(), on)
    return after(case, lives.issuing(one, on), at(DISTRICT, Role.SUPERVISOR))


def test_nothing_is_due_of_what_was_done_in_time():
    case = done(scene.forwarded(), scene.taking_over(TOWNSHIP), at(TOWNSHIP))
    case = done(case, events.CaseRefused(on=DAY, reason="不属于"), at(TOWNSHIP))
    assert due_from(case, scene.the_publications()) is None


def test_a_limit_that_was_overstepped_is_due_after_its_clock_ended():
    case = done(scene.a_case(), scene.forwarding(TOWNSHIP, LATE), at(VILLAGE))
    case = done(case, scene.taking_over(TOWNSHIP, LATE), at(TOWNSHIP))
    case = done(case, events.CaseWithdrawn(on=LATE, reason="不办了"), at(TOWNSHIP))
    assert case.running_clocks == ()
    since = due_from(case, scene.the_publications())
    assert since is not None
    assert [one.cause for one in due_cards(case, scene.the_publications(), since)] == ["forwarding"]
    assert due_from(carded(case, LATE), scene.the_publications()) is None


def test_after_a_yellow_card_only_a_red_one_is_waited_for():
    """A procedure is red two days past its days; forwarding never."""
    assert due_from(carded(scene.a_case(), LATE), scene.the_publications()) is None
    paused = done(scene.in_progress(scene.LICENCE), scene.pausing(), at(TOWNSHIP))
    yellow = due_from(paused, scene.the_publications())
    assert yellow is not None
    red = due_from(carded(paused, yellow), scene.the_publications())
    assert red == yellow + timedelta(days=1)
    assert due_from(carded(paused, LATE + timedelta(days=30)), scene.the_publications()) is None


def test_a_decision_without_authorisation_alone_is_due_and_each_day_once():
    misfits = tuple(
        OutOfPlaceEntry(
            ref=Ref(a_device(1), 9 + n),
            kind="case.decided",
            code="not_permitted",
            state=State.IN_PROGRESS,
            on=DAY,
        )
        for n in range(2)
    )
    case = changed(scene.in_progress(), out_of_place=misfits)
    assert due_from(case, scene.the_publications()) == DAY
    assert [one.cause for one in due_cards(case, scene.the_publications(), DAY)] == ["unauthorised"]
    assert due_from(carded(case, DAY), scene.the_publications()) != DAY


def test_of_a_destroyed_file_no_card_is_due():
    (case, *_) = lives.lives()[State.DESTROYED]
    assert due_from(case, scene.the_publications()) is None
    assert due_cards(case, scene.the_publications(), LATE) == []


@given(st.data())
def test_no_card_is_due_before_its_day_by_whatever_numbers(data: st.DataObject):
    case = data.draw(st.sampled_from(lives.lives()[data.draw(st.sampled_from(State))]))
    names = (
        "forwarding",
        "examination",
        "licence_examination",
        "promised",
        "procedure",
        "delivery",
    )
    told = {name: data.draw(THRESHOLDS) for name in names}
    view = scene.with_settings(
        effective=DAY + timedelta(days=data.draw(st.integers(-40, 40))),
        thresholds=Thresholds(**told),
    )
    view._settings.append(view._settings[0])  # noqa: SLF001 - and the same once more
    if data.draw(st.booleans()) and (due := due_cards(case, view, LATE)):
        case = after(case, lives.issuing(data.draw(st.sampled_from(due)), LATE), at(DISTRICT))
    day = DAY + timedelta(days=data.draw(st.integers(0, 150)))
    since = due_from(case, view)
    if due_cards(case, view, day):
        assert since is not None
        assert since <= day


@given(st.sampled_from(State), st.integers(0, 400))
def test_what_is_published_for_later_days_changes_no_lateness_that_is_over(state: State, days: int):
    for case in lives.lives()[state]:
        ended = msgspec.structs.replace(case, clocks=case.stop(DAY + timedelta(days=days)))
        first = last_day_told(ended) + timedelta(days=1)
        every = Threshold(yellow=-9, red=-9)
        names = Thresholds.__struct_fields__
        view = scene.with_settings(
            effective=first, thresholds=Thresholds(**dict.fromkeys(names, every))
        )
        today = first + timedelta(days=500)
        assert due_cards(ended, view, today) == due_cards(ended, scene.the_publications(), today)
