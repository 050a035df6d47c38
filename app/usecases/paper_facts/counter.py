"""Receipts and forms of the counter."""

from __future__ import annotations

from dataclasses import replace

from app.domain.case import Case
from app.domain.clocks import ClockName
from app.domain.events import MaterialTaken
from app.domain.items import Material
from app.domain.papers import (
    ApplicationForm,
    MaterialLine,
    MaterialsReceipt,
    SharedMaterial,
    VisitLine,
    VisitReceipt,
)
from app.store.store import Store
from app.usecases import shared_numbers
from app.usecases.application_forms import application_form
from app.usecases.materials import missing_materials
from app.usecases.offices import authority
from app.usecases.paper_facts.asked import Asked
from app.usecases.paper_facts.corrected import corrected
from app.usecases.paper_facts.shared import UNITS, fees_words, limit_words

_SEVERAL = 2


def receipt_due(_asked: Asked) -> bool:
    return True


def visit_due(asked: Asked) -> bool:
    return len(cases_of_visit(asked.store, asked.case)) >= _SEVERAL


def form_due(asked: Asked) -> bool:
    return asked.item.application_form is not None


def receipt(asked: Asked) -> MaterialsReceipt:
    store, case, item = asked.store, asked.case, asked.item
    forwarding = asked.clock(ClockName.FORWARDING)
    missing = missing_materials(item, case.materials)
    given = {material.index: material for material in case.materials}
    lines = [
        material_line(material, given.get(index))
        for index, material in enumerate(item.materials)
        if index in given or material.name in missing
    ]
    said = MaterialsReceipt(
        kind=asked.kind,
        **asked.common(issuer=asked.station),
        received_on=case.received_on,
        authority=authority(store, case.region, item),
        mode=case.mode.label,
        forward_words=""
        if forwarding is None
        else f"收件后{forwarding.days}{UNITS[forwarding.unit]}内转报",
        forward_by=forwarding.due if forwarding else None,
        forward_expected=bool(forwarding and forwarding.expected),
        limit_words=limit_words(item),
        fees_words=fees_words(item),
        materials=tuple(lines),
        remarks=tuple(_remarks(case, missing)),
    )
    return corrected(asked, said)


def cases_of_visit(store: Store, case: Case) -> list[Case]:
    """The cases of one visit in the order in which they were registered; only this one if it came alone."""
    first = case.visit or case.subject
    rows = store.rows.where("visit = ?", (str(first),), order="n", limit=-1)
    cases = [store.case(subject) for subject in (first, *(row.subject for row in rows))]
    return [one for one in cases if isinstance(one, Case) and one.station == case.station]


def visit_receipt(asked: Asked) -> VisitReceipt:
    store, case = asked.store, asked.case
    cases = cases_of_visit(store, case)
    items = [store.publications.item(one.item, one.item_version) for one in cases]
    shared: dict[str, tuple[MaterialLine, list[int]]] = {}
    for place, (one, of) in enumerate(zip(cases, items, strict=True), 1):
        for material in one.materials:
            line = material_line(of.materials[material.index], material)
            key = f"{one.applicant.name}\n{line.name}"
            shared.setdefault(key, (line, []))[1].append(place)
    opened = replace(asked, case=cases[0], item=items[0])
    said = VisitReceipt(
        **(opened.common(issuer=asked.station) | {"item": f"共{len(cases)}件", "item_id": ""}),
        received_on=case.received_on,
        cases=tuple(
            VisitLine(
                applicant=one.applicant.name,
                item=of.name,
                local_number=shared_numbers.told_of(asked.store, one),
                limit=limit_words(of),
                missing=len(missing_materials(of, one.materials)),
            )
            for one, of in zip(cases, items, strict=True)
        ),
        materials=tuple(
            SharedMaterial(line=line, cases=tuple(places)) for line, places in shared.values()
        ),
    )
    return corrected(asked, said)


def form(asked: Asked) -> ApplicationForm:
    common = asked.common(issuer=asked.station)
    return application_form(asked.store, asked.item, asked.case, common | {"id_number": ""})


def material_line(asked: Material, taken: MaterialTaken | None) -> MaterialLine:
    if taken is None:
        return MaterialLine(name=asked.name, given=False)
    return MaterialLine(
        name=asked.name,
        originals=int(taken.original),
        copies=taken.copies,
        pages=taken.pages or None,
        originals_held=taken.held or (taken.original and asked.is_handed_in),
    )


def _remarks(case: Case, missing: tuple[str, ...]) -> list[str]:
    remarks = []
    if missing:
        remarks.append(f"尚缺必备材料{len(missing)}件，请尽快补齐。")
    if case.backlog:
        remarks.append("本件为补录，收件日期以纸质登记为准。")
    return remarks
