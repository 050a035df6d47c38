"""What the regions above have published, read into one view: tree, catalogue, calendars, devices, operators."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from app.domain import events, item_versions
from app.domain.calendar import CalendarYear, Overlay, WorkCalendar
from app.domain.catalogue import NotIssued, RetiredTerm
from app.domain.events import KINDS, Body, Role
from app.domain.item_versions import Withdrawal
from app.domain.items import Item
from app.domain.regions import RegionCode, RegionTree, Tier, UnknownRegion, place_name
from app.domain.settings import DEFAULT_SETTINGS, Settings
from app.domain.staff import Notice, OperatorCard, Staff
from app.errors import DaibanError, Refused
from app.journal import certificate
from app.journal.certificate import Certificate
from app.journal.entry import Entry
from app.journal.order import in_order
from app.journal.refs import DeviceId, Ref

_WORD_OF_A_HEAD = (
    events.RegionsPublished,
    events.ItemPublished,
    events.ItemWithdrawn,
    events.CatalogueNotesPublished,
    events.CalendarPublished,
    events.OverlayPublished,
    events.SettingsPublished,
)
"""What the district says: the centre itself, or a head of the district's."""


class NotPublished(Refused):
    """Something that an entry names has not come down yet; the entry waits for it."""

    code = "not_published"


class KnownDevice(msgspec.Struct, frozen=True, kw_only=True):
    certificate: Certificate
    certified_by: Ref | None
    revoked: bool = False

    @property
    def tier(self) -> Tier:
        return Tier(self.certificate.tier)


class ReservedReceipts(NamedTuple):
    """Numbered receipts with nothing on them that a station has printed; `by` the operator `actor`."""

    ref: Ref
    region: RegionCode
    actor: Ref | None
    told: events.ReceiptsReserved


