"""Pages that are kept already are attached to a case all at once, and the rules say who may."""

import pytest

from app.domain.events import Role
from app.store import attachments as images
from app.usecases import attaching, attachments, operators
from app.usecases.attachments import MaterialScans, ScanLost
from app.usecases.materials import MaterialNotAsked
from tests.builders import VILLAGE, a_case, a_district, a_station, the_item
from tests.ui.desktop.scans.papers import png


@pytest.fixture
def village(tmp_path):
    station = a_station(a_district(), VILLAGE, tmp_path / "village")
    yield station
    station.store.close()


@pytest.fixture
def case(village):
    return a_case(village)


def kept(station, *marks):
    return attachments.keep(
        station.store, [attachments.read_images(png(mark), "页")[0] for mark in marks]
    )


def test_pages_of_several_materials_are_attached_in_one_act(village, case):
    first = the_item("IT022").materials[0].name
    scans = [
        MaterialScans(material=first, sheets=kept(village, 1, 2)),
        MaterialScans(sheets=kept(village, 3)),
    ]
    attached = attaching.attach_kept(village.store, case, scans, village.head)
    assert [(one.material, len(one.sheets)) for one in attached.attachments] == [(0, 2), (-1, 1)]


def test_nothing_is_attached_when_one_of_them_cannot_be(village, case):
    sheets, gone = kept(village, 1), kept(village, 2)
    images.forget(village.store, [gone[0].digest])
    with pytest.raises(ScanLost):
        attaching.attach_kept(
            village.store, case, [MaterialScans(sheets=sheets), MaterialScans(sheets=gone)], village.head,
        )  # fmt: skip
    with pytest.raises(MaterialNotAsked):
        attaching.attach_kept(
            village.store, case,
            [MaterialScans(sheets=sheets), MaterialScans(material="没有的材料", sheets=sheets)],
            village.head,
        )  # fmt: skip
    assert village.store.case(case).attachments == ()


def test_who_may_attach_and_take_away_is_asked_of_the_rules(village, case):
    store = village.store
    clerkless = operators.add(store, "莫看看", Role.SUPERVISOR)
    attaching.attach_kept(store, case, [MaterialScans(sheets=kept(village, 1))], village.head)
    now = store.case(case)
    added = now.attachments[0].ref
    assert attaching.may_attach(store, now, village.head)
    assert attaching.may_remove(store, now, added, village.head)
    assert not attaching.may_attach(store, now, clerkless)
    removed = attachments.remove(store, case, added, "放错了", village.head)
    assert not attaching.may_remove(store, removed, added, village.head)
