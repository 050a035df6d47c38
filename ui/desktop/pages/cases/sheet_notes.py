"""What has to be known before somebody acts on a case: said in banners above its materials."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.domain.case import Case, OutOfPlaceEntry, State
from app.domain.events import CaseRefused, ReturnReason
from app.domain.tasks import in_charge, next_task, present
from app.journal.refs import DeviceId
from app.store.rows import CaseRow, clock_rows
from app.store.store import Store
from app.usecases import lookup, printed, repairs, shared_numbers, whereabouts
from app.usecases.linked import ended_parent
from ui import wording
from ui.desktop import case_words, words
from ui.desktop.look.mood import Mood
from ui.desktop.pages.cases.act_choices import ActChoice
from ui.desktop.pages.cases.sheet import NoteKind, SheetNote


def _tr(text: str) -> str:
    return QCoreApplication.translate("sheet_notes", text)


def sheet_notes(
    store: Store, case: Case, row: CaseRow, offered: tuple[ActChoice, ...]
) -> tuple[SheetNote, ...]:
    """The gravest first. `offered` are the acts that may be done now."""
    return (
        *_unreadable(case),
        *_without_effect(store, case, offered),
        *_with_its_parent(store, case),
        *_outcome(case),
        *_elsewhere(store, case),
        *_printed_otherwise(store, case),
        *_same_number(store, row),
    )


def _unreadable(case: Case) -> list[SheetNote]:
    notes = []
    if case.needs_upgrade:
        text = _tr("这件里有较新版本的程序写下的内容，升级程序以前不能办理。数据都在。")
        notes.append(SheetNote(mood=Mood.WARN, text=text))
    if case.waits_for:
        notes.append(SheetNote(mood=Mood.WARN, text=wording.waits_for(case.waits_for)))
    return notes


def _without_effect(store: Store, case: Case, offered: tuple[ActChoice, ...]) -> list[SheetNote]:
    """What no longer fits: to whoever did it, until they have seen to it, with the ways out; and to the authority."""
    notes = []
    waiting = set(repairs.of_case(store, case))
    own = set(store.journal.lives_of(store.device))
    for misfit in case.out_of_place:
        act = wording.act_label(misfit.kind)
        why = _why(misfit)
        if misfit.ref.device in own:
            if misfit.ref not in waiting:
                continue
            verb = wording.act_verb(misfit.kind)
            text = _tr("本站的“{act}”没有生效：{why}。{advice}")
            notes.append(
                SheetNote(
                    mood=Mood.BAD,
                    text=text.format(
                        act=act,
                        why=why,
                        advice=wording.advice(misfit.code),
                    ),
                    kind=NoteKind.MISFIT,
                    subject=misfit.ref,
                    again=next((one for one in offered if one.verb == verb), None),
                    told=_reached_somebody(misfit.kind),
                )
            )
        elif not case.state.locked and _holds(store, case):
            text = _tr("{who}的“{act}”没有生效：{why}。对方会看到，本站不用改动。")
            notes.append(
                SheetNote(
                    mood=Mood.INFO,
                    text=text.format(who=_writer(store, misfit.ref.device), act=act, why=why),
                )
            )
    return notes


def _why(misfit: OutOfPlaceEntry) -> str:
    if misfit.code == "out_of_place":
        return _tr("那时办件已是“{state}”").format(state=misfit.state.label)
    return wording.verdict(misfit.code).removesuffix("，没有生效")


_OUTWARD: Final = frozenset(
    {
        "case.taken_over", "case.returned", "case.accepted", "case.refused", "case.decided", "case.completed",
        "case.delivered", "case.supplement_asked", "case.lapsed", "case.extended", "case.paused", "paper.issued",
    }
)  # fmt: skip
"""Acts of which the applicant may have been told, on paper or by word."""


def _reached_somebody(kind: str) -> bool:
    return kind in _OUTWARD


def _holds(store: Store, case: Case) -> bool:
    """Whether this is the station that has the papers: the authority sees what did not fit."""
    return present(store.publications, case.place) == present(store.publications, store.region)


def _writer(store: Store, device: DeviceId) -> str:
    known = store.publications.devices.get(device)
    if known is None:
        return _tr("别的站点")
    return case_words.place(store.publications, known.certificate.region)


def _with_its_parent(store: Store, case: Case) -> list[SheetNote]:
    """A part of a joint handling whose parent has ended waits for nothing but its own end."""
    parent = ended_parent(store, case)
    if parent is None:
        return []
    text = _tr("联办主件{number}{state}，这一部分不再作决定。请打开主件，了结联办部分。")
    told = text.format(number=parent.local_number.text, state=parent.state.label)
    return [SheetNote(mood=Mood.WARN, text=told)]


def _outcome(case: Case) -> list[SheetNote]:
    """The notice, refusal or decision that stands now."""
    if case.returned is not None and case.state is State.RECEIVED:
        told = case.returned
        if told.reason is ReturnReason.DEFECTS:
            return [_asked(case, told.on, told.defects, 0)]
        text = _tr("{day}退回：不归本机关办理，应由{authority}办理").format(
            day=words.short_day(told.on), authority=told.right_authority
        )
        return [SheetNote(mood=Mood.WARN, text=text)]
    if case.supplement is not None and case.state is State.AWAITING_SUPPLEMENT:
        asked = case.supplement
        lines = [
            _tr("{what}（要求：{standard}）").format(what=one.what, standard=one.standard)
            if one.standard
            else one.what
            for one in asked.defects
        ]
        return [_asked(case, asked.on, lines, asked.days)]
    if case.refused is not None:
        text = _tr("{day}不予受理：{said}").format(
            day=words.short_day(case.refused.on), said=_refused(case.refused)
        )
        return [SheetNote(mood=Mood.BAD, text=text)]
    if case.decision is not None:
        made = case.decision
        outcome = _tr("准予") if made.approved else _tr("不予")
        said = "，".join(part for part in (outcome, made.reason, made.result) if part)
        text = _tr("{day}决定：{said}").format(day=words.short_day(made.on), said=said)
        return [SheetNote(mood=Mood.GOOD if made.approved else Mood.BAD, text=text)]
    return []


def _asked(case: Case, on: date, defects: Sequence[str], days: int) -> SheetNote:
    """Every defect on a line; from the second notice on it says so."""
    head = _tr("{day}告知补正").format(day=words.short_day(on))
    if days:
        head += _tr("，{n} 日内补齐").format(n=days)
    if case.supplement_notices > 1:
        head += _tr("（第 {n} 次，已报效能监督）").format(n=case.supplement_notices)
    if len(defects) == 1:
        return SheetNote(mood=Mood.WARN, text=f"{head}：{defects[0]}")
    lines = [f"{place}. {one}" for place, one in enumerate(defects, 1)]
    return SheetNote(mood=Mood.WARN, text="\n".join([f"{head}：", *lines]))


def _refused(told: CaseRefused) -> str:
    if not told.right_authority:
        return told.reason
    right = _tr("应由{authority}办理").format(authority=told.right_authority)
    return f"{told.reason}，{right}"


def _elsewhere(store: Store, case: Case) -> list[SheetNote]:
    """Who has it now, so that nobody looks for a button that is another station's."""
    task = next_task(case, store.publications)
    own = present(store.publications, store.region)
    if whereabouts.is_elsewhere(store, case.region):
        now = in_charge(case, own, store.publications)
        text = _tr("这件所在的村已经划归{place}，后来的情况本站不再收到。").format(
            place=case_words.place(store.publications, now)
        )
        return [SheetNote(mood=Mood.WARN, text=text)]
    if task is None or task.at == own:
        return []
    text = _tr("现在等{place}办理（{task}），有了结果会自动回到这里。").format(
        place=case_words.place(store.publications, task.at), task=task.kind.label
    )
    return [SheetNote(mood=Mood.INFO, text=text)]


