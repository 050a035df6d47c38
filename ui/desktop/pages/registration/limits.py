"""What follows, in a few words: who takes it next, by when, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from PySide6.QtCore import QCoreApplication

from app.domain.clocks import ClockName
from app.domain.items import Item, Kind, Mode, Starts
from app.domain.money import yuan
from app.usecases.outlook import Outlook
from ui.desktop import words


class Fact(msgspec.Struct, frozen=True):
    """`figure` is what is read first; `tip` says it whole."""

    label: str
    figure: str
    note: str = ""
    tip: str = ""


def facts(outlook: Outlook) -> Iterator[Fact]:
    """In the order in which things happen."""
    yield _next_station(outlook)
    yield _authority(outlook)
    yield Fact(_tr("收费"), fees(outlook.item), _exemptions(outlook.item))


def _next_station(outlook: Outlook) -> Fact:
    forwarding = outlook.clock(ClockName.FORWARDING)
    if forwarding is not None and forwarding.due is not None:
        expected = _tr("（预计）") if forwarding.expected else ""
        by = _tr("{month}月{day}日前").format(month=forwarding.due.month, day=forwarding.due.day)
        return Fact(
            _tr("本站转报"),
            by + expected,
            _tr("{span}内报{place}").format(
                span=words.days(forwarding.days, forwarding.unit), place=outlook.examiner
            ),
            words.day(forwarding.due),
        )
    if outlook.examined_here:
        return Fact(_tr("本站"), _tr("受理审查"), _tr("材料不出本站"))
    what = _tr("引领前往") if outlook.mode is Mode.ACCOMPANY else _tr("申请人办理")
    return Fact(_tr("本站"), what, outlook.examiner)


def _authority(outlook: Outlook) -> Fact:
    clock = outlook.item.clock
    label = {
        Starts.RECEIPT: _tr("{who}收到申请起"),
        Starts.TAKING_OVER: _tr("{who}接收起"),
        Starts.ACCEPTANCE: _tr("{who}受理起"),
    }[clock.starts].format(who=_tr("本站") if outlook.examined_here else outlook.examiner)
    if outlook.item.kind is Kind.INSTANT:
        figure = _tr("当日办结")
    else:
        figure = _tr("承诺 {span}").format(span=words.days(clock.promised, clock.unit))
    notes = []
    if clock.statutory is not None:
        notes.append(_tr("法定 {span}").format(span=words.days(clock.statutory, clock.unit)))
    if clock.extension is not None:
        notes.append(_tr("可延 {n}").format(n=clock.extension))
    promised = outlook.clock(ClockName.PROMISED)
    due = promised.due if promised is not None else None
    tip = words.day(due) if due is not None else ""
    return Fact(label, figure, _tr("，").join(notes), tip)


def fees(item: Item) -> str:
    """不收费, or each fee with its amount."""
    if not item.fees:
        return _tr("不收费")
    return _tr("；").join(
        f"{fee.name} {yuan(fee.amount_fen)}"
        if fee.amount_fen is not None
        else _tr("{name}按当地标准").format(name=fee.name)
        for fee in item.fees
    )


def _exemptions(item: Item) -> str:
    return _tr("；").join(fee.exemption for fee in item.fees if fee.exemption)


def _tr(text: str) -> str:
    return QCoreApplication.translate("limits", text)
