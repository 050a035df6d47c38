"""What happened to a case, step by step: who, where, when and what; an act without effect says why and what to do."""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication

from app.domain import events
from app.domain.events import ReturnReason
from app.domain.items import Item
from app.domain.masking import mask_listed_name
from app.domain.numbers import DocumentNumber, LocalNumber
from app.domain.papers import PaperKind
from app.domain.publications import Publications
from app.journal.clock import wall_ms
from app.journal.entry import Entry
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import lookup
from app.usecases.registration import missing_materials
from ui import wording
from ui.desktop import case_words, words
from ui.desktop.look.mood import Mood

_LOOK: Final = "case.numbers_shown"


class HistoryStep(msgspec.Struct, frozen=True, kw_only=True):
    """`own`: written by this device. `waits_to_go`: the centre does not have it yet."""

    ref: Ref
    own: bool
    title: str
    when: str
    who: str
    text: str
    mood: Mood
    without_effect: bool
    waits_to_go: bool


def _tr(text: str) -> str:
    return QCoreApplication.translate("history_words", text)


def history_steps(
    store: Store, subject: Ref, item: Item, today: date, accepted: int
) -> tuple[HistoryStep, ...]:
    """Every entry in reading order; `accepted` is how far the centre has this device's own."""
    lives = set(store.journal.lives_of(store.device))
    steps = []
    for one, why in lookup.history(store, subject):
        own = one.device in lives
        steps.append(
            HistoryStep(
                ref=one.ref,
                own=own,
                title=_title(one),
                when=words.moment(wall_ms(one.clock), today),
                who=_who(store.publications, one),
                text=_text(store.publications, one, why, item, own=own),
                mood=_mood(one, why),
                without_effect=why is not None,
                waits_to_go=one.device == store.device and one.seq > accepted,
            )
        )
    return tuple(steps)


def _title(one: Entry) -> str:
    if one.kind == "case.registered":
        return _tr("登记收件")
    return wording.act_label(one.kind)


def _mood(one: Entry, why: str | None) -> Mood:
    if why is not None:
        return Mood.WARN if why in ("waiting", "needs_upgrade") else Mood.BAD
    return Mood.PLAIN if one.kind in (_LOOK, "paper.issued") else Mood.INFO


def _who(publications: Publications, one: Entry) -> str:
    """湖塘村 · 韦代办."""
    known = publications.devices.get(one.device)
    station = (
        _tr("还不认识的站点")
        if known is None
        else case_words.place(publications, known.certificate.region)
    )
    card = publications.operators.get(one.actor) if one.actor else None
    return f"{station} · {card.name}" if card else station


def _text(publications: Publications, one: Entry, why: str | None, item: Item, *, own: bool) -> str:
    said = ""
    if one.body is not None and events.is_known(one.kind, one.version):
        try:
            said = _told(events.decode_body(one.kind, one.version, one.body), publications, item)
        except events.BadBody:
            said = ""
    if why is None:
        return said
    wrong = _tr("没有生效：{why}。{advice}").format(
        why=wording.verdict(why), advice=_advice(why, own=own)
    )
    return f"{said}\n{wrong}" if said else wrong


def _advice(why: str, *, own: bool) -> str:
    """What to do about an act that has no effect."""
    match why:
        case "waiting" | "not_published":
            return _tr("不用管它，前面的到了会自动生效。")
        case "needs_upgrade":
            return _tr("请升级程序。")
        case "refused":
            return _tr("请到“同步”页看原因，改正后重新办一次。")
        case _ if own:
            return _tr("请按现在的状态接着办；凭它打印的文书请收回。")
    return _tr("以现在的状态为准，本站不用再做什么。")


def _told(body: events.Body, publications: Publications, item: Item) -> str:
    """What was said with the act."""
    match body:
        case events.CaseRegistered():
            return _registered(body, item)
        case events.CaseSupplied(materials=materials):
            names = [_material(item, one.index) for one in materials]
            return _tr("收到：{names}").format(names="、".join(names))
        case events.CaseForwarded(to=to, note=note):
            return _joined(
                _tr("转往{place}").format(place=case_words.place(publications, to)), note
            )
        case events.CaseTakenOver():
            number = LocalNumber(body.station, body.on, body.slot, body.running).text
            return _tr("办件编号 {number}").format(number=number)
        case events.CaseReturned():
            return returned_words(body)
        case events.CaseRefused():
            return refused_words(body)
        case events.CaseDecided():
            return decided_words(body.approved, body.reason, body.result)
        case events.CaseCompleted(result=result):
            return result
        case events.CaseDelivered():
            return _delivered(body)
        case events.PaperIssued():
            return _paper(body)
    return ""


def returned_words(body: events.CaseReturned) -> str:
    """Every defect, or who is the right authority."""
    if body.reason is ReturnReason.DEFECTS:
        return _tr("要补正：{defects}").format(defects="；".join(body.defects))
    return _tr("不归本机关办理，应由{authority}办理").format(authority=body.right_authority)


def refused_words(body: events.CaseRefused) -> str:
    right = (
        _tr("应由{authority}办理").format(authority=body.right_authority)
        if body.right_authority
        else ""
    )
    return _joined(body.reason, right)


def decided_words(approved: bool, reason: str, result: str) -> str:
    return _joined(_tr("准予") if approved else _tr("不予"), reason, result)


def _registered(body: events.CaseRegistered, item: Item) -> str:
    missing = len(missing_materials(item, body.materials))
    lacks = _tr("缺 {n} 件").format(n=missing) if missing else _tr("必备材料齐全")
    parts = [body.mode.label, _tr("收材料 {n} 件").format(n=len(body.materials)), lacks]
    if body.backlog:
        parts.append(_tr("补录，{day}收件").format(day=words.day(body.received_on)))
    return _joined(*parts)


def _delivered(body: events.CaseDelivered) -> str:
    who = _tr("{name}（{relation}）领取").format(
        name=mask_listed_name(body.recipient), relation=body.relation
    )
    return _joined(who, body.proof)


def _paper(body: events.PaperIssued) -> str:
    number = DocumentNumber(body.word, body.slot, body.year, body.running).text
    again = _tr("补打第 {n} 次").format(n=body.reprint) if body.reprint else ""
    return _joined(f"{paper_label(body.paper)} {number}", again)


def paper_label(paper: str) -> str:
    """The name of a document; of a newer program's, its code."""
    return PaperKind(paper).label if paper in set(PaperKind) else paper


def _material(item: Item, index: int) -> str:
    return item.materials[index].name if index < len(item.materials) else "—"


def _joined(*parts: str) -> str:
    return "，".join(part for part in parts if part)
