"""The authority's notices: what they say, and the geometry of GB/T 9704."""

from collections import defaultdict
from itertools import pairwise

import pytest

from printing import render
from printing.fonts import Style, width
from tests.printing.reading import MM, Printed
from tests.printing.samples import (
    LONG_NAME,
    REMEDIES,
    a_decision,
    a_refusal,
    a_rejection,
    an_acceptance,
)
from tests.printing.samples_notices import (
    a_return,
    a_return_elsewhere,
    a_special_procedure,
    an_extension,
)

LONGEST = {
    an_acceptance: "limit_words",
    a_refusal: "reason",
    a_decision: "findings",
    a_rejection: "findings",
    a_special_procedure: "procedure",
    an_extension: "reason",
    a_return_elsewhere: "right_authority",
}
"""Each notice, and its field that may be as long as one likes."""

every_notice = pytest.mark.parametrize("notice", list(LONGEST))
LONG = "中" * 28 * 30
LAWS = (
    "《中华人民共和国行政许可法》（主席令第7号，2019年修正）",
    "《农村宅基地审批管理规定》（农经发〔2019〕6号）",
    "《中华人民共和国土地管理法》（主席令第32号，2019年修正）",
    "《国务院关于建立统一的城乡居民基本养老保险制度的意见》（国发〔2014〕8号）",
    "《民政部关于最低生活保障审核确认的办法》（民发〔2021〕57号）",
)


def body_lines(printed: Printed, page: int) -> dict[float, list[tuple[str, float]]]:
    """The lines in 三号 on a page: baseline → (character, x), from left to right."""
    lines = defaultdict(list)
    for unit, x, y, size in printed.origins(page):
        if size == 16 and unit.strip():
            lines[round(y, 1)].append((unit, x))
    return {y: sorted(lines[y], key=lambda at: at[1]) for y in sorted(lines)}


def test_an_acceptance_says_limits_and_what_does_not_count():
    text = Printed(render(an_acceptance())).texts[0]
    assert "本机关决定自2026年11月24日起予以受理。" in text
    assert (
        "办理期限：自受理之日起21个工作日内办结（承诺时限）；法定时限30个工作日。"
        "承诺最迟办结日期：2026年12月23日。" in text
    )
    assert "下列时间不计入办理期限：依法进行听证、检验、检测、鉴定和专家评审所需时间。" in text
    assert "收费：不收费。" in text
    assert "根据《社会救助暂行办法》（国务院令第649号）、《最低生活保障审核确认办法》" in text


def test_a_day_counted_on_an_unpublished_calendar_is_called_expected():
    text = Printed(render(an_acceptance(due_expected=True))).texts[0]
    assert "承诺最迟办结日期：2026年12月23日（预计，以国家公布的工作日安排为准）。" in text


def test_an_acceptance_without_a_promise_names_no_day():
    text = Printed(render(an_acceptance(due=None))).texts[0]
    assert "法定时限30个工作日。下列时间" in text


def test_a_refusal_names_reason_right_authority_and_remedies():
    text = Printed(render(a_refusal())).texts[0]
    assert "该事项不属于本机关职权范围。" in text
    assert "该事项请向桂林市临桂区民政局提出。" in text
    assert REMEDIES in text


def test_an_approval_and_a_rejection_have_their_own_titles_and_only_one_has_remedies():
    approval, rejection = Printed(render(a_decision())), Printed(render(a_rejection()))
    assert "准予决定书" in approval.texts[0]
    assert "经审查：你家庭共同生活成员3人" in approval.texts[0]
    assert "不予决定书" in rejection.texts[0]
    assert REMEDIES in rejection.texts[0]
    assert "行政复议" not in approval.texts[0]


def test_a_special_procedure_names_basis_days_approver_and_that_its_time_does_not_count():
    text = Printed(render(a_special_procedure())).texts[0]
    assert "根据《中华人民共和国行政许可法》第四十五条的规定" in text
    assert "依法进行专家评审，经覃审批批准，自2026年11月24日起启动特别程序。" in text
    assert "所需时间为30个工作日，最迟2027年1月6日结束。" in text
    assert "特别程序所需时间不计入办理期限" in text
    assert "承诺最迟办结日期顺延至2027年2月3日；" in text


def test_a_special_procedure_without_a_fixed_length_promises_no_day():
    text = Printed(render(a_special_procedure(ends_by=None, days_words="", due=None))).texts[0]
    assert "所需时间以实际需要为准，结束后另行告知。" in text
    assert "顺延" not in text


def test_an_extension_says_why_by_how_much_who_approved_and_until_when():
    text = Printed(render(an_extension())).texts[0]
    assert "延期理由：宅基地四至需要与相邻三户现场核对" in text
    assert "经本机关负责人李主任于2026年12月18日批准，办理期限延长10个工作日。" in text
    assert "延长后承诺最迟办结日期为2027年1月6日。" in text
    expected = Printed(render(an_extension(due_expected=True))).texts[0]
    assert "2027年1月6日（预计，以国家公布的工作日安排为准）。" in expected


def test_a_return_lists_every_defect_and_says_where_to_bring_it_and_where_to_object():
    text = Printed(render(a_return())).text
    assert "需要补正的全部内容一次性告知如下（本件第1次告知）：" in text
    assert "1．宅基地申请表缺少村民小组意见。" in text
    assert "补齐后交到湖塘村政务服务站，由其重新报送本机关，原收件号不变。" in text
    assert "如不服本退回，可以自收到本文书之日起60日内" in text
    assert "一次性告知如下（本件第2次告知）：" in Printed(render(a_return(times=2))).text


