"""Scans attached to a case, and taken out of sight again. No state, clock or whereabouts changes by them."""

from __future__ import annotations

from msgspec.structs import replace

from app.domain import events
from app.domain.attachments import MOST_SHEETS, NO_MATERIAL, Attachment, Removal
from app.domain.case import Case
from app.domain.events import Role
from app.domain.items import Item
from app.domain.regions import RegionCode
from app.domain.rules.apply import apply
from app.domain.rules.powers import (
    AT_THE_COUNTER,
    BadFacts,
    NotPermitted,
    OutOfPlace,
    Setting,
    act_of,
    examining_level,
    is_below,
    item_of,
    need,
    need_words,
    same_place,
)
from app.journal.refs import Ref

_MAY = AT_THE_COUNTER | {Role.ARCHIVIST}
"""Whoever files a case may find at the last moment that a scan is missing."""


@apply.register(events.AttachmentAdded)
def _added(body: events.AttachmentAdded, case: Case, setting: Setting) -> Case:
    """Also after the result is handed over, for what was signed then; never in an archived file."""
    item = _need_concerned(case, setting, "attach")
    if not NO_MATERIAL <= body.material < len(item.materials):
        raise BadFacts(field="material", why="unknown")
    digests = {one.digest for one in body.sheets}
    if not 0 < len(body.sheets) <= MOST_SHEETS or len(digests) != len(body.sheets):
        raise BadFacts(field="sheets", why="number")
    if not all(one.is_sound for one in body.sheets):
        raise BadFacts(field="sheets", why="not_an_image")
    attachment = Attachment(
        ref=setting.ref,
        material=body.material,
        sheets=body.sheets,
        note=body.note,
        station=setting.writer.region,
        by=setting.writer.actor,
        at=setting.at,
    )
    return replace(case, attachments=(*case.attachments, attachment))


@apply.register(events.AttachmentRemoved)
def _removed(body: events.AttachmentRemoved, case: Case, setting: Setting) -> Case:
    """By whoever may attach, but never what a higher tier attached."""
    _need_concerned(case, setting, "detach")
    need_words("reason", body.reason)
    place = _place_of(body.added, case, setting)
    if place is None:
        raise BadFacts(field="attachment", why="unknown")
    meant = case.attachments[place]
    if meant.removed is not None:
        raise OutOfPlace(act=act_of(body), state="attachment_removed")
    if is_below(RegionCode(meant.station), setting):
        raise NotPermitted(act="detach", why="attached_above")
    gone = Removal(by=setting.writer.actor, at=setting.at, reason=body.reason)
    attachments = list(case.attachments)
    attachments[place] = replace(meant, removed=gone)
    return replace(case, attachments=tuple(attachments))


def under_another_item(
    attachments: tuple[Attachment, ...], before: Item, after: Item
) -> tuple[Attachment, ...]:
    """What was attached under another item's list of materials: by the material's name, else to none."""
    places = {one.name: place for place, one in enumerate(after.materials)}
    return tuple(
        one
        if one.material == NO_MATERIAL
        else replace(one, material=places.get(before.materials[one.material].name, NO_MATERIAL))
        for one in attachments
    )


def _need_concerned(case: Case, setting: Setting, act: str) -> Item:
    """The station that took the case in, where its papers lie, and the tiers that examine and decide it."""
    need(setting, _MAY, act)
    item, writer = item_of(case, setting), setting.writer
    holds = setting.publications.tree.region(case.place).tier is writer.tier
    above = {examining_level(item).tier, item.decides.tier}
    if not (holds or writer.tier in above or same_place(case.station, writer.region, setting)):
        raise NotPermitted(act=act, why="not_the_authority")
    return item


def _place_of(added: Ref, case: Case, setting: Setting) -> int | None:
    """Which attachment an entry means; one that moved to its device's next life is named as it was before."""
    for place, one in enumerate(case.attachments):
        device, seq = one.ref
        while device != added.device:
            known = setting.publications.devices.get(device)
            origin = None if known is None else known.certificate.continues
            if origin is None or origin.seq >= seq:
                break
            device = origin.device
        if (device, seq) == added:
            return place
    return None
