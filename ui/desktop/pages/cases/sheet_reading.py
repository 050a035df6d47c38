"""Reads the detail of a case; on the store's thread."""

from __future__ import annotations

from datetime import date

from app.domain.case import Case, State
from app.domain.items import Item, Material, Required
from app.domain.staff import OperatorCard
from app.journal.refs import Ref
from app.store.exchange import accepted_through
from app.store.store import Store
from app.usecases import (
    acts,
    attaching,
    attachments,
    looks,
    lookup,
    papers,
    shared_numbers,
    whereabouts,
)
from app.usecases.story.care import paper_label
from app.usecases.today import shown_today
from ui.desktop import case_words, words
from ui.desktop.pages.cases.act_choices import choices
from ui.desktop.pages.cases.clock_words import clock_lines
from ui.desktop.pages.cases.duplicates import read_duplicates
from ui.desktop.pages.cases.history_words import history_steps
from ui.desktop.pages.cases.known_facts import cards, known_facts, links, originals
from ui.desktop.pages.cases.people import other_parties, person
from ui.desktop.pages.cases.sheet import (
    CaseSheet,
    IssuedPaper,
    PaperToPrint,
    SheetMaterial,
    SheetScan,
)
from ui.desktop.pages.cases.sheet_notes import sheet_notes
from ui.desktop.pages.registration.materials import ordinary


def read_sheet(store: Store, subject: Ref, by: OperatorCard) -> CaseSheet:
    """The case as this person may see it and act on it. Raises UnknownNumber, CaseUnreadable, NotPublished."""
    row = store.rows.by_subject(subject)
    if row is None:
        raise lookup.UnknownNumber(number=str(subject))
    case = lookup.case_of(store, row)
    publications, today = store.publications, shown_today(store)
    item = publications.item(case.item, case.item_version)
    accepted = accepted_through(store)
    steps = history_steps(store, subject, item, today, accepted)
    offered = choices(acts.available(store, case, by))
    (where,) = whereabouts.of(store, [row])
    return CaseSheet(
        subject=subject,
        today=today,
        local_number=shared_numbers.told(store, row),
        official_number=row.official_number or "",
        item=item.name,
        state=case.state,
        limit=case_words.limit(lookup.standing(store, row, today)),
        where=where,
        applicant=person(case.applicant, today, masked=True),
        kind=item.kind.label,
        mode=case.mode.label,
        station=case_words.place(publications, case.station),
        place=case_words.place(publications, case.place),
        received=words.day(case.received_on),
        remark=case.note,
        urgent=case.urgent,
        backlog=case.backlog,
        same_number=row.local_number in lookup.same_numbers(store, [row]),
        clocks=clock_lines(case, item, publications, today),
        acts=offered,
        materials=() if case.state is State.DESTROYED else _materials(case, item),
        steps=steps,
        papers=_issued(store, subject),
        to_print=_to_print(store, case),
        notes=sheet_notes(store, case, row, offered),
        green=case.green,
        staff_relative=case.staff_relative,
        notices=case.supplement_notices,
        parties=other_parties(case, today),
        known=known_facts(case, item, publications),
        originals=originals(case, publications),
        links=links(store, case),
        cards=cards(case, publications),
        duplicates=read_duplicates(store, case),
        scans=() if case.state is State.DESTROYED else _scans(store, case, by, today),
        may_attach=attaching.may_attach(store, case, by),
        own=case.station == store.region,
        look_is_noted=looks.is_to_be_noted(store, case, by),
    )


def _materials(case: Case, item: Item) -> tuple[SheetMaterial, ...]:
    taken = {material.index: material for material in case.materials}
    lines = []
    for index, asked in enumerate(item.materials):
        given = taken.get(index)
        lines.append(
            SheetMaterial(
                name=asked.name,
                detail=_material_detail(asked),
                given=given is not None,
                required=asked.required is Required.ALWAYS,
                pages=given.pages if given else 0,
                ordinary=ordinary(asked),
            )
        )
    return tuple(lines)


def _scans(store: Store, case: Case, by: OperatorCard, today: date) -> tuple[SheetScan, ...]:
    """Without those that were taken out of sight, which the history tells of."""
    if not case.attachments:
        return ()
    return tuple(
        SheetScan(
            ref=one.ref,
            material=one.attachment.material,
            sheets=one.attachment.sheets,
            here=one.here,
            who=one.by,
            when=words.moment(one.at_ms, today),
            note=one.attachment.note,
            may_remove=attaching.may_remove(store, case, one.ref, by),
        )
        for one in attachments.of_case(store, case)
        if not one.is_removed
    )


def _material_detail(asked: Material) -> str:
    copies = f"{asked.form.label} {asked.copies} 份" if asked.copies else asked.form.label
    when = asked.condition if asked.required is Required.WHEN else None
    return " · ".join(part for part in (copies, when, asked.note) if part)


def _issued(store: Store, subject: Ref) -> tuple[IssuedPaper, ...]:
    return tuple(
        IssuedPaper(
            entry=copy.row.entry,
            label=paper_label(copy.row.paper),
            number=copy.row.number,
            on=words.short_day(copy.row.issued_on),
            reprint=copy.row.reprint,
            stands=copy.row.stands,
        )
        for copy in papers.of_case(store, subject)
    )


def _to_print(store: Store, case: Case) -> tuple[PaperToPrint, ...]:
    return tuple(
        PaperToPrint(kind=due.kind, label=due.kind.label, issued=due.printed)
        for due in papers.due(store, case)
    )
