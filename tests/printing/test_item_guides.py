"""Service guides and sample forms as they lie on paper."""

from __future__ import annotations

import msgspec
import pytest

from printing import render
from printing.choice import Paper
from printing.watermark import PRACTICE
from tests.printing.reading import Printed
from tests.printing.samples_sheets import a_guide, a_sample


def test_a_guide_says_all_that_its_facts_say():
    facts = a_guide()
    text = Printed(render(facts)).text
    said = [facts.item, facts.title, facts.item_id, facts.version, facts.issuer, "2026年11月24日"]
    said += [part for one in facts.first for part in (one.label, one.words)]
    for section in facts.sections:
        said += [section.heading, *section.lines]
        for row in section.materials:
            said += [row.name, row.need, row.brought, row.source, row.checked]
    for one in said:
        assert "".join(one.split()) in text


def test_thirty_materials_go_on_under_a_head_of_their_own():
    printed = Printed(render(a_guide(materials=30)))
    assert len(printed.pages) > 1
    assert all("材料名称" in text for text in printed.texts[:-1])
    assert "29" in printed.text


@pytest.mark.parametrize("materials", [0, 2, 10])
def test_a_poster_is_one_a3_sheet(materials):
    printed = Printed(render(a_guide(materials=materials), paper=Paper.A3))
    assert len(printed.pages) == 1
    assert printed.size_mm() == (297, 420)


def test_what_is_made_only_on_a4_is_on_a4_whatever_lies_in_the_printer():
    assert Printed(render(a_sample(), paper=Paper.A3)).size_mm() == (210, 297)
    assert Printed(render(a_guide(), paper=Paper.SLIP)).size_mm() == (210, 297)


def test_every_page_of_a_sample_form_says_that_it_is_one():
    form = a_sample().form
    many = msgspec.structs.replace(form, materials=form.materials * 20)
    printed = Printed(render(a_sample(form=many)))
    assert len(printed.pages) > 1
    for text in printed.texts:
        assert "【样表】" in text
    assert form.name in printed.text
    greys = printed.picture().histogram()
    assert sum(greys[200:221]) > 5_000  # across the page


def test_a_sample_made_in_practice_mode_says_both():
    text = Printed(render(a_sample(practice=True))).text
    assert f"【{PRACTICE}样表】" in text
