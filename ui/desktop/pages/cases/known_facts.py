"""What is known of a case beside its papers and its clocks: whose matter it is, what was arranged, decided, kept."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from app.domain.case import Card, CardState, Case, State
from app.domain.items import Item
from app.domain.masking import mask_listed_name
from app.domain.publications import Publications
from app.domain.watching import label_of
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases.linked import linked
from ui.desktop import case_words, words
from ui.desktop.look.mood import Mood
from ui.desktop.models.case_lines import item_name
from ui.desktop.pages.cases.sheet import SheetFact, SheetLink, SheetOriginal


def _tr(text: str) -> str:
    return QCoreApplication.translate("known_facts", text)


def known_facts(case: Case, item: Item, publications: Publications) -> tuple[SheetFact, ...]:
    """In the order of a case's life; of a destroyed file only how it ended."""
    if case.state is State.DESTROYED:
        return tuple(_ends(case))
    return (
        *_care(case, publications),
        *_intake(case),
        *_accompanied(case),
        *_handling(case, item),
        *_ends(case),
    )


def _care(case: Case, publications: Publications) -> Iterator[SheetFact]:
    if case.owner is not None:
        yield SheetFact(label=_tr("首问负责"), text=_person(publications, case.owner))
    offer = case.hand_over
    if offer is not None:
        text = _tr("{day}提出移交给{who}，还没有接手").format(
            day=words.day(offer.on), who=_person(publications, offer.to)
        )
        yield SheetFact(label=_tr("移交"), text=text, mood=Mood.WARN)


def _intake(case: Case) -> Iterator[SheetFact]:
    yield SheetFact(
        label=_tr("委托和告知"),
        text=_joined(
            _tr("已签代办委托书") if case.mandate else _tr("没有代办委托书"),
            _tr("已告知信息使用") if case.told else _tr("没有登记信息告知"),
        ),
    )
    signing = case.signing
    if signing is not None:
        yield SheetFact(
            label=_tr("代书和见证"),
            text=_joined(
                _tr("代书 {name}").format(name=signing.written_by),
                _tr("宣读 {name}").format(name=signing.read_by),
                _tr("见证 {name}").format(name=signing.witness),
                _tr("按指印") if signing.fingerprint else "",
            ),
        )
    if case.green:
        yield SheetFact(label=_tr("绿色通道"), text=case.green)
    if case.staff_relative:
        yield SheetFact(label=_tr("工作人员亲属"), text=case.staff_relative, mood=Mood.WARN)
    for told in case.corrections:
        text = _joined(words.day(told.on), told.reason)
        yield SheetFact(label=_tr("更正"), text=text)


def _accompanied(case: Case) -> Iterator[SheetFact]:
    told = case.appointment
    if told is not None:
        text = _joined(words.day(told.day), told.where, told.contact)
        yield SheetFact(label=_tr("约定引领"), text=text)
    if case.visited_on is not None:
        yield SheetFact(label=_tr("陪同前往"), text=words.day(case.visited_on))


def _handling(case: Case, item: Item) -> Iterator[SheetFact]:
    if case.deemed_accepted and case.accepted_on is not None:
        text = _tr("审查期满没有答复，自 {day}起算").format(day=words.day(case.accepted_on))
        yield SheetFact(label=_tr("视为受理"), text=text, mood=Mood.WARN)
    for one in case.procedures:
        days = words.days(one.days, one.unit) if one.days else ""
        since = _tr("{day}起").format(day=words.day(one.began))
        ended = (
            _tr("进行中")
            if one.ended is None
            else _tr("{day}结束").format(day=words.day(one.ended))
        )
        approver = _tr("{name}批准").format(name=one.approver)
        text = _joined(one.type, days, since, ended, approver)
        yield SheetFact(
            label=_tr("特别程序"), text=text, mood=Mood.PLAIN if one.ended else Mood.PAUSED
        )
    longer = case.extension
    if longer is not None:
        days = words.days(longer.days, item.clock.unit)
        approver = _tr("{name}批准").format(name=longer.approver)
        text = _joined(days, longer.reason, words.day(longer.on), approver)
        yield SheetFact(label=_tr("延期"), text=text)
    if case.opinion:
        label = _tr("上级意见") if case.sent_down else _tr("初审意见")
        yield SheetFact(label=label, text=case.opinion)
    outside, answer = case.outside, case.outside_answer
    if outside is not None:
        text = _joined(outside.body, outside.number, words.day(outside.on))
        yield SheetFact(label=_tr("外部机构"), text=text)
    if answer is not None:
        yield SheetFact(label=_tr("外部结果"), text=_joined(answer.result, answer.number))


