"""事项, 文书, 同步 and 设置."""

from __future__ import annotations

from functools import partial

import msgspec

from app.domain.papers import PaperKind
from app.journal.refs import Ref
from app.usecases import papers
from app.usecases.filters import CaseFilter
from printing.choice import Paper, PrinterChoice
from sync.client.fleet import CentreTooOld
from ui.desktop.batch_dialog import BatchDialog
from ui.desktop.exchanging import ExchangeState, Reach
from ui.desktop.gallery import fleets, houses
from ui.desktop.gallery.district import Station
from ui.desktop.gallery.scene import Act, Scene, at_desk, patiently
from ui.desktop.gallery.stage import ONLINE, WORKING, Stage, offline
from ui.desktop.gallery.weeks import LONG
from ui.desktop.pages.exchange.page import ExchangePage
from ui.desktop.pages.items.guide_words import Part
from ui.desktop.pages.items.page import ItemsPage
from ui.desktop.pages.names import PageName
from ui.desktop.pages.papers.blank_dialog import BlankDialog
from ui.desktop.pages.papers.check_dialog import CheckDialog
from ui.desktop.pages.papers.page import PapersPage
from ui.desktop.pages.settings.authorise_dialog import AuthoriseDialog
from ui.desktop.pages.settings.district_dialog import DistrictDialog
from ui.desktop.pages.settings.district_words import Part as RulesPart
from ui.desktop.pages.settings.page import SettingsPage
from ui.desktop.pages.settings.people_dialogs import AddPerson
from ui.desktop.pages.settings.printer_dialog import PrinterDialog
from ui.desktop.pages.settings.related_section import RelatedSection
from ui.desktop.print_batch import BatchState, Passed, Wanted, batch_of
from ui.desktop.print_jobs import JobState, PrintJob, jobs_of
from ui.desktop.start.own_password import OwnPassword
from ui.desktop.window.main_window import MainWindow


def scenes() -> list[Scene]:
    return [*_items(), *_papers(), *_exchange(), *_settings()]


def _village() -> Station:
    return houses.ordinary().village


# --- 事项 ---------------------------------------------------------------------------------------------


def _items() -> list[Scene]:
    def here(
        name: str, title: str, *acts: Act, subject: str | None = "IT001", matters: bool = False
    ) -> Scene:
        return at_desk(
            f"items-{name}", f"事项：{title}", _village, PageName.ITEMS,
            subject=lambda: subject, acts=acts, matters=matters,
        )  # fmt: skip

    return [
        here("list", "目录", subject=None, matters=True),
        here("guide", "指南", matters=True),
        here("steps", "流程", _part(Part.STEPS), matters=True),
        here("time", "时限", _part(Part.TIME)),
        here("more", "其他", _part(Part.MORE)),
        here("search", "查找", _search("救助"), subject=None),
        here("not-here", "不在本站办", subject="亲属关系证明", matters=True),
        here("none", "没有找到", _search("没有的事"), subject=None),
        here("long", "最长的名称", subject=LONG),
        at_desk("items-empty", "事项：目录还没有到", lambda: houses.bare().village, PageName.ITEMS, matters=True),
    ]  # fmt: skip


def _part(part: Part) -> Act:
    def act(window: MainWindow, _stage: Stage) -> None:
        page = window.shown
        assert isinstance(page, ItemsPage)
        page.guide.go_to(part)

    return act


def _search(text: str) -> Act:
    def act(window: MainWindow, _stage: Stage) -> None:
        page = window.shown
        assert isinstance(page, ItemsPage)
        page.search.setText(text)

    return act


# --- 文书 ---------------------------------------------------------------------------------------------


