"""更正: a receipt after a mistaken intake was put right says so, and which receipt it takes the place of.

The case keeps its number; the paper is another and has its own, so that the two can be told apart.
"""

from __future__ import annotations

from typing import Final, TypeVar

import msgspec

from app.domain.events import CaseCorrected, PaperIssued
from app.domain.numbers import DocumentNumber
from app.domain.papers import MaterialsReceipt, PaperKind, VisitReceipt, read_facts
from app.usecases import shared_numbers
from app.usecases.paper_facts.asked import Asked

Receipt = TypeVar("Receipt", MaterialsReceipt, VisitReceipt)

_ONE_DOCUMENT: Final = frozenset({PaperKind.MATERIALS_RECEIPT, PaperKind.MATERIALS_SLIP})
_SHOWN: Final = (
    ("申请人", "applicant"),
    ("证件号码", "id_number"),
    ("申请事项", "item"),
    ("办理方式", "mode"),
)


def corrected(asked: Asked, now: Receipt) -> Receipt:
    """The receipt with what was corrected since the one before it; as it is if nothing was."""
    now = _told_apart(asked, _in_place_of_refused(asked, now))
    if not asked.case.corrections:
        return now
    before, corrections = _since_the_last(asked)
    if before is None or not corrections:
        return now
    changes = "，".join(_changes(before, now)) or "登记内容"
    reasons = "；".join(dict.fromkeys(one.reason.rstrip("。；") for one in corrections))
    number = DocumentNumber(before.word, before.slot, before.year, before.running).text
    words = f"本回执已更正：{changes}（原因：{reasons}）。原回执{number}作废。"
    return msgspec.structs.replace(now, corrected=words)


def _in_place_of_refused(asked: Asked, now: Receipt) -> Receipt:
    """The receipt of what was registered again after a refusal names the one that the applicant still has."""
    old = asked.case.instead_of
    if old is None:
        return now
    words = f"本件更正后重新登记，代替收件号{old.text}。原收件号和它的收件回执作废。"
    return msgspec.structs.replace(now, corrected=words)


def _told_apart(asked: Asked, now: Receipt) -> Receipt:
    """The receipt of a case whose number another case bears too says how this one is written from now on."""
    printed, told = asked.case.local_number.text, shared_numbers.told_of(asked.store, asked.case)
    if told == printed:
        return now
    words = f"收件号{printed}另有一件也在用，本件以后写作{told}。原收件回执作废，以本回执为准。"
    return msgspec.structs.replace(now, corrected=words)


def _since_the_last(asked: Asked) -> tuple[PaperIssued | None, list[CaseCorrected]]:
    """The receipt before the one with the number that is asked for, and the corrections between the two."""
    case = asked.case
    kinds = _ONE_DOCUMENT if asked.kind in _ONE_DOCUMENT else {asked.kind}
    issued = dict(zip(case.paper_refs, case.papers, strict=True))
    corrections = iter(case.corrections)
    told = asked.store.history(case.subject)
    without_effect = {
        *asked.store.journal.refused([entry.ref for entry in told]),
        *(misfit.ref for misfit in case.out_of_place),
    }
    last: PaperIssued | None = None
    since: list[CaseCorrected] = []
    entries, _ = asked.store.reading_order(told)
    for entry in entries:
        if entry.ref in without_effect:
            continue
        paper = issued.get(entry.ref)
        if paper is not None and not paper.reprint and paper.paper in kinds:
            number = DocumentNumber(paper.word, paper.slot, paper.year, paper.running).text
            if number == asked.number:
                break
            last, since = paper, []
        elif entry.kind == "case.corrected":
            since.extend(one for one in [next(corrections, None)] if one)
    return last, since


def _changes(before: PaperIssued, now: MaterialsReceipt | VisitReceipt) -> list[str]:
    old = read_facts(before.facts)
    if old is None:
        return []
    found = []
    for name, field in _SHOWN:
        was, is_now = getattr(old, field, ""), getattr(now, field, "")
        if was != is_now:
            found.append(f"{name}由“{was or '无'}”更正为“{is_now or '无'}”")
    if getattr(old, "materials", ()) != now.materials:
        found.append("材料清单以本回执为准")
    if isinstance(now, VisitReceipt) and getattr(old, "cases", ()) != now.cases:
        found.append("各办件内容以本回执为准")
    return found
