"""The item's own application form: what is known is filled in, the rest is left to the applicant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from app.domain.case import Case
from app.domain.events import IdKind, Party, PartyKind, PartyRole, Signing
from app.domain.identity import check_id_number
from app.domain.items import Item, Required
from app.domain.papers import ApplicationForm, FormField, MaterialLine, chinese_date
from app.errors import Refused
from app.store.store import Store
from app.usecases.offices import organ
from app.usecases.today import shown_today

PROMISE = (
    "本人（本单位）对所填内容和所交材料的真实性负责，已被告知个人信息只用于办理本事项，"
    "知道提供虚假材料应承担的法律责任。"
)
_EMPTY_MEMBERS = 4


class NoForm(Refused):
    """The item has no application form of its own (fact: item)."""

    code = "no_form"


class Filling(msgspec.Struct, frozen=True, kw_only=True):
    """What is known for a form: nothing of it for a blank one. `given` are places of the item's materials, from 0."""

    parties: tuple[Party, ...] = ()
    note: str = ""
    given: frozenset[int] = frozenset()
    signing: Signing | None = None
    local_number: str = ""
    received_on: date | None = None

    @property
    def applicant(self) -> Party | None:
        return self.parties[0] if self.parties else None

    def of_role(self, role: PartyRole) -> list[Party]:
        return [party for party in self.parties if party.role is role]


def blank(store: Store, item: Item) -> ApplicationForm:
    """The form with nothing filled in, as it is handed out at the counter. Raises NoForm."""
    return filled_form(store, item, Filling(), of_nobody(store, item))


def of_nobody(store: Store, item: Item) -> dict[str, Any]:
    """The common fields of a form that is about no case."""
    return {
        "number": "",
        "issuer": store.certificate.station,
        "applicant": "",
        "item": item.name,
        "item_id": item.id,
        "local_number": "",
        "issued_on": shown_today(store),
        "handler": "",
        "practice": store.certificate.is_practice,
    }


def application_form(
    store: Store, item: Item, case: Case, common: dict[str, Any]
) -> ApplicationForm:
    """The form of an item for a case. Raises NoForm."""
    known = Filling(
        parties=case.parties,
        note=case.note,
        given=frozenset(one.index for one in case.materials),
        signing=case.signing,
        local_number=case.local_number.text,
        received_on=case.received_on,
    )
    return filled_form(store, item, known, common)


def filled_form(
    store: Store, item: Item, known: Filling, common: dict[str, Any]
) -> ApplicationForm:
    """The form of an item with what is known. Raises NoForm."""
    if item.application_form is None:
        raise NoForm(item=item.name)
    members = tuple(map(_member, known.of_role(PartyRole.MEMBER)))
    return ApplicationForm(
        **common,
        name=item.application_form,
        addressed_to=organ(store, store.region, item, item.decides),
        fields=tuple(_fields(item, known)),
        members=members or (("", "", "", ""),) * _EMPTY_MEMBERS,
        materials=tuple(
            MaterialLine(
                name=material.name, given=index in known.given, note=material.condition or ""
            )
            for index, material in enumerate(item.materials)
            if material.required is Required.ALWAYS or material.condition
        ),
        promise=PROMISE,
        signing=tuple(_signing(known.signing)),
    )


def _fields(item: Item, known: Filling) -> Iterator[FormField]:
    one = known.applicant
    organisation = one is not None and one.kind is PartyKind.ORGANISATION
    yield FormField(
        label="单位名称" if organisation else "申请人姓名", value=one.name if one else ""
    )
    if one is not None and one.other_name:
        yield FormField(label="曾用名", value=one.other_name)
    if not organisation:
        sex, birth = _of_number(one)
        yield FormField(label="性别", value=sex)
        yield FormField(label="出生日期", value=birth)
    yield FormField(label="证件类型", value=_id_kind(one))
    yield FormField(label="证件号码", value=one.id_number if one else "")
    yield FormField(label="联系电话", value=one.phone if one else "")
    yield FormField(label="住址", value=one.address if one else "")
    for role, label in (
        (PartyRole.BENEFICIARY, "受益人"),
        (PartyRole.GUARDIAN, "监护人"),
        (PartyRole.ATTORNEY, "委托代理人"),
    ):
        for other in known.of_role(role):
            words = "，".join(
                filter(None, (other.name, other.relation, other.id_number, other.phone))
            )
            yield FormField(label=label, value=words)
    yield FormField(label="申请事项", value=f"{item.name}（事项编码{item.id}）")
    yield FormField(label="申请理由和基本情况", value=known.note)
    if known.local_number:
        yield FormField(label="收件号", value=known.local_number)
    if known.received_on is not None:
        yield FormField(label="收件日期", value=chinese_date(known.received_on))


def _id_kind(party: Party | None) -> str:
    if party is None:
        return ""
    return "统一社会信用代码" if party.kind is PartyKind.ORGANISATION else party.id_kind.label


def _member(party: Party) -> tuple[str, str, str, str]:
    return party.name, party.relation, party.id_number, party.basis


def _of_number(party: Party | None) -> tuple[str, str]:
    """Sex and day of birth, as far as the number says them."""
    if party is None or party.id_kind is not IdKind.RESIDENT:
        return "", ""
    check = check_id_number(party.id_number)
    return (
        check.sex.label if check.sex else "",
        chinese_date(check.birth) if check.birth else "",
    )


def _signing(signing: Signing | None) -> Iterator[FormField]:
    """For somebody who cannot write: who wrote, who read it aloud, who saw it."""
    if signing is None:
        return
    yield FormField(label="代书人", value=signing.written_by)
    yield FormField(label="宣读人", value=signing.read_by)
    yield FormField(label="见证人", value=f"{signing.witness} {signing.witness_phone}".strip())
