"""What the archive's lists say, finished words and moods; read on the store's thread."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec
from PySide6.QtCore import QCoreApplication

from app.domain.archive import period_label
from app.domain.case import State
from app.domain.events import Appraisal, Role
from app.domain.items import Retention
from app.domain.regions import Tier
from app.domain.rules import writer_at
from app.domain.staff import OperatorCard
from app.journal.refs import Ref
from app.store.archive_rows import ArchiveRow
from app.store.rows import CaseRow
from app.store.store import Store
from app.usecases import archive
from app.usecases.archive import Destroyed
from ui.desktop import case_words, words
from ui.desktop.look.mood import Mood
from ui.desktop.models.case_lines import item_name

MOST_LINES = 5_000
_KEEPERS = frozenset({Role.ARCHIVIST, Role.HEAD, Role.SUPERVISOR})


def _tr(text: str) -> str:
    return QCoreApplication.translate("ArchiveLines", text)


class View(StrEnum):
    """The lists of the page."""

    WAITING = "waiting"
    CATALOGUE = "catalogue"
    DUE = "due"
    REGISTER = "register"

    @property
    def label(self) -> str:
        return {
            View.WAITING: _tr("待归档"),
            View.CATALOGUE: _tr("归档目录"),
            View.DUE: _tr("到期鉴定"),
            View.REGISTER: _tr("销毁清册"),
        }[self]

    @property
    def headings(self) -> tuple[str, ...]:
        return {
            View.WAITING: (_tr("申请人"), _tr("事项"), _tr("保管期限"), _tr("状态")),
            View.CATALOGUE: (_tr("档号"), _tr("事项"), _tr("归档日期"), _tr("保管期限")),
            View.DUE: (_tr("档号"), _tr("事项"), _tr("保管期满"), _tr("鉴定")),
            View.REGISTER: (_tr("档号"), _tr("事项"), _tr("销毁日期"), _tr("状态")),
        }[self]


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    text: str
    detail: str = ""
    mood: Mood | None = None


class ArchiveLine(msgspec.Struct, frozen=True, kw_only=True):
    """`ready`: appraised for destruction, so a head may approve it. `lacks_period`: its item says none."""

    subject: Ref
    cells: tuple[Cell, ...]
    ready: bool = False
    lacks_period: bool = False


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """`year` and `retention` narrow the catalogue."""

    view: View = View.WAITING
    year: int | None = None
    retention: Retention | None = None


class ArchiveRead(msgspec.Struct, frozen=True, kw_only=True):
    """`counts` of the views where something is to be done; `roles` those of whoever looks, deputies' included."""

    wanted: Wanted
    lines: tuple[ArchiveLine, ...]
    more: bool
    counts: Mapping[View, int]
    years: tuple[int, ...]
    roles: frozenset[Role]


def may_see(roles: frozenset[Role]) -> bool:
    """Whether the archive is any business of theirs."""
    return bool(roles & _KEEPERS)


def read(store: Store, wanted: Wanted, by: OperatorCard) -> ArchiveRead:
    """One list, and how many wait in the others."""
    waiting, due = archive.to_archive(store, limit=MOST_LINES), archive.proposal(store)
    filed = archive.catalogue(store, year=wanted.year, retention=wanted.retention)
    match wanted.view:
        case View.WAITING:
            lines = [_waiting(store, row) for row in waiting]
        case View.CATALOGUE:
            lines = [_filed(store, row) for row in filed[:MOST_LINES]]
        case View.DUE:
            lines = [_due(store, row) for row in due[:MOST_LINES]]
        case View.REGISTER:
            lines = [_destroyed(one) for one in archive.register(store)]
    return ArchiveRead(
        wanted=wanted,
        lines=tuple(lines),
        more=wanted.view is View.CATALOGUE and len(filed) > MOST_LINES,
        counts={View.WAITING: len(waiting), View.DUE: len(due)},
        years=archive.years(store),
        roles=_roles(store, by),
    )


def _roles(store: Store, by: OperatorCard) -> frozenset[Role]:
    tier = Tier(store.certificate.tier)
    return writer_at(store.publications, store.region, tier, by.ref, store.next_clock()).roles


def _waiting(store: Store, row: CaseRow) -> ArchiveLine:
    item = store.publications.item(row.item, row.item_version)
    period = item.retention
    return ArchiveLine(
        subject=row.subject,
        cells=(
            Cell(text=case_words.applicant(row), detail=row.local_number),
            Cell(text=item.name),
            Cell(text=period_label(period) if period else _tr("没有写")),
            Cell(text=State(row.state).label, mood=Mood.PLAIN),
        ),
        lacks_period=period is None,
    )


def _filed(store: Store, row: ArchiveRow) -> ArchiveLine:
    until = None if row.kept_until is None else words.day(row.kept_until)
    return ArchiveLine(
        subject=row.subject,
        cells=(
            Cell(text=row.number, detail=row.local_number),
            Cell(
                text=item_name(store.publications, row.item, row.item_version),
                detail=_tr("{pages} 页").format(pages=row.pages) if row.pages else "",
            ),
            Cell(
                text=words.day(row.archived_on),
                detail=_tr("保管到 {day}").format(day=until) if until else "",
            ),
            Cell(text=period_label(row.retention), mood=Mood.PLAIN),
        ),
    )


def _due(store: Store, row: ArchiveRow) -> ArchiveLine:
    assert row.kept_until is not None
    ready = row.appraisal == Appraisal.DESTROY
    return ArchiveLine(
        subject=row.subject,
        cells=(
            Cell(text=row.number, detail=row.local_number),
            Cell(
                text=item_name(store.publications, row.item, row.item_version),
                detail=_tr("{day}归档，{period}").format(
                    day=words.day(row.archived_on), period=period_label(row.retention)
                ),
            ),
            Cell(text=words.day(row.kept_until)),
            Cell(
                text=_tr("可以销毁") if ready else _tr("待鉴定"),
                mood=Mood.WARN if ready else Mood.INFO,
            ),
        ),
        ready=ready,
    )


def _destroyed(one: Destroyed) -> ArchiveLine:
    people = _tr("鉴定 {one}　批准 {other}").format(one=one.appraised_by, other=one.approved_by)
    return ArchiveLine(
        subject=one.subject,
        cells=(
            Cell(text=one.archive_number, detail=one.local_number),
            Cell(text=one.item_name, detail=people),
            Cell(text=words.day(one.destroyed_on), detail=one.reason),
            Cell(
                text=_tr("待核对") if one.awaits_centre else _tr("已销毁"),
                mood=Mood.INFO if one.awaits_centre else Mood.PLAIN,
            ),
        ),
    )
