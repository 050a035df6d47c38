"""Whose matter it is, originals kept for people, possible duplicates, papers, looks."""

from __future__ import annotations

from app.domain import events
from app.domain.events import CustodyMove
from app.domain.numbers import DocumentNumber
from app.domain.papers import PaperKind
from app.usecases.story.telling import Telling, said, tell


@tell.register(events.CaseHandedOver)
def _handed_over(body: events.CaseHandedOver, telling: Telling) -> str:
    return f"提出移交给{telling.person(body.to)}，对方接手前仍由原来的人负责{said(body.note)}"


@tell.register(events.CaseHandOverTaken)
def _taken(body: events.CaseHandOverTaken, telling: Telling) -> str:
    return "接手了这件"


@tell.register(events.CaseCustodyMoved)
def _custody(body: events.CaseCustodyMoved, telling: Telling) -> str:
    match body.move:
        case CustodyMove.TAKEN:
            what = "、".join(f"{one.what} {one.count} 件" for one in body.originals)
            return f"收存原件：{what}"
        case CustodyMove.HANDED_ON:
            place = telling.place(body.to)
            return f"把 {len(body.places)} 样原件移交{place}，{body.receiver}接收"
        case CustodyMove.RETURNED:
            return f"退还 {len(body.places)} 样原件，{body.receiver}领回"


@tell.register(events.CaseCompared)
def _compared(body: events.CaseCompared, telling: Telling) -> str:
    found = "是同一件" if body.same else "不是同一件"
    return f"比对过可能重复的另一件：{found}{said(body.note, '，说明')}"


@tell.register(events.PaperIssued)
def _paper(body: events.PaperIssued, telling: Telling) -> str:
    number = DocumentNumber(body.word, body.slot, body.year, body.running).text
    again = f"，补打第 {body.reprint} 次" if body.reprint else ""
    return f"打印《{paper_label(body.paper)}》{number}{again}"


@tell.register(events.CaseNumbersShown)
def _looked(body: events.CaseNumbersShown, telling: Telling) -> str:
    return "查看了完整号码"


@tell.register(events.CaseRecordOpened)
def _opened(body: events.CaseRecordOpened, telling: Telling) -> str:
    return "查看了这件的记录"


def paper_label(paper: str) -> str:
    """The name of a document; of a newer program's, its code."""
    return PaperKind(paper).label if paper in set(PaperKind) else paper
