"""A registration that the centre refused is done again from its own form, and the old number leads to the new case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.domain import events
from app.domain.attachments import NO_MATERIAL
from app.domain.events import PartyRole
from app.domain.numbers import LocalNumber
from app.domain.papers import MaterialsReceipt, PaperKind
from app.journal.refs import Ref
from app.store.rebuild import rebuild
from app.store.verify import verify
from app.usecases import (
    attachments,
    lookup,
    papers,
    refused_registrations,
    registration,
    repairs,
    whereabouts,
)
from app.usecases.authenticity import Verdict, check
from app.usecases.materials import MaterialForm
from app.usecases.parties import PartyForm, SigningForm
from app.usecases.repairs import How, NoReasonToWithdraw, NotRefused
from app.usecases.whereabouts import Whereabouts
from tests.app.usecases.test_repairs import refuse
from tests.builders import VILLAGE, Station, a_case, a_district, a_form, a_station, act, the_item
from tests.pictures import some_scans


def drawn(facts: object) -> bytes:
    return repr(facts).encode()


WHOLE: dict[str, Any] = {
    "applicant": {"address": "湖塘村 3 号", "other_name": "韦妹"},
    "parties": (
        PartyForm(role=PartyRole.ATTORNEY, name="覃小军", relation="儿子", basis="授权委托书"),
    ),
    "mandate": True,
    "urgent": True,
    "note": "行动不便",
    "green": "八十岁以上",
    "signing": SigningForm(written_by="韦代办", read_by="韦代办", witness="莫大山"),
}  # fmt: skip


@pytest.fixture
def village(tmp_path: Path) -> Station:
    return a_station(a_district(), VILLAGE, tmp_path / "v")


def a_whole_form():
    names = [one.name for one in the_item("IT022").materials[:2]]
    taken = tuple(MaterialForm(name=name, copies=n + 1, pages=2) for n, name in enumerate(names))
    return a_form("IT022", **WHOLE, materials=taken)


def registered(station: Station, form):
    return registration.register(station.store, form, by=station.head)


def test_everything_that_was_filled_in_stands_in_the_form_again(village: Station):
    done = registered(village, a_whole_form())
    refuse(village, done.subject)

    form = refused_registrations.refilled(village.store, done.subject).form

    fresh = registered(village, form)
    before = village.store.journal.one(done.subject)
    after = village.store.journal.one(fresh.subject)
    assert before is not None
    assert after is not None
    old, new = map(repairs._registered, (before, after))  # noqa: SLF001
    assert old is not None
    assert new is not None
    for field in (
        "item",
        "mode",
        "mandate",
        "urgent",
        "parties",
        "materials",
        "note",
        "received_on",
    ):
        assert getattr(new, field) == getattr(old, field), field
    assert (new.rare[0].green, new.rare[0].signing) == (old.rare[0].green, old.rare[0].signing)


def test_the_new_case_is_found_by_the_number_on_the_old_receipt(village: Station):
    old = a_case(village, name="韦小妹")
    issued = papers.issue(
        village.store, old, PaperKind.MATERIALS_RECEIPT, by=village.head, render=drawn
    )
    void = lookup.by_number(village.store, str(old)).local_number
    refuse(village, old)
    assert lookup.found(village.store, void) == []

    form = refused_registrations.refilled(village.store, old).form
    new = registered(village, form)

    row = lookup.by_number(village.store, void)
    assert row.subject == new.subject
    assert row.local_number != void
    rebuild(village.store)
    assert lookup.by_number(village.store, void).subject == new.subject
    assert verify(village.store).ok
    checked = check(village.store, issued.facts.code)
    assert checked.verdict is Verdict.GENUINE
    assert lookup.by_number(village.store, checked.local_number).subject == new.subject


def test_the_new_receipt_names_the_void_number(village: Station):
    old = a_case(village)
    void = lookup.by_number(village.store, str(old)).local_number
    refuse(village, old)
    new = registered(village, refused_registrations.refilled(village.store, old).form)

    facts = papers.issue(
        village.store, new.subject, PaperKind.MATERIALS_RECEIPT, by=village.head, render=drawn
    ).facts

    assert isinstance(facts, MaterialsReceipt)
    assert f"代替收件号{void}" in facts.corrected
    assert facts.title.endswith("（更正）")


def test_what_followed_the_refused_registration_is_settled_with_it(village: Station):
    old = a_case(village)
    act(village, old, "forward")
    last = village.store.head().seq
    refuse(village, old)
    refuse(village, Ref(old.device, last), code="follows_refused")
    assert len(repairs.listed(village.store)) == 2

    new = registered(village, refused_registrations.refilled(village.store, old).form)

    assert repairs.listed(village.store) == []
    (settled,) = repairs.seen_to(village.store)
    assert (settled.how, settled.number) == (How.REPLACED, new.local_number)
    assert settled.repair.applicant == "韦小妹"
    village.wall.turn(days=8)
    assert repairs.seen_to(village.store) == []


def test_it_is_registered_again_only_once(village: Station):
    old = a_case(village)
    refuse(village, old)
    form = refused_registrations.refilled(village.store, old).form
    registered(village, form)

    with pytest.raises(NotRefused):
        registered(village, form)
    with pytest.raises(NotRefused):
        refused_registrations.refilled(village.store, old)


def test_only_what_was_refused_is_taken_the_place_of(village: Station):
    good = a_case(village)
    number = lookup.by_number(village.store, str(good)).local_number

    for named in (str(good), number, "450305200204-20261120-A1-0001", "纯属虚构"):
        with pytest.raises(NotRefused):
            registered(village, a_form("IT022", "覃小军", instead_of=named))


def test_what_is_withdrawn_keeps_its_reason_and_may_be_taken_up_again(village: Station):
    old = a_case(village)
    refuse(village, old)

    with pytest.raises(NoReasonToWithdraw):
        repairs.withdraw(village.store, old, " ", by=village.head)
    repairs.withdraw(village.store, old, "申请人改到别处办", by=village.head)

    assert repairs.listed(village.store) == []
    (settled,) = repairs.seen_to(village.store)
    assert (settled.how, settled.reason, settled.by) == (
        How.WITHDRAWN, "申请人改到别处办", village.head.name,
    )  # fmt: skip
    with pytest.raises(NotRefused):
        repairs.withdraw(village.store, old, "再来一次", by=village.head)
    assert registered(village, refused_registrations.refilled(village.store, old).form)


def test_an_act_that_is_withdrawn_gives_the_case_its_place_back(village: Station):
    case = a_case(village)
    act(village, case, "forward")
    ref = Ref(case.device, village.store.head().seq)
    refuse(village, ref)
    row = lookup.by_number(village.store, str(case))
    assert whereabouts.of(village.store, [row]) == [Whereabouts.REFUSED]

    repairs.withdraw(village.store, ref, "不转了", by=village.head)

    assert whereabouts.of(village.store, [row]) == [Whereabouts.AT_CENTRE]


def test_a_station_speaks_for_its_own_numbers_alone(village: Station):
    """A journal that was written by another program may say anything."""
    old = a_case(village)
    told = repairs._registered(village.store.journal.one(old))  # noqa: SLF001
    assert told is not None
    other = LocalNumber.parse("450305200204-20261120-A1-0001")
    with village.store.writing() as tx:
        case = tx.record(
            msgspec.structs.replace(
                told, running=77, rare=(events.RareFacts(instead_of=(other,)),)
            ),
            by=village.head,
        )
    assert case.instead_of is None
    assert lookup.found(village.store, other.text) == []


def test_scans_that_were_attached_go_along_and_those_taken_away_do_not(village: Station):
    old = a_case(village)
    kept, wrong = some_scans(2), some_scans(1)
    attachments.attach(village.store, old, 0, kept, village.head, "正反面")
    attachments.attach(village.store, old, NO_MATERIAL, wrong, village.head)
    case = village.case(old)
    attachments.remove(
        village.store, old, case.attachments[1].ref, reason="放错了", by=village.head
    )
    refuse(village, old)
    for seq in range(old.seq + 1, village.store.head().seq + 1):
        refuse(village, Ref(old.device, seq), code="follows_refused")

    refilled = refused_registrations.refilled(village.store, old)
    new = registration.register(village.store, refilled.form, by=village.head, scans=refilled.scans)

    (attached,) = attachments.of_case(village.store, village.case(new.subject))
    assert (attached.material, attached.attachment.note) == ("申请人居民身份证", "正反面")
    assert [one.digest for one in attached.attachment.sheets] == [one.sheet.digest for one in kept]
    assert repairs.listed(village.store) == []
