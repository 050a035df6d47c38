"""The documents: each with its name on paper, its copies, its mark in a QR code and who may issue it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class _Nature(NamedTuple):
    mark: int  # its number in the QR payload: frozen, never used again for another kind
    label: str
    word: str  # its word in a document number: 湖政服收A2〔2026〕17号
    copies: tuple[str, ...]  # the names of its 联, in the order in which they are printed
    authority_only: bool


class PaperKind(StrEnum):
    """The documents, each with its name on paper, its copies and who may issue it."""

    MATERIALS_RECEIPT = "materials_receipt"
    MATERIALS_SLIP = "materials_slip"
    ACCEPTANCE = "acceptance"
    REFUSAL = "refusal"
    DECISION = "decision"
    VISIT_RECEIPT = "visit_receipt"
    SUPPLEMENT_NOTICE = "supplement_notice"
    CUSTODY_SLIP = "custody_slip"
    APPLICATION_FORM = "application_form"
    SPECIAL_PROCEDURE = "special_procedure"
    EXTENSION = "extension"
    RETURN_NOTICE = "return_notice"
    MANDATE = "mandate"
    AGENCY_ENDED = "agency_ended"
    AGENCY_CLOSED = "agency_closed"
    PROOF_OF_DELIVERY = "proof_of_delivery"
    CASE_RECORD = "case_record"

    @property
    def mark(self) -> int:
        return _NATURE[self].mark

    @property
    def label(self) -> str:
        return _NATURE[self].label

    @property
    def word(self) -> str:
        return _NATURE[self].word

    @property
    def copies(self) -> tuple[str, ...]:
        return _NATURE[self].copies

    @property
    def authority_only(self) -> bool:
        """Whether only the tier that holds the power over the item may issue it."""
        return _NATURE[self].authority_only

    @property
    def torn(self) -> bool:
        """Whether a part of it is torn off (存根, 回执): nothing is printed on the back of its sheets."""
        return self is PaperKind.SUPPLEMENT_NOTICE


_KEPT_BY_STATION = ("第一联 申请人留存", "第二联 服务站存档")
_HANDED_OVER = ("第一联 交件人留存", "第二联 收存单位存档")
_ENTRUSTED = ("第一联 委托人留存", "第二联 服务站存档")
_SERVED = ("第一联 送达申请人", "第二联 机关存档")
_TORN = ("告知书送达申请人 存根机关留存 回执签收后交回",)

_NATURE = {
    PaperKind.MATERIALS_RECEIPT: _Nature(1, "收件回执", "收", _KEPT_BY_STATION, False),
    PaperKind.MATERIALS_SLIP: _Nature(2, "收件回执", "收", _KEPT_BY_STATION, False),
    PaperKind.ACCEPTANCE: _Nature(3, "受理通知书", "受", _SERVED, True),
    PaperKind.REFUSAL: _Nature(4, "不予受理通知书", "不受", _SERVED, True),
    PaperKind.DECISION: _Nature(5, "决定书", "决", _SERVED, True),
    PaperKind.VISIT_RECEIPT: _Nature(6, "合并收件回执", "合收", _KEPT_BY_STATION, False),
    PaperKind.SUPPLEMENT_NOTICE: _Nature(7, "补正材料一次性告知书", "补", _TORN, True),
    PaperKind.CUSTODY_SLIP: _Nature(8, "证件交接单", "交", _HANDED_OVER, False),
    PaperKind.APPLICATION_FORM: _Nature(9, "申请表", "表", ("申请人填写",), False),
    PaperKind.SPECIAL_PROCEDURE: _Nature(14, "特别程序告知书", "特", _SERVED, True),
    PaperKind.EXTENSION: _Nature(15, "延期告知书", "延", _SERVED, True),
    PaperKind.RETURN_NOTICE: _Nature(16, "退回件通知", "退", _SERVED, True),
    PaperKind.MANDATE: _Nature(11, "代办委托书", "委", _ENTRUSTED, False),
    PaperKind.AGENCY_ENDED: _Nature(12, "终止代办单", "终", _ENTRUSTED, False),
    PaperKind.AGENCY_CLOSED: _Nature(13, "代办办结单", "结", _ENTRUSTED, False),
    PaperKind.PROOF_OF_DELIVERY: _Nature(17, "送达回证", "送", ("签收后存档",), False),
    PaperKind.CASE_RECORD: _Nature(18, "全程代理承办和跟踪回访登记表", "登", ("归档留存",), False),
}

_KIND_OF_MARK = {kind.mark: kind for kind in PaperKind}


def kind_of(mark: int) -> PaperKind | None:
    """The kind with that number in a QR payload; None when it is of a newer program."""
    return _KIND_OF_MARK.get(mark)
