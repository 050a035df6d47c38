"""The papers of a request as the counter ticks them off, by the item's own names."""

from __future__ import annotations

from typing import Annotated

import msgspec

from app.domain.events import MaterialTaken
from app.domain.items import Item, Required
from app.errors import Refused

_Line = Annotated[str, msgspec.Meta(max_length=200)]
_Count = Annotated[int, msgspec.Meta(ge=0, le=9999)]
_NEVER_HELD = ("银行卡", "存折", "社会保障卡", "社保卡", "密码")


class MaterialNotAsked(Refused):
    """Nothing beyond the catalogue may be asked for or taken (facts: material, item)."""

    code = "material_not_asked"


class NeverHeld(Refused):
    """The original of a bank card or passbook is looked at and handed back (fact: material)."""

    code = "never_held"


class MaterialForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A material by the item's own name. `held`: the original stays at the station."""

    name: _Line
    given: bool = True
    original: bool = False
    copies: _Count = 0
    pages: _Count = 0
    held: bool = False


def missing_materials(item: Item, taken: tuple[MaterialTaken, ...]) -> tuple[str, ...]:
    """The materials that the item always asks for and that are not there."""
    given = {material.index for material in taken}
    return tuple(
        material.name
        for index, material in enumerate(item.materials)
        if material.required is Required.ALWAYS and index not in given
    )


def never_held(what: str) -> None:
    """Raises NeverHeld for what is only looked at (domain.md §8)."""
    if any(word in what for word in _NEVER_HELD):
        raise NeverHeld(material=what)


def materials_of(forms: tuple[MaterialForm, ...], item: Item) -> tuple[MaterialTaken, ...]:
    """The papers that lie on the table, by their places in the item's list. Raises MaterialNotAsked."""
    places = {material.name: index for index, material in enumerate(item.materials)}
    taken = []
    for form in forms:
        if form.name not in places:
            raise MaterialNotAsked(material=form.name, item=item.name)
        if form.held:
            never_held(form.name)
        if form.given:
            taken.append(
                MaterialTaken(
                    index=places[form.name],
                    original=form.original,
                    copies=form.copies,
                    pages=form.pages,
                    held=form.held,
                )
            )
    return tuple(sorted(taken, key=lambda material: material.index))
