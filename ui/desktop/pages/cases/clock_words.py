"""The two clocks of a case as bars: the step that runs now, and the authority's decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication

from app.domain.calendar import WorkCalendar
from app.domain.case import Case, ClockName, State
from app.domain.items import Item, Starts
from app.domain.lights import light
from app.domain.limits import days_left
from app.store.rows import ClockRow, clock_rows
from ui.desktop import case_words, words
from ui.desktop.look.mood import Mood

_OF_A_STEP: Final = (ClockName.FORWARDING, ClockName.EXAMINATION, ClockName.DELIVERY)


class ClockLine(msgspec.Struct, frozen=True, kw_only=True):
    """`share` of the limit that is used up, 0 to 1."""

    label: str
    left: str
    share: float
    mood: Mood
    tip: str = ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("clock_words", text)


def clock_lines(
    case: Case, item: Item, calendar: WorkCalendar, today: date
) -> tuple[ClockLine, ...]:
    """The step's clock, if there is one, then the decision's."""
    clocks = clock_rows(case.clocks, calendar)
    step = _last(clocks, _OF_A_STEP)
    told = () if step is None else (_clock(step, _step_label(step), item, calendar, today),)
    return (*told, _decision(case, item, clocks, calendar, today))


def _decision(
    case: Case, item: Item, clocks: Sequence[ClockRow], calendar: WorkCalendar, today: date
) -> ClockLine:
    label = _limit_label(item)
    promised = _last(clocks, (ClockName.PROMISED,))
    over = case.state.ended or case.state is State.DECIDED
    if promised is not None and (promised.stopped is None or over):
        return _clock(promised, label, item, calendar, today)
    left = "" if over or item.decides.tier is None else _begins(item, case)
    return ClockLine(label=label, left=left, share=0.0, mood=Mood.PLAIN)


def _clock(
    clock: ClockRow, label: str, item: Item, calendar: WorkCalendar, today: date
) -> ClockLine:
    on = clock.stopped or today
    left = days_left(on, clock.due, clock.unit, calendar)
    expected = _tr("（预计）") if clock.expected else ""
    tip = _tr("自 {start} 起，{due}到期{expected}").format(
        start=words.day(clock.starts), due=words.day(clock.due), expected=expected
    )
    if clock.stopped is not None:
        return ClockLine(
            label=label,
            left=_ended(clock, left),
            share=_share(clock.days, left),
            mood=Mood.BAD if left < 0 else Mood.PLAIN,
            tip=_tr("{tip}，{day}办完").format(tip=tip, day=words.day(clock.stopped)),
        )
    mood = case_words.left_mood(left, light(clock.name, left, licence=item.licence))
    return ClockLine(
        label=label,
        left=words.left(left, clock.unit),
        share=_share(clock.days, left),
        mood=Mood.INFO if mood is Mood.GOOD else mood,
        tip=tip,
    )


def _ended(clock: ClockRow, left: int) -> str:
    assert clock.stopped is not None
    if left < 0:
        return _tr("超期 {span}办完").format(span=words.days(-left, clock.unit))
    return _tr("{day} 办完").format(day=words.bare_day(clock.stopped))


def _share(days: int, left: int) -> float:
    if left < 0 or days <= 0:
        return 1.0
    return min(1.0, max(0.0, (days - left) / days))


def _step_label(clock: ClockRow) -> str:
    return f"{clock.name.label} {words.days(clock.days, clock.unit)}"


def _limit_label(item: Item) -> str:
    """承诺 21 · 法定 30 个工作日."""
    if item.decides.tier is None:
        return _tr("由{body}办理").format(body=item.external_body or item.decides.label)
    own = item.clock
    if own.promised == 0:
        return _tr("即办件，当天办结")
    if own.statutory is None:
        return _tr("承诺 {promised}").format(promised=words.days(own.promised, own.unit))
    return _tr("承诺 {days} · 法定 {statutory}").format(
        days=own.promised, statutory=words.days(own.statutory, own.unit)
    )


def _begins(item: Item, case: Case) -> str:
    """When a clock that does not run yet will; one that a return stopped begins again."""
    if item.clock.starts is Starts.ACCEPTANCE:
        return _tr("受理后开始")
    return _tr("接收后重新开始") if case.returned else _tr("接收后开始")


def _last(clocks: Sequence[ClockRow], names: Sequence[ClockName]) -> ClockRow | None:
    """The newest of these; one that runs before those that have stopped."""
    some = [clock for clock in clocks if clock.name in names]
    running = [clock for clock in some if clock.stopped is None]
    return (running or some)[-1] if some else None
