"""Scans that are on the disk already are attached to a case that is there; and whether somebody may do that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.domain import events, rules
from app.domain.attachments import DIGEST_SIZE, NO_MATERIAL, Media, Sheet
from app.domain.case import Case
from app.domain.staff import OperatorCard
from app.errors import Refused
from app.journal.refs import Ref
from app.store.store import Store
from app.store.transaction import need_whole, setting_at
from app.usecases import attachments
from app.usecases.attachments import MaterialScans

_TRIAL: Final = Sheet(digest=bytes(DIGEST_SIZE), size=1, width=1, height=1, media=Media.PNG)


def attach_kept(
    store: Store, subject: Ref, scans: Sequence[MaterialScans], by: OperatorCard
) -> Case:
    """All of them or none; durable when this returns.

    Raises CaseUnreadable, NeedsUpgrade, OutOfPlace, NotPermitted, MaterialNotAsked, ScanLost, BadFacts.
    """
    with store.writing() as tx:
        case = tx.case(subject)
        item = store.publications.item(case.item, case.item_version)
        return attachments.attach_in(store, tx, case, item, scans, by)


def may_attach(store: Store, case: Case, by: OperatorCard) -> bool:
    """The rules are asked, with a trial."""
    body = events.AttachmentAdded(material=NO_MATERIAL, sheets=(_TRIAL,))
    return _may(store, case, body, by)


def may_remove(store: Store, case: Case, added: Ref, by: OperatorCard) -> bool:
    return _may(store, case, events.AttachmentRemoved(added=added, reason="试"), by)


def _may(store: Store, case: Case, body: events.Body, by: OperatorCard) -> bool:
    try:
        need_whole(case)
        setting = setting_at(store, case.region, by, case.head)
        rules.may_write(case, body, setting)
        rules.after(case, body, setting)
    except Refused:
        return False
    return True
