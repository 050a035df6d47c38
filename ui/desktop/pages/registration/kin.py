"""Applicants who seem to belong to the staff: told to whoever registers, who asks and writes it down."""

from __future__ import annotations

from app.domain.names import plain_name
from app.store.store import Store
from app.usecases.parties import phone as plain_phone


def staff_like(store: Store, name: str, phone: str) -> str:
    """The name of somebody who works in this district and has this name or telephone; "" if nobody has."""
    wanted, number = plain_name(name), plain_phone(phone)
    for card in store.publications.staff.now.values():
        if not card.left and (
            card.name == wanted or (number and plain_phone(card.phone) == number)
        ):
            return card.name
    return ""
