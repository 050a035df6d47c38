"""An item as text: whatever is published can be typed again, and whatever is typed is read or named."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.item_fields import (
    FIELDS,
    TABLES,
    Field,
    FieldKind,
    enum_label,
    field_named,
    label_of,
)
from app.domain.item_form import ItemForm, differences, form_of, read_form, read_value
from app.domain.items import DecisionClock, Item, Material, missing_disclosures
from tests.builders import the_catalogue, the_item


def changed(form: ItemForm, **fields: str) -> ItemForm:
    return msgspec.structs.replace(form, fields={**form.fields, **fields})


def with_row(form: ItemForm, table: str, row: int, **cells: str) -> ItemForm:
    rows = [dict(one) for one in form.rows(table)]
    rows[row] |= cells
    return msgspec.structs.replace(form, tables={**form.tables, table: tuple(rows)})


def named(struct: type[msgspec.Struct]) -> set[str]:
    return {field.name for field in msgspec.structs.fields(struct)}


def test_every_field_of_an_item_can_be_filled_in():
    fields = {field.name.partition(".")[0] for field in FIELDS} | {table.name for table in TABLES}
    assert fields == named(Item)
    clock = {field.name.removeprefix("clock.") for field in FIELDS if "." in field.name}
    assert clock == named(DecisionClock)
    for table in TABLES:
        assert {field.name for field in table.fields} == named(table.row)


def test_no_two_choices_of_a_field_are_called_the_same():
    for fields in (FIELDS, *(table.fields for table in TABLES)):
        labels = [field.label for field in fields]
        assert len(labels) == len(set(labels))
        for field in fields:
            assert len(set(field.options)) == len(field.options)


@pytest.mark.parametrize("item", the_catalogue().items, ids=lambda item: item.id)
def test_every_item_of_the_catalogue_is_read_as_it_was_written(item):
    assert read_form(form_of(item)) == (item, ())


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=30
)


def filled(field: Field) -> st.SearchStrategy[str]:
    match field.kind:
        case FieldKind.NUMBER:
            made = st.integers(0, field.most).map(str)
        case FieldKind.YUAN:
            made = st.integers(0, 10**12).map(lambda fen: f"{fen // 100}.{fen % 100:02}")
        case FieldKind.ONE | FieldKind.YES_NO:
            made = st.sampled_from(field.options)
        case FieldKind.SOME:
            made = st.lists(st.sampled_from(field.options), unique=True).map("、".join)
        case FieldKind.LINES:
            made = st.lists(WORDS).map("\n".join)
        case FieldKind.DAY:
            made = st.dates().map(str)
        case _:
            made = WORDS
    return st.one_of(st.just(""), made) if field.optional else made


ROWS = {
    table.name: st.fixed_dictionaries({f.name: filled(f) for f in table.fields}) for table in TABLES
}
FORMS = st.builds(
    lambda fields, tables: ItemForm(fields=fields, tables=tables),
    st.fixed_dictionaries({field.name: filled(field) for field in FIELDS}),
    st.fixed_dictionaries(
        {
            table.name: st.lists(ROWS[table.name], max_size=table.most or 2).map(tuple)
            for table in TABLES
        }
    ),
)


@settings(max_examples=40)
@given(FORMS)
def test_what_is_filled_in_rightly_is_read_whole_and_written_back_the_same(form):
    item, faults = read_form(form)
    assert faults == ()
    again, none = read_form(form_of(item))
    assert (again, none) == (item, ())


@settings(max_examples=60)
@given(
    st.dictionaries(st.sampled_from([field.name for field in FIELDS]), st.text(max_size=12)),
    st.dictionaries(
        st.sampled_from([table.name for table in TABLES]),
        st.lists(st.dictionaries(st.sampled_from(["name", "days", "by"]), st.text(max_size=5)), max_size=2).map(tuple),
    ),
)  # fmt: skip
def test_whatever_is_typed_is_read_or_named_but_nothing_falls_over(fields, tables):
    item, _ = read_form(ItemForm(fields=fields, tables=tables))
    missing_disclosures(item)
    differences(the_item("IT001"), item)


@pytest.mark.parametrize(
    ("name", "typed", "wrong"),
    [
        ("clock.promised", "二十", "整数"),
        ("clock.promised", "", "没有填"),
        ("clock.promised", "3651", "不能大于 3650"),
        ("clock.promised", "２０", None),
        ("clock.statutory", "", None),
        ("licence", "也许", "“是”或“否”"),
        ("kind", "快办件", "可用的有：即办件、承诺件、上报件"),
        ("who_may_apply", "本人，户主", None),
        ("who_may_apply", "路人", "没有“路人”"),
        ("effective", "2026年12月1日", None),
        ("effective", "2026-02-30", "应为日期"),
        ("in_person_required", "首次申请须本人到场", None),
    ],
)
def test_a_field_says_what_is_wrong_with_a_text(name, typed, wrong):
    field = field_named(name)
    assert field is not None
    said = read_value(field, typed)
    assert (said is None) if wrong is None else (said is not None and wrong in said)


@pytest.mark.parametrize(
    ("typed", "fen"), [("12.5", 1250), ("¥1,409.50", 140950), ("8元", 800), ("0", 0), ("", None)]
)
def test_money_is_typed_in_yuan(typed, fen):
    form = form_of(the_item("IT045"))
    row = {"name": "工本费", "amount_fen": typed, "basis": "某文件", "exemption": ""}
    item, faults = read_form(msgspec.structs.replace(form, tables={**form.tables, "fees": (row,)}))
    assert faults == ()
    assert item.fees[0].amount_fen == fen


@pytest.mark.parametrize("typed", ["1.234", "-1", "NaN", "Infinity", "一元", "1e99"])
def test_what_is_no_amount_is_named(typed):
    fees = next(table for table in TABLES if table.name == "fees")
    assert read_value(fees.field("amount_fen"), typed) is not None


def test_a_fault_names_its_row_and_column():
    form = with_row(form_of(the_item("IT001")), "materials", 2, copies="很多", issuer="")
    _, faults = read_form(form)
    assert [(one.field, one.row, one.column) for one in faults] == [
        ("materials", 2, "issuer"),
        ("materials", 2, "copies"),
    ]


def test_there_is_one_public_notice():
    form = form_of(the_item("IT001"))
    twice = form.rows("public_notice") * 2
    _, faults = read_form(
        msgspec.structs.replace(form, tables={**form.tables, "public_notice": twice})
    )
    assert [one.row for one in faults] == [1]


def test_differences_are_told_in_the_words_of_the_form():
    before = the_item("IT001")
    after = msgspec.structs.replace(
        before,
        version=2,
        clock=msgspec.structs.replace(before.clock, promised=16),
        materials=before.materials[:-1],
    )
    days, papers = differences(before, after)
    assert (days.label, days.before, days.after) == ("承诺时限", "21", "16")
    assert papers.label == "申报材料"
    assert before.materials[-1].name in papers.before
    assert papers.after == ""
    assert differences(before, before) == ()


def test_another_order_is_a_difference_too():
    before = the_item("IT001")
    (found,) = differences(before, msgspec.structs.replace(before, steps=before.steps[::-1]))
    assert (found.label, found.after) == ("办理环节", "顺序变了")


def test_every_value_has_its_chinese():
    assert enum_label(the_item("IT001").materials[0].required) == "必交"
    assert label_of("clock.statutory") == "法定时限"
    assert label_of("materials") == "申报材料"
    assert isinstance(the_item("IT001").materials[0], Material)
