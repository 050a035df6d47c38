"""Scans: by whom, of what, until when; nothing else of the case moves."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from app.domain import events
from app.domain.attachments import LARGEST_SHEET, LONGEST_SIDE, MOST_SHEETS, NO_MATERIAL
from app.domain.case import Case, State
from app.domain.events import Role
from app.journal.refs import Ref
from tests.app.domain.rules import scene
from tests.app.domain.rules.scene import (
    ATTACHMENT,
    DAY,
    DISTRICT,
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    a_case,
    a_sheet,
    at,
    attaching,
    changed,
    detaching,
    done,
    refusal,
)
from tests.builders import a_device


def with_one(case: Case, **said: object) -> Case:
    return changed(case, attachments=(msgspec.structs.replace(ATTACHMENT, **said),))


def test_scans_are_attached_to_a_material_and_change_nothing_else():
    case = a_case()
    after = done(case, attaching(1, a_sheet(1), a_sheet(2), note="正反面"), at(VILLAGE, time=77))
    (one,) = after.attachments
    assert (one.ref, one.material, one.note) == (at(VILLAGE).ref, 1, "正反面")
    assert (one.station, one.by, one.at) == (VILLAGE, scene.PEOPLE[VILLAGE], 77)
    assert [sheet.digest[0] for sheet in one.sheets] == [1, 2]
    assert msgspec.structs.replace(after, attachments=(), heads=case.heads) == case


def test_what_was_signed_at_the_end_is_attached_after_the_end():
    case = done(scene.delivered(), attaching(NO_MATERIAL), at(TOWNSHIP))
    assert case.attachments[0].material == NO_MATERIAL
    locked = scene.archived()
    assert refusal(locked, attaching(), at(TOWNSHIP)) == ("out_of_place", State.ARCHIVED)


@pytest.mark.parametrize("state", sorted(State))
def test_a_file_takes_scans_until_it_is_archived_however_it_ended(state: State):
    """A withdrawal is signed when it happens, and whoever files a case may find a scan missing."""
    case = changed(scene.in_progress(), state=state)
    if state.locked:
        assert refusal(case, attaching(), at(TOWNSHIP)) == ("out_of_place", state)
    else:
        assert done(case, attaching(), at(TOWNSHIP)).state is state


def test_who_scans_has_not_handled_the_case():
    """Else nobody in a small village could make the follow-up."""
    case = scene.delivered()
    assert done(case, attaching(), at(VILLAGE)).handlers == case.handlers


def test_the_station_that_took_it_in_attaches_while_the_papers_are_elsewhere():
    case = scene.in_progress()
    assert case.place == TOWNSHIP
    assert done(case, attaching(), at(VILLAGE)).attachments
    assert done(case, attaching(), at(TOWNSHIP, Role.ARCHIVIST)).attachments


def test_whoever_has_no_part_in_the_case_attaches_nothing():
    case = a_case()  # a village's, which the township decides
    assert refusal(case, attaching(), at(DISTRICT)) == ("not_permitted", "not_the_authority")
    assert refusal(case, attaching(), at(VILLAGE, Role.SUPERVISOR)) == ("not_permitted", "role")


def test_another_village_of_the_township_removes_and_attaches_nothing():
    case = scene.in_progress()  # the papers lie at the township
    assert refusal(case, attaching(), at(OTHER_VILLAGE)) == ("not_permitted", "other_region")


@pytest.mark.parametrize("material", [-2, 99])
def test_a_material_that_the_item_does_not_have_is_refused(material: int):
    assert refusal(a_case(), attaching(material), at(VILLAGE)) == ("bad_facts", "unknown")


@pytest.mark.parametrize(
    "sheets",
    [(), (a_sheet(1), a_sheet(1)), tuple(a_sheet(n) for n in range(MOST_SHEETS + 1))],
    ids=["none", "twice", "too many"],
)
def test_an_entry_names_some_sheets_each_once_and_not_too_many(sheets):
    body = events.AttachmentAdded(material=0, sheets=sheets)
    assert refusal(a_case(), body, at(VILLAGE)) == ("bad_facts", "number")


@pytest.mark.parametrize(
    "said",
    [
        {"digest": b"short"},
        {"size": 0},
        {"size": LARGEST_SHEET + 1},
        {"width": 0},
        {"height": LONGEST_SIDE + 1},
    ],
)
def test_what_this_product_could_not_have_made_is_no_scan(said: dict[str, Any]):
    assert refusal(a_case(), attaching(0, a_sheet(**said)), at(VILLAGE)) == (
        "bad_facts",
        "not_an_image",
    )


def test_a_mistake_is_taken_out_of_sight_with_a_reason():
    case = with_one(a_case())
    assert refusal(case, detaching(reason=" "), at(VILLAGE)) == ("bad_facts", "empty")
    after = done(case, detaching(), at(VILLAGE, time=5))
    (one,) = after.attachments
    assert one.removed is not None
    assert (one.removed.by, one.removed.at, one.removed.reason) == (
        scene.PEOPLE[VILLAGE],
        5,
        "扫错了",
    )
    assert one.sheets == ATTACHMENT.sheets
    assert refusal(after, detaching(), at(VILLAGE)) == ("out_of_place", "attachment_removed")
    unknown = Ref(a_device(3), 8)
    assert refusal(case, detaching(unknown), at(VILLAGE)) == ("bad_facts", "unknown")


def test_what_a_higher_tier_attached_is_not_removed_from_below():
    case = with_one(scene.in_progress(), station=TOWNSHIP)
    assert refusal(case, detaching(), at(VILLAGE)) == ("not_permitted", "attached_above")
    assert done(case, detaching(), at(TOWNSHIP)).attachments[0].removed
    of_the_village = with_one(scene.in_progress())
    assert done(of_the_village, detaching(), at(TOWNSHIP)).attachments[0].removed


def test_scans_stay_with_their_material_when_the_item_is_corrected():
    before, after = scene.item_of(scene.PLAIN), scene.item_of(scene.REVIEWED)
    shared = [one.name for one in before.materials if one.name in {m.name for m in after.materials}]
    case = a_case()
    for place in range(len(before.materials)):
        setting = at(VILLAGE, seq=3 + place)
        case = done(case, attaching(place, a_sheet(place + 1)), setting)
    body = events.CaseCorrected(
        on=DAY, reason="选错事项", item=after.id, item_version=after.version
    )
    corrected = done(case, body, at(VILLAGE))
    for old, new in zip(before.materials, corrected.attachments, strict=True):
        if old.name in shared:
            assert after.materials[new.material].name == old.name
        else:
            assert new.material == NO_MATERIAL
