"""What has happened to a case beyond intake and decision: as a JSON document, and as lines on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from app.domain.case import Case
from app.domain.items import Item
from app.domain.regions import RegionCode
from app.domain.staff import OperatorCard
from app.domain.watching import label_of
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import acts, lookup
from app.usecases.filters import CaseFilter
from app.usecases.today import shown_today
from ui.commands.days import day

Document = dict[str, Any]


def life(store: Store, case: Case, item: Item, by: OperatorCard | None) -> Document:
    """Who looks after it, what the authority did with it, where its originals are, its cards, and what may be done."""
    return {
        "green": case.green,
        "staff_relative": case.staff_relative,
        "signing": _told(case.signing),
        "owner": _name(store, case.owner),
        "hand_over": _offer(store, case),
        "visit": _numbers(store, CaseFilter(visit=case.visit or case.subject), but=case),
        "parent": None if case.parent is None else _number(store, case.parent),
        "department": case.department,
        "children": [_child(store, child) for child in case.children],
        "supplement_notices": case.supplement_notices,
        "supplement": _supplement(case, item),
        "deemed_accepted": case.deemed_accepted,
        "procedures": _told(case.procedures),
        "extension": _told(case.extension),
        "opinion": case.opinion,
        "outside": _told(case.outside),
        "outside_answer": _told(case.outside_answer),
        "appointment": _told(case.appointment),
        "visited_on": case.visited_on,
        "concluded": _told(case.concluded),
        "certificate": _told(case.certificate),
        "followed_up": _told(case.followed_up),
        "rectified": _told(case.rectified),
        "archived": _told(case.archived),
        "appraised": _told(case.appraised),
        "withdrawn": _told(case.withdrawn),
        "voided": _told(case.voided),
        "corrections": [{"on": one.on, "reason": one.reason} for one in case.corrections],
        "originals": [_original(store, one) for one in case.originals],
        "cards": [_card(store, card) for card in case.cards],
        "acts": [act.verb for act in acts.available(store, case, by)] if by else [],
    }


def _told(value: Any) -> Any:  # noqa: ANN401 - a body, or what is in one
    """Bodies travel as arrays; a person reads them by name."""
    if isinstance(value, msgspec.Struct):
        return {name: _told(one) for name, one in msgspec.structs.asdict(value).items()}
    if isinstance(value, Ref):
        return str(value)
    if isinstance(value, tuple):
        return [_told(one) for one in value]
    return value


def _name(store: Store, ref: Ref | None) -> str | None:
    card = store.publications.operators.get(ref) if ref is not None else None
    return None if card is None else card.name


def _offer(store: Store, case: Case) -> Document | None:
    offer = case.hand_over
    if offer is None:
        return None
    return {"on": offer.on, "to": _name(store, offer.to), "note": offer.note}


def _number(store: Store, subject: Ref) -> str:
    row = store.rows.by_subject(subject)
    return str(subject) if row is None else row.local_number


def _numbers(store: Store, wanted: CaseFilter, *, but: Case) -> list[str]:
    """The cases of the same visit: those that name the first, and the first itself."""
    found = [one.row for one in lookup.page(store, wanted, shown_today(store)).cases]
    numbers = [row.local_number for row in found if row.subject != but.subject]
    if but.visit is not None:
        numbers.insert(0, _number(store, but.visit))
    return numbers


def _child(store: Store, child: Any) -> Document:  # noqa: ANN401 - app.domain.case.Child
    return {
        "number": _number(store, child.subject),
        "name": child.name,
        "outcome": child.outcome,
        "approved": child.approved,
    }


def _supplement(case: Case, item: Item) -> Document | None:
    notice = case.supplement
    if notice is None:
        return None
    return {
        "on": notice.on,
        "days": notice.days,
        "defects": [
            {
                "what": defect.what,
                "standard": defect.standard,
                "material": item.materials[defect.material].name if defect.material >= 0 else "",
            }
            for defect in notice.defects
        ],
    }


def _original(store: Store, one: Any) -> Document:  # noqa: ANN401 - app.domain.case.Original
    return {
        "what": one.what,
        "whose": one.whose,
        "count": one.count,
        "at": one.at,
        "at_name": store.publications.station_name(RegionCode(one.at)) if one.at else "",
        "receiver": one.receiver,
        "since": one.since,
    }


def _card(store: Store, card: Any) -> Document:  # noqa: ANN401 - app.domain.case.Card
    told: Document = _told(card)
    return told | {
        "cause_label": label_of(card.cause),
        "grade_label": card.grade.label,
        "state_label": card.state.label,
        "station_name": store.publications.station_name(RegionCode(card.station)),
    }


# --- on a terminal --------------------------------------------------------------------------------


def life_pairs(case: Document) -> Iterator[tuple[str, str]]:
    """Headings and words; empty words are left out by whoever prints them."""
    yield "加急", "是" if case["urgent"] else ""
    yield "绿色通道", case["green"]
    yield "不能签字", _signing_words(case["signing"])
    yield "工作人员亲属", case["staff_relative"] and f"与{case['staff_relative']}有亲属关系，已标记"
    yield "首问责任人", case["owner"] or ""
    offer = case["hand_over"]
    yield "待接手", f"已移交{offer['to']}，尚未接手" if offer else ""
    yield "同次来访", "、".join(case["visit"])
    yield "联办主件", case["parent"] or ""
    yield "联办", "；".join(map(_child_words, case["children"]))
    yield "补正告知", _supplement_words(case)
    yield "受理方式", "视为受理（审批机关五个工作日内未作答复）" if case["deemed_accepted"] else ""
    yield "特别程序", "；".join(map(_procedure_words, case["procedures"]))
    yield "延期", _words(case["extension"], "{on} 延长 {days} 天，{approver}批准：{reason}")
    yield "意见", case["opinion"]
    yield "外部机构", _words(case["outside"], "{on} 转{body} {number}")
    yield "外部结果", _words(case["outside_answer"], "{on} {result} {number}")
    yield "引领", _words(case["appointment"], "{day} 到{where} {contact}")
    yield "引领结果", _words(case["concluded"], "{on} {outcome} {number}")
    yield "证照", _words(case["certificate"], "{on} {name} {number}")
    followed = case["followed_up"]
    yield (
        "回访",
        f"{day(followed['on'])} {followed['grade'].label} {followed['opinion']}"
        if followed
        else "",
    )
    yield "整改", _words(case["rectified"], "{on} {measures}")
    yield "归档", _words(case["archived"], "{on} 档号 {number}")
    yield "撤回", _words(case["withdrawn"], "{on} {reason}")
    yield "作废", _words(case["voided"], "{on} {reason}")
    yield "更正", "；".join(f"{day(one['on'])} {one['reason']}" for one in case["corrections"])


def life_lines(case: Document) -> Iterator[str]:
    for one in case["originals"]:
        where = f"起在{one['at_name']}" if one["at"] else f"已退还，{one['receiver']}签收"
        yield f"原件  {one['what']}（{one['whose']}，{one['count']} 件）：{day(one['since'])}{where}"
    for card in case["cards"]:
        yield (
            f"{card['grade_label']}  {card['cause_label']}：{card['station_name']} {card['post']} {card['person']}，"
            f"{day(card['issued_on'])}发出，{card['state_label']}{'：' + card['note'] if card['note'] else ''}"
        )


def _words(told: Document | None, form: str) -> str:
    """The facts in a form, days as people write them."""
    if not told:
        return ""
    return form.format_map(
        {name: day(fact) if isinstance(fact, date) else fact for name, fact in told.items()}
    ).strip()


def _signing_words(signing: Document | None) -> str:
    if not signing:
        return ""
    mark = "，按了指印" if signing["fingerprint"] else ""
    return f"{signing['written_by']}代书，{signing['read_by']}宣读，{signing['witness']}见证{mark}"


def _child_words(child: Document) -> str:
    return f"{child['name']} {child['number']}（{child['outcome'] or '办理中'}）"


def _supplement_words(case: Document) -> str:
    notice = case["supplement"]
    if not notice:
        return ""
    defects = "；".join(
        defect["what"] + (f"（{defect['standard']}）" if defect["standard"] else "")
        for defect in notice["defects"]
    )
    again = f"，第 {case['supplement_notices']} 次" if case["supplement_notices"] > 1 else ""
    return f"{day(notice['on'])} 一次性告知{again}：{defects}"


def _procedure_words(one: Document) -> str:
    ended = f"，{day(one['ended'])}结束" if one["ended"] else "，进行中"
    return f"{day(one['began'])} {one['type']}（{one['approver']}批准）{ended}"