class Publications:
    """A snapshot. `read` makes it; nothing changes it afterwards."""

    def __init__(self) -> None:
        self.tree = RegionTree(())
        self.devices: dict[DeviceId, KnownDevice] = {}
        self.staff = Staff()
        self.items: dict[str, list[Item]] = {}
        self.withdrawals: dict[str, list[Withdrawal]] = {}
        self._item_refs: dict[tuple[str, int], Ref] = {}
        self.not_issued_here: tuple[NotIssued, ...] = ()
        self.retired_terms: tuple[RetiredTerm, ...] = ()
        self.years: dict[int, CalendarYear] = {}
        self.overlays: dict[Ref, Overlay] = {}
        self.reserved: list[ReservedReceipts] = []
        self._settings: list[Settings] = []
        self._calendars: dict[RegionCode, WorkCalendar] = {}
        self._calendar_under: dict[tuple[Ref, ...], WorkCalendar] = {}
        self._former_names: dict[RegionCode, list[str]] = {}

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
        # A card is there whatever its device's clock said: what is told of it later may bear an earlier time.
        cards = [entry for entry in readable if entry.kind == "operator.added"]
        for entry in in_order([replace(entry, after=()) for entry in cards], lambda device: 0)[0]:
            view._read(entry)
        others = [
            entry for entry in readable if entry.kind not in ("device.certified", "operator.added")
        ]
        # Publications of different subjects do not wait for each other: the clock orders them.
        ordered, _ = in_order([replace(entry, after=()) for entry in others], lambda device: 0)
        for entry in ordered:
            view._read(entry)
        return view

    def _read(self, entry: Entry) -> None:
        """What one entry says, if its device may say it and it can be read."""
        writer = self.devices.get(entry.device)
        if writer is not None and writer.tier in KINDS[entry.kind].tiers:
            with suppress(DaibanError):
                self._apply(entry, events.decode_body(entry.kind, entry.version, entry.body or b""))

    def _certify(self, entry: Entry) -> None:
        body = events.decode_body(entry.kind, entry.version, entry.body or b"")
        assert isinstance(body, events.DeviceCertified)
        one = certificate.read(body.certificate)
        self.devices[one.device] = KnownDevice(certificate=one, certified_by=entry.ref)

    def _apply(self, entry: Entry, body: Body) -> None:
        if isinstance(body, _WORD_OF_A_HEAD) and not self._by_head(entry):
            return
        match body:
            case events.RegionsPublished(regions=regions):
                self._put_in_force(RegionTree(regions))
            case events.ItemPublished(item=item):
                versions = [
                    one for one in self.items.get(item.id, []) if one.version != item.version
                ]
                self.items[item.id] = sorted([*versions, item], key=lambda one: one.version)
                self._item_refs[item.id, item.version] = entry.ref
            case events.ItemWithdrawn(item=name):
                every = self.items.get(name, [])
                withdrawal = Withdrawal(
                    item=name,
                    on=body.on,
                    reason=body.reason,
                    into=body.into,
                    through=every[-1].version if every else 0,
                )
                self.withdrawals.setdefault(name, []).append(withdrawal)
            case events.CatalogueNotesPublished():
                self.not_issued_here = body.not_issued_here
                self.retired_terms = body.retired_terms
            case events.CalendarPublished(year=year):
                self.years[year.year] = year
            case events.OverlayPublished(overlay=overlay):
                self.overlays[entry.subject] = overlay
            case events.OperatorAdded():
                self.staff.add(entry.ref, RegionCode(entry.region), entry.clock, body)
            case events.OperatorChanged() | events.OperatorAway() | events.ApproverAuthorised():
                self._tell_of_staff(entry, body)
            case events.SettingsPublished(settings=settings):
                others = [one for one in self._settings if one.effective != settings.effective]
                self._settings = sorted([*others, settings], key=lambda one: one.effective)
            case events.ReceiptsReserved():
                # Nobody prints for another station, whatever the header says.
                region = RegionCode(self.devices[entry.device].certificate.region)
                self.reserved.append(ReservedReceipts(entry.ref, region, entry.actor, body))
            case events.DeviceRevoked():
                for device, known in self.devices.items():
                    if known.certified_by == entry.subject:
                        self.devices[device] = replace(known, revoked=True)
            case _:
                pass

    def _by_head(self, entry: Entry) -> bool:
        """Whether the centre itself says it, or somebody who was a head then."""
        if entry.actor is None:
            return True
        writer = self.staff.at(entry.actor, entry.clock)
        return writer is not None and Role.HEAD in writer.roles

    def _put_in_force(self, tree: RegionTree) -> None:
        for row in self.tree.rows:
            if row.code in tree and place_name(row) != place_name(tree.region(row.code)):
                self._former_names.setdefault(row.code, []).append(place_name(row))
        self.tree = tree

    def _tell_of_staff(
        self,
        entry: Entry,
        body: events.OperatorChanged | events.OperatorAway | events.ApproverAuthorised,
    ) -> None:
        """What a head says of the people of the own station; somebody who goes away may say so themselves."""
        region = RegionCode(entry.region)
        writer = self.staff.at(entry.actor, entry.clock) if entry.actor is not None else None
        if writer is None or writer.region != region:
            return
        is_head = Role.HEAD in writer.roles
        match body:
            case events.OperatorChanged():
                card = self.staff.now.get(entry.subject)
                if is_head and card is not None and card.region == region:
                    self.staff.change(card, entry.clock, body)
            case events.OperatorAway():
                if self._is_of(body.operator, region) and (is_head or body.operator == writer.ref):
                    self.staff.note_away(
                        Notice(subject=entry.subject, region=region, at=entry.clock, told=body)
                    )
            case events.ApproverAuthorised():
                if is_head and self._is_of(body.operator, region):
                    self.staff.authorise(
                        Notice(subject=entry.subject, region=region, at=entry.clock, told=body)
                    )

    def _is_of(self, operator: Ref, region: RegionCode) -> bool:
        card = self.staff.now.get(operator)
        return card is not None and card.region == region

    def tier_of(self, device: DeviceId) -> int:
        """0 for a device nobody has certified yet."""
        known = self.devices.get(device)
        return known.certificate.tier if known else 0

    def device(self, device: DeviceId) -> KnownDevice:
        known = self.devices.get(device)
        if known is None:
            raise NotPublished(what="device", name=device.hex())
        return known

    @property
    def operators(self) -> dict[Ref, OperatorCard]:
        """Every operator's card as it is now."""
        return self.staff.now

    def operator(self, ref: Ref) -> OperatorCard:
        card = self.staff.now.get(ref)
        if card is None:
            raise NotPublished(what="operator", name=str(ref))
        return card

    def item(self, item: str, version: int) -> Item:
        for one in self.items.get(item, ()):
            if one.version == version:
                return one
        raise NotPublished(what="item", name=f"{item} v{version}")

    def publication_of(self, item: Item) -> tuple[Ref, ...]:
        """The entry that published this version: none if it is not published, or there is no item."""
        ref = self._item_refs.get((item.id, item.version))
        return () if ref is None else (ref,)

    @property
    def all_settings(self) -> tuple[Settings, ...]:
        """What the district published, by the day from which it holds."""
        return tuple(self._settings)

    def settings(self, on: date) -> Settings:
        """The district's settings in force on that day; the defaults before it published any."""
        in_force = [one for one in self._settings if one.effective <= on]
        return in_force[-1] if in_force else DEFAULT_SETTINGS

    @property
    def every_settings(self) -> tuple[Settings, ...]:
        """All that were ever in force or will be, the defaults first."""
        return (DEFAULT_SETTINGS, *self._settings)

    def current_item(self, item: str, on: date) -> Item | None:
        """The version in force on that day, if the item exists and is not withdrawn by then."""
        if self.withdrawal(item, on) is not None:
            return None
        return item_versions.latest(self.items.get(item, ()), on)

    def withdrawal(self, item: str, on: date) -> Withdrawal | None:
        """Why the item is no longer there on that day, and what it was merged into; None if it is."""
        ends = self.withdrawals.get(item)
        return item_versions.withdrawal(self.items.get(item, ()), ends, on) if ends else None

    def coming_withdrawal(self, item: str, on: date) -> Withdrawal | None:
        """The withdrawal that will end the item after that day, if one is published."""
        ends = self.withdrawals.get(item)
        return item_versions.coming_withdrawal(self.items.get(item, ()), ends, on) if ends else None

    def calendar(self, region: RegionCode) -> WorkCalendar:
        """The working calendar of a region, with the overlays of those above it."""
        calendar = self._calendars.get(region)
        if calendar is None:
            try:
                applies = {region, *self.tree.ancestors(region)}
            except UnknownRegion:
                applies = {region}
            under = tuple(ref for ref, one in self.overlays.items() if one.region in applies)
            # Most regions have no days of their own: one calendar, and what is counted by it, serves them all.
            calendar = self._calendar_under.get(under)
            if calendar is None:
                overlays = [self.overlays[ref] for ref in under]
                calendar = WorkCalendar(self.years.values(), overlays)
                self._calendar_under[under] = calendar
            self._calendars[region] = calendar
        return calendar

    def station_name(self, region: RegionCode) -> str:
        """What the station that serves a region today goes by, else the region's own name.

        Of several devices the one certified last says it; where the place was renamed since, by its new name.
        """
        if region not in self.tree:
            return region
        here = self.tree.region(self.tree.present(region))
        serving = [
            (known.certificate.issued_ms, device, known.certificate.station)
            for device, known in self.devices.items()
            if known.certificate.region == here.code and not known.revoked
        ]
        if not serving:
            return here.name
        *_, station = max(serving)
        for former in self._former_names.get(here.code, ()):
            if place_name(here) not in station:
                station = station.replace(former, place_name(here))
        return station
