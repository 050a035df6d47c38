"""What is offered on paper of the item that is looked at."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication

from app.domain.items import Item
from app.usecases.item_sheets import ItemSheet, make, sheets_of
from ui.desktop.sheet_preview import SheetOffer


def label(sheet: ItemSheet) -> str:
    return {
        ItemSheet.GUIDE: _tr("办事指南"),
        ItemSheet.CHART: _tr("流程图"),
        ItemSheet.SAMPLE: _tr("样表"),
        ItemSheet.FORM: _tr("空白申请表"),
    }[sheet]


def offers(item: Item) -> list[SheetOffer]:
    """The sheets of this version of the item."""
    return [
        SheetOffer(
            label=label(sheet),
            name=f"{label(sheet)} {item.name}",
            make=partial(make, item=item, sheet=sheet),
            is_poster=sheet.is_poster,
        )
        for sheet in sheets_of(item)
    ]


def _tr(text: str) -> str:
    return QCoreApplication.translate("ItemSheets", text)
