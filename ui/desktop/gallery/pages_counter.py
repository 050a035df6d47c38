"""登记 in its states."""

from __future__ import annotations

import msgspec

from ui.desktop.gallery import houses, people, weeks
from ui.desktop.gallery.district import Station
from ui.desktop.gallery.scene import Act, Scene, at_desk
from ui.desktop.gallery.stage import Stage
from ui.desktop.pages.names import PageName
from ui.desktop.pages.registration.page import RegistrationPage
from ui.desktop.window.main_window import MainWindow

_PAGE = PageName.REGISTRATION
_DIBAO = "IT001"


def scenes() -> list[Scene]:
    def here(
        name: str, title: str, *acts: Act, subject: str | None = _DIBAO, matters: bool = False
    ) -> Scene:
        return at_desk(
            f"registration-{name}", f"登记：{title}", _village, _PAGE,
            subject=lambda: subject, acts=acts, matters=matters,
        )  # fmt: skip

    return [
        here("empty", "空的", subject=None, matters=True),
        here("items", "找事项", _item("db"), subject=None, matters=True),
        here("items-none", "找事项，没有找到", _item("没有的事"), subject=None),
        here("not-here", "找事项，不在本站办", _item("单身"), subject=None),
        here("chosen", "选了事项", matters=True),
        here("guide", "看指南", _guide, matters=True),
        here("applicants", "找申请人", _name("韦")),
        here("known", "来过的人", _known, _papers, matters=True),
        here("missing", "缺材料", _known, _some_papers, matters=True),
        here("wrong-number", "号码不对", _newcomer("450305196203151029"), matters=True),
        here("refused", "没有告知用途", _newcomer("450305196203151028"), _submit),
        here("nameless", "没有姓名", _submit),
        here("organisation", "单位申请", _organisation, subject="IT043"),
        here("long", "最长的名称", _longest, _papers, subject=weeks.LONG, matters=True),
        here("many", "三十件材料", _known, subject=weeks.MANY),
        here("registered", "登记好了", _known, _papers, _agreed, _submit, matters=True),
        here("parties", "有监护人和委托人", _known, _parties, matters=True),
        here("special", "绿色通道、亲属、代书", _known, _papers, _special, matters=True),
        here("passport", "其他证件和曾用名", _passport),
        here("visit", "同一来访的第三件", _visit, _known, _third, subject=None, matters=True),
        here("visited", "来访三件都登记好了", _visit, _known, _third, _held, _agreed, _submit,
             subject=None, matters=True),
        here("registered-missing", "登记好了，缺材料", _known, _some_papers, _agreed, _submit),
        at_desk("registration-bare", "登记：事项目录还没有到", lambda: houses.bare().village, _PAGE,
                acts=[_item("低保")]),
    ]  # fmt: skip


def _village() -> Station:
    return houses.counter().village


def _page(window: MainWindow) -> RegistrationPage:
    page = window.shown
    assert isinstance(page, RegistrationPage)
    return page


def _item(text: str) -> Act:
    def act(window: MainWindow, stage: Stage) -> None:
        box = _page(window).filling.item.box
        box.setFocus()
        box.setText(text)
        box.ask_now()

    return act


def _name(text: str) -> Act:
    def act(window: MainWindow, stage: Stage) -> None:
        box = _page(window).filling.applicant.name
        box.setFocus()
        box.setText(text)
        box.ask_now()

    return act


def _guide(window: MainWindow, _stage: Stage) -> None:
    _page(window).filling.item.guide.click()


def _known(window: MainWindow, stage: Stage) -> None:
    from app.usecases import applicants

    person = people.person(0)
    (found,) = applicants.known(_village().store, person.id_number)[:1]
    _page(window).presenter.who.take(found)


def _fill(window: MainWindow, **said: object) -> None:
    presenter = _page(window).presenter
    presenter.fill_applicant(**said)
    presenter._show(presenter.form)  # noqa: SLF001 - as if it had been typed


