"""A name that paper could not show: said while it is typed, and no reason to send anybody away."""

from __future__ import annotations

import pytest

from app.domain.glyphs import GlyphOrigin
from printing.glyphs import SuppliedGlyph, made, traced
from printing.supplied import supply
from tests.printing.glyph_pictures import a_picture
from tests.ui.desktop.pages.registration.conftest import shown
from ui.desktop import glyphs
from ui.desktop.glyph_dialog import GlyphDialog
from ui.desktop.look import appearance

NEW = "\U00031234"


@pytest.fixture
def page(some_desk, qapp):
    page = shown(some_desk)
    yield page
    supply({})
    appearance.supply(qapp, None)


def name_typed(page, some, name, address=""):
    page.presenter.fill_applicant(name=name, address=address)
    page.filling.applicant.name.left.emit()
    page.filling.applicant.show_form()
    some.settle()
    return page.filling.applicant.unseen


def test_an_ordinary_and_a_rare_name_are_not_remarked_on(page, some_desk):
    assert not name_typed(page, some_desk, "韦小妹").isVisible()
    assert not name_typed(page, some_desk, "韦𠮷妹").isVisible()


def test_a_character_that_no_font_has_is_named_with_its_code_and_the_way_to_supply_it(
    page, some_desk
):
    unseen = name_typed(page, some_desk, f"韦{NEW}", "\ue123村")
    assert unseen.isVisible()
    assert f"“{NEW}”（U+31234）、“\ue123”（U+E123）" in unseen.text()
    unseen.acted.emit()
    (dialog,) = page.window().findChildren(GlyphDialog)
    assert dialog.character.text() == NEW
    dialog.reject()


def test_the_name_of_somebody_else_is_looked_at_as_well(page, some_desk):
    others = page.presenter.others
    others.add()
    others.change(0, name=f"莫{NEW}")
    others.look_for(0, f"莫{NEW}")
    some_desk.settle()
    assert page.filling.applicant.unseen.missing == (NEW,)


def test_the_remark_goes_when_the_character_is_supplied_or_the_name_is_mended(page, some_desk):
    unseen = name_typed(page, some_desk, f"韦{NEW}")
    glyph = SuppliedGlyph(GlyphOrigin.PICTURE, made(ord(NEW), traced(a_picture())))
    desk = some_desk.desk
    glyphs.keep(desk, ord(NEW), glyph, "字.png", lambda: None, desk.complain)
    some_desk.settle()
    assert not unseen.isVisible()
    assert name_typed(page, some_desk, "韦\ue123").isVisible()
    assert not name_typed(page, some_desk, "韦妹").isVisible()
