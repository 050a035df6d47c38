"""A refused registration as a draft: it survives a power cut like any other, and is opened where one registers."""

from __future__ import annotations

import msgspec

from app.domain.masking import mask_listed_name
from app.domain.staff import OperatorCard
from app.journal.refs import Ref
from app.store.drafts import Draft
from app.store.store import Store
from app.usecases import drafts, refused_registrations
from ui.desktop.pages.registration.drafting import WithScans, read_draft


def draft_of(store: Store, by: OperatorCard, *, ref: Ref) -> Draft:
    """The draft that corrects it: the one that was begun before, else a new one. Raises NotRefused, UnknownItem."""
    refilled = refused_registrations.refilled(store, ref)
    form = refilled.form
    begun = [
        one
        for one in drafts.of_operator(store, by)
        if read_draft(one).instead_of == form.instead_of
    ]
    if begun:
        return begun[0]
    kept = WithScans(form=form, scans=refilled.scans) if refilled.scans else form
    item = store.publications.items[form.item][-1].name
    n = drafts.keep(
        store,
        by,
        msgspec.json.encode(kept),
        title=f"{mask_listed_name(form.applicant.name)} · {item}",
        sheets={sheet.digest for one in refilled.scans for sheet in one.sheets},
    )
    return next(one for one in drafts.of_operator(store, by) if one.n == n)
