"""daiban acts: every verb with the JSON schema of its facts; of one verb each fact in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import click
import msgspec
from msgspec import inspect

from app.usecases.acts import ACTS, Act, UnknownAct
from ui import wording
from ui.commands.answers import answer
from ui.commands.station import json_option
from ui.commands.tables import table
from ui.commands.usage import Command

_REGISTER = "register"
_TITLES: Final = {
    # Fields that carry no title of their own.
    "address": "住址",
    "applicant": "申请人",
    "backlog": "补录（停电时手写的）",
    "basis": "依据什么代表",
    "copies": "复印件份数",
    "count": "件数",
    "department": "由哪个部门办",
    "fingerprint": "按了指印",
    "external_id": "外部编号，防止重复登记",
    "instead_of": "代替哪一件被退回的（daiban repairs --form 给出）",
    "given": "已交",
    "green": "绿色通道的缘由",
    "held": "原件代为保管，以后退还",
    "id_kind": "证件类型",
    "id_note": "号码核对不上的说明",
    "id_number": "证件号码",
    "item": "事项编号或名称",
    "kind": "个人还是单位",
    "mandate": "已签代办委托书",
    "material": "哪份材料",
    "materials": "材料",
    "mode": "办理方式",
    "name": "姓名或名称",
    "note": "备注",
    "original": "有原件",
    "other_name": "曾用名或另一种写法",
    "pages": "页数",
    "parties": "其他当事人",
    "phone": "电话",
    "read_by": "由谁念给本人听",
    "received_on": "收件日期，缺省今天",
    "relation": "与申请人的关系",
    "role": "是什么人",
    "signing": "本人不能读写时怎样签",
    "staff_relative": "是哪位工作人员的亲属",
    "standard": "怎样才算合格",
    "told": "已告知个人信息的用途",
    "urgent": "加急",
    "visit": "同次来访的另一件的收件号",
    "what": "是什么",
    "whose": "谁的",
    "witness": "见证人（不能是经办人）",
    "witness_phone": "见证人电话",
    "written_by": "由谁代笔",
}


@click.command(cls=Command)
@click.argument("verb", required=False)
@json_option
def acts(verb: str | None, as_json: bool) -> None:
    """可以对办件做的每个动作，和 --facts 里要写的内容。

    写上 VERB 就逐项说明这一个，如 daiban acts deliver；
    daiban acts register 说明登记用的文件里每一行可以写什么。
    """
    if verb is None:
        told = [_document(act) for act in ACTS.values()]
        cells = [(act.verb, act.label, _names(act)) for act in ACTS.values()]
        headings = ("动作", "含义", "内容（带 * 的必填；逐项说明：daiban acts 动作）")
        answer({"acts": told}, table(headings, cells), as_json=as_json)
        return
    if verb == _REGISTER:
        from app.usecases.registration import RegistrationForm

        facts: type[msgspec.Struct] = RegistrationForm
        document = {"verb": verb, "label": "登记", "facts": msgspec.json.schema(facts)}
    else:
        act = ACTS.get(verb.replace("-", "_"))
        if act is None:
            raise click.UsageError(wording.sentence(UnknownAct(verb=verb)))
        facts, document = act.facts, _document(act)
    rows = list(_rows(facts))
    lines = table(("内容", "含义", "怎么写"), rows) if rows else ["不用写内容。"]
    answer(document, [f"{document['verb']} {document['label']}", *lines], as_json=as_json)


def _document(act: Act[Any]) -> dict[str, Any]:
    return {"verb": act.verb, "label": act.label, "facts": act.schema()}


def _names(act: Act[Any]) -> str:
    fields = msgspec.structs.fields(act.facts)
    return "、".join(f"{field.name}{'*' if field.required else ''}" for field in fields) or "无"


def _rows(facts: type[msgspec.Struct], below: str = "") -> Iterator[tuple[str, str, str]]:
    """Each field, its title, and what may stand there; fields of what it holds follow it."""
    told = inspect.type_info(facts)
    assert isinstance(told, inspect.StructType)
    for field in told.fields:
        name, kind, title = f"{below}{field.encode_name}", field.type, ""
        if isinstance(kind, inspect.Metadata):
            title, kind = (kind.extra_json_schema or {}).get("title", ""), kind.type
        words, inner = _kind(kind)
        called = title or _TITLES.get(field.encode_name, field.encode_name)
        yield name + ("*" if field.required else ""), called, words
        if inner is not None:
            yield from _rows(inner, f"{name}.")


def _kind(kind: inspect.Type) -> tuple[str, type[msgspec.Struct] | None]:
    """What may stand in a field in words, and the shape of what it holds."""
    if isinstance(kind, inspect.Metadata):
        return _kind(kind.type)
    if isinstance(kind, inspect.UnionType):
        return _kind(next(one for one in kind.types if not isinstance(one, inspect.NoneType)))
    if isinstance(kind, inspect.StructType):
        return "{…}", kind.cls
    if isinstance(kind, inspect.VarTupleType | inspect.ListType):
        words, inner = _kind(kind.item_type)
        return ("[{…}]" if inner else f"[{words}, …]"), inner
    if isinstance(kind, inspect.EnumType):
        return "、".join(_choice(one) for one in kind.cls), None
    if isinstance(kind, inspect.BoolType):
        return "true 是、false 否", None
    if isinstance(kind, inspect.IntType):
        return "整数", None
    if isinstance(kind, inspect.DateType):
        return '"2026-11-21"', None
    return '"文字"', None


def _choice(one: Any) -> str:  # noqa: ANN401 - a member of any enum
    label = getattr(one, "label", "")
    return f'"{one.value}" {label}'.rstrip()