def test_a_return_of_what_is_anothers_names_the_right_authority():
    text = Printed(render(a_return_elsewhere())).text
    assert "该事项不属于本机关职权范围" in text
    assert "该事项请向桂林市临桂区自然资源局提出" in text
    assert "一次性告知" not in text


@every_notice
def test_a_line_has_28_characters_and_a_sheet_22_lines(notice):
    printed = Printed(render(notice(**{LONGEST[notice]: LONG})))
    lines = body_lines(printed, 1)
    full = [line for line in lines.values() if all(unit == "中" for unit, _ in line)]
    assert {len(line) for line in full[:-1]} == {28}
    first = next(line for line in full)
    assert first[0][1] == pytest.approx(28 * MM, abs=0.1)
    assert first[-1][1] - first[0][1] == pytest.approx(27 / 28 * 156 * MM, abs=0.2)
    baselines = list(lines)[: len(full)]
    pitches = [after - before for before, after in pairwise(baselines)]
    assert pitches == pytest.approx([225 * MM / 22] * len(pitches), abs=0.11)


def test_a_full_sheet_has_exactly_22_lines():
    printed = Printed(render(a_decision(findings="中" * 28 * 60)))
    assert len(body_lines(printed, 1)) == 22


@every_notice
def test_the_text_stays_inside_the_text_area(notice):
    printed = Printed(render(notice(applicant=LONG_NAME, issuer=LONG_NAME, item=LONG_NAME)))
    for page in range(len(printed.pages)):
        for y, line in body_lines(printed, page).items():
            assert 37 * MM < y < (37 + 225) * MM
            assert line[0][1] >= 28 * MM - 0.1
            # A mark that ends a line may reach over the edge by its empty half.
            assert line[-1][1] <= (28 + 156) * MM - 7


@every_notice
def test_the_date_ends_four_characters_from_the_edge_under_a_centred_issuer(notice):
    printed = Printed(render(notice()))
    lines = list(body_lines(printed, 0).values())
    issuer, day = lines[-2], lines[-1]
    em = 156 * MM / 28
    assert "".join(unit for unit, _ in day) == "2026年11月24日"
    assert day[-1][1] + em == pytest.approx((28 + 156) * MM - 4 * em, abs=0.5)
    assert middle(issuer, em) == pytest.approx(middle(day, em), abs=0.5)


@every_notice
def test_the_seal_is_never_alone_on_a_sheet(notice):
    for characters in range(28 * 6, 28 * 24, 28 * 2):
        printed = Printed(render(notice(**{LONGEST[notice]: "中" * characters})))
        last = printed.texts[-1]
        assert "（印章）" in last
        text, _ = last.split("收件号：")
        assert text.removeprefix("第一联送达申请人").removeprefix("第二联机关存档")


@pytest.mark.parametrize(
    ("notice", "end"),
    [
        (an_acceptance, "和专家评审所需时间。收费：不收费。"),
        (a_refusal, REMEDIES[-46:]),
        (a_rejection, REMEDIES[-46:]),
        (an_extension, "特此告知。"),
    ],
)
def test_the_last_two_lines_of_the_text_go_with_the_seal(notice, end):
    for characters in range(28 * 6, 28 * 16, 14):
        *_, last = Printed(render(notice(**{LONGEST[notice]: "中" * characters}))).texts
        text, _ = last.split("收件号：")
        assert text.endswith(end)


@pytest.mark.parametrize("end", ["", "。", "；", "，", "、。"])
def test_a_sentence_ends_with_one_full_stop(end):
    text = Printed(render(a_refusal(reason=f"不属于本机关职权范围{end}"))).texts[0]
    assert "不属于本机关职权范围。根据" in text


@pytest.mark.parametrize("notice", [an_acceptance, a_refusal, a_decision])
def test_a_full_line_is_filled_and_spread_only_between_chinese_characters(notice):
    printed = Printed(render(notice(basis=LAWS)))
    said, squeeze = 0, 156 * MM / 28 - 16
    for line in body_lines(printed, 0).values():
        for (figure, x), (after, x_after) in pairwise(line):
            if figure.isdigit() and after.isdigit():
                said += 1
                assert x_after - x == pytest.approx(
                    width(figure, Style.BODY, 16) + squeeze, abs=0.1
                )
    assert said > 10
    lines = ["".join(unit for unit, _ in line) for line in body_lines(printed, 0).values()]
    first = next(n for n, line in enumerate(lines) if "根据《" in line)
    last = next(n for n, line in enumerate(lines) if "的规定，" in line)
    assert last - first > 4
    for line in list(body_lines(printed, 0).values())[first:last]:
        assert line[-1][1] + 16 > (28 + 156) * MM - 1


@every_notice
def test_sheets_are_numbered_at_the_outer_edge(notice):
    printed = Printed(render(notice(**{LONGEST[notice]: LONG})))
    ends = []
    for page in (0, 1):
        number = [at for at in printed.origins(page) if at[3] == 14 and at[0].strip()]
        assert "".join(at[0] for at in number) == f"—{page + 1}—"
        ends.append(number[0][1])
    assert ends[0] > 105 * MM > ends[1]


def middle(line: list[tuple[str, float]], em: float) -> float:
    return (line[0][1] + line[-1][1] + em) / 2
