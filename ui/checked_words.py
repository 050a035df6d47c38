"""What a check of a document's code found, in sentences and fields, for the screen and the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.usecases.authenticity import Checked, Record, Verdict


def headline(checked: Checked) -> str:
    """One short line."""
    match checked.verdict:
        case Verdict.GENUINE:
            return f"这份文书是真的，由{checked.station}出具。"
        case Verdict.ALTERED:
            return "二维码被改动过，这份文书不能相信。"
        case Verdict.UNKNOWN_STATION:
            return "本机不认识出具这份文书的站点。"


def advice(checked: Checked) -> str:
    """What to do next."""
    match checked.verdict:
        case Verdict.ALTERED:
            return f"码上自称由{checked.station}出具，但签名不符。请留下文书，联系该站点核实。"
        case Verdict.UNKNOWN_STATION:
            return "可能是别的区县出具的，也可能是新开的站点，同步以后再核验一次。"
    if checked.record is Record.OVERTAKEN:
        return "它所依据的处理后来没有生效，或者被后来的处理取代，请看办件现在的情况。"
    if checked.record is Record.REPLACED:
        return "登记后来更正过，另出了新的一份，以新的一份为准，这一份请收回。"
    compare = "请逐项与纸面对照，有一处不同就是二维码被挪用。"
    if checked.is_revoked:
        return f"出具它的电脑后来已经停用。{compare}"
    return compare


def fields(checked: Checked, day: Callable[[date], str]) -> list[tuple[str, str]]:
    """What the paper has to say; `day` writes a date."""
    told = [
        ("文书", checked.document or "新版程序的文书"),
        ("文号", checked.number),
        ("收件号", checked.local_number),
        ("事项", checked.item),
        ("申请人", checked.name),
        ("日期", day(checked.issued_on)),
        ("出具单位", checked.station),
        ("登记", checked.record.label),
    ]
    return [(label, said) for label, said in told if said]