def _papers() -> list[Scene]:
    page = PageName.PAPERS
    crowded = lambda: houses.crowded().village  # noqa: E731
    return [
        at_desk("papers-empty", "文书：空的", lambda: houses.empty().village, page, matters=True),
        at_desk("papers-ordinary", "文书：村里", _village, page, acts=[_select(1)], matters=True),
        at_desk("papers-crowded", "文书：很多", crowded, page, acts=[_select(1)]),
        at_desk("papers-several", "文书：选了几份", crowded, page, acts=[_select(5)], matters=True),
        at_desk("papers-case", "文书：一件的", _village, page, subject=lambda: houses.ordinary().cases["decided"]),
        at_desk("papers-failed", "文书：没有打印出来", _village, page, acts=[_fail], matters=True),
        at_desk("papers-asked", "文书：打出来了吗", _village, page, acts=[_asked], matters=True),
        at_desk("papers-batch", "文书：批量打印等着", _village, page, acts=[_batch_waits], matters=True),
        at_desk("papers-batch-ended", "文书：批量打印完了", _village, page, acts=[_batch_ended], matters=True),
        at_desk("papers-check", "文书：核验真伪", _village, page, acts=[_check], matters=True),
        at_desk("papers-blanks", "文书：空白收件回执", _village, page, acts=[_blanks], matters=True),
        at_desk("cases-batch", "办件：批量打印", _village, PageName.CASES, acts=[_batch_dialog], matters=True),
    ]  # fmt: skip


def _select(rows: int) -> Act:
    def act(window: MainWindow, _stage: Stage) -> None:
        page = window.shown
        assert isinstance(page, PapersPage)
        page.list.clearSelection()
        model, selection = page.list.model(), page.list.selectionModel()
        for row in range(rows):
            flags = selection.SelectionFlag.Select | selection.SelectionFlag.Rows
            selection.select(model.index(row, 0), flags)
        page.list.setFocus()

    return act


def _fail(window: MainWindow, stage: Stage) -> None:
    """As if the printer had had no paper."""
    words = "打印机“惠普激光”没有纸了，没有打印。请装好纸，再打印一次。文书已经出具，再打这一份不算补打。"
    _print(stage, [(JobState.PRINTED, ""), (JobState.FAILED, words)])


def _asked(window: MainWindow, stage: Stage) -> None:
    _print(stage, [(JobState.CONFIRMED, ""), *[(JobState.PRINTED, "")] * 2])


def _check(window: MainWindow, stage: Stage) -> None:
    """The code of the first receipt that was printed there."""
    store = _village().store
    newest = papers.register(store, limit=1).copies[0].row.entry
    CheckDialog(stage.desk, papers.copy(store, newest).code, window).open()


def _blanks(window: MainWindow, stage: Stage) -> None:
    BlankDialog(stage.desk, window).open()


def _batch_dialog(window: MainWindow, stage: Stage) -> None:
    BatchDialog(stage.desk, CaseFilter(), window).open()


def _batch_waits(window: MainWindow, stage: Stage) -> None:
    """As if the printer had run out of paper at the third of twelve."""
    batch = batch_of(stage.desk)
    subject = Ref(stage.desk.station.device, 1)
    kind = PaperKind.MATERIALS_RECEIPT
    batch._wanted = [Wanted(subject=subject, kind=kind, label=f"莫建国 {n} 号") for n in range(12)]  # noqa: SLF001
    batch._at, batch.printed, batch.state = 2, 2, BatchState.WAITING  # noqa: SLF001
    batch.why = "打印机“惠普激光”没有纸了，没有打印。请装好纸，再打印一次。文书已经出具，再打这一份不算补打。"
    batch.changed.emit()


def _batch_ended(window: MainWindow, stage: Stage) -> None:
    batch = batch_of(stage.desk)
    batch.printed, batch.state = 10, BatchState.ENDED
    batch.passed = [
        Passed(label="莫建国 450305200201-20261120-A1-0001", words="现在不能出《送达回证》：办件的状态是“收件”。"),
        Passed(label="卢小妹 450305200201-20261022-A1-0004", words="这一件的《送达回证》以前打过，没有再打。"),
    ]  # fmt: skip
    batch.changed.emit()


def _print(stage: Stage, states: list[tuple[JobState, str]]) -> None:
    jobs = jobs_of(stage.desk)
    for n, (state, told) in enumerate(states, 901):
        title = f"收件回执 湖政服收A1〔2026〕{n - 895}号"
        entry = Ref(stage.desk.station.device, n)
        job = PrintJob(n=n, title=title, state=state, words=told, entry=entry)
        jobs.prints.add(job)
    jobs.changed.emit()


