"""What has to be known before somebody acts on a case: said in banners above its materials."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.domain.case import Case, State
from app.domain.events import ReturnReason
from app.domain.tasks import next_task
from app.store.rows import CaseRow
from app.store.store import Store
from app.usecases import lookup
from ui import wording
from ui.desktop import case_words, words
from ui.desktop.look.mood import Mood
from ui.desktop.models.case_lines import item_name
from ui.desktop.pages.cases.history_words import (
    HistoryStep,
    decided_words,
    refused_words,
    returned_words,
)
from ui.desktop.pages.cases.sheet import NoteKind, SheetNote


def _tr(text: str) -> str:
    return QCoreApplication.translate("sheet_notes", text)


def sheet_notes(
    store: Store, case: Case, row: CaseRow, steps: tuple[HistoryStep, ...]
) -> tuple[SheetNote, ...]:
    """The gravest first."""
    return (
        *_unreadable(case),
        *_without_effect(steps),
        *_outcome(case),
        *_elsewhere(store, case),
        *_same_number(store, row),
        *_duplicates(store, row),
    )


def _unreadable(case: Case) -> list[SheetNote]:
    notes = []
    if case.needs_upgrade:
        text = _tr("这件里有较新版本的程序写下的内容，升级程序以前不能办理。数据都在。")
        notes.append(SheetNote(mood=Mood.WARN, text=text))
    if case.waits_for:
        missing = wording.worded("case_unreadable", {"missing": case.waits_for})
        notes.append(SheetNote(mood=Mood.WARN, text=missing))
    return notes


def _without_effect(steps: tuple[HistoryStep, ...]) -> list[SheetNote]:
    own = [step for step in steps if step.without_effect and step.own]
    if not own:
        return []
    names = "、".join(dict.fromkeys(step.title for step in own))
    text = _tr("本站的“{names}”没有生效，原因和办法写在“经过”里。").format(names=names)
    return [SheetNote(mood=Mood.BAD, text=text)]


def _outcome(case: Case) -> list[SheetNote]:
    """The return, refusal or decision that stands now."""
    if case.returned is not None and case.state is State.RECEIVED:
        told = case.returned
        defective = told.reason is ReturnReason.DEFECTS
        head = _tr("{day}告知补正") if defective else _tr("{day}退回")
        said = returned_words(told).removeprefix(_tr("要补正："))
        text = f"{head.format(day=words.short_day(told.on))}：{said}"
        again = _tr("（第 {n} 次告知）").format(n=case.supplement_notices)
        more = again if defective and case.supplement_notices > 1 else ""
        return [SheetNote(mood=Mood.WARN, text=text + more)]
    if case.refused is not None:
        text = _tr("{day}不予受理：{said}").format(
            day=words.short_day(case.refused.on), said=refused_words(case.refused)
        )
        return [SheetNote(mood=Mood.BAD, text=text)]
    if case.decision is not None:
        made = case.decision
        said = decided_words(made.approved, made.reason, made.result)
        text = _tr("{day}决定：{said}").format(day=words.short_day(made.on), said=said)
        return [SheetNote(mood=Mood.GOOD if made.approved else Mood.BAD, text=text)]
    return []


def _elsewhere(store: Store, case: Case) -> list[SheetNote]:
    """Who has it now, so that nobody looks for a button that is another station's."""
    task = next_task(case, store.publications)
    if task is None or task.at == store.region:
        return []
    text = _tr("现在等{place}办理（{task}），有了结果会自动回到这里。").format(
        place=case_words.place(store.publications, task.at), task=task.kind.label
    )
    return [SheetNote(mood=Mood.INFO, text=text)]


def _same_number(store: Store, row: CaseRow) -> list[SheetNote]:
    if row.local_number not in lookup.same_numbers(store, [row]):
        return []
    others = store.rows.where("local_number = ? AND n <> ?", (row.local_number, row.n), limit=1)
    text = _tr("同号：另有一件也用了收件号 {number}，办理时请认准申请人。").format(
        number=row.local_number
    )
    subject = others[0].subject if others else None
    kind = NoteKind.COMPARE if subject else NoteKind.PLAIN
    return [SheetNote(mood=Mood.WARN, text=text, kind=kind, subject=subject)]


def _duplicates(store: Store, row: CaseRow) -> list[SheetNote]:
    publications = store.publications
    return [
        SheetNote(
            mood=Mood.INFO,
            text=_tr("可能重复：同一申请人 {day}在{place}登记过“{item}”。").format(
                day=words.day(other.received_on),
                place=case_words.place(publications, other.station),
                item=item_name(publications, other.item, other.item_version),
            ),
            kind=NoteKind.COMPARE,
            subject=other.subject,
        )
        for other in lookup.duplicates(store, row)
    ]
