"""The archive's lists as they are printed and signed. People are named masked, as on every list (domain.md §8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from app.domain.archive import period_label
from app.domain.case import Case, State
from app.domain.events import Party, PartyKind
from app.domain.items import Item, Retention
from app.domain.masking import mask_name
from app.domain.papers import (
    ArchiveCatalogue,
    CertificateLine,
    CertificateRegister,
    DestroyedLine,
    DestructionRegister,
    FiledLine,
)
from app.domain.regions import RegionCode
from app.journal.entry import Entry
from app.journal.refs import Ref
from app.store.archive_rows import ArchiveRow
from app.store.rows import CaseRow
from app.store.store import Store
from app.usecases import archive
from app.usecases.paper_facts.shared import basis
from app.usecases.today import shown_today

_CERTIFIED: Final = "case.certified"
_COMPLETED: Final = "case.completed"
_ENDED: Final = (State.DECIDED, State.DELIVERED, State.FOLLOWED_UP, State.CLOSED, State.ARCHIVED)
_READ_AT_ONCE: Final = 500


def archive_catalogue(
    store: Store,
    *,
    year: int | None = None,
    retention: Retention | None = None,
    category: str = "",
) -> ArchiveCatalogue:
    """归档文件目录 of a year, a period, a category of items; of all that are archived without them."""
    rows = archive.catalogue(store, year=year, retention=retention)
    told = [(row, store.publications.item(row.item, row.item_version)) for row in rows]
    words = [
        "全部年度" if year is None else f"{year}年度",
        "" if retention is None else f"保管期限{period_label(retention)}",
        category,
    ]
    return ArchiveCatalogue(
        **_sheet(store),
        scope="　".join(filter(None, words)),
        lines=tuple(
            _filed(store, row, item) for row, item in told if category in ("", item.category)
        ),
    )


def destruction_register(store: Store) -> DestructionRegister:
    """档案销毁清册, for those who appraised, approved and witnessed to sign."""
    lines = tuple(
        DestroyedLine(
            archive_number=one.archive_number,
            local_number=one.local_number,
            item=one.item_name,
            station=one.station,
            year=one.year,
            period=period_label(one.retention),
            archived_on=one.archived_on,
            pages=one.pages,
            appraiser=one.appraised_by,
            approver=one.approved_by,
            reason=" ".join(one.reason.split()),
            destroyed_on=one.destroyed_on,
            state="待区中心核对" if one.awaits_centre else "已销毁",
        )
        for one in archive.register(store)
    )
    return DestructionRegister(**_sheet(store), scope="全部年度", lines=lines)


def certificate_register(store: Store, *, year: int | None = None) -> CertificateRegister:
    """证明出具登记: what people of this station certified, or made as certificates of a decision, in order of days."""
    lines = sorted(
        (line for row, entry in _certifying(store) for line in _certificate(store, row, entry)),
        key=lambda line: (line.issued_on, line.number),
    )
    return CertificateRegister(
        **_sheet(store),
        scope="全部年度" if year is None else f"{year}年度",
        lines=tuple(line for line in lines if year in (None, line.issued_on.year)),
    )


def _sheet(store: Store) -> dict[str, Any]:
    return {
        "issuer": store.certificate.station,
        "made_on": shown_today(store),
        "practice": store.certificate.is_practice,
    }


# --- files ------------------------------------------------------------------------------------------


def _filed(store: Store, row: ArchiveRow, item: Item) -> FiledLine:
    case = store.case(row.subject)
    name, ended = mask_name(row.applicant), row.archived_on
    if isinstance(case, Case):
        name, ended = _masked(case.applicant), archive.ended_on(case)
    return FiledLine(
        archive_number=row.number,
        local_number=row.local_number,
        responsible=store.publications.station_name(RegionCode(row.station)),
        subject=f"{name}{item.name}",
        ended_on=ended,
        period=period_label(row.retention),
        pages=row.pages,
    )


def _masked(party: Party) -> str:
    """Names of organisations are public."""
    return party.name if party.kind is PartyKind.ORGANISATION else mask_name(party.name)


# --- certificates -------------------------------------------------------------------------------------


def _certifying(store: Store) -> Iterator[tuple[CaseRow, Entry]]:
    """The entries by which this station's people certified something, with their cases."""
    certifying = _certifying_items(store)
    marks = ", ".join("?" * len(_ENDED))
    rows = store.rows.where(
        f"state IN ({marks})", tuple(state.value for state in _ENDED), order="n", limit=-1
    )
    for start in range(0, len(rows), _READ_AT_ONCE):
        some = rows[start : start + _READ_AT_ONCE]
        written = store.journal.of_subjects([row.subject for row in some])
        for row in some:
            kinds = {_CERTIFIED, _COMPLETED} if row.item in certifying else {_CERTIFIED}
            for entry in _ours(store, written[row.subject]):
                if entry.kind in kinds:
                    yield row, entry


def _certifying_items(store: Store) -> frozenset[str]:
    """Items by which a village certifies what it knows itself (清单内的证明)."""
    every = store.publications.items
    return frozenset(
        name for name, versions in every.items() if any(one.positive_list for one in versions)
    )


def _ours(store: Store, entries: Iterable[Entry]) -> Iterator[Entry]:
    operators = store.publications.operators
    for entry in entries:
        card = None if entry.actor is None else operators.get(entry.actor)
        if card is not None and card.region == store.region:
            yield entry


def _certificate(store: Store, row: CaseRow, entry: Entry) -> Iterator[CertificateLine]:
    """Nothing for an entry that had no effect, or was erased with its case."""
    case = store.case(row.subject)
    if not isinstance(case, Case) or entry.ref in {one.ref for one in case.out_of_place}:
        return
    item = store.publications.item(case.item, case.item_version)
    made = case.certificate
    if entry.kind == _CERTIFIED and made is not None:
        number, name, on = made.number or case.local_number.text, made.name, made.on
        purpose, rests_on = f"办理{item.name}", basis(item)
    elif entry.kind == _COMPLETED and case.completed is not None:
        number, name, on = case.local_number.text, case.completed.result, case.completed.on
        purpose, rests_on = case.note, _listed_basis(item, name) or basis(item)
    else:
        return
    yield _line(store, case, entry.actor, number, name, purpose, rests_on, on)


def _line(
    store: Store,
    case: Case,
    by: Ref | None,
    number: str,
    name: str,
    purpose: str,
    rests_on: Sequence[str],
    on: date,
) -> CertificateLine:
    card = None if by is None else store.publications.operators.get(by)
    return CertificateLine(
        number=number,
        name=name,
        holder=_masked(case.applicant),
        purpose=purpose or "—",
        basis="；".join(rests_on),
        issued_on=on,
        handler="" if card is None else card.name,
    )


def _listed_basis(item: Item, result: str) -> tuple[str, ...]:
    """What the list says a certificate of that name rests on."""
    return tuple(one.basis for one in item.positive_list if one.name in result)
