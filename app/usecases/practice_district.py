"""A district for practice: the station's own place in the tree, with what its real district has published.

It stands on one machine: a store for the station, and one for each of the other two tiers, whose people are played
by the program. The authority that vouches for them is made for it and thrown away, so nobody can be added later.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from app.domain import events
from app.domain.days import day_of
from app.domain.events import Role
from app.domain.regions import RegionCode, RegionTree, Tier, station_name
from app.domain.staff import OperatorCard
from app.errors import Refused
from app.journal import certificate as certificates
from app.journal.certificate import PRACTICE_LIFE, Certificate, SignedCertificate
from app.journal.entry import Entry
from app.journal.keys import DeviceKeys
from app.journal.refs import Ref
from app.store import opening, practice
from app.store.identity import Identity
from app.store.store import Store, WallClock

ASIDE: Final = "（练习）"
_AT_THE_AUTHORITY: Final = (
    Role.CLERK, Role.APPROVER, Role.HEAD, Role.SUPERVISOR, Role.ARCHIVIST,
)  # fmt: skip
ROLES: Final = {
    Tier.VILLAGE: (Role.AGENT, Role.HEAD),
    Tier.TOWNSHIP: _AT_THE_AUTHORITY,
    Tier.DISTRICT: _AT_THE_AUTHORITY,
}
"""Whoever practises can do all that their station does."""
_PARTNERS: Final = {
    Tier.VILLAGE: "练习村代办员",
    Tier.TOWNSHIP: "练习镇街审批员",
    Tier.DISTRICT: "练习区级审批员",
}
_FOR_GOOD: Final = date(2099, 12, 31)
_COPIED: Final = frozenset(
    {
        "regions.published",
        "item.published",
        "item.withdrawn",
        "catalogue.noted",
        "calendar.published",
        "overlay.published",
        "settings.published",
    }
)
"""What a district says of law and place. Devices and people are the practice district's own."""


class PracticeTooEarly(Refused):
    """The station has not received the regions and items of its district yet."""

    code = "practice_too_early"


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """A station of the practice district, and who works there."""

    store: Store
    card: OperatorCard

    @property
    def tier(self) -> Tier:
        return Tier(self.store.certificate.tier)


def found(
    folder: Path, key: bytes, model: Store, names: Iterable[str], wall: WallClock
) -> list[Seat]:
    """Make the stores of a practice district like that of `model`; the own one first, in `folder` itself.

    `names`: whose cards the own station has; the first of them sits there. Raises PracticeTooEarly.
    """
    own = Tier(model.certificate.tier)
    places = _places(model.publications.tree, model.region, own)
    if Tier.DISTRICT not in places or not model.publications.items:
        raise PracticeTooEarly
    authority, keys = DeviceKeys.generate(), {tier: DeviceKeys.generate() for tier in places}
    signed = {
        tier: _signed(authority, _certificate(model, places[tier], tier, keys[tier], wall()))
        for tier in places
    }
    stores: dict[Tier, Store] = {}
    try:
        for tier in sorted(places, key=lambda one: one is not own):
            who = _identity(authority, keys[tier], signed[tier])
            at = folder if tier is own else seat_folder(folder, tier)
            at.mkdir(mode=0o700)
            under = key if tier is own else practice.key_under(key, tier.word)
            stores[tier] = opening.create_store(at, under, who, wall=wall)
            # `settle` makes it durable, whole.
            stores[tier].database.run("PRAGMA synchronous = off")
        _publish(stores[Tier.DISTRICT], model, signed.values())
        return [
            Seat(store=store, card=_staff(store, names if tier is own else [_PARTNERS[tier]]))
            for tier, store in stores.items()
        ]
    except BaseException:
        for store in stores.values():
            store.close()
        raise


def settle(seats: Iterable[Seat]) -> None:
    """Bring what the stores hold to the disk."""
    for seat in seats:
        seat.store.database.run("PRAGMA synchronous = full")
        seat.store.database.run("PRAGMA wal_checkpoint(TRUNCATE)")


