"""The fields of an item as a person fills them in: what each is called, and what may stand there.

Forms, Excel sheets and lists of changes are made from this one table.
Fields of a part are named with a dot (`clock.promised`); what comes several times is a table of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import msgspec

from app.domain.items import (
    Applicant,
    Certifiable,
    Confidence,
    Delegation,
    Fee,
    Form,
    Handling,
    Kind,
    LegalBasis,
    Level,
    Mask,
    Material,
    Mode,
    PublicNotice,
    Required,
    Retention,
    Sensitive,
    Starts,
    Step,
    StepBy,
    StoppingProcedure,
)
from app.domain.limits import Unit

MOST_DAYS: Final = 3650
MOST_COPIES: Final = 99
MOST_VERSIONS: Final = 1_000_000

_LABELS: Final[Mapping[type[StrEnum], Mapping[str, str]]] = {
    Handling: {"case": "逐件办理", "roster": "名册", "consultation": "咨询", "inform": "告知"},
    StepBy: {
        "applicant": "申请人",
        "village": "村（社区）",
        "township": "镇街",
        "district": "区级部门",
        "external": "外部机构",
    },
    Delegation: {"none": "无", "entrusted": "委托", "authorised": "授权"},
    Starts: {"receipt": "收到申请", "taking_over": "接收材料", "acceptance": "受理"},
    Required: {"always": "必交", "when": "视情形"},
    Mask: {"id": "证件号码", "phone": "电话", "account": "账号", "name": "姓名"},
    Applicant: {
        "self": "本人",
        "guardian": "监护人",
        "close_relative": "近亲属",
        "agent_with_mandate": "受委托的人",
        "household_head": "户主",
        "organisation": "单位",
    },
    Sensitive: {"health": "健康", "children": "未成年人", "bank": "银行账户", "biometric": "生物识别"},
    Retention: {one.value: one.label for one in Retention},
    Confidence: {"high": "可靠", "medium": "待核对", "low": "没有核实"},
    Unit: {"working": "工作日", "natural": "自然日"},
}  # fmt: skip


def enum_label(value: StrEnum) -> str:
    """The Chinese of a value, as forms and sheets have it."""
    named = _LABELS.get(type(value))
    return named[value.value] if named is not None else str(getattr(value, "label"))  # noqa: B009


class FieldKind(StrEnum):
    """How a field is written as text."""

    TEXT = "text"
    LONG = "long"
    LINES = "lines"  # several, one a line
    NUMBER = "number"
    YUAN = "yuan"
    YES_NO = "yes_no"
    YES_NO_WHEN = "yes_no_when"  # 是, 否, or who and when
    ONE = "one"
    SOME = "some"  # joined by 、
    DAY = "day"


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """`choices` are the enum's values; `optional`: may be empty; `most` the largest number."""

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    choices: type[StrEnum] | None = None
    optional: bool = False
    most: int = MOST_DAYS
    note: str = ""

    @property
    def options(self) -> tuple[str, ...]:
        """What may be chosen, in words."""
        if self.kind is FieldKind.YES_NO:
            return ("是", "否")
        return tuple(enum_label(one) for one in self.choices or ())


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """What an item has several of; `most` rows, 0: any number."""

    name: str
    label: str
    row: type[msgspec.Struct]
    fields: tuple[Field, ...]
    most: int = 0

    def field(self, name: str) -> Field:
        return next(one for one in self.fields if one.name == name)


def _text(name: str, label: str, *, optional: bool = False, note: str = "") -> Field:
    return Field(name=name, label=label, optional=optional, note=note)


def _long(name: str, label: str, *, optional: bool = False, note: str = "") -> Field:
    return Field(name=name, label=label, kind=FieldKind.LONG, optional=optional, note=note)


def _lines(name: str, label: str, note: str = "每行一条", *, optional: bool = True) -> Field:
    return Field(name=name, label=label, kind=FieldKind.LINES, optional=optional, note=note)


def _one(name: str, label: str, choices: type[StrEnum], *, optional: bool = False) -> Field:
    return Field(name=name, label=label, kind=FieldKind.ONE, choices=choices, optional=optional)


def _some(name: str, label: str, choices: type[StrEnum], *, optional: bool = True) -> Field:
    return Field(
        name=name, label=label, kind=FieldKind.SOME, choices=choices, optional=optional,
        note="可以有几个，用、隔开",
    )  # fmt: skip


def _number(name: str, label: str, *, optional: bool = False, most: int = MOST_DAYS) -> Field:
    return Field(name=name, label=label, kind=FieldKind.NUMBER, optional=optional, most=most)


def _yes_no(name: str, label: str) -> Field:
    return Field(name=name, label=label, kind=FieldKind.YES_NO)


