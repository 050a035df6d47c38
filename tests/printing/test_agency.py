"""The agent's papers and the proof of delivery, as they are printed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from app.domain.papers import PaperFacts, copies_of
from app.domain.receipt_code import read_code
from printing import render
from tests.printing.reading import MM, Printed
from tests.printing.samples_agency import (
    SIGNED_FOR,
    a_mandate,
    a_mandate_by_fingerprint,
    a_proof,
    a_proof_of_leaving,
    a_record,
    a_whole_record,
    an_agency_closed,
    an_agency_ended,
    extreme,
)

Sample = Callable[..., PaperFacts]
SAMPLES = [
    a_mandate,
    a_mandate_by_fingerprint,
    an_agency_ended,
    an_agency_closed,
    a_record,
    a_whole_record,
    a_proof,
    a_proof_of_leaving,
]
every_sample = pytest.mark.parametrize("sample", SAMPLES)


def on_each_copy(facts: PaperFacts) -> list[str]:
    """The whole text of each copy, without spaces."""
    texts = Printed(render(facts)).texts
    copies = len(copies_of(facts))
    sheets, over = divmod(len(texts), copies)
    assert not over
    return ["".join(texts[n * sheets : (n + 1) * sheets]) for n in range(copies)]


@every_sample
def test_each_copy_has_its_name_and_what_every_document_bears(sample: Sample):
    facts = sample()
    for copy, text in zip(copies_of(facts), on_each_copy(facts), strict=True):
        for said in (
            copy.replace(" ", ""), facts.title, facts.number, facts.issuer, facts.applicant, facts.id_number,
            facts.item, facts.item_id, facts.local_number, facts.window_phone, facts.supervision_phone,
        ):  # fmt: skip
            assert said in text
        assert "年月日" in text or "2026年" in text


@every_sample
def test_the_code_is_read_from_the_first_sheet(sample: Sample):
    facts = sample()
    assert Printed(render(facts)).codes() == [facts.code]
    assert read_code(facts.code).kind is facts.kind


@every_sample
def test_the_same_facts_give_the_same_bytes_and_a_reprint_is_marked(sample: Sample):
    facts = sample()
    assert render(facts) == render(facts)
    again = replace(facts, reprint=2)
    assert all("（补打第2次）" in text for text in on_each_copy(again))


@every_sample
def test_ordinary_papers_are_one_sheet_a_copy(sample: Sample):
    facts = sample()
    sheets = 2 if sample is a_mandate_by_fingerprint else 1
    assert len(Printed(render(facts)).pages) == sheets * len(copies_of(facts))


@pytest.mark.parametrize("facts", extreme(), ids=lambda facts: facts.kind.value)
def test_the_longest_names_and_thirty_papers_stay_on_the_sheets(facts: PaperFacts):
    printed = Printed(render(facts))
    for page in range(len(printed.pages)):
        for _, x, y, _ in printed.origins(page):
            assert 18 * MM < x < 192 * MM
            assert 0 < y < 280 * MM
    whole = printed.text
    for line in [*getattr(facts, "returned", ()), *getattr(facts, "materials", ())]:
        assert (line.what if hasattr(line, "what") else line.name) in whole
    for n, _ in enumerate(getattr(facts, "steps", ()), 1):
        assert f"第{n}人" in whole


@pytest.mark.parametrize("facts", extreme(), ids=lambda facts: facts.kind.value)
def test_nobody_signs_a_sheet_on_which_nothing_is_said(facts: PaperFacts):
    hands = ("捺指印：", "签名（捺指印）：", "经办人签名：", "送达人签名：")
    words = ("已告知委托人", "点清", "整改情况", "送达方式")
    signed = [text for text in Printed(render(facts)).texts if any(hand in text for hand in hands)]
    assert len(signed) == len(copies_of(facts))
    assert all(any(said in text for said in words) for text in signed)


def test_a_mandate_says_whom_what_how_far_how_long_and_what_it_costs():
    (first, second) = on_each_copy(a_mandate())
    assert "第一联委托人留存" in first
    assert "第二联服务站存档" in second
    for said in (
        "450305196203151028", "13877300000", "李秀英（代办员）", "一、委托权限", "1．代为填写申请表格",
        "二、除外事项", "不得转委托", "银行卡、存折和任何密码", "三、委托期限", "代办终止之日止",
        "四、移交材料共3种", "五、费用代办服务不收取任何费用", "六、个人信息已告知委托人", "留存原件",
        "委托人签名（盖章、捺指印）", "受托人签名（服务站盖章）",
    ):  # fmt: skip
        assert said in first
    assert "代书" not in first


def test_a_mandate_without_papers_says_so():
    (text, _) = on_each_copy(a_mandate(materials=()))
    assert "签订时没有移交材料" in text


def test_a_mandate_of_somebody_who_cannot_write_has_a_place_for_each_hand():
    text = on_each_copy(a_mandate_by_fingerprint())[2]
    for said in (
        "第三联法定代理人留存", "韦大山（父亲）", "按其本人意思由蒙春燕代书，由蒙春燕向其逐条宣读",
        "莫建国在场见证（见证人不是本件经办人）", "委托人捺指印：", "法定代理人签名：", "代书人签名：",
        "宣读人签名：", "见证人签名（13911112222）：",
    ):  # fmt: skip
        assert said in text
    signs = replace(SIGNED_FOR, fingerprint=False)
    assert "亲自签名确认" in on_each_copy(a_mandate(signing=(signs,)))[0]


def test_an_end_says_why_what_follows_and_what_goes_back():
    for text in on_each_copy(an_agency_ended()):
        for said in ("申请人撤回申请：已到外地随子女生活", "代办委托书失效", "2026年11月24日退还韦小妹",
                     "待退还，存朝阳乡政务服务站", "委托人签名（捺指印）"):  # fmt: skip
            assert said in text
    assert "没有需要退还的材料" in on_each_copy(an_agency_ended(returned=()))[0]


def test_a_close_says_what_was_handed_over_by_whom_to_whom():
    for text in on_each_copy(an_agency_closed()):
        for said in ("准予：自2026年12月起", "湖塘村的李秀英", "韦大山（配偶）", "代办员转交", "2026年12月12日",
                     "朝阳政服决A3〔2026〕2号", "最低生活保障证", "10个工作日内回访", "领取人签名"):  # fmt: skip
            assert said in text


def test_a_record_has_every_step_and_room_for_what_nobody_asked_yet():
    (text,) = on_each_copy(a_record())
    for said in ("归档留存", "接收了材料，编号450305200-20261124-A3-0001。", "朝阳乡的李主任（代莫大志）",
                 "138****0000", "□非常满意", "整改情况", "经办人签名"):  # fmt: skip
        assert said in text
    (whole,) = on_each_copy(a_whole_record())
    for said in ("朝阳乡的莫回访", "不满意", "问了两次才知道进度", "2026年12月28日，湖塘村的李秀英：已上门说明",
                 "2026-D30-A3-0045"):  # fmt: skip
        assert said in whole
    assert "□" not in whole


def test_the_head_of_the_steps_comes_again_on_the_next_sheet():
    steps = a_record().steps * 8
    texts = Printed(render(a_record(steps=steps))).texts
    assert len(texts) > 1
    assert all("办理情况和结果" in text for text in texts if "受理了申请" in text)