def seat_folder(folder: Path, tier: Tier) -> Path:
    """Where the store of another tier stands in the folder of a practice store."""
    return folder / f"seat-{tier.word}"


def add_card(store: Store, name: str) -> OperatorCard:
    """A card that may do all that the station does, and decide whatever it decides."""
    tier, day = Tier(store.certificate.tier), day_of(store.wall())
    with store.writing() as tx:
        ref = tx.publish(events.OperatorAdded(name=name, roles=ROLES[tier]), by=None).ref
        if tier is not Tier.VILLAGE:
            tx.publish(
                events.ApproverAuthorised(operator=ref, items=(), since=day, until=_FOR_GOOD),
                by=ref,
            )
    return store.publications.operator(ref)


def _staff(store: Store, names: Iterable[str]) -> OperatorCard:
    return next(iter([add_card(store, name) for name in names]))


def _places(tree: RegionTree, region: RegionCode, own: Tier) -> dict[Tier, RegionCode]:
    """The station's own region, those above it, and the first below it on each tier, the lowest first."""
    places = {own: region}
    for tier in (Tier.TOWNSHIP, Tier.DISTRICT):
        above = tree.at_tier(region, tier) if region in tree and tier > own else None
        if above is not None:
            places[tier] = above
    for tier in (Tier.TOWNSHIP, Tier.VILLAGE):
        upper = places.get(Tier(tier + 1))
        if tier < own and upper is not None:
            below = [one.code for one in tree.children(upper) if one.tier is tier]
            places |= {tier: below[0]} if below else {}
    return {tier: places[tier] for tier in sorted(places)}


def _certificate(
    model: Store, region: RegionCode, tier: Tier, keys: DeviceKeys, now_ms: int
) -> Certificate:
    own = model.certificate
    name = (
        own.station
        if region == own.region
        else station_name(model.publications.tree.region(region))
    )
    return Certificate(
        version=1,
        region=region,
        tier=tier,
        station=name.removesuffix(ASIDE) + ASIDE,
        slot=1,
        life=PRACTICE_LIFE,
        sign_public=keys.sign_public,
        seal_public=keys.seal_public,
        issued_ms=now_ms,
    )


def _signed(authority: DeviceKeys, certificate: Certificate) -> SignedCertificate:
    payload, message = certificates.signing_input(certificate)
    return SignedCertificate(payload, authority.sign(message))


def _identity(authority: DeviceKeys, keys: DeviceKeys, signed: SignedCertificate) -> Identity:
    """It knows no centre: neither an address, nor whom to trust there, nor a token that opens anything."""
    return Identity(
        keys=keys,
        signed=signed,
        token=b"",
        url="",
        ca=b"",
        district_public=authority.sign_public,
        recovery_public=authority.seal_public,
    )


def _publish(district: Store, model: Store, signed: Iterable[SignedCertificate]) -> None:
    """Certify everybody, and say again what the model's district says of law and place."""
    told: dict[Ref, Ref] = {}
    with district.writing() as tx:
        for one in signed:
            tx.publish(events.DeviceCertified(certificate=one), by=None)
        for entry in _told_by_district(model):
            body = events.decode_body(entry.kind, entry.version, entry.body or b"")
            subject = told.get(entry.subject)
            after = () if subject is None else (subject,)
            ref = tx.publish(body, by=None, subject=subject, after=after).ref
            told.setdefault(entry.subject, ref)


def _told_by_district(model: Store) -> list[Entry]:
    refused = model.journal.refused_all()
    view = model.publications
    entries = [
        one
        for one in model.journal.publications()
        if one.kind in _COPIED
        and one.body is not None
        and one.ref not in refused
        and events.is_known(one.kind, one.version)
        and view.tier_of(one.device) == Tier.DISTRICT
    ]
    return sorted(entries, key=lambda one: (one.clock, one.ref))