FIELDS: Final[tuple[Field, ...]] = (
    _text("id", "事项编号", note="两个大写字母和三至六位数字，定了就不改"),
    _text("name", "事项名称"),
    Field(
        name="version", label="版本", kind=FieldKind.NUMBER, most=MOST_VERSIONS, optional=True,
        note="导出时的版本，由程序填写",
    ),
    Field(
        name="effective", label="生效日期", kind=FieldKind.DAY, optional=True,
        note="这一版从哪天起，由程序填写",
    ),
    _lines("aliases", "别名和旧名", "俗称、旧名，每行一个"),
    _text("category", "类别"),
    _one("handling", "办理形式", Handling),
    _one("kind", "办件类型", Kind),
    _one("mode", "村里的方式", Mode),
    _one("receives", "谁接收", Level),
    _one("decides", "谁决定", Level),
    _text("external_body", "外部机构", optional=True, note="由外部机构决定的才填"),
    _one("delegation", "镇街的权力", Delegation),
    _yes_no("licence", "是否行政许可"),
    _long("window_authority", "窗口权限"),
    _one("clock.starts", "时限起算", Starts),
    _number("clock.promised", "承诺时限"),
    _number("clock.statutory", "法定时限", optional=True),
    _one("clock.unit", "时限单位", Unit),
    _number("clock.extension", "可延期", optional=True),
    _text("clock.extension_by", "延期由谁批准", optional=True),
    _long("procedure", "办理程序"),
    _text("application_form", "申请表名称", optional=True),
    _lines("standards", "审批标准", optional=False),
    _lines("preconditions", "先要具备的条件"),
    _text("quantity_limit", "数量限制", optional=True),
    _some("who_may_apply", "谁可以申请", Applicant, optional=False),
    Field(
        name="in_person_required", label="须本人到场", kind=FieldKind.YES_NO_WHEN,
        note="是、否，或者写明谁、什么时候到场",
    ),
    _long("complaint_channel", "投诉渠道"),
    _some("sensitive", "涉及的敏感信息", Sensitive),
    _yes_no("never_publish", "内容不得公开"),
    _one("retention", "保管期限", Retention, optional=True),
    _lines("seeds", "来源文件"),
    _long("note", "备注", optional=True),
)  # fmt: skip

TABLES: Final[tuple[Table, ...]] = (
    Table(
        name="materials", label="申报材料", row=Material,
        fields=(
            _text("name", "材料名称"),
            _text("issuer", "出具单位"),
            _one("form", "形式", Form),
            Field(
                name="copies", label="收取份数", kind=FieldKind.NUMBER, most=MOST_COPIES,
                note="0：看过就还",
            ),
            _one("required", "是否必交", Required),
            _text("condition", "什么情形", optional=True, note="视情形提交的才填"),
            _long("note", "说明", optional=True),
        ),
    ),
    Table(
        name="steps", label="办理环节", row=Step,
        fields=(
            _text("name", "环节"),
            _one("by", "由谁", StepBy),
            _number("days", "天数", optional=True),
        ),
    ),
    Table(
        name="legal_basis", label="设立依据", row=LegalBasis,
        fields=(
            _text("title", "名称"),
            _text("document_no", "文号", optional=True),
            _one("confidence", "是否核实", Confidence),
        ),
    ),
    Table(
        name="fees", label="收费", row=Fee,
        fields=(
            _text("name", "项目"),
            Field(
                name="amount_fen", label="金额（元）", kind=FieldKind.YUAN, optional=True,
                note="空着：按当地标准",
            ),
            _text("basis", "依据"),
            _text("exemption", "减免", optional=True),
        ),
    ),
    Table(
        name="stops_clock", label="特别程序", row=StoppingProcedure,
        fields=(
            _text("type", "程序"),
            _text("basis", "依据"),
            _number("max_days", "最长天数", optional=True),
            _one("unit", "单位", Unit),
        ),
    ),
    Table(
        name="public_notice", label="公示", row=PublicNotice, most=1,
        fields=(
            _number("days", "天数"),
            _one("unit", "单位", Unit),
            _long("shows", "公示什么"),
            _some("masks", "遮住什么", Mask),
            _yes_no("never_publish", "不得公开"),
        ),
    ),
    Table(
        name="positive_list", label="可以开具的证明", row=Certifiable,
        fields=(
            _text("name", "证明名称"),
            _text("basis", "依据"),
            _one("confidence", "是否核实", Confidence),
            _long("limit", "限于"),
        ),
    ),
)  # fmt: skip

PUBLISHERS: Final = ("version", "effective")
"""What publishing gives, not the editor."""

_BY_NAME: Final = {field.name: field for field in FIELDS}
_TABLES: Final = {table.name: table for table in TABLES}


def field_named(name: str) -> Field | None:
    """The item's own field of that name."""
    return _BY_NAME.get(name)


def table_named(name: str) -> Table | None:
    return _TABLES.get(name)


def label_of(name: str) -> str:
    """What a field or table of an item is called; a part of a clock by its own name."""
    field = _BY_NAME.get(name)
    if field is not None:
        return field.label
    table = _TABLES.get(name.partition(".")[0])
    return table.label if table is not None else name
