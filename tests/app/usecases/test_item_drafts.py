"""What the district has begun to edit: kept on this computer, one draft for an item."""

from __future__ import annotations

from app.domain.item_form import ItemForm, form_of
from app.store import item_drafts as table
from app.usecases import item_drafts
from tests.builders import DISTRICT, a_district, a_station, the_item


def test_a_draft_is_kept_as_it_was_typed_and_replaced(tmp_path):
    centre = a_station(a_district(), DISTRICT, tmp_path)
    store, by = centre.store, centre.head
    half = ItemForm(
        fields={"id": "IT900", "clock.promised": "十"}, tables={"fees": ({"name": "x"},)}
    )
    item_drafts.keep(store, "IT001", form_of(the_item("IT001")), by=by)
    item_drafts.keep(store, "IT900", half, by=by)
    item_drafts.keep(store, "IT001", half, by=by)
    assert [one.item for one in item_drafts.every(store)] == ["IT001", "IT900"]
    kept = item_drafts.of(store, "IT001")
    assert kept is not None
    assert (kept.form, kept.editor) == (half, by.name)
    item_drafts.discard(store, "IT001")
    assert item_drafts.of(store, "IT001") is None
    item_drafts.discard(store, "IT001")
    store.close()


def test_a_draft_that_cannot_be_read_is_left_alone(tmp_path):
    centre = a_station(a_district(), DISTRICT, tmp_path)
    with centre.store.changing():
        table.save(centre.store, "IT001", "某人", b"\xc1")
    assert item_drafts.of(centre.store, "IT001") is None
    assert item_drafts.every(centre.store) == []
    centre.store.close()


def test_drafts_are_no_entries(tmp_path):
    centre = a_station(a_district(), DISTRICT, tmp_path)
    written = centre.store.head().seq
    item_drafts.keep(centre.store, "IT001", ItemForm(), by=centre.head)
    assert centre.store.head().seq == written
    centre.store.close()