# --- 同步 ---------------------------------------------------------------------------------------------


def _exchange() -> list[Scene]:
    page = PageName.EXCHANGE
    here = partial(at_desk, station=_village, page=page)
    return [
        here("exchange-online", "同步：在线", matters=True),
        here("exchange-offline", "同步：离线", state=lambda: offline(37), matters=True),
        here("exchange-working", "同步：正在交换", state=lambda: WORKING, acts=[patiently]),
        here("exchange-refused", "同步：中心没有收下", state=_refused),
        at_desk(
            "exchange-registration", "同步：登记被退回", lambda: fleets.refused().village, page,
            state=_refused, matters=True,
        ),
        at_desk(
            "exchange-withdraw", "同步：撤回被退回的登记", lambda: fleets.refused().village, page,
            state=_refused, acts=[_pressed("withdraw")],
        ),
        at_desk(
            "exchange-district", "同步：请区中心处理", lambda: fleets.refused().village, page,
            state=_refused, acts=[_pressed("district")],
        ),
        at_desk(
            "exchange-corrected", "登记：更正被退回的", lambda: fleets.refused().village, page,
            state=_refused, acts=[_pressed("again")], matters=True,
        ),
        at_desk("exchange-shared", "同步：同号的办件", lambda: fleets.shared().village, page, matters=True),
        at_desk("exchange-shared-home", "工作台：有同号的办件", lambda: fleets.shared().village, PageName.HOME),
        at_desk("exchange-shared-list", "办件：同号的", lambda: fleets.shared().village, PageName.CASES, matters=True),
        at_desk(
            "exchange-shared-open", "办件：同号的一件", lambda: fleets.shared().village, PageName.CASES,
            subject=lambda: fleets.shared().cases["shared"],
        ),
        at_desk("exchange-settled", "同步：都处理过了", lambda: fleets.settled().village, page),
        here("exchange-clock", "同步：电脑时间不对", state=_clock_off),
        at_desk("exchange-fleet", "同步：全区的电脑", lambda: fleets.places().seat, page, matters=True),
        at_desk("exchange-fleet-found", "同步：找一个站点", lambda: fleets.places().seat, page, acts=[_sought("朝阳")]),
        at_desk("exchange-fleet-township", "同步：镇街看各村", lambda: fleets.places().township, page),
        at_desk(
            "exchange-fleet-offline", "同步：断网时看上次问到的", lambda: fleets.places().seat, page,
            state=lambda: offline(3), acts=[_too_old],
        ),
        at_desk("exchange-fleet-home", "工作台：有电脑要处理", lambda: fleets.places().seat, PageName.HOME),
        at_desk("exchange-new", "同步：还没有交换过", lambda: houses.empty().village, page, state=ExchangeState),
    ]  # fmt: skip


def _pressed(button: str) -> Act:
    def act(window: MainWindow, _stage: Stage) -> None:
        getattr(_exchange_page(window).repairs, button).click()

    return act


def _sought(text: str) -> Act:
    def act(window: MainWindow, _stage: Stage) -> None:
        _exchange_page(window).fleet.search.setText(text)

    return act


def _too_old(window: MainWindow, _stage: Stage) -> None:
    _exchange_page(window).fleet.show_failure(CentreTooOld())


def _exchange_page(window: MainWindow) -> ExchangePage:
    page = window.findChild(ExchangePage)
    assert isinstance(page, ExchangePage)
    return page


def _refused() -> ExchangeState:
    return msgspec.structs.replace(ONLINE, refused=1)


def _clock_off() -> ExchangeState:
    assert ONLINE.report is not None
    report = msgspec.structs.replace(ONLINE.report, clock_off_s=3 * 3600)
    return ExchangeState(reach=Reach.ONLINE, report=report)


# --- 设置 ---------------------------------------------------------------------------------------------


