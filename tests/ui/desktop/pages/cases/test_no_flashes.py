"""Nothing of a case or of a form is shown before it has its place: it would be a window of its own."""

from __future__ import annotations

import pytest

from app.usecases.acts import ACTS
from tests.builders import a_case
from tests.ui.desktop.pages.cases.moments import Tiers, moment
from tests.ui.desktop.pages.cases.places import DIBAO
from tests.ui.desktop.test_no_flashes import windows  # noqa: F401 - a fixture
from ui.desktop.pages.cases.act_choices import choice_of
from ui.desktop.pages.cases.forms.choosing import OWN, dialog_for
from ui.desktop.pages.cases.page import CasesPage
from ui.desktop.pages.cases.question import read_question


def test_a_case_is_shown_inside_its_page_only(windows, village_desk, places, qtbot):  # noqa: F811
    subjects = [a_case(places.village, DIBAO), places.decided(), places.examined()]
    page = CasesPage(village_desk.desk)
    qtbot.addWidget(page)
    page.show()
    for subject in subjects:
        page.open_case(subject)
        village_desk.settle()
    assert windows.shown == ["CasesPage"]


@pytest.fixture(scope="module")
def tiers(tmp_path_factory):
    made = Tiers(tmp_path_factory.mktemp("tiers"))
    yield made
    for station in made.all:
        station.store.close()


@pytest.mark.parametrize("verb", [*OWN, "take_originals", "issue_card", "supply"])
def test_a_form_shows_nothing_beside_itself(windows, qtbot, tiers, verb):  # noqa: F811
    at, subject, by = moment(tiers, verb)
    dialog = dialog_for(read_question(at.store, by, subject, choice_of(ACTS[verb])), None)
    assert dialog is not None
    qtbot.addWidget(dialog)
    assert windows.shown == []
    dialog.show()
    assert windows.shown == []  # a dialog is a window of another kind
