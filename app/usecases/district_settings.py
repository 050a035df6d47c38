"""What the district sets in numbers, names and telephones: read, checked, published from a day on."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from app.domain import events
from app.domain.events import Role
from app.domain.faults import Faulty, shape_faults
from app.domain.regions import Tier
from app.domain.rules import NotPermitted
from app.domain.settings import Settings
from app.domain.staff import OperatorCard
from app.store.resettling import announce
from app.store.store import Store
from app.usecases.today import shown_today, today


class BadSettings(Faulty):
    """Settings that cannot be published; `faults` names everything that is wrong with them."""

    code = "bad_settings"


def current(store: Store) -> Settings:
    """What holds today."""
    return store.publications.settings(shown_today(store))


def coming(store: Store) -> Settings | None:
    """What was published and holds from a later day on."""
    latest = store.publications.settings(date.max)
    return latest if latest.effective > shown_today(store) else None


def publish(
    store: Store, changes: dict[str, Any], *, effective: date, by: OperatorCard
) -> Settings:
    """Publish the present settings with these changes, from a day on that has not passed.

    Raises NotPermitted (only a head of the district's), BadSettings.
    """
    if store.certificate.tier != Tier.DISTRICT or Role.HEAD not in by.roles:
        raise NotPermitted(act="publish_settings", why="not_the_district")
    with store.writing() as tx:
        if effective < today(store):
            raise BadSettings(["生效日期已经过去"])
        before = msgspec.to_builtins(store.publications.settings(effective))
        wanted = before | changes | {"effective": effective.isoformat()}
        faults = shape_faults(wanted, Settings)
        if faults:
            raise BadSettings(faults)
        settings = msgspec.convert(wanted, Settings)
        announce(store, tx, events.SettingsPublished(settings=settings), by=by.ref)
    return settings
