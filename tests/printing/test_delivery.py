"""送达回证, empty and filled in."""

from __future__ import annotations

from printing import render
from tests.printing.reading import Printed
from tests.printing.samples_agency import a_proof, a_proof_of_leaving


def text_of(pdf: bytes) -> str:
    return Printed(pdf).text


def test_a_proof_that_is_carried_along_has_room_to_write():
    text = text_of(render(a_proof()))
    for said in ("签收后存档", "桂林市七星区民政局", "朝阳政服决A3〔2026〕2号", "桂低保20260045", "3组12号",
                 "□直接送达", "□留置送达", "年月日", "受送达人（签收人）签名", "送达人签名", "见证人签名"):  # fmt: skip
        assert said in text
    assert "√" not in text


def test_a_proof_of_what_was_left_names_the_witness_and_ticks_the_way():
    text = text_of(render(a_proof_of_leaving()))
    for said in ("√留置送达", "□直接送达", "韦小妹家中", "2026年12月12日", "拒收人韦大山", "配偶",
                 "拒收事由对补助标准有意见，拒绝签收", "见证人莫建国", "受送达人（拒绝签收）"):  # fmt: skip
        assert said in text


def test_what_was_issued_elsewhere_has_room_for_its_number():
    served = tuple(type(one)(title=one.title) for one in a_proof().served)
    text = text_of(render(a_proof(served=served)))
    assert "1准予决定书1份" in text