def _settings() -> list[Scene]:
    page = PageName.SETTINGS
    here = partial(at_desk, station=_village, page=page)
    return [
        here("settings", "设置：全部", matters=True),
        here("settings-other", "设置：不是负责人", operator="蒙春燕"),
        here("settings-add", "设置：添加操作员", acts=[_add], matters=True),
        here("settings-printer", "设置：打印机", acts=[_printer], matters=True),
        here("settings-slip-printer", "设置：小票机", acts=[_slip_printer], matters=True),
        here("settings-password", "设置：修改密码", acts=[_password]),
        *_arrangements(),
    ]


def _arrangements() -> list[Scene]:
    page = PageName.SETTINGS
    here = partial(at_desk, station=lambda: houses.watched().township, page=page)
    district = partial(at_desk, station=lambda: houses.watched().seat, page=page)
    return [
        here("settings-people", "设置：人、代理和授权", matters=True),
        here("settings-person", "设置：改岗位", acts=[_person], matters=True),
        here("settings-away", "设置：登记外出", acts=[_away], matters=True),
        here("settings-authorise", "设置：写授权", acts=[_authorise], matters=True),
        here("settings-rules", "设置：区里的规定，只看", acts=[_rules(None)]),
        district("settings-limits", "设置：区里的规定，时限", acts=[_rules(RulesPart.LIMITS)], matters=True),
        district("settings-lights", "设置：区里的规定，预警", acts=[_rules(RulesPart.LIGHTS)], matters=True),
        district("settings-contacts", "设置：区里的规定，电话", acts=[_rules(RulesPart.CONTACTS)]),
        district("settings-related", "设置：区里的规定，重复比对", acts=[_rules(RulesPart.RELATED), _a_group]),
        district("settings-departments", "设置：区里的规定，部门", acts=[_rules(RulesPart.DEPARTMENTS)]),
    ]  # fmt: skip


def _settings_page(window: MainWindow) -> SettingsPage:
    page = window.shown
    assert isinstance(page, SettingsPage)
    return page


def _person(window: MainWindow, _stage: Stage) -> None:
    people = _settings_page(window).people.rows
    people.opened.emit(people.rows()[1].key)


def _away(window: MainWindow, _stage: Stage) -> None:
    _settings_page(window).away.new.click()


def _authorise(window: MainWindow, _stage: Stage) -> None:
    _settings_page(window).authorisations.new.click()
    dialog = window.findChild(AuthoriseDialog)
    assert isinstance(dialog, AuthoriseDialog)
    dialog.pick("IT001", "最低生活保障审核确认")
    dialog.pick("IT022", "就业创业证申领")


def _rules(part: RulesPart | None) -> Act:
    def act(window: MainWindow, _stage: Stage) -> None:
        _settings_page(window).district.open.click()
        dialog = window.findChild(DistrictDialog)
        assert isinstance(dialog, DistrictDialog)
        if part is not None:
            dialog.show_part(part)

    return act


def _a_group(window: MainWindow, _stage: Stage) -> None:
    dialog = window.findChild(DistrictDialog)
    assert dialog is not None
    part = dialog.sections[RulesPart.RELATED]
    assert isinstance(part, RelatedSection)
    part.groups.add({"0": "最低生活保障审核确认", "1": "特困人员认定及救助供养"})


def _add(window: MainWindow, stage: Stage) -> None:
    from ui.desktop.pages.settings.presenter import SettingsPresenter

    AddPerson(stage.desk.station.tier, SettingsPresenter(stage.desk, window), window).open()


def _printer(window: MainWindow, stage: Stage) -> None:
    PrinterDialog(stage.desk, "", "所有文书", window).open()


def _slip_printer(window: MainWindow, stage: Stage) -> None:
    choice = PrinterChoice(direct="192.168.1.20", paper=Paper.SLIP)
    stage.desk.preferences = msgspec.structs.replace(stage.desk.preferences, printers={"": choice})
    _printer(window, stage)


def _password(window: MainWindow, stage: Stage) -> None:
    OwnPassword(stage.desk, window).open()
