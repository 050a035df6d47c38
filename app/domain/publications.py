"""What the regions above have published, read into one view: tree, catalogue, calendars, devices, operators."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date

import msgspec

from app.domain import events
from app.domain.calendar import CalendarYear, Overlay, WorkCalendar
from app.domain.catalogue import NotIssued, RetiredTerm
from app.domain.events import KINDS, Body, Role
from app.domain.items import Item
from app.domain.regions import RegionCode, RegionTree, Tier, UnknownRegion
from app.errors import DaibanError, Refused
from app.journal import certificate
from app.journal.certificate import Certificate
from app.journal.entry import Entry
from app.journal.order import in_order
from app.journal.refs import DeviceId, Ref


class NotPublished(Refused):
    """Something that an entry names has not come down yet; the entry waits for it."""

    code = "not_published"


class OperatorCard(msgspec.Struct, frozen=True, kw_only=True):
    ref: Ref
    name: str
    roles: tuple[Role, ...]
    region: RegionCode


class KnownDevice(msgspec.Struct, frozen=True, kw_only=True):
    certificate: Certificate
    certified_by: Ref | None
    revoked: bool = False

    @property
    def tier(self) -> Tier:
        return Tier(self.certificate.tier)


class Publications:
    """A snapshot. `read` makes it; nothing changes it afterwards."""

    def __init__(self) -> None:
        self.tree = RegionTree(())
        self.devices: dict[DeviceId, KnownDevice] = {}
        self.operators: dict[Ref, OperatorCard] = {}
        self.items: dict[str, list[Item]] = {}
        self.not_issued_here: tuple[NotIssued, ...] = ()
        self.retired_terms: tuple[RetiredTerm, ...] = ()
        self.years: dict[int, CalendarYear] = {}
        self.overlays: dict[Ref, Overlay] = {}
        self._calendars: dict[RegionCode, WorkCalendar] = {}

    @classmethod
    def read(cls, entries: Iterable[Entry], known: Iterable[Certificate] = ()) -> Publications:
        """Fold publications into a view.

        `known` are certificates trusted without an entry: one's own, and the centre's.
        A publication that cannot be read is left out: one bad entry must not stop a whole district.
        """
        view = cls()
        for one in known:
            view.devices[one.device] = KnownDevice(certificate=one, certified_by=None)
        readable = [
            entry for entry in entries if entry.body and events.is_known(entry.kind, entry.version)
        ]
        certifications = [entry for entry in readable if entry.kind == "device.certified"]
        for entry in certifications:
            with suppress(DaibanError):
                view._certify(entry)
        others = [entry for entry in readable if entry.kind != "device.certified"]
        # Publications of different subjects do not wait for each other: the clock orders them.
        ordered, _ = in_order(
            [msgspec.structs.replace(entry, after=()) for entry in others], lambda device: 0
        )
        for entry in ordered:
            writer = view.devices.get(entry.device)
            if writer is not None and writer.tier in KINDS[entry.kind].tiers:
                with suppress(DaibanError):
                    view._apply(
                        entry, events.decode_body(entry.kind, entry.version, entry.body or b"")
                    )
        return view

    def _certify(self, entry: Entry) -> None:
        body = events.decode_body(entry.kind, entry.version, entry.body or b"")
        assert isinstance(body, events.DeviceCertified)
        one = certificate.read(body.certificate)
        self.devices[one.device] = KnownDevice(certificate=one, certified_by=entry.ref)

    def _apply(self, entry: Entry, body: Body) -> None:
        match body:
            case events.RegionsPublished(regions=regions):
                self.tree = RegionTree(regions)
            case events.ItemPublished(item=item):
                versions = [
                    one for one in self.items.get(item.id, []) if one.version != item.version
                ]
                self.items[item.id] = sorted([*versions, item], key=lambda one: one.version)
            case events.CatalogueNotesPublished():
                self.not_issued_here = body.not_issued_here
                self.retired_terms = body.retired_terms
            case events.CalendarPublished(year=year):
                self.years[year.year] = year
            case events.OverlayPublished(overlay=overlay):
                self.overlays[entry.subject] = overlay
            case events.OperatorAdded(name=name, roles=roles):
                self.operators[entry.ref] = OperatorCard(
                    ref=entry.ref, name=name, roles=roles, region=RegionCode(entry.region)
                )
            case events.DeviceRevoked():
                for device, known in self.devices.items():
                    if known.certified_by == entry.subject:
                        self.devices[device] = msgspec.structs.replace(known, revoked=True)
            case _:
                pass

    def tier_of(self, device: DeviceId) -> int:
        """0 for a device nobody has certified yet."""
        known = self.devices.get(device)
        return known.certificate.tier if known else 0

    def device(self, device: DeviceId) -> KnownDevice:
        known = self.devices.get(device)
        if known is None:
            raise NotPublished(what="device", name=device.hex())
        return known

    def operator(self, ref: Ref) -> OperatorCard:
        card = self.operators.get(ref)
        if card is None:
            raise NotPublished(what="operator", name=str(ref))
        return card

    def item(self, item: str, version: int) -> Item:
        for one in self.items.get(item, ()):
            if one.version == version:
                return one
        raise NotPublished(what="item", name=f"{item} v{version}")

    def current_item(self, item: str, on: date) -> Item | None:
        """The version in force on that day, if the item exists."""
        in_force = [
            one for one in self.items.get(item, ()) if one.effective is None or one.effective <= on
        ]
        return in_force[-1] if in_force else None

    def calendar(self, region: RegionCode) -> WorkCalendar:
        """The working calendar of a region, with the overlays of those above it."""
        calendar = self._calendars.get(region)
        if calendar is None:
            try:
                applies = {region, *self.tree.ancestors(region)}
            except UnknownRegion:
                applies = {region}
            overlays = [one for one in self.overlays.values() if one.region in applies]
            calendar = self._calendars[region] = WorkCalendar(self.years.values(), overlays)
        return calendar

    def station_name(self, region: RegionCode) -> str:
        """The name a station of that region goes by, else the region's own."""
        for known in self.devices.values():
            if known.certificate.region == region and not known.revoked:
                return known.certificate.station
        try:
            return self.tree.region(region).name
        except UnknownRegion:
            return region
