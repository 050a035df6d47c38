"""What the tests of every document rest on finds what it should."""

from io import BytesIO

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.printing.geometry import Box, Drawn, Rule, drawn


def page(*drawing) -> Drawn:
    out = BytesIO()
    canvas = Canvas(out, pagesize=(300, 200))
    for draw in drawing:
        draw(canvas)
    canvas.showPage()
    canvas.save()
    return drawn(pypdfium2.PdfDocument(out.getvalue())[0])


def test_a_text_has_the_box_of_its_ink():
    on_it = page(lambda canvas: canvas.drawString(100, 50, "HHH"))
    (text,) = on_it.texts
    assert text.words == "HHH"
    assert text.ink.left == pytest.approx(100, abs=2)
    assert text.ink.bottom == pytest.approx(50, abs=2)
    assert 15 < text.ink.right - text.ink.left < 40
    assert not text.slanted


def test_a_text_over_another_is_found():
    one, other = page(
        lambda canvas: canvas.drawString(100, 50, "HHH"),
        lambda canvas: canvas.drawString(110, 53, "HHH"),
    ).texts
    assert one.ink.overlap(other.ink) > 3


def test_texts_on_two_lines_do_not_overlap():
    one, other = page(
        lambda canvas: canvas.drawString(100, 50, "HHH"),
        lambda canvas: canvas.drawString(100, 64, "HHH"),
    ).texts
    assert one.ink.overlap(other.ink) < 0


def test_a_watermark_is_slanted():
    def slanted(canvas: Canvas) -> None:
        canvas.rotate(30)
        canvas.drawString(100, 0, "HHH")

    assert page(slanted).texts[0].slanted


def test_a_box_has_four_rules_and_its_text_crosses_none():
    on_it = page(
        lambda canvas: canvas.rect(90, 40, 60, 30),
        lambda canvas: canvas.drawString(100, 50, "HHH"),
    )
    assert len(on_it.rules) == 4
    assert not any(rule.crosses(on_it.texts[0].ink) for rule in on_it.rules)


@pytest.mark.parametrize("line", [(80, 54, 200, 54), (110, 0, 110, 200), (60, 20, 160, 90)])
def test_a_rule_through_a_text_is_found(line):
    on_it = page(
        lambda canvas: canvas.line(*line), lambda canvas: canvas.drawString(100, 50, "HHH")
    )
    assert any(rule.crosses(on_it.texts[0].ink) for rule in on_it.rules)


def test_a_rule_that_ends_before_the_box_does_not_cross_it():
    box = Box(100, 50, 130, 60)
    assert not Rule(0, 55, 99, 55).crosses(box)
    assert not Rule(0, 61, 200, 61).crosses(box)
    assert Rule(115, 55, 116, 56).crosses(box)
