"""Two cases with one number, as a copied disk leaves them: on 同步, on 工作台 and in the list."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtWidgets import QApplication

from app.domain import events
from app.journal.refs import Continuation, Ref
from app.usecases import lookup, shared_numbers
from app.usecases.filters import CaseFilter
from app.usecases.today import shown_today
from tests.builders import VILLAGE, a_case, an_entry, an_identity, carry, hand
from tests.ui.desktop import walks
from tests.ui.desktop.desks import SomeDesk
from tests.ui.desktop.pages.exchange import states
from tests.ui.desktop.pages.exchange.test_page import shown
from ui.desktop import look
from ui.desktop.desk import Destination
from ui.desktop.pages.home.notices import Notices
from ui.desktop.pages.home.page import HomePage
from ui.desktop.pages.names import PageName


@pytest.fixture
def copied(some_desk: SomeDesk) -> SomeDesk:
    states.ordinary(some_desk)
    a_twin(some_desk, "覃小军")
    return some_desk


def a_twin(some: SomeDesk, name: str) -> Ref:
    """The same number was given on a copy of the disk, which goes on as B since."""
    station = some.station
    case = a_case(station, name="韦小妹")
    opening = station.store.journal.one(case)
    digest = station.store.journal.digest_at(case.device, case.seq - 1)
    assert opening is not None
    assert opening.body is not None
    assert digest is not None
    own = station.store.certificate
    place = Continuation(case.device, case.seq - 1, digest)
    who = an_identity(some.district, VILLAGE, life="B", slot=own.slot, continues=place)
    carry(some.district, station)
    body = events.decode_body(opening.kind, opening.version, opening.body)
    assert isinstance(body, events.CaseRegistered)
    other = msgspec.structs.replace(body.parties[0], name=name)
    twin = an_entry(
        who.keys.device, case.seq, body=msgspec.structs.replace(body, parties=(other,)),
        region=VILLAGE, actor=opening.actor, clock=opening.clock, lineage={who.keys.device: place},
    )  # fmt: skip
    hand(station, (who.keys.device, case.seq, [twin.wire]))
    return Ref(who.keys.device, case.seq)


@pytest.mark.parametrize("size", [(1190, 680), (844, 420)])
def test_everything_on_it_can_be_read_and_reached(copied, size):
    assert walks.faults(shown(copied, size)) == []


def test_it_holds_at_large_type(qapp, copied):
    look.apply(qapp, "contrast", 150)
    try:
        assert walks.faults(shown(copied)) == []
    finally:
        look.apply(qapp, "ordinary", 100)


def test_it_says_which_case_came_from_which_computer_and_what_to_do(copied):
    page = shown(copied)
    rows = page.shared._rows._rows  # noqa: SLF001
    said = "".join([*walks.texts(page.shared), *(one.row.detail for one in rows)])

    assert page.shared.isVisible()
    assert "这台电脑（A2）登记" in said
    assert "A2-0001/B · 电脑 B2 登记" in said
    assert "换一份新的收件回执" in said


def test_either_case_can_be_opened_and_the_whole_put_aside(copied):
    page = shown(copied)
    asked: list[Destination] = []
    copied.desk.destination_asked.connect(asked.append)
    (one,) = shared_numbers.shared(copied.station.store)

    page.shared._rows.opened.emit(one.cases[1].row.subject)  # noqa: SLF001
    assert [(to.page, to.subject) for to in asked] == [(PageName.CASES, one.cases[1].row.subject)]
    page.shared.done.click()
    copied.settle()
    page.refresh()
    copied.settle()

    assert not page.shared.isVisible()
    assert shared_numbers.shared(copied.station.store) == ()


def test_the_workbench_leads_there(copied):
    page = HomePage(copied.desk)
    copied.qtbot.addWidget(page)
    page.show()
    copied.settle()
    QApplication.processEvents()

    told = [one.text() for one in walks.the(Notices, page).shown()]
    assert any("有 1 个收件号被两件办件用了" in text for text in told)


def test_a_list_keeps_the_mark_in_sight(copied):
    store = copied.station.store
    listed = lookup.page(store, CaseFilter(), shown_today(store)).cases

    numbers = {one.number for one in listed}
    assert {number.rpartition("-")[2] for number in numbers} == {"0001", "0001/B"}
    assert all(one.same_number for one in listed)
