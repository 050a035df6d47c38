"""扫描件 wherever it is seen: at registration, in a case, at the authority, on 同步; and where pages come from."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import gettempdir

import msgspec

from app.journal.refs import Ref
from app.store.sheet_faults import note_fault
from app.usecases import attachments
from ui.desktop.exchanging import ExchangeState, Reach
from ui.desktop.gallery import houses, scanned
from ui.desktop.gallery.district import Station
from ui.desktop.gallery.scanned import StillCamera
from ui.desktop.gallery.scene import Act, Scene, at_desk
from ui.desktop.gallery.stage import REPORT, Stage, offline
from ui.desktop.gallery.weeks import Places
from ui.desktop.pages.cases.page import CasesPage
from ui.desktop.pages.names import PageName
from ui.desktop.pages.registration.page import RegistrationPage
from ui.desktop.scans.capture_dialog import CaptureDialog, Way
from ui.desktop.scans.downloads import DownloadState, downloads_of
from ui.desktop.scans.incoming import from_picture
from ui.desktop.scans.scanner import Abilities, Scanner
from ui.desktop.scans.workshop import workshop_of
from ui.desktop.widgets.page_strip import PageStrip
from ui.desktop.widgets.scroll_body import ScrollBody
from ui.desktop.window.main_window import MainWindow

_DIBAO = "IT001"
_CARD, _BOOK = "共同生活家庭成员居民身份证", "居民户口簿（户主页和有关成员页）"


def scenes() -> list[Scene]:
    return [*_registering(), *_in_cases(), *_reviewing(), *_exchanging()]


def _registering() -> list[Scene]:
    def here(name: str, title: str, *acts: Act, matters: bool = False) -> Scene:
        return at_desk(
            f"scans-{name}", f"扫描件：{title}", _village, PageName.REGISTRATION,
            subject=lambda: _DIBAO, acts=acts, matters=matters,
        )  # fmt: skip

    return [
        here("registration", "登记时材料下面的页", _bring, _to_materials, matters=True),
        here("not-a-picture", "登记时拖来的不是图片", _bring_bad, _to_materials),
        here("camera", "高拍仪", _bring, _capture, _camera, matters=True),
        here("camera-none", "没有摄像头", _bring, _capture, _no_camera),
        here("scanner", "扫描仪", _bring, _capture, _scanner, matters=True),
        here("scanner-working", "正在扫描", _bring, _capture, _scanner, _scanning),
        here("scanner-none", "没有扫描仪", _bring, _capture, _no_scanner, matters=True),
        here("folder", "扫描文件夹", _bring, _capture, _folder),
        here("folder-none", "还没有选扫描文件夹", _capture, _way(Way.FOLDER)),
        here("page", "登记时看大图", _bring, _enlarge, matters=True),
    ]


def _in_cases() -> list[Scene]:
    def here(name: str, title: str, *acts: Act, far: bool = False, matters: bool = False) -> Scene:
        return at_desk(
            f"scans-{name}", f"扫描件：{title}", _township if far else _village, PageName.CASES,
            subject=_case, acts=acts, matters=matters,
        )  # fmt: skip

    return [
        here("case", "办件里", _to_scans, matters=True),
        here("viewer", "看大图", _look(0), matters=True),
        here("turned", "转过来放大看", _look(2), _turn),
        here("remove", "移走，写原因", _look(0), _remove),
        here("add", "以后再添加", _add, _camera),
        here("far", "还没有下载", _to_scans, far=True, matters=True),
        here("fetching", "正在下载", _fetching, far=True),
        here("fetch-failed", "没有网络，没有下载完", _fetch_failed, far=True),
        here("far-page", "没有下载的一页", _look(0), far=True),
    ]


def _reviewing() -> list[Scene]:
    return [
        at_desk(
            "scans-review", "扫描件：审查时", _township, PageName.REVIEW,
            subject=_case, matters=True,
        )
    ]  # fmt: skip


def _exchanging() -> list[Scene]:
    page = PageName.EXCHANGE
    return [
        at_desk("scans-exchange", "扫描件：等着传", _village, page, state=lambda: offline(3), matters=True),
        at_desk("scans-exchange-sending", "扫描件：正在传", _village, page, state=_sending),
    ]  # fmt: skip


# --- the district -----------------------------------------------------------------------------------


@cache
def _places() -> Places:
    """A case whose papers were scanned; the township knows of it and has no image."""
    places = houses.quiet("scanned")
    village = places.village
    case = places.cases["scanned"] = places.register(village, _DIBAO, 3)
    by = village.person()
    for material, title, pages in ((0, "居民身份证", 2), (1, "居民户口簿", 4), (-1, "现场照片", 1)):
        scans = scanned.scans_of(title, pages)
        attachments.attach(village.store, case, material, scans, by)
    last = scanned.scans_of("现场照片", 1)[0].sheet.digest
    note_fault(village.store, last, "sheet_damaged")
    places.act(village, case, "forward")
    places.meet()
    places.act(places.township, case, "take_over")
    return places


def _village() -> Station:
    return _places().village


def _township() -> Station:
    return _places().township


def _case() -> Ref:
    return _places().cases["scanned"]


# --- 登记 --------------------------------------------------------------------------------------------


def _form(window: MainWindow) -> RegistrationPage:
    page = window.shown
    assert isinstance(page, RegistrationPage)
    return page


def _bring(window: MainWindow, stage: Stage) -> None:
    page, pile = _form(window), _form(window).presenter.pile
    for paper, title, count in (
        (_CARD, "居民身份证", 2),
        (_BOOK, "居民户口簿", 5),
        ("", "委托书", 1),
    ):
        pages = [from_picture(scanned.a_page(title, n + 1), title) for n in range(count)]
        page.presenter.bring(paper, pages)
    stage.until(lambda: not pile.waiting)
    _rest(window, stage)


def _rest(window: MainWindow, stage: Stage) -> None:
    workshop = workshop_of(window.desk)
    stage.until(lambda: not workshop.busy and not window.desk.jobs.busy)


def _bring_bad(window: MainWindow, stage: Stage) -> None:
    from ui.desktop.scans.incoming import from_bytes

    _form(window).presenter.bring(_CARD, [from_bytes(b"PK\x03\x04", "家庭情况.docx")])
    _rest(window, stage)


def _to_materials(window: MainWindow, _stage: Stage) -> None:
    filling = _form(window).filling
    strips = filling.materials.list.findChildren(PageStrip)
    filling.frame.show_widget(strips[-1] if strips else filling.materials)
    (strips[0] if strips else filling.materials.list).setFocus()


def _capture(window: MainWindow, _stage: Stage) -> None:
    dialog = _form(window).filling.materials.begin_capture(_BOOK)
    assert dialog is not None


def _dialog(window: MainWindow) -> CaptureDialog:
    found = [one for one in window.findChildren(CaptureDialog) if one.isVisible()]
    return found[-1]


def _camera(window: MainWindow, stage: Stage) -> None:
    dialog = _dialog(window)
    panel = dialog.camera
    panel._source = None  # noqa: SLF001 -- another camera is plugged in
    panel._make_source = lambda parent: StillCamera(  # noqa: SLF001
        scanned.a_page("居民户口簿", 9), parent
    )
    dialog.show_way(Way.CAMERA)
    stage.until(panel.snap.isEnabled)


def _no_camera(window: MainWindow, _stage: Stage) -> None:
    from ui.desktop.scans.camera_source import NoCamera

    _dialog(window).camera._say(NoCamera())  # noqa: SLF001 -- as on a computer that has none


def _way(way: Way) -> Act:
    def act(window: MainWindow, _stage: Stage) -> None:
        _dialog(window).show_way(way)

    return act


def _scanner(window: MainWindow, stage: Stage) -> None:
    """As if SANE had found two."""
    dialog = _dialog(window)
    panel = dialog.scanner
    dialog.show_way(Way.SCANNER)
    stage.until(lambda: not panel._jobs.busy)  # noqa: SLF001 -- this computer's own answer comes first
    found = [
        Scanner(device="a", label="Canon DR-C225"),
        Scanner(device="b", label="EPSON Perfection V39"),
    ]
    panel._able = {  # noqa: SLF001 -- as above
        "a": Abilities(grey="Gray", colour="Color", glass="Flatbed", feeder="ADF", dpi=200)
    }
    panel._on_found(found)  # noqa: SLF001 -- as above


def _scanning(window: MainWindow, _stage: Stage) -> None:
    panel = _dialog(window).scanner
    panel.scan.setEnabled(False)
    panel.progress.show_progress("正在扫描第 3 页", 0.62, "62%")
    panel.progress.show()


def _no_scanner(window: MainWindow, stage: Stage) -> None:
    from ui.desktop.scans.scanner import NoScannerProgram

    panel = _dialog(window).scanner
    _dialog(window).show_way(Way.SCANNER)
    stage.until(lambda: not panel._jobs.busy)  # noqa: SLF001 -- as above
    panel._on_none(NoScannerProgram())  # noqa: SLF001 -- as on a computer without SANE


def _folder(window: MainWindow, stage: Stage) -> None:
    from ui.desktop.scans.watched import Watched

    dialog = _dialog(window)
    panel = dialog.folder
    folder = Path(gettempdir())
    panel._watched = Watched(folder)  # noqa: SLF001 -- as if it had been chosen
    dialog.show_way(Way.FOLDER)
    panel.end()
    stage.until(lambda: not panel._jobs.busy)  # noqa: SLF001 -- what really is there comes first
    panel._on_found(panel._watched, 0, [folder / f"IMG_{n:04}.jpg" for n in (12, 13, 14)])  # noqa: SLF001


def _enlarge(window: MainWindow, stage: Stage) -> None:
    strip = next(
        one for one in _form(window).filling.materials.list.findChildren(PageStrip) if one.cards
    )
    strip.opened.emit(0)
    _rest(window, stage)


# --- 办件 --------------------------------------------------------------------------------------------


def _cases(window: MainWindow) -> CasesPage:
    page = window.shown
    assert isinstance(page, CasesPage)
    return page


def _to_scans(window: MainWindow, _stage: Stage) -> None:
    detail = _cases(window).detail
    scroll = detail.findChild(ScrollBody)
    strips = [one for one in detail.materials.findChildren(PageStrip) if one.cards]
    assert isinstance(scroll, ScrollBody)
    scroll.show_widget(strips[-1])
    scroll.show_widget(strips[1])


def _look(at: int) -> Act:
    def act(window: MainWindow, stage: Stage) -> None:
        _cases(window).detail.materials.opened.emit(at)
        _rest(window, stage)

    return act


def _turn(window: MainWindow, _stage: Stage) -> None:
    viewer = _cases(window).detail.scans.viewer
    assert viewer is not None
    viewer.right.click()
    for _ in range(3):
        viewer.size_steps.larger.click()


def _remove(window: MainWindow, _stage: Stage) -> None:
    viewer = _cases(window).detail.scans.viewer
    assert viewer is not None
    viewer.remove.click()


def _add(window: MainWindow, _stage: Stage) -> None:
    _cases(window).detail.materials.add.click()


def _fetching(window: MainWindow, _stage: Stage) -> None:
    state = DownloadState(working=True, done=3, sheets=7, here=412_000, size=1_020_000)
    downloads_of(window.desk).told.emit(state)
    materials = _cases(window).detail.materials
    materials.fetch.hide()
    materials.progress.show()


def _fetch_failed(window: MainWindow, _stage: Stage) -> None:
    words = "现在连不上区中心，没有下载完。下载到的都在，网络好了再按“下载”，接着来。"
    downloads_of(window.desk).told.emit(DownloadState(failed=words))


# --- 同步 --------------------------------------------------------------------------------------------


def _sending() -> ExchangeState:
    from sync.client.engine import Progress

    progress = Progress(
        sent=2, received=0, pending=0, bytes_up=4_100, bytes_down=900,
        sheets=2, sheet_bytes=310_000, sheets_waiting=5, sheets_waiting_bytes=640_000,
    )  # fmt: skip
    report = msgspec.structs.replace(REPORT)
    return ExchangeState(reach=Reach.ONLINE, report=report, working=True, progress=progress)
