"""Two cases beside each other: what differs is marked, also behind what is masked."""

from __future__ import annotations

from tests.builders import a_case
from tests.ui.desktop.pages.cases.places import DIBAO
from ui.desktop.pages.cases.comparing import read_comparison


def test_what_differs_is_told_though_it_is_masked_alike(places):
    first = a_case(places.village, DIBAO, applicant={"address": "湖塘村3组12号"})
    second = a_case(
        places.village, DIBAO, name="韦晓妹", applicant={"id_number": "450305198807220015"}
    )
    found = read_comparison(places.village.store, first, second)
    lines = {line.label: line for line in found.lines}
    name = lines["申请人"]
    assert (name.mine, name.theirs, name.differs) == ("韦*妹", "韦*妹", True)
    number = lines["证件号码"]
    assert number.differs
    assert "19620315" not in number.mine
    assert {label for label, line in lines.items() if line.differs} == {
        "申请人", "证件号码", "住址", "收件号",
    }  # fmt: skip
    assert not any(
        line.differs for line in read_comparison(places.village.store, first, first).lines
    )
