"""What an act that reaches the applicant, or cannot be taken back, asks once before it is done."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QCoreApplication

from ui.desktop.pages.cases.question import ActQuestion
from ui.desktop.widgets.button import ButtonKind


class Consequence(msgspec.Struct, frozen=True, kw_only=True):
    """The question, what follows from yes, and the word on its button."""

    title: str
    text: str
    yes: str
    kind: ButtonKind = ButtonKind.PRIMARY


def _tr(text: str) -> str:
    return QCoreApplication.translate("consequences", text)


def consequence_of(question: ActQuestion) -> Consequence | None:
    """None for an act that is done without asking."""
    found = _consequences().get(question.choice.verb)
    if found is None:
        return None
    sheet = question.sheet
    said = found.text.format(who=sheet.applicant.name, item=sheet.item)
    return msgspec.structs.replace(found, text=said)


def _consequences() -> dict[str, Consequence]:
    bad = ButtonKind.DANGER
    return {
        "ask_supplement": Consequence(
            title=_tr("告知补正？"),
            text=_tr(
                "列出的全部内容会告知{who}，审查时限停下，等补正材料收到再继续。"
                "以后再要求补正会报效能监督，请确认已经一次说全。"
            ),
            yes=_tr("告知"),
        ),
        "return": Consequence(
            title=_tr("退回？"),
            text=_tr("“{item}”会退回收件的站点，由站点告诉{who}。本机关不再办理，除非再次转报。"),
            yes=_tr("退回"),
        ),
        "lapse": Consequence(
            title=_tr("逾期退件？"),
            text=_tr("{who}没有在期限内补正，这件就此结束。以后要办须重新申请。"),
            yes=_tr("退件"),
            kind=bad,
        ),
        "deem_accepted": Consequence(
            title=_tr("登记视为受理？"),
            text=_tr(
                "审查期满没有答复，法律规定自收到材料之日起视为受理。"
                "办理时限从那一天算起，并报效能监督。"
            ),
            yes=_tr("登记"),
        ),
        "refuse": Consequence(
            title=_tr("不予受理？"),
            text=_tr("对{who}的“{item}”不予受理，这件就此结束，要出具不予受理通知书，申请人可以申请复议或者起诉。"),
            yes=_tr("不予受理"),
            kind=bad,
        ),
        "pause": Consequence(
            title=_tr("启动特别程序？"),
            text=_tr("办理时限从今天起暂停，直到特别程序结束。要把所需时间书面告知{who}。"),
            yes=_tr("启动"),
        ),
        "extend": Consequence(
            title=_tr("延期？"),
            text=_tr("办理时限只能延长一次，要把延期的理由告知{who}。"),
            yes=_tr("延期"),
        ),
        "withdraw": Consequence(
            title=_tr("撤回申请？"),
            text=_tr("登记{who}撤回“{item}”的申请，这件就此结束。以后要办须重新申请。"),
            yes=_tr("撤回"),
            kind=bad,
        ),
        "end_parts": Consequence(
            title=_tr("了结联办部分？"),
            text=_tr("主件已经结束，还没有结果的各部分随它结束，不再作决定。"),
            yes=_tr("了结"),
        ),
        "void": Consequence(
            title=_tr("作废？"),
            text=_tr("这件会从办件和统计里去掉，只留记录，不能恢复。"),
            yes=_tr("作废"),
            kind=bad,
        ),
        "destroy": Consequence(
            title=_tr("批准销毁？"),
            text=_tr("这件的内容会从所有设备上清除，只留销毁登记，不能恢复。"),
            yes=_tr("销毁"),
            kind=bad,
        ),
        "issue_card": Consequence(
            title=_tr("发牌？"),
            text=_tr("这张牌会记在责任岗位和责任人名下，对方可以确认或者申诉。"),
            yes=_tr("发牌"),
            kind=bad,
        ),
    }  # fmt: skip