def _newcomer(number: str) -> Act:
    def act(window: MainWindow, _stage: Stage) -> None:
        _fill(window, name="蒋文明", id_number=number, phone="1387730", address="湖塘村3组12号")
        filling = _page(window).filling
        for editor in (
            filling.applicant.number,
            filling.applicant.phone,
            filling.applicant.address,
        ):
            editor.setFocus()

    return act


def _organisation(window: MainWindow, _stage: Stage) -> None:
    from app.domain.events import IdKind, PartyKind

    _fill(
        window, kind=PartyKind.ORGANISATION, id_kind=IdKind.CREDIT,
        name="七星区朝阳乡湖塘村金桔种植农民专业合作社", id_number="91450305MA5KXXXX0A",
    )  # fmt: skip


def _longest(window: MainWindow, _stage: Stage) -> None:
    person = msgspec.structs.replace(
        people.person(77), name=people.LONGEST_NAME, address=people.LONGEST_ADDRESS
    )
    _fill(window, **msgspec.structs.asdict(person))


def _parties(window: MainWindow, stage: Stage) -> None:
    """A guardian who is known, and an attorney without a basis."""
    from app.domain.events import PartyRole

    page, mother = _page(window), people.person(1)
    others = page.presenter.others
    page.filling.others.add_one()
    others.change(
        0, name=mother.name, id_number=mother.id_number, phone=mother.phone, relation="母子",
        basis="居民户口簿",
    )  # fmt: skip
    others.add(PartyRole.ATTORNEY)
    others.change(1, name="蒋文明", phone="13977300001", relation="邻居")
    others.counted.emit()
    stage.settle()
    page.filling.frame.show_widget(page.filling.others)


def _special(window: MainWindow, stage: Stage) -> None:
    from app.usecases.parties import SigningForm

    page = _page(window)
    handler = page.desk.operator.name
    page.presenter.fill(
        green="行动不便，上门办理：腿伤", staff_relative="韦代办的姑姑",
        signing=SigningForm(written_by=handler, read_by=handler, witness=handler),
    )  # fmt: skip
    page.presenter.shown_anew.emit()
    stage.settle()
    witness = page.filling.aside.special.witness
    witness.setFocus()
    stage.settle()
    page.filling.aside.special.fingerprint.setFocus()


def _passport(window: MainWindow, _stage: Stage) -> None:
    from app.domain.events import IdKind

    _fill(window, name="李秋菊", id_kind=IdKind.PASSPORT, id_number="E12345678", other_name="李菊")


def _visit(window: MainWindow, stage: Stage) -> None:
    """Two requests of the same visit were registered before this one."""
    from app.usecases import registration
    from app.usecases.today import shown_today

    page, village, person = _page(window), _village(), people.person(0)
    number = ""
    for item in ("IT010", "IT022"):
        asked = registration.item_asked(village.store, item, shown_today(village.store))
        form = msgspec.structs.replace(people.request(asked, person), visit=number)
        number = registration.register(village.store, form, by=village.person()).local_number
    page.presenter.fill(visit=number)
    page.presenter.visit.look(number)
    stage.settle()
    page.presenter.shown_anew.emit()


def _third(window: MainWindow, _stage: Stage) -> None:
    _page(window).presenter.take_named("IT009")


def _held(window: MainWindow, _stage: Stage) -> None:
    page = _page(window)
    assert page.presenter.item is not None
    _papers(window, _stage)
    page.presenter.table.take_otherwise(
        page.presenter.item.materials[0].name, original=True, held=True
    )


def _papers(window: MainWindow, _stage: Stage) -> None:
    _page(window).presenter.table.tick_needed()


def _some_papers(window: MainWindow, _stage: Stage) -> None:
    page = _page(window)
    assert page.presenter.item is not None
    for paper in page.presenter.item.materials[:3]:
        page.presenter.table.tick(paper.name, True)


def _agreed(window: MainWindow, _stage: Stage) -> None:
    aside = _page(window).filling.aside
    (aside.mandate if aside.mandate.isVisible() else aside.told).click()


def _submit(window: MainWindow, _stage: Stage) -> None:
    _page(window).presenter.submit()
