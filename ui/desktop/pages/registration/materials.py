"""The papers on the table: how each is ordinarily taken, and what is still missing."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QCoreApplication

from app.domain.items import Form, Item, Material
from app.usecases import materials
from app.usecases.materials import MaterialForm, NeverHeld


class Totals(msgspec.Struct, frozen=True):
    """How many papers were taken, and the names of those that everybody must bring and that are not there."""

    given: int
    missing: tuple[str, ...]


def ordinary(material: Material) -> MaterialForm:
    """As the catalogue asks for it: originals are handed in where only they are kept, else looked at and handed back.

    None is kept in custody: that is for papers that go back, and somebody says so.
    """
    return MaterialForm(
        name=material.name,
        original=material.form in (Form.ORIGINAL, Form.ORIGINAL_AND_COPY),
        copies=0 if material.form is Form.ORIGINAL else material.copies,
    )


def totals(item: Item, taken: tuple[MaterialForm, ...]) -> Totals:
    there = materials.materials_of(taken, item)
    return Totals(len(there), materials.missing_materials(item, there))


def may_be_held(item: Item, name: str) -> bool:
    """Whether the original may stay here: never that of a bank card or a passbook."""
    try:
        materials.materials_of((MaterialForm(name=name, held=True),), item)
    except NeverHeld:
        return False
    return True


def as_taken(paper: MaterialForm, asked: Material) -> str:
    """原件核验后退还 · 复印件 1 份."""
    parts = []
    if paper.original and paper.held:
        parts.append(_tr("原件代为保管"))
    elif paper.original:
        parts.append(_tr("收取原件") if asked.is_handed_in else _tr("原件核验后退还"))
    if paper.copies:
        parts.append(_tr("复印件 {n} 份").format(n=paper.copies))
    return " · ".join(parts) or _tr("只看不收")


def _tr(text: str) -> str:
    return QCoreApplication.translate("materials", text)
