"""What makes paper a document."""

from printing import render
from printing.choice import Paper
from printing.fonts import Style
from printing.marks import sign_boxes
from printing.sheets import Setting
from tests.printing.reading import MM, Printed
from tests.printing.samples import LONG_NAME, a_receipt

SIGN = Setting(style=Style.FORM, size=10, leading=22)


def test_a_box_to_sign_in_is_as_high_as_what_it_says():
    short = sign_boxes([["收件人：李秀英", "", "日期"], ["签名：", "", "日期"]], 400, SIGN)
    long = sign_boxes([[f"收件人：{LONG_NAME}", "", "日期"], ["签名：", "", "日期"]], 400, SIGN)
    assert long.height == short.height + 2 * SIGN.leading


def test_a_long_name_stays_inside_its_box():
    printed = Printed(render(a_receipt(handler=LONG_NAME), paper=Paper.A5))
    for page in range(len(printed.pages)):
        for unit, x, _, size in printed.origins(page):
            assert not unit.strip() or x <= (148 - 10) * MM - size / 2
