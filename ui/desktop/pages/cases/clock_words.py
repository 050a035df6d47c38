"""The clocks of a case as bars: all that run or stand still, and those that ran out before their step was done."""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication

from app.domain.calendar import WorkCalendar
from app.domain.case import Case, State
from app.domain.clocks import OF_THE_DECISION, Clock, ClockName
from app.domain.items import Item, Starts
from app.domain.lights import Thresholds, light
from app.domain.limits import days_left, deadline
from app.domain.publications import Publications
from app.domain.regions import Tier
from app.usecases import printed
from app.usecases.printed import PrintedDay
from ui.desktop import case_words, words
from ui.desktop.look.mood import Mood

_ORDER: Final = tuple(ClockName)


class ClockLine(msgspec.Struct, frozen=True, kw_only=True):
    """`share` of the limit that is used up, 0 to 1."""

    label: str
    left: str
    share: float
    mood: Mood
    tip: str = ""


class _Counting(msgspec.Struct, frozen=True, kw_only=True):
    """What days are counted by."""

    calendar: WorkCalendar
    thresholds: Thresholds
    today: date
    licence: bool


def _tr(text: str) -> str:
    return QCoreApplication.translate("clock_words", text)


def clock_lines(
    case: Case, item: Item, publications: Publications, today: date
) -> tuple[ClockLine, ...]:
    """Running ones in the order of a case's life, then the decision's where it has not begun, then what was late."""
    by = _Counting(
        calendar=publications.calendar(case.region),
        thresholds=publications.settings(today).thresholds,
        today=today,
        licence=item.licence,
    )
    papers = dict(zip(case.clocks, printed.of_clocks(case), strict=True))
    running = sorted(case.running_clocks, key=lambda clock: _ORDER.index(clock.name))
    lines = [_running(clock, papers[clock], by) for clock in running]
    if not any(clock.name in OF_THE_DECISION for clock in case.clocks):
        lines += _to_come(case, item)
    ended = [clock for clock in case.clocks if not clock.running]
    newest = {clock.name: clock for clock in ended}
    told = [_ended(clock, by) for clock in newest.values() if clock not in running]
    late = [line for line in told if line.mood is Mood.BAD]
    decision = [
        _ended(clock, by)
        for clock in newest.values()
        if clock.name is ClockName.PROMISED and _is_over(case)
    ]
    lines += [line for line in decision if line not in late] + late
    return tuple(lines)


def _running(clock: Clock, on_paper: PrintedDay | None, by: _Counting) -> ClockLine:
    """With the day that stands on paper beside it, where that is another."""
    days = clock.days + clock.extended
    limit = deadline(clock.starts, days, clock.unit, by.calendar, clock.pauses)
    if limit is None:
        return _paused(clock, by)
    left = days_left(by.today, limit.due, clock.unit, by.calendar)
    shown = light(clock.name, left, by.thresholds, licence=by.licence)
    mood = case_words.left_mood(left, shown)
    expected = _tr("（预计）") if limit.expected else ""
    return ClockLine(
        label=_label(clock),
        left=_beside(words.left(left, clock.unit), limit.due, on_paper),
        share=_share(days, left),
        mood=Mood.INFO if mood is Mood.GOOD else mood,
        tip=_tr("自 {start} 起，{due}到期{expected}").format(
            start=words.day(clock.starts), due=words.day(limit.due), expected=expected
        ),
    )


def _beside(left: str, due: date, on_paper: PrintedDay | None) -> str:
    if on_paper is None or on_paper.day == due:
        return left
    return _tr("{left}（纸上 {day}）").format(left=left, day=words.bare_day(on_paper.day))


def _paused(clock: Clock, by: _Counting) -> ClockLine:
    """How much was left when it stopped is what will be left when it goes on."""
    began = clock.pauses[-1][0]
    days = clock.days + clock.extended
    limit = deadline(clock.starts, days, clock.unit, by.calendar, clock.pauses[:-1])
    left = 0 if limit is None else days_left(began, limit.due, clock.unit, by.calendar)
    text = _tr("暂停，剩 {span}") if left > 0 else _tr("暂停")
    return ClockLine(
        label=_label(clock),
        left=text.format(span=words.days(left, clock.unit)),
        share=_share(days, left),
        mood=Mood.PAUSED,
        tip=_tr("自 {start} 起，{began}起暂停").format(
            start=words.day(clock.starts), began=words.day(began)
        ),
    )


def _ended(clock: Clock, by: _Counting) -> ClockLine:
    assert clock.stopped is not None
    days = clock.days + clock.extended
    limit = deadline(clock.starts, days, clock.unit, by.calendar, clock.pauses)
    left = 0 if limit is None else days_left(clock.stopped, limit.due, clock.unit, by.calendar)
    late = limit is not None and left < 0
    said = (
        _tr("超期 {span}办完").format(span=words.days(-left, clock.unit))
        if late
        else _tr("{day} 办完").format(day=words.bare_day(clock.stopped))
    )
    return ClockLine(
        label=_label(clock),
        left=said,
        share=_share(days, left),
        mood=Mood.BAD if late else Mood.PLAIN,
        tip=_tr("自 {start} 起，{day}办完").format(
            start=words.day(clock.starts), day=words.day(clock.stopped)
        ),
    )


def _share(days: int, left: int) -> float:
    if left < 0 or days <= 0:
        return 1.0
    return min(1.0, max(0.0, (days - left) / days))


def _label(clock: Clock) -> str:
    """承诺时限 20 个工作日，含延期 10; a tier's own share names the tier."""
    name = clock.name.label
    if clock.tier is not None and clock.name is ClockName.REVIEW:
        name = _tr("{tier}办理").format(tier=Tier(clock.tier).label)
    days = words.days(clock.days + clock.extended, clock.unit)
    text = f"{name} {days}"
    return _tr("{text}，含延期 {n}").format(text=text, n=clock.extended) if clock.extended else text


def _is_over(case: Case) -> bool:
    return case.state.ended or case.state is State.DECIDED


def _to_come(case: Case, item: Item) -> list[ClockLine]:
    """The decision's limit before it runs."""
    if _is_over(case):
        return []
    left = "" if item.decides.tier is None else _begins(item, case)
    return [ClockLine(label=_limit_label(item), left=left, share=0.0, mood=Mood.PLAIN)]


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
