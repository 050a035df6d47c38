"""What is torn off: the stub and the reply of a supplement notice."""

from app.domain.papers import DefectLine
from printing import render
from tests.printing.reading import Printed
from tests.printing.samples import LONG_NAME, a_supplement

MANY = tuple(
    DefectLine(what=f"第{n}份材料缺少户主签名，复印件不清楚", standard="提供原件核对")
    for n in range(1, 31)
)


def test_the_notice_has_a_sheet_of_its_own_and_stub_and_reply_share_the_next():
    printed = Printed(render(a_supplement()))
    notice, torn = printed.texts
    assert "补正材料一次性告知书" in notice
    assert "存根机关留存朝阳政服补A3〔2026〕2号" in torn
    assert "送达回执受送达人签收后交回机关" in torn
    assert "存根机关留存朝阳" not in notice


def test_the_stub_keeps_what_was_told_and_the_reply_is_signed():
    _, torn = Printed(render(a_supplement(times=2))).texts
    stub, reply = torn.split("沿此线撕开")
    assert "告知次数第2次补正期限2026年12月21日" in stub
    assert "1．家庭经济状况核对授权书缺少配偶签名；2．户口簿复印件看不清。" in stub
    assert "需要补正的内容共2项，已经一次告知清楚。" in reply
    assert "受送达人（签名）：联系电话：签收时间：" in reply


def test_the_number_stands_across_the_seam_for_the_seal():
    _, torn = Printed(render(a_supplement())).texts
    assert "骑缝朝阳政服补A3〔2026〕2号沿此线撕开" in torn


def test_the_line_to_tear_along_goes_from_edge_to_edge_between_both_parts():
    printed = Printed(render(a_supplement()))
    seam = next(y for unit, _, y, _ in printed.origins(1) if unit == "撕")
    picture = printed.picture(1)
    row = round(2 * (seam - 3))
    band = picture.crop((0, row - 2, picture.width, row + 3))
    left, _, right, _ = band.point(lambda dot: 255 if dot < 128 else 0).getbbox() or (0, 0, 0, 0)
    assert left < 2 * (28 / 25.4 * 72 + 2)
    assert right > 2 * (184 / 25.4 * 72 - 6)


def test_thirty_defects_are_told_in_full_and_the_reply_stays_whole():
    printed = Printed(render(a_supplement(defects=MANY, applicant=LONG_NAME, item=LONG_NAME)))
    for n in range(1, 31):
        assert printed.text.count(f"{n}．第{n}份材料缺少户主签名") == 2
    assert "送达回执" in printed.texts[-1]
    assert "签收时间：" in printed.texts[-1]
