"""The facts of documents."""

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.papers import (
    IncompletePaper,
    MaterialsReceipt,
    PaperFacts,
    PaperKind,
    chinese_date,
    copies_of,
    facts_digest,
    kind_of,
    remedies_text,
)
from tests.printing.samples import a_decision, a_receipt, a_refusal, a_rejection, an_acceptance
from tests.printing.samples_agency import (
    GUARDIAN,
    a_mandate,
    a_mandate_by_fingerprint,
    a_proof,
    a_proof_of_leaving,
    a_whole_record,
    an_agency_closed,
    an_agency_ended,
)

EVERY_PAPER = [
    a_receipt, an_acceptance, a_refusal, a_decision, a_rejection, a_mandate_by_fingerprint,
    an_agency_ended, an_agency_closed, a_whole_record, a_proof_of_leaving,
]  # fmt: skip


@pytest.mark.parametrize("paper", EVERY_PAPER)
def test_facts_come_back_from_their_bytes_as_the_same_document(paper):
    facts = paper()
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(facts), type=PaperFacts) == facts


@pytest.mark.parametrize("paper", EVERY_PAPER)
def test_a_reprint_says_the_same_and_has_the_same_digest(paper):
    assert facts_digest(paper(reprint=3)) == facts_digest(paper())


@pytest.mark.parametrize("paper", EVERY_PAPER)
@pytest.mark.parametrize("field", ["number", "applicant", "item", "local_number", "handler"])
def test_whatever_is_altered_alters_the_digest(paper, field):
    facts = paper()
    altered = msgspec.structs.replace(facts, **{field: getattr(facts, field) + "甲"})
    assert facts_digest(altered) != facts_digest(facts)


def test_a_field_added_later_leaves_the_digest_of_older_facts():
    class Newer(MaterialsReceipt, frozen=True, kw_only=True, tag="materials_receipt"):
        window: str = ""

    old = a_receipt()
    newer = msgspec.msgpack.decode(msgspec.msgpack.encode(old), type=Newer)
    assert facts_digest(newer) == facts_digest(old)


def test_a_refusal_without_remedies_is_no_document():
    with pytest.raises(IncompletePaper) as error:
        a_refusal(remedies=" ")
    assert error.value.facts == {"kind": "refusal", "field": "remedies"}


def test_a_rejection_without_remedies_is_no_document_and_an_approval_is():
    assert a_decision(remedies="").approved
    with pytest.raises(IncompletePaper):
        a_decision(approved=False)


def test_only_the_authority_issues_what_decides_and_anybody_a_receipt():
    assert {kind for kind in PaperKind if not kind.authority_only} == {
        PaperKind.MATERIALS_RECEIPT,
        PaperKind.MATERIALS_SLIP,
        PaperKind.VISIT_RECEIPT,
        PaperKind.CUSTODY_SLIP,
        PaperKind.APPLICATION_FORM,
        PaperKind.MANDATE,
        PaperKind.AGENCY_ENDED,
        PaperKind.AGENCY_CLOSED,
        PaperKind.PROOF_OF_DELIVERY,
        PaperKind.CASE_RECORD,
    }


def test_every_kind_has_a_number_of_its_own_in_the_code():
    assert [kind_of(kind.mark) for kind in PaperKind] == list(PaperKind)
    assert kind_of(99) is None


def test_every_kind_has_two_copies_that_differ_but_the_applicants_own_form_and_what_is_filed():
    alone = {PaperKind.APPLICATION_FORM, PaperKind.PROOF_OF_DELIVERY, PaperKind.CASE_RECORD}
    assert [len(kind.copies) for kind in alone] == [1, 1, 1]
    # A supplement notice is one sheet in three parts.
    for kind in set(PaperKind) - alone - {PaperKind.SUPPLEMENT_NOTICE}:
        assert len(set(kind.copies)) == len(kind.copies) >= 2


def test_whoever_acts_in_the_principals_place_has_a_third_copy_of_the_mandate():
    assert copies_of(a_mandate()) == PaperKind.MANDATE.copies
    assert copies_of(a_mandate(acting=(GUARDIAN,)))[2:] == ("第三联 法定代理人留存",)
    assert copies_of(a_receipt()) == PaperKind.MATERIALS_RECEIPT.copies


def test_a_proof_of_delivery_names_what_was_served_and_who_saw_it_left():
    with pytest.raises(IncompletePaper) as error:
        a_proof(served=())
    assert error.value.facts == {"kind": "proof_of_delivery", "field": "served"}
    with pytest.raises(IncompletePaper):
        a_proof_of_leaving(witness="")


def test_a_mandate_without_an_agent_and_an_end_without_its_cause_are_no_documents():
    nobody = msgspec.structs.replace(a_mandate().agent, name=" ")
    with pytest.raises(IncompletePaper):
        a_mandate(agent=nobody)
    with pytest.raises(IncompletePaper):
        an_agency_ended(ending="")
    with pytest.raises(IncompletePaper):
        an_agency_closed(received_by="")


@given(st.dates())
def test_a_date_is_written_without_padding_zeros(day: date):
    year, rest = chinese_date(day).split("年")
    month, left = rest.split("月")
    assert (int(year), int(month), int(left.removesuffix("日"))) == (day.year, day.month, day.day)
    assert not month.startswith("0")
    assert not left.startswith("0")


def test_remedies_name_both_ways_and_their_periods():
    said = remedies_text(
        reconsider_to="甲区人民政府", sue_in="甲区人民法院", reconsider_days=30, suit_months=3
    )
    assert "30日内向甲区人民政府申请行政复议" in said
    assert "3个月内向甲区人民法院提起行政诉讼" in said
