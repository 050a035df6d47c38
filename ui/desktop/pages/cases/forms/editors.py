"""One editor for each kind of fact: what it shows at first, what it gives, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.identity import normal_digits
from ui.desktop.look.mood import Mood
from ui.desktop.pages.cases.forms.rows import Column, Rows, offer_among
from ui.desktop.pages.cases.forms.shapes import FactKind, FactShape, wire
from ui.desktop.pages.cases.question import ActQuestion
from ui.desktop.pages.cases.sheet import SheetMaterial
from ui.desktop.widgets.checklist import Checklist, Line
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.day_edit import DayEdit
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.radio import Radios
from ui.desktop.widgets.suggest_box import SuggestBox
from ui.desktop.widgets.text_area import TextArea
from ui.desktop.widgets.tick import Tick

_FREE: Final = frozenset({"where", "body"})
"""Of these the options are only offers: whatever else is typed stands too."""
_FEW: Final = 4
NOTHING: Final = msgspec.UNSET
"""What is not said at all, so that the act's own default holds."""


class FactEditor(msgspec.Struct, frozen=True, kw_only=True):
    """`read` gives the fact, or NOTHING; `fault` what is wrong with what stands there, empty if nothing is."""

    shape: FactShape
    widget: QWidget
    read: Callable[[], Any]
    fault: Callable[[], str] = lambda: ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("editors", text)


def editor_of(shape: FactShape, question: ActQuestion) -> FactEditor:
    """The editor of one field, with what it begins with."""
    known = question.known.get(shape.name, shape.default)
    options = question.options.get(shape.name, ())
    match shape.kind:
        case FactKind.LINE if options and shape.name not in _FREE:
            return _chosen(shape, [(one.label, one.value) for one in options], known)
        case FactKind.LINE:
            return _line(shape, known, tuple(str(one.value) for one in options))
        case FactKind.LINES:
            return _lines(shape, known)
        case FactKind.COUNT:
            return _count(shape, known)
        case FactKind.FLAG:
            return _flag(shape, known)
        case FactKind.DAY:
            return _day(shape, known, question)
        case FactKind.ONE_OF:
            return _one_of(shape, known)
        case FactKind.SOME_OF:
            return _some_of(shape, [(one.label, int(one.value)) for one in options])
        case FactKind.MATERIALS:
            return _materials(shape, question)
        case FactKind.ROWS:
            return _rows(shape)


def _line(shape: FactShape, known: object, offers: tuple[str, ...]) -> FactEditor:
    edit: LineEdit
    if offers:
        edit = box = SuggestBox()
        box.set_first_marked(False)
        offer_among(box, offers)
    else:
        edit = LineEdit()
    edit.setMaxLength(shape.most or edit.maxLength())
    edit.setText(str(known or ""))
    return FactEditor(
        shape=shape,
        widget=edit,
        read=lambda: edit.text().strip(),
        fault=lambda: _empty(shape, edit.text()),
    )


def _lines(shape: FactShape, known: object) -> FactEditor:
    area = TextArea(lines=2)
    area.set_text(str(known or ""))
    return FactEditor(
        shape=shape,
        widget=area,
        read=lambda: area.text().strip(),
        fault=lambda: _empty(shape, area.text()),
    )


def _count(shape: FactShape, known: object) -> FactEditor:
    edit = LineEdit()
    edit.setText(str(known) if known else "")

    def read() -> object:
        digits = normal_digits(edit.text())
        return int(digits) if digits.isascii() and digits.isdigit() else NOTHING

    def fault() -> str:
        text = edit.text().strip()
        if not text:
            return _tr("请填写数字。") if shape.required else ""
        number = read()
        if not isinstance(number, int):
            return _tr("请填写数字。")
        low, high = shape.least or 0, shape.most
        if number < low or (high is not None and number > high):
            return _tr("请填 {low} 到 {high} 之间的数。").format(low=low, high=high)
        return ""

    return FactEditor(shape=shape, widget=edit, read=read, fault=fault)


def _flag(shape: FactShape, known: object) -> FactEditor:
    tick = Tick(shape.title)
    tick.setChecked(bool(known))
    return FactEditor(shape=shape, widget=tick, read=tick.isChecked)


