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
    _page(window).presenter.take_applicant(found)


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


def _papers(window: MainWindow, _stage: Stage) -> None:
    _page(window).presenter.tick_needed()


def _some_papers(window: MainWindow, _stage: Stage) -> None:
    page = _page(window)
    assert page.presenter.item is not None
    for paper in page.presenter.item.materials[:3]:
        page.presenter.tick(paper.name, True)


def _agreed(window: MainWindow, _stage: Stage) -> None:
    _page(window).filling.aside.mandate.click()


def _submit(window: MainWindow, _stage: Stage) -> None:
    _page(window).presenter.submit()
