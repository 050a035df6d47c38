"""What the archive prints of the list that is looked at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication

from app.domain.papers import Printable
from app.store.store import Store
from app.usecases import archive_sheets
from ui.desktop.pages.archive.lines import View, Wanted
from ui.desktop.sheet_preview import SheetOffer


def offers(wanted: Wanted) -> list[SheetOffer]:
    """The lists of a view, narrowed as it is; none of what only waits."""
    match wanted.view:
        case View.CATALOGUE:
            catalogue = partial(
                archive_sheets.archive_catalogue, year=wanted.year, retention=wanted.retention
            )
            certificates = partial(archive_sheets.certificate_register, year=wanted.year)
            return [
                _offer(_tr("归档文件目录"), catalogue, wanted.year),
                _offer(_tr("证明出具登记簿"), certificates, wanted.year),
            ]
        case View.REGISTER:
            return [_offer(_tr("档案销毁清册"), archive_sheets.destruction_register)]
        case _:
            return []


def _offer(label: str, make: Callable[[Store], Printable], year: int | None = None) -> SheetOffer:
    name = label if year is None else _tr("{label} {year}年度").format(label=label, year=year)
    return SheetOffer(label=label, name=name, make=make)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ArchiveSheets", text)
