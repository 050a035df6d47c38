"""Two cases line by line: what differs is found in what was said, not in what is shown of it; on the store's thread."""

from __future__ import annotations

from datetime import date

import msgspec
from PySide6.QtCore import QCoreApplication

from app.domain.case import Case
from app.domain.events import Party
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import lookup
from app.usecases.today import shown_today
from ui.desktop import case_words, words
from ui.desktop.models.case_lines import item_name
from ui.desktop.pages.cases.people import person


class ComparedLine(msgspec.Struct, frozen=True, kw_only=True):
    """`differs`: what is behind the two, of which one may be masked like the other."""

    label: str
    mine: str
    theirs: str
    differs: bool


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """This case beside another."""

    subject: Ref
    other: Ref
    lines: tuple[ComparedLine, ...]


class _Said(msgspec.Struct, frozen=True):
    """A line of one case: as it is shown, and as it was said."""

    label: str
    shown: str
    said: str


def read_comparison(store: Store, subject: Ref, other: Ref) -> Comparison:
    """Raises UnknownNumber, CaseUnreadable."""
    mine, theirs = (_lines(store, one) for one in (subject, other))
    lines = (
        ComparedLine(
            label=this.label, mine=this.shown, theirs=that.shown, differs=this.said != that.said
        )
        for this, that in zip(mine, theirs, strict=True)
        if this.said or that.said
    )
    return Comparison(subject=subject, other=other, lines=tuple(lines))


def _lines(store: Store, subject: Ref) -> list[_Said]:
    row = store.rows.by_subject(subject)
    if row is None:
        raise lookup.UnknownNumber(number=str(subject))
    case = lookup.case_of(store, row)
    publications = store.publications
    item = publications.item(case.item, case.item_version)
    given = "、".join(
        item.materials[one.index].name for one in case.materials if one.index < len(item.materials)
    )
    official = case.official_number.text if case.official_number else ""
    plain = (
        (_tr("事项"), item_name(publications, case.item, case.item_version)),
        (_tr("收件站点"), case_words.place(publications, case.station)),
        (_tr("收件日"), words.day(case.received_on)),
        (_tr("收件号"), case.local_number.text),
        (_tr("办件编号"), official),
        (_tr("状态"), case.state.label),
        (_tr("收到的材料"), given),
        (_tr("备注"), case.note),
    )
    said = [_Said(label, shown, shown) for label, shown in plain]
    return [*_of_the_person(case, shown_today(store)), *said]


def _of_the_person(case: Case, today: date) -> list[_Said]:
    party = case.applicant
    shown = person(party, today, masked=True)
    others = case.parties[1:]
    return [
        _Said(_tr("申请人"), shown.name, party.name),
        _Said(_tr("曾用名"), _masked(party.other_name, party, today), party.other_name),
        _Said(_tr("证件号码"), shown.id_number, party.id_number),
        _Said(_tr("电话"), shown.phone, party.phone),
        _Said(_tr("住址"), shown.address, party.address),
        _Said(
            _tr("其他人"),
            "、".join(f"{one.role.label}{_masked(one.name, one, today)}" for one in others),
            "、".join(f"{one.role} {one.name} {one.id_number}" for one in others),
        ),
    ]


def _masked(name: str, party: Party, today: date) -> str:
    return (
        person(msgspec.structs.replace(party, name=name), today, masked=True).name if name else ""
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("comparing", text)
