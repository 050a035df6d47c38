"""A guide as text for a chat group: what to bring, how long, what it costs; nothing personal."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from app.domain.items import Item, Kind, Material, Required
from ui.desktop import words
from ui.desktop.pages.items import guide_words
from ui.desktop.pages.items.sheet import Elsewhere, InForce, ItemSheet


def of_item(sheet: ItemSheet, station: str) -> str:
    return "\n".join(_lines(sheet, station))


def of_elsewhere(sheet: Elsewhere) -> str:
    lines = [_tr("【{name}】").format(name=sheet.name)]
    if sheet.ask:
        lines.append(_tr("村（社区）不开这个证明（民发〔2020〕20号）。"))
        lines.append(_tr("请找：{office}").format(office=sheet.ask))
    elif sheet.since is not None:
        lines.append(_tr("{day}起取消，不用再办。").format(day=words.day(sheet.since)))
    else:
        lines.append(_tr("已经取消，不用再办。"))
    if sheet.instead:
        lines.append(sheet.instead)
    return "\n".join(lines)


def _lines(sheet: ItemSheet, station: str) -> Iterator[str]:
    item = sheet.item
    yield _tr("【{name}】怎么办").format(name=item.name)
    if sheet.shown.stands is InForce.COMING and item.effective is not None:
        yield _tr("{day}起这样办").format(day=words.day(item.effective))
    yield _tr("谁可以申请：{who}").format(who=guide_words.applicants(item))
    if isinstance(item.in_person_required, str):
        yield _tr("到场：{who}").format(who=item.in_person_required)
    elif item.in_person_required:
        yield _tr("到场：须本人到场")
    if item.materials:
        yield _tr("要带的材料：")
        yield from (_material(n, one) for n, one in enumerate(item.materials, 1))
    yield _tr("多久办好：{span}").format(span=_span(item))
    yield _tr("收费：{fees}").format(fees=_fees(item))
    yield _tr("流程：{steps}").format(steps=_tr(" → ").join(step.name for step in item.steps))
    yield _tr("到哪里办：{station}").format(station=station)
    yield _tr("投诉：{channel}").format(channel=item.complaint_channel)


def _material(number: int, material: Material) -> str:
    told = f"{number}. {material.name}（{guide_words.copies(material)}）"
    if material.required is Required.WHEN:
        return told + _tr("，{when}才要").format(when=material.condition)
    return told


def _span(item: Item) -> str:
    if item.kind is Kind.INSTANT:
        return _tr("当场或当日")
    return words.days(item.clock.promised, item.clock.unit)


def _fees(item: Item) -> str:
    if not item.fees:
        return _tr("不收费")
    return _tr("；").join(f"{fee.name} {guide_words.amount(fee)}" for fee in item.fees)


def _tr(text: str) -> str:
    return QCoreApplication.translate("GuideText", text)
