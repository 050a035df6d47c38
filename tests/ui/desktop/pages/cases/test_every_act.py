"""Every act, done through its own form, and found in the store afterwards."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog

from app.usecases.acts import ACTS
from tests.ui.desktop import walks
from tests.ui.desktop.pages.cases.filling import fill
from tests.ui.desktop.pages.cases.moments import Tiers, moment
from tests.ui.desktop.pages.cases.places import desk_at
from tests.ui.desktop.pages.cases.questions import answer
from ui import wording
from ui.desktop.pages.cases.case_presenter import ActDone, CasePresenter
from ui.desktop.pages.cases.forms.base import agrees
from ui.desktop.pages.cases.forms.choosing import dialog_for
from ui.desktop.pages.cases.forms.consequences import consequence_of

_LAST = ("appraise", "destroy")
"""Ten years pass for these."""
VERBS = [*(verb for verb in ACTS if verb not in _LAST), *_LAST]


@pytest.fixture(scope="module")
def tiers(tmp_path_factory):
    made = Tiers(tmp_path_factory.mktemp("tiers"))
    yield made
    for station in made.all:
        station.store.close()


@pytest.mark.parametrize("verb", VERBS)
def test_every_act_is_done_through_its_form(qtbot, tiers, verb):
    at, subject, by = moment(tiers, verb)
    before = len(at.store.history(subject))
    with desk_at(qtbot, at) as some_desk:
        some_desk.desk.seat(by)
        presenter = CasePresenter(some_desk.desk)
        refused: list[str] = []
        acted: list[ActDone] = []
        presenter.refused.connect(refused.append)
        presenter.acted.connect(acted.append)
        presenter.asked.connect(lambda question: filled(qtbot, presenter, question))
        presenter.open(subject)
        some_desk.settle()
        assert presenter.sheet is not None
        choice = next(one for one in presenter.sheet.acts if one.verb == verb)
        if choice.asks:
            presenter.ask(choice)
        else:
            presenter.act(choice, {})
        some_desk.settle()
        qtbot.waitUntil(lambda: bool(acted or refused))
        some_desk.settle()
    assert refused == []
    told = at.store.history(subject)
    assert len(told) > before
    assert wording.act_label(acted[0].choice.verb)
    assert acted[0].sheet.steps[-1].text


def filled(qtbot, presenter, question):
    """Fill in what the form asks, and say yes where it asks once more."""
    dialog = dialog_for(question, None)
    if dialog is None:
        answer(lambda asked: asked.yes.click())
        assert agrees(None, question)
        presenter.act(question.choice, {})
        return
    qtbot.addWidget(dialog)
    dialog.show()
    fill(dialog)
    dialog.given.connect(lambda facts: presenter.act(question.choice, facts))
    assert walks.faults(dialog) == []
    if consequence_of(question) is not None or question.choice.verb == "decide":
        answer(lambda asked: asked.yes.click())
    dialog.ok_requested.emit()
    assert isinstance(dialog, QDialog)
    dialog.close()


def test_there_is_no_act_without_a_moment_for_it(tiers):
    from tests.ui.desktop.pages.cases.moments import _MOMENTS

    assert set(_MOMENTS) == set(ACTS)