def _day(shape: FactShape, known: Any, question: ActQuestion) -> FactEditor:  # noqa: ANN401
    edit = DayEdit(question.today)
    edit.set_day(known)

    def fault() -> str:
        if edit.is_wrong():
            return _tr("请填写日期，如 {example}。").format(example=f"{question.today:%m-%d}")
        return _tr("请填写日期。") if shape.required and edit.day() is None else ""

    return FactEditor(
        shape=shape,
        widget=edit,
        read=lambda: NOTHING if edit.day() is None else wire(edit.day()),
        fault=fault,
    )


def _one_of(shape: FactShape, known: Any) -> FactEditor:  # noqa: ANN401
    if known is None or len(shape.values) > _FEW:
        return _chosen(shape, list(shape.values), known)
    radios = Radios(list(shape.values))
    radios.set_value(str(known))
    return FactEditor(shape=shape, widget=radios, read=radios.value)


def _chosen(shape: FactShape, values: list[tuple[str, Any]], known: Any) -> FactEditor:  # noqa: ANN401
    """Nothing is chosen until somebody does, where there is a choice."""
    blank = _tr("请选择") if shape.required else _tr("按规定")
    only = shape.required and len(values) == 1
    choice = Choice([*([] if only else [(blank, None)]), *values])
    choice.set_value(None if known is None else str(known))
    return FactEditor(
        shape=shape,
        widget=choice,
        read=lambda: NOTHING if choice.value() is None else choice.value(),
        fault=lambda: _tr("请选择。") if shape.required and choice.value() is None else "",
    )


def _some_of(shape: FactShape, values: list[tuple[str, int]]) -> FactEditor:
    """All of them at first."""
    checklist = Checklist()
    checklist.show_lines([Line(title=label, key=value, ticked=True) for label, value in values])

    def read() -> list[int]:
        return [value for _, value in values if checklist.is_ticked(value)]

    return FactEditor(
        shape=shape,
        widget=checklist,
        read=read,
        fault=lambda: "" if read() else _tr("请至少勾选一样。"),
    )


def _materials(shape: FactShape, question: ActQuestion) -> FactEditor:
    """What is still missing first; what is there may come again, better."""
    asked = sorted(question.sheet.materials, key=lambda one: one.given)
    checklist = Checklist()
    checklist.show_lines([material_line(one, key) for key, one in enumerate(asked)])

    def read() -> list[object]:
        ticked = [one for key, one in enumerate(asked) if checklist.is_ticked(key)]
        return [msgspec.to_builtins(one.ordinary) for one in ticked]

    return FactEditor(
        shape=shape,
        widget=checklist,
        read=read,
        fault=lambda: _tr("请勾选带来的材料。") if shape.required and not read() else "",
    )


def material_line(material: SheetMaterial, key: int, *, ticked: bool = False) -> Line:
    lacking = material.required and not material.given
    return Line(
        title=material.name,
        key=key,
        detail=material.detail,
        ticked=ticked,
        right=_tr("缺") if lacking else _tr("已有") if material.given else "",
        mood=Mood.BAD if lacking else Mood.PLAIN,
    )


def _rows(shape: FactShape) -> FactEditor:
    columns = [
        Column(
            name=one.name,
            title=one.title,
            default=str(one.default or ""),
            share=1 if one.kind is FactKind.COUNT else 3,
        )
        for one in shape.columns
    ]
    rows = Rows(columns, _tr("再添一行"))
    for _ in range(shape.least or 1):
        rows.add()
    counts = {one.name for one in shape.columns if one.kind is FactKind.COUNT}
    needed = [one for one in shape.columns if one.required]

    def read() -> list[dict[str, object]]:
        return [
            {name: int(text) if name in counts else text for name, text in one.items() if text}
            for one in rows.values()
            if any(one[column.name] for column in needed)
        ]

    def fault() -> str:
        told = rows.values()
        wrong = [one for one in told for name in counts if one[name] and not one[name].isdigit()]
        bare = [one for one in told for column in needed if not one[column.name]]
        least = shape.least or 0
        if wrong:
            return _tr("件数请填数字。")
        if len(told) < least or bare:
            return _tr("请至少填写 {n} 行，每行写完整。").format(n=max(least, 1))
        return ""

    return FactEditor(shape=shape, widget=rows, read=read, fault=fault)


def _empty(shape: FactShape, text: str) -> str:
    if not shape.required or text.strip():
        return ""
    return _tr("请填写{title}。").format(title=shape.title)
