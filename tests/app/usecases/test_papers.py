"""Documents about a case: what they say, whose they are, and that they are issued once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from app.domain.events import PaperIssued, Role
from app.domain.papers import (
    AcceptanceNotice,
    DecisionNotice,
    MaterialsReceipt,
    PaperKind,
    RefusalNotice,
)
from app.domain.receipt_code import matches, read_code
from app.journal.refs import Ref
from app.store.exchange import Verdict
from app.store.rebuild import rebuild
from app.store.transaction import CaseUnreadable
from app.store.verify import verify
from app.usecases import authenticity, papers
from app.usecases.authenticity import Record
from app.usecases.materials import MaterialForm
from app.usecases.paper_facts import PaperNotDue, PaperNotOurs
from app.usecases.papers import Issued, NoSuchPaper, UnknownPaper
from tests.builders import (
    TOWNSHIP,
    VILLAGE,
    Station,
    a_case,
    a_district,
    a_station,
    act,
    carry,
    hand,
    meet,
    the_item,
)
from tests.printing.samples import a_decision, a_receipt, an_acceptance


def _without_remedies() -> bytes:
    """What no program of ours would make."""
    said = msgspec.msgpack.decode(msgspec.msgpack.encode(a_decision()))
    return msgspec.msgpack.encode(said | {"approved": False, "remedies": ""})


Stations = tuple[Station, Station]


@pytest.fixture
def stations(tmp_path: Path) -> Stations:
    district = a_district()
    village = a_station(district, VILLAGE, tmp_path / "v")
    township = a_station(district, TOWNSHIP, tmp_path / "t")
    meet(village, township)
    return village, township


def issue(station: Station, subject: Ref, kind: PaperKind) -> Issued:
    return papers.issue(
        station.store, subject, kind, by=station.head, render=lambda facts: repr(facts).encode()
    )


def in_progress(stations: Stations) -> Ref:
    village, township = stations
    subject = a_case(village, "IT022")
    act(village, subject, "forward")
    meet(*stations)
    act(township, subject, "take_over")
    act(township, subject, "accept")
    meet(*stations)
    return subject


def test_a_receipt_says_what_was_given_what_lacks_and_when_it_goes_on(stations: Stations):
    village, _ = stations
    name = the_item("IT022").materials[0].name
    subject = a_case(village, "IT022", materials=(MaterialForm(name=name, copies=2),))
    facts = issue(village, subject, PaperKind.MATERIALS_RECEIPT).facts
    assert isinstance(facts, MaterialsReceipt)
    given = {line.name: line.given for line in facts.materials}
    assert given[name]
    assert facts.forward_by is not None
    assert facts.local_number == f"{VILLAGE}-20261120-A2-0001"
    assert "450305196203151028" not in repr(facts)  # it may lie about in public
    assert facts.reprint == 0


def test_the_second_print_is_a_reprint_of_the_first_marked_and_counted(stations: Stations):
    village, township = stations
    subject = a_case(village, "IT022")
    first = issue(village, subject, PaperKind.MATERIALS_RECEIPT).facts
    act(village, subject, "forward")
    village.wall.turn(days=3)
    again = [issue(village, subject, PaperKind.MATERIALS_RECEIPT).facts for _ in range(2)]
    assert [facts.reprint for facts in again] == [1, 2]
    assert {facts.number for facts in again} == {first.number}
    assert {facts.issued_on for facts in again} == {first.issued_on}
    meet(*stations)
    assert [paper.reprint for paper in township.case(subject).papers] == [0, 1, 2]
    assert village.case(subject) == township.case(subject)


def test_a_receipt_whose_materials_have_changed_is_issued_anew(stations: Stations):
    village, _ = stations
    subject = a_case(village, "IT022")
    first = issue(village, subject, PaperKind.MATERIALS_RECEIPT).facts
    name = the_item("IT022").materials[0].name
    act(village, subject, "supply", materials=[{"name": name, "original": True, "held": True}])

    second = issue(village, subject, PaperKind.MATERIALS_RECEIPT).facts

    assert isinstance(second, MaterialsReceipt)
    assert second.number != first.number
    assert second.reprint == 0
    assert {line.name: line.given for line in second.materials}[name]
    assert issue(village, subject, PaperKind.MATERIALS_RECEIPT).facts.reprint == 1


@pytest.mark.parametrize(
    "told",
    [
        {"facts": b"\xc1"},
        {"facts": msgspec.msgpack.encode(replace(a_receipt(), code="A" * 3000))},
        {"facts": msgspec.msgpack.encode(an_acceptance())},
        {"facts": _without_remedies()},
        {"facts": b"\x81\xa5paper\xa7newkind"},
        {"reprint": 1},
        {"reprint": -1},
        {"reprint": 2**64 - 1, "running": 2**64 - 1, "year": 10**9},
    ],
)
def test_what_another_device_wrote_of_a_receipt_does_not_keep_one_from_being_printed(
    stations: Stations, told: dict[str, object]
):
    village, township = stations
    subject = a_case(village, "IT022")
    meet(*stations)
    receipt = {"paper": "materials_receipt", "word": "湖塘政服收", "slot": "A9", "running": 1}
    other = {"year": 2026, "on": date(2026, 11, 20), "template": 1, "facts": b""}
    with township.store.writing() as tx:
        body = PaperIssued(**(receipt | other | told))  # type: ignore[arg-type]
        tx.record(body, by=township.head, case=township.case(subject))
    meet(*stations)
    assert len(village.case(subject).papers) == 1

    issued = issue(village, subject, PaperKind.MATERIALS_RECEIPT).facts

    assert (issued.number, issued.reprint) == ("湖塘政服收A2〔2026〕1号", 0)
    assert issue(village, subject, PaperKind.MATERIALS_SLIP).facts.reprint == 1
    assert len(papers.register(village.store).copies) == 3
    assert authenticity.check(village.store, issued.code).record is Record.STANDS


def test_two_computers_of_a_station_count_each_its_own_number_among_the_reprints(
    stations: Stations, tmp_path: Path
):
    village, _ = stations
    second = a_station(village.district, VILLAGE, tmp_path / "v2", staffed=False)
    subject = a_case(village, "IT022")
    meet(village, second)
    first = [issue(one, subject, PaperKind.MATERIALS_RECEIPT).facts for one in (village, second)]
    assert len({facts.number for facts in first}) == 2
    meet(village, second)
    again = issue(village, subject, PaperKind.MATERIALS_RECEIPT).facts
    assert (again.reprint, again.number in {facts.number for facts in first}) == (1, True)


def test_the_receipt_and_the_slip_are_one_document_each_with_its_own_code(stations: Stations):
    village, _ = stations
    subject = a_case(village, "IT022")
    sheet = issue(village, subject, PaperKind.MATERIALS_RECEIPT).facts
    slip = issue(village, subject, PaperKind.MATERIALS_SLIP).facts
    assert (slip.number, slip.reprint, slip.kind) == (sheet.number, 1, PaperKind.MATERIALS_SLIP)
    for facts in (sheet, slip):
        assert matches(read_code(facts.code), facts)


def test_a_notice_names_who_acted_not_who_printed_it(stations: Stations):
    _, township = stations
    clerk = township.person(Role.CLERK)
    subject = a_case(stations[0], "IT022")
    act(stations[0], subject, "forward")
    meet(*stations)
    act(township, subject, "take_over")
    act(township, subject, "accept", by=clerk)
    assert issue(township, subject, PaperKind.ACCEPTANCE).facts.handler == clerk.name


def test_a_notice_whose_act_has_no_effect_is_not_printed_again_and_does_not_stand(
    stations: Stations, tmp_path: Path
):
    village, township = stations
    other = a_station(village.district, TOWNSHIP, tmp_path / "t2")
    meet(village, township, other)
    subject = a_case(village, "IT022")
    act(village, subject, "forward")
    meet(village, township, other)
    act(township, subject, "take_over")
    act(township, subject, "accept")
    other.wall.turn(ms=300_000)
    act(other, subject, "take_over")
    act(other, subject, "refuse", reason="不在本乡")
    issue(other, subject, PaperKind.REFUSAL)
    carry(village.district, village, township, other)
    meet(village, township, other)

    case = other.case(subject)

    assert [case.stands(paper) for paper in case.papers] == [False]
    with pytest.raises(PaperNotDue):
        issue(other, subject, PaperKind.REFUSAL)


def test_each_kind_counts_its_own_numbers_and_a_rebuild_keeps_counting(stations: Stations):
    village, _ = stations
    numbers = []
    for place in range(3):
        subject = a_case(village, name=f"韦{place}")
        for kind in (PaperKind.MATERIALS_RECEIPT, PaperKind.MATERIALS_SLIP):
            numbers.append(issue(village, subject, kind).facts.number)
        with village.store.changing():
            rebuild(village.store)
    assert (
        len(set(numbers)) == len(numbers)
        or PaperKind.MATERIALS_RECEIPT.word == PaperKind.MATERIALS_SLIP.word
    )
    assert numbers[0].endswith("A2〔2026〕1号")
    assert verify(village.store).ok


def test_a_page_that_cannot_be_drawn_uses_no_number_and_leaves_no_record(stations: Stations):
    village, _ = stations
    subject = a_case(village)
    head = village.store.head()

    def out_of_paper(facts: object) -> bytes:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        papers.issue(
            village.store,
            subject,
            PaperKind.MATERIALS_RECEIPT,
            by=village.head,
            render=out_of_paper,
        )
    assert village.store.head() == head
    assert village.case(subject).papers == ()
    assert issue(village, subject, PaperKind.MATERIALS_RECEIPT).facts.number.endswith("〕1号")


def test_only_the_authority_issues_what_bears_its_seal(stations: Stations):
    village, township = stations
    subject = in_progress(stations)
    for kind in (PaperKind.ACCEPTANCE, PaperKind.DECISION, PaperKind.REFUSAL):
        with pytest.raises(PaperNotOurs):
            issue(village, subject, kind)
    facts = issue(township, subject, PaperKind.ACCEPTANCE).facts
    assert isinstance(facts, AcceptanceNotice)
    assert facts.official_number
    with pytest.raises(PaperNotOurs):
        issue(township, subject, PaperKind.MATERIALS_RECEIPT)


def test_a_notice_waits_for_what_it_tells(stations: Stations):
    _, township = stations
    subject = in_progress(stations)
    for kind in (PaperKind.DECISION, PaperKind.REFUSAL):
        with pytest.raises(PaperNotDue):
            issue(township, subject, kind)
    act(township, subject, "decide", approved=False, reason="不符合规定条件")
    facts = issue(township, subject, PaperKind.DECISION).facts
    assert isinstance(facts, DecisionNotice)
    assert not facts.approved
    assert facts.remedies


def test_a_refusal_gives_its_reason_and_the_remedies(stations: Stations):
    village, township = stations
    subject = a_case(village, "IT022")
    act(village, subject, "forward")
    meet(*stations)
    act(township, subject, "take_over")
    act(township, subject, "refuse", reason="不属于受理范围", right_authority="县社保局")
    facts = issue(township, subject, PaperKind.REFUSAL).facts
    assert isinstance(facts, RefusalNotice)
    assert (facts.reason, facts.right_authority) == ("不属于受理范围", "县社保局")
    assert facts.remedies


@pytest.mark.parametrize("name", ["", "certificate", "../receipt"])
def test_a_paper_nobody_knows_is_refused(name: str):
    with pytest.raises(UnknownPaper):
        papers.kind_named(name)


@pytest.mark.parametrize("kind", PaperKind)
def test_papers_go_by_their_names_on_the_command_line(kind: PaperKind):
    assert papers.kind_named(kind.value) is kind
    assert papers.kind_named(kind.value.replace("_", "-")) is kind


# --- looked at, not printed -----------------------------------------------------------------------


def test_a_preview_says_what_would_be_printed_and_uses_no_number(stations: Stations):
    village, _ = stations
    subject = a_case(village, "IT022")
    head = village.store.head()
    for _ in range(2):
        seen = papers.preview(village.store, subject, PaperKind.MATERIALS_RECEIPT)
        assert (seen.number, seen.code, seen.reprint) == (papers.PREVIEWED, "", 0)
    assert village.store.head() == head
    issued = issue(village, subject, PaperKind.MATERIALS_RECEIPT).facts
    assert issued.number.endswith("〕1号")
    assert replace(seen, number=issued.number, code=issued.code) == issued
    assert verify(village.store).ok


def test_a_preview_of_what_was_issued_is_its_next_reprint(stations: Stations):
    village, _ = stations
    subject = a_case(village, "IT022")
    first = issue(village, subject, PaperKind.MATERIALS_RECEIPT).facts
    seen = papers.preview(village.store, subject, PaperKind.MATERIALS_RECEIPT)
    assert seen == replace(first, reprint=1)
    assert issue(village, subject, PaperKind.MATERIALS_RECEIPT).facts == seen
    act(village, subject, "supply", materials=[{"name": the_item("IT022").materials[0].name}])
    seen = papers.preview(village.store, subject, PaperKind.MATERIALS_RECEIPT)
    assert (seen.number, seen.reprint) == (papers.PREVIEWED, 0)  # it says something else now


def test_there_is_no_preview_of_what_is_not_due_or_not_ours(stations: Stations):
    village, township = stations
    subject = a_case(village, "IT022")
    act(village, subject, "forward")
    meet(*stations)
    with pytest.raises(PaperNotOurs):
        papers.preview(village.store, subject, PaperKind.ACCEPTANCE)
    with pytest.raises(PaperNotDue):
        papers.preview(township.store, subject, PaperKind.ACCEPTANCE)
    with pytest.raises(CaseUnreadable):
        papers.preview(village.store, Ref(village.device, 999), PaperKind.MATERIALS_RECEIPT)


def test_the_papers_of_a_case_that_this_station_may_print_now(stations: Stations):
    village, township = stations
    subject = in_progress(stations)

    def due(station: Station) -> dict[PaperKind, int]:
        found = papers.due(station.store, station.case(subject))
        return {one.kind: one.printed for one in found}

    form = {PaperKind.APPLICATION_FORM: 0}
    receipts = {PaperKind.MATERIALS_RECEIPT: 0, PaperKind.MATERIALS_SLIP: 0}
    mandate = {PaperKind.MANDATE: 0}
    assert due(village) == receipts | form | mandate
    assert due(township) == {PaperKind.ACCEPTANCE: 0}
    for kind in (PaperKind.MATERIALS_SLIP, PaperKind.MATERIALS_SLIP, PaperKind.MATERIALS_RECEIPT):
        issue(village, subject, kind)
    printed = {PaperKind.MATERIALS_RECEIPT: 1, PaperKind.MATERIALS_SLIP: 2}
    assert due(village) == printed | form | mandate
    act(township, subject, "decide", approved=False, reason="不符合条件")
    issue(township, subject, PaperKind.DECISION)
    assert due(township) == {
        PaperKind.ACCEPTANCE: 0,
        PaperKind.DECISION: 1,
        PaperKind.PROOF_OF_DELIVERY: 0,
    }
    for station in stations:
        for kind in PaperKind:
            if kind in due(station):
                papers.preview(station.store, subject, kind)
            else:
                with pytest.raises((PaperNotDue, PaperNotOurs)):
                    papers.preview(station.store, subject, kind)


def test_an_issued_copy_is_shown_again_as_it_was(stations: Stations):
    village, township = stations
    subject = a_case(village, "IT022")
    printed = [
        issue(village, subject, kind).facts
        for kind in (
            PaperKind.MATERIALS_RECEIPT,
            PaperKind.MATERIALS_RECEIPT,
            PaperKind.MATERIALS_SLIP,
        )
    ]
    act(village, subject, "supply", materials=[{"name": the_item("IT022").materials[0].name}])
    printed.append(issue(village, subject, PaperKind.MATERIALS_RECEIPT).facts)
    entries = [one.row.entry for one in papers.of_case(village.store, subject)][::-1]
    assert [papers.copy(village.store, entry) for entry in entries] == printed
    meet(*stations)
    elsewhere = [papers.copy(township.store, entry) for entry in entries]
    # The slip was signed by its own station when it was printed; nobody else can.
    assert elsewhere == [*printed[:2], replace(printed[2], code=""), printed[3]]


def test_what_is_no_issued_copy_is_not_shown(stations: Stations):
    village, _ = stations
    subject = a_case(village, "IT022")
    for entry in (subject, Ref(village.device, 999)):
        with pytest.raises(NoSuchPaper):
            papers.copy(village.store, entry)


def test_a_reprint_whose_issue_the_centre_refused_cannot_be_shown(stations: Stations):
    village, _ = stations
    subject = a_case(village, "IT022")
    for _ in range(2):
        issue(village, subject, PaperKind.MATERIALS_RECEIPT)
    reprint, first = (one.row.entry for one in papers.of_case(village.store, subject))
    verdict = Verdict(device=first.device, seq=first.seq, code="region_out_of_scope", facts={})
    hand(village, verdicts=[verdict])
    assert [one.row.entry for one in papers.of_case(village.store, subject)] == [reprint]
    with pytest.raises(NoSuchPaper):
        papers.copy(village.store, reprint)


def test_facts_that_nobody_can_read_are_not_shown(stations: Stations):
    village, _ = stations
    subject = a_case(village, "IT022")
    for facts, kind in ((b"\xc1", "materials_receipt"), (b"", "of_a_newer_program")):
        body = PaperIssued(
            paper=kind, word="湖塘村政服收", year=2026, slot="A2", running=1,
            on=date(2026, 11, 20), template=1, facts=facts,
        )  # fmt: skip
        with village.store.writing() as tx:
            tx.record(body, by=village.head, case=tx.case(subject))
        (copy, *_) = papers.of_case(village.store, subject)
        with pytest.raises(NoSuchPaper):
            papers.copy(village.store, copy.row.entry)


def test_an_original_that_the_item_wants_stays_with_the_file_and_is_in_nobodys_custody(
    stations: Stations,
):
    item = the_item("IT001")
    asked = next(one for one in item.materials if one.is_handed_in)
    paper = MaterialForm(name=asked.name, original=True)
    village, _ = stations
    subject = a_case(village, "IT001", materials=(paper,))
    facts = papers.preview(village.store, subject, PaperKind.MATERIALS_RECEIPT)
    assert isinstance(facts, MaterialsReceipt)
    line = next(one for one in facts.materials if one.name == asked.name)
    assert (line.originals, line.originals_held) == (1, True)
    assert village.case(subject).held == ()
    offered = {one.kind for one in papers.due(village.store, village.case(subject))}
    assert PaperKind.CUSTODY_SLIP not in offered