def _ends(case: Case) -> Iterator[SheetFact]:
    made, delivered = case.certificate, case.delivered
    if made is not None:
        yield SheetFact(label=_tr("证照"), text=_joined(made.name, made.number))
    if delivered is not None:
        who = f"{mask_listed_name(delivered.recipient)}（{delivered.relation}）"
        text = _joined(delivered.way.label, who, words.day(delivered.on), delivered.proof)
        yield SheetFact(label=_tr("送达"), text=text)
    asked, mended = case.followed_up, case.rectified
    if asked is not None:
        mood = Mood.WARN if asked.grade.poor and mended is None else Mood.PLAIN
        text = _joined(asked.grade.label, asked.opinion, words.day(asked.on))
        yield SheetFact(label=_tr("回访"), text=text, mood=mood)
    if mended is not None:
        yield SheetFact(label=_tr("整改"), text=_joined(mended.measures, words.day(mended.on)))
    if case.concluded is not None:
        text = _joined(case.concluded.outcome, case.concluded.number)
        yield SheetFact(label=_tr("结果"), text=text)
    if case.completed is not None:
        yield SheetFact(label=_tr("结果"), text=case.completed.result)
    if case.archived is not None:
        text = _joined(case.archived.number, words.day(case.archived.on))
        yield SheetFact(label=_tr("档号"), text=text)
    if case.state is State.DESTROYED:
        text = _tr("内容已经清除，只留登记")
        yield SheetFact(label=_tr("销毁"), text=text, mood=Mood.WARN)


def originals(case: Case, publications: Publications) -> tuple[SheetOriginal, ...]:
    """What lies where since when; what went back comes last."""
    told = [
        SheetOriginal(
            what=f"{one.what}（{mask_listed_name(one.whose)}，{one.count} 件）",
            where=(
                _tr("{day}起在{place}").format(
                    day=words.day(one.since), place=case_words.place(publications, one.at)
                )
                if one.at
                else _tr("{day}已退还，{name}领回").format(
                    day=words.day(one.since), name=mask_listed_name(one.receiver)
                )
            ),
            held=bool(one.at),
        )
        for one in case.originals
    ]
    return tuple(sorted(told, key=lambda one: not one.held))


def cards(case: Case, publications: Publications) -> tuple[SheetFact, ...]:
    """Each card with what has become of it."""
    return tuple(
        SheetFact(
            label=f"{card.grade.label} · {card.state.label}",
            text=_joined(
                label_of(card.cause),
                _responsible(publications, card),
                words.day(card.issued_on),
                card.note or card.reason,
                _tr("{day}前办结").format(day=words.day(card.by)) if card.by else "",
            ),
            mood=Mood.PLAIN if card.state is CardState.WITHDRAWN else Mood.BAD,
        )
        for card in case.cards
    )


def _responsible(publications: Publications, card: Card) -> str:
    place = case_words.place(publications, card.station)
    return f"{'' if card.post.startswith(place) else place}{card.post} {card.person}"


def links(store: Store, case: Case) -> tuple[SheetLink, ...]:
    """The parent, the parts with their outcomes, and what else the same coming to the counter brought."""
    names = {child.subject: child.name for child in case.children}
    told = []
    for one in linked(store, case):
        row = one.row
        item = names.get(one.subject, "")
        if row is not None and not item:
            item = item_name(store.publications, row.item, row.item_version)
        state = State(row.state).label if row is not None else _tr("还没有到本机")
        applicant = case_words.applicant(row) if row is not None and not names else ""
        told.append(
            SheetLink(
                label=one.link.label,
                text=_joined(applicant, item, one.outcome or state),
                subject=one.subject,
                is_here=row is not None,
            )
        )
    return tuple(told)


def _person(publications: Publications, ref: Ref) -> str:
    card = publications.operators.get(ref)
    if card is None:
        return "—"
    return _tr("{place}的{name}").format(
        place=case_words.place(publications, card.region), name=card.name
    )


def _joined(*parts: str) -> str:
    return " · ".join(part.strip() for part in parts if part.strip())
