"""What sets a case apart, under the applicant's name: whole words, and fewer where the column is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication

from app.usecases.duplicates import Judged
from ui.desktop.models.case_lines import CaseLine

_BETWEEN: Final = "·"


def _tr(text: str) -> str:
    return QCoreApplication.translate("CaseMarks", text)


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """`word` for whoever has room and for the tooltip, `short` and then `sign` where several stand in a narrow cell."""

    word: str
    short: str
    sign: str


def marks_of(line: CaseLine) -> list[Mark]:
    """In the order in which they are read."""
    told = (
        (line.urgent, _mark(_tr("加急"), _tr("加急"), _tr("急"))),
        (line.green, _mark(_tr("绿色通道"), _tr("绿通"), _tr("绿"))),
        (line.joint, _mark(_tr("联办"), _tr("联办"), _tr("联"))),
        (line.carded, _mark(_tr("黄牌红牌"), _tr("有牌"), _tr("牌"))),
        (line.kin, _mark(_tr("亲属"), _tr("亲属"), _tr("亲"))),
        (line.same_number, _mark(_tr("同号"), _tr("同号"), _tr("同"))),
    )
    marks = [mark for there, mark in told if there]
    if line.duplicate is not None:
        marks.append(_of_a_duplicate(line.duplicate))
    if line.out_of_place:
        marks.append(_mark(_tr("有未生效"), _tr("未生效"), _tr("未")))
    if line.needs_upgrade:
        marks.append(_mark(_tr("需升级"), _tr("升级"), _tr("升")))
    return marks


def whole(marks: Sequence[Mark]) -> str:
    return _BETWEEN.join(mark.word for mark in marks)


def shorter(marks: Sequence[Mark]) -> tuple[str, ...]:
    """The same in less room, longest first."""
    return (
        " ".join(mark.word for mark in marks),  # the dot of the font is as wide as a character
        " ".join(mark.short for mark in marks),
        " ".join(mark.sign for mark in marks),
        "".join(mark.sign for mark in marks),
    )


def _of_a_duplicate(judged: Judged) -> Mark:
    short, sign = {
        Judged.OPEN: (_tr("重复?"), _tr("疑")),
        Judged.SAME: (_tr("重复"), _tr("重")),
        Judged.DIFFERENT: (_tr("不同"), _tr("异")),
    }[judged]
    return _mark(judged.label, short, sign)


def _mark(word: str, short: str, sign: str) -> Mark:
    return Mark(word=word, short=short, sign=sign)