def _printed_otherwise(store: Store, case: Case) -> list[SheetNote]:
    """A running limit that ends on another day than the paper says, since a calendar came or a limit was extended."""
    calendar = store.publications.calendar(case.region)
    text = _tr("{clock}：《{paper}》上印的是{printed}到期，现在是{due}。")
    return [
        SheetNote(
            mood=Mood.INFO,
            text=text.format(
                clock=clock.name.label,
                paper=printed_day.paper.label,
                printed=words.day(printed_day.day),
                due=words.day(clock.due),
            ),
        )
        for clock, printed_day in zip(
            clock_rows(case.clocks, calendar), printed.of_clocks(case), strict=True
        )
        if printed_day is not None
        and clock.stopped is None
        and clock.due not in (None, printed_day.day)
    ]


def _same_number(store: Store, row: CaseRow) -> list[SheetNote]:
    if row.local_number not in lookup.same_numbers(store, [row]):
        return []
    others = store.rows.where("local_number = ? AND n <> ?", (row.local_number, row.n), limit=1)
    text = _tr(
        "同号：另有一件也用了收件号 {number}，办理时请认准申请人。这一件以后写作 {told}，新出的文书都这样写。"
    ).format(number=row.local_number, told=shared_numbers.told(store, row))
    subject = others[0].subject if others else None
    kind = NoteKind.COMPARE if subject else NoteKind.PLAIN
    return [SheetNote(mood=Mood.WARN, text=text, kind=kind, subject=subject)]
