"""What happens on the page of 登记, told by signals; no widgets."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.events import IdKind, PartyKind, Role
from app.domain.items import Mode
from app.store.likeness import Strength
from app.usecases import catalogue, drafts
from app.usecases.catalogue import Suggested
from app.usecases.today import shown_today
from tests.builders import a_case, the_item
from tests.ui.desktop.desks import SomeDesk
from tests.ui.desktop.pages.registration.conftest import KNOWN
from ui.desktop.look.mood import Mood
from ui.desktop.pages.registration.checks import Finding, Place
from ui.desktop.pages.registration.presenter import RegistrationPresenter
from ui.desktop.pages.registration.receipt import Receipt


class Heard:
    """Everything that the presenter has said."""

    def __init__(self, presenter: RegistrationPresenter) -> None:
        self.judged: dict[Place, Finding | None] = {}
        self.refused: list[tuple[Place | None, str]] = []
        self.receipts: list[Receipt] = []
        self.people: list[object] = []
        self.alike: list[object] = []
        presenter.judged.connect(self.judged.__setitem__)
        presenter.refused.connect(lambda place, text: self.refused.append((place, text)))
        presenter.registered.connect(self.receipts.append)
        presenter.who.found.connect(lambda found: setattr(self, "people", found))
        presenter.alike_found.connect(lambda found: setattr(self, "alike", found))

    def text(self, place: Place) -> str:
        finding = self.judged[place]
        assert finding is not None
        return finding.text


@pytest.fixture
def presenter(known_desk: SomeDesk) -> RegistrationPresenter:
    made = RegistrationPresenter(known_desk.desk, known_desk.desk)
    made.look_around()
    known_desk.settle()
    return made


@pytest.fixture
def heard(presenter: RegistrationPresenter) -> Heard:
    return Heard(presenter)


def suggested(some: SomeDesk, text: str) -> Suggested:
    store = some.station.store
    return catalogue.suggested(store, text, shown_today(store))[0]


def known(presenter: RegistrationPresenter, some: SomeDesk, heard: Heard, text: str = "wxm"):
    presenter.who.look_for(text)
    some.settle()
    return heard.people[0]


def filled(presenter: RegistrationPresenter, some: SomeDesk, heard: Heard) -> None:
    presenter.take_item(the_item("IT001"))
    presenter.who.take(known(presenter, some, heard))
    presenter.fill(mandate=True)
    some.settle()


# --- the item -------------------------------------------------------------------------------------


def test_an_item_by_its_initials_brings_its_materials_ways_and_limits(presenter, known_desk):
    assert presenter.take(suggested(known_desk, "db"))
    known_desk.settle()
    assert presenter.form.item == "IT001"
    assert len(presenter.table.totals.missing) == 4
    assert presenter.outlook.modes[0] is Mode.PROXY
    assert presenter.mode is Mode.PROXY


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("亲属关系证明", ("不由村（社区）开具", "公证机构")),
        ("受灾人员冬春生活救助", ("按名册成批办理",)),
        ("政策咨询", ("属于咨询",)),
    ],
)
def test_what_is_not_registered_here_says_why_and_where_to_go(
    presenter, known_desk, heard, asked, words
):
    assert not presenter.take(suggested(known_desk, asked))
    assert presenter.form.item == ""
    for part in words:
        assert part in heard.text(Place.ITEM)


def test_another_item_forgets_the_materials_and_the_mandate_of_the_first(presenter, known_desk):
    presenter.take_item(the_item("IT001"))
    presenter.table.tick_needed()
    presenter.fill(mandate=True)
    presenter.take_item(the_item("IT022"))
    known_desk.settle()
    assert presenter.form.materials == ()
    assert not presenter.form.mandate


def test_the_same_item_again_keeps_what_was_ticked(presenter, known_desk):
    presenter.take_item(the_item("IT001"))
    presenter.table.tick_needed()
    presenter.take_item(the_item("IT001"))
    assert presenter.table.totals.missing == ()


def test_a_way_without_a_mandate_drops_it(presenter, known_desk):
    presenter.take_item(the_item("IT001"))
    presenter.fill(mandate=True)
    presenter.fill(mode=Mode.ACCOMPANY)
    known_desk.settle()
    assert not presenter.form.mandate


# --- the applicant --------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["wxm", "韦小", "1028", "0315", "19620315"])
def test_somebody_who_was_here_is_found_by_name_pinyin_or_digits(
    presenter, known_desk, heard, typed
):
    assert known(presenter, known_desk, heard, typed).name == "韦小妹"


def test_choosing_somebody_fills_number_telephone_and_address(presenter, known_desk, heard):
    presenter.who.take(known(presenter, known_desk, heard))
    applicant = presenter.form.applicant
    assert (applicant.name, applicant.id_number) == ("韦小妹", "450305 19620315 1028")
    assert (applicant.phone, applicant.address) == ("138 7730 0000", KNOWN["address"])
    assert heard.text(Place.ID_NUMBER) == "校验通过 · 女 · 64 岁"
    assert heard.text(Place.NAME) == "11月办过就业创业证申领"


def test_a_scanned_number_brings_the_person_along(presenter, known_desk, heard):
    presenter.take_number(KNOWN["id_number"])
    known_desk.settle()
    assert presenter.form.applicant.name == "韦小妹"


def test_a_scanned_code_makes_the_applicant_an_organisation(presenter, known_desk):
    presenter.fill_applicant(id_kind=IdKind.RESIDENT)
    presenter.take_number("91350100M000100Y43")
    known_desk.settle()
    assert presenter.form.applicant.kind is PartyKind.ORGANISATION
    assert presenter.form.applicant.name == ""


def test_a_number_that_belongs_to_another_name_is_pointed_out(presenter, known_desk, heard):
    presenter.fill_applicant(name="覃建国", id_number=KNOWN["id_number"])
    presenter.leave(Place.ID_NUMBER)
    known_desk.settle()
    assert presenter.form.applicant.name == "覃建国"
    assert "韦小妹" in heard.text(Place.NAME)
    presenter.fill_applicant(id_number="450305197501012311")
    presenter.leave(Place.ID_NUMBER)
    known_desk.settle()
    assert heard.judged[Place.NAME] is None


def test_the_same_person_with_the_same_item_is_flagged_and_nothing_blocked(
    presenter, known_desk, heard
):
    presenter.who.take(known(presenter, known_desk, heard))
    presenter.take_item(the_item("IT022"))
    known_desk.settle()
    assert len(heard.alike) == 1
    presenter.take_item(the_item("IT001"))
    known_desk.settle()
    assert heard.alike == []
    presenter.take_item(the_item("IT022"))
    presenter.fill(mandate=True)
    presenter.submit()
    known_desk.settle()
    assert len(heard.receipts) == 1


# --- registering ----------------------------------------------------------------------------------


def test_what_was_registered_is_what_was_filled_in(presenter, known_desk, heard):
    filled(presenter, known_desk, heard)
    presenter.table.tick_needed()
    presenter.table.take_otherwise("共同生活家庭成员居民身份证", copies=3)
    presenter.fill(urgent=True, note="请上门核实")
    presenter.submit()
    known_desk.settle()
    case = known_desk.station.case(heard.receipts[0].subject)
    assert (case.item, case.mode, case.urgent, case.note) == (
        "IT001",
        Mode.PROXY,
        True,
        "请上门核实",
    )
    assert case.applicant.id_number == KNOWN["id_number"]
    assert case.applicant.phone == KNOWN["phone"]
    assert case.materials[0].copies == 3
    assert heard.receipts[0].missing == ()
    assert heard.receipts[0].acts[0] == ("forward", "转报")


def test_the_first_fault_is_named_and_nothing_is_written(presenter, known_desk, heard):
    before = known_desk.station.store.head()
    presenter.submit()
    presenter.take_item(the_item("IT001"))
    presenter.submit()
    known_desk.settle()
    assert [place for place, _ in heard.refused] == [Place.ITEM, Place.NAME]
    assert known_desk.station.store.head() == before


def test_a_refusal_of_the_use_case_lands_at_its_field(presenter, known_desk, heard):
    filled(presenter, known_desk, heard)
    presenter.fill(received_on=date(1999, 12, 31))
    known_desk.settle()
    heard.refused.clear()
    presenter.submit()
    known_desk.settle()
    assert [place for place, _ in heard.refused] == [Place.DAY]
    assert heard.receipts == []
    presenter.fill(received_on=None)
    presenter.submit()
    known_desk.settle()
    assert len(heard.receipts) == 1


def test_pressing_twice_registers_once(presenter, known_desk, heard):
    filled(presenter, known_desk, heard)
    presenter.submit()
    presenter.submit()
    known_desk.settle()
    assert len(heard.receipts) == 1
    assert len(known_desk.station.store.rows.where("item = 'IT001'")) == 1


def test_registering_throws_the_draft_away(presenter, known_desk, heard):
    filled(presenter, known_desk, heard)
    presenter.drafting.keep()
    known_desk.settle()
    store, head = known_desk.station.store, known_desk.station.head
    assert len(drafts.of_operator(store, head)) == 1
    presenter.submit()
    known_desk.settle()
    assert drafts.of_operator(store, head) == []
    presenter.start_anew()
    known_desk.settle()
    assert drafts.of_operator(store, head) == []


def test_a_draft_that_was_refused_goes_with_the_case_all_the_same(presenter, known_desk, heard):
    filled(presenter, known_desk, heard)
    presenter.fill(received_on=date(1999, 12, 31))
    presenter.drafting.keep()
    presenter.submit()
    known_desk.settle()
    assert heard.receipts == []
    presenter.fill(received_on=None)
    presenter.drafting.keep()
    presenter.submit()
    known_desk.settle()
    assert len(heard.receipts) == 1
    assert drafts.of_operator(known_desk.station.store, known_desk.station.head) == []


def test_whoever_leaves_while_it_is_registered_finds_no_draft_of_it(presenter, known_desk, heard):
    filled(presenter, known_desk, heard)
    presenter.submit()
    presenter.fill(note="还在打字")
    presenter.drafting.keep()
    known_desk.settle()
    assert len(heard.receipts) == 1
    assert drafts.of_operator(known_desk.station.store, known_desk.station.head) == []


def test_the_next_item_of_one_visit_keeps_the_person_and_nothing_else(presenter, known_desk, heard):
    filled(presenter, known_desk, heard)
    presenter.fill(note="急", urgent=True, told=True)
    presenter.submit()
    known_desk.settle()
    presenter.start_another()
    known_desk.settle()
    form = presenter.form
    assert form.applicant.name == "韦小妹"
    assert form.told
    assert (form.item, form.mandate, form.urgent, form.note) == ("", False, False, "")
    assert heard.text(Place.NAME).endswith("办过最低生活保障审核确认")


def test_somebody_without_the_power_hears_it_when_the_item_is_picked(known_desk):
    known_desk.desk.seat(known_desk.station.person(Role.ARCHIVIST))
    presenter = RegistrationPresenter(known_desk.desk, known_desk.desk)
    heard = Heard(presenter)
    presenter.take_item(the_item("IT001"))
    known_desk.settle()
    ((place, text),) = heard.refused
    assert place is None
    assert "登记" in text


def test_a_backlog_case_counts_its_limits_from_its_own_day(presenter, known_desk, heard):
    filled(presenter, known_desk, heard)
    presenter.fill(received_on=date(2026, 11, 3))
    known_desk.settle()
    assert {clock.starts for clock in presenter.outlook.clocks} == {date(2026, 11, 3)}
    presenter.submit()
    known_desk.settle()
    assert known_desk.station.case(heard.receipts[0].subject).backlog


def test_what_the_store_says_otherwise_meanwhile_is_heard(presenter, known_desk, heard):
    """Another window of this station registered the same request."""
    filled(presenter, known_desk, heard)
    assert heard.alike == []
    a_case(known_desk.station, "IT001", "韦小妹", applicant=KNOWN)
    presenter.look_around()
    known_desk.settle()
    (found,) = heard.alike
    assert found.strength is Strength.SAME
    assert "同一人（证件号码相同，姓名相同）" in found.words


def test_somebody_like_another_is_told_by_name_telephone_and_address(presenter, known_desk, heard):
    before = a_case(
        known_desk.station,
        "IT022",
        "覃小花",
        applicant={"id_number": "", "phone": "", "address": "湖塘村三组12号"},
    )
    presenter.take_item(the_item("IT022"))
    presenter.fill_applicant(name="覃晓花", id_kind=IdKind.NONE)
    presenter.leave(Place.NAME)
    known_desk.settle()
    assert heard.alike == []
    presenter.fill_applicant(address="湖塘村3组12号")
    presenter.leave(Place.ADDRESS)
    known_desk.settle()
    (found,) = heard.alike
    assert found.subject == before
    assert "覃*花" in found.words
    assert "可能同一人（姓名同音，住址相近）" in found.words


def test_a_warning_goes_with_its_icon(presenter, known_desk, heard):
    presenter.fill_applicant(id_number="450305196203151027")
    presenter.leave(Place.ID_NUMBER)
    known_desk.settle()
    assert heard.judged[Place.ID_NUMBER].mood is Mood.WARN
