"""What is before the desk: the first start, the login, the lock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain.regions import Tier
from app.errors import DaibanError
from app.store.keyslots import Unlock, WrongKey
from sync.client.engine import Progress as Going
from sync.enrolment_code import EnrolmentCode, write_code
from sync.refusals import Offline
from ui.desktop.exchanging import ExchangeState, Reach
from ui.desktop.gallery.scene import Scene
from ui.desktop.gallery.stage import ONLINE, StillExchanger, offline, settle_alone
from ui.desktop.jobs import Jobs
from ui.desktop.start.arrival_step import ArrivalStep
from ui.desktop.start.asking_step import AskingStep
from ui.desktop.start.clock_page import ClockPage
from ui.desktop.start.code_step import CodeStep
from ui.desktop.start.enrolling import Enrolling
from ui.desktop.start.frame import StartFrame
from ui.desktop.start.head_step import HeadStep
from ui.desktop.start.login import PasswordCheck
from ui.desktop.start.login_page import LoginPage
from ui.desktop.start.packet_step import PacketStep
from ui.desktop.start.printer_step import PrinterStep
from ui.desktop.start.seat import AheadOf
from ui.desktop.start.shell import Shell
from ui.desktop.start.steps import Steps
from ui.desktop.start.trouble_page import TroublePage
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.password_edit import PasswordEdit
from ui.desktop.widgets.text_area import TextArea

_URL: Final = "https://zhengwu.qixing.example:8750"
_STATION: Final = "湖塘村政务服务站"
_DAY: Final = date(2026, 11, 20)
_FAR_MS: Final = 4_102_444_800_000
_TWELVE: Final = [
    "韦丽萍", "覃志刚", "莫秀英", "黄志军", "蒙桂兰", "卢丽", "廖德旺", "秦海燕", "潘文明", "唐玉珍",
    "蒋大勇", "阿卜杜热西提·麦麦提图尔荪江",
]  # fmt: skip


def scenes() -> list[Scene]:
    return [*_first_start(), *_logins(), *_troubles()]


def _first_start() -> list[Scene]:
    return [
        _scene("start-code", "第一次启动：登记码", _code, matters=True),
        _scene("start-code-read", "第一次启动：登记码读好了", _code, _typed(_good_code), matters=True),
        _scene("start-code-past", "第一次启动：登记码过期", _code, _typed(_past_code)),
        _scene("start-code-wrong", "第一次启动：登记码不对", _code, _typed(lambda: "DAIBAN1.abc"), matters=True),
        _scene("start-again", "第一次启动：重新登记", lambda: _code(going_on=True)),
        _scene("start-head", "第一次启动：负责人", _head, matters=True),
        _scene("start-head-filled", "第一次启动：负责人，密码太短", _head, _fill_head),
        _scene("start-asking", "第一次启动：正在联系", _asking),
        _scene("start-unreachable", "第一次启动：连不上", _asking, _refused(lambda: Offline(url=_URL)), matters=True),
        _scene("start-by-packet", "第一次启动：用U盘登记", _by_packet),
        _scene("start-packet-written", "第一次启动：登记申请已写好", _by_packet, _request_written, matters=True),
        _scene("start-packet-again", "再次启动：等区中心的答复", _by_packet_again),
        _scene("start-used", "第一次启动：登记码用过了", _asking, _refused(_used)),
        _scene("start-printer", "第一次启动：打印机", _printer, matters=True),
        _scene("start-arriving", "第一次启动：正在取目录", lambda: _arrival(_arriving())),
        _scene("start-arrived", "第一次启动：完成", lambda: _arrival(ONLINE), matters=True),
        _scene("start-arrived-offline", "第一次启动：完成，没有网络", lambda: _arrival(offline(0))),
    ]  # fmt: skip


def _logins() -> list[Scene]:
    return [
        _scene("login-one", "登录：一个人", lambda: _login(["韦丽萍"]), matters=True),
        _scene("login-three", "登录：三个人", lambda: _login(_TWELVE[:3]), matters=True),
        _scene("login-twelve", "登录：十二个人", lambda: _login(_TWELVE)),
        _scene(
            "login-wrong", "登录：密码不对", lambda: _login(_TWELVE[:3]), _wrong(0), matters=True
        ),
        _scene("login-wait", "登录：密码错了几次", lambda: _login(_TWELVE[:3]), _wrong(8)),
        _scene("login-passphrase", "登录：设备口令", lambda: _login([])),
        _scene("lock", "登录：锁屏", _lock, matters=True),
        _scene("switch", "登录：换人", _switch),
    ]


def _troubles() -> list[Scene]:
    from app.store.database import DamagedDatabase, StoreTooNew

    broken = DamagedDatabase(detail="x")
    folder = Path("/home/hutang/.local/share/daiban")
    ahead = AheadOf(today=date(2020, 1, 1), last=_DAY)
    return [
        _scene("start-clock", "打不开：日期不对", lambda: ClockPage(ahead), matters=True),
        _scene("start-damaged", "打不开：数据损坏", lambda: TroublePage(broken, folder), matters=True),
        _scene("start-too-new", "打不开：程序太旧", lambda: TroublePage(StoreTooNew(version=9), folder)),
    ]  # fmt: skip


def _scene(
    name: str,
    title: str,
    make: Callable[[], StartFrame],
    act: Callable[[StartFrame], object] = lambda _page: None,
    *,
    matters: bool = False,
) -> Scene:
    def shell() -> QWidget:
        window = Shell()
        window.show_page(make())
        return window

    def arrange(window: QWidget) -> None:
        settle_alone()
        page = window.page  # type: ignore[attr-defined]
        page.focus_first()
        act(page)
        settle_alone()

    return Scene(name=name, title=title, make=shell, arrange=arrange, matters=matters)


@cache
def _jobs() -> Jobs:
    import atexit

    jobs = Jobs()
    atexit.register(jobs.stop)
    return jobs


# --- first start --------------------------------------------------------------------------------------


def _enrolling() -> Enrolling:
    return Enrolling(_jobs(), Path("/nowhere"))


def _stepped(step: StartFrame, number: int) -> StartFrame:
    step.add_above(Steps(number))
    return step


def _code(*, going_on: bool = False) -> StartFrame:
    enrolling = _enrolling()
    step = CodeStep(enrolling)
    enrolling.setParent(step)
    if going_on:
        step.say_going_on()
    return _stepped(step, 0)


def _good_code() -> str:
    return _written(_FAR_MS)


def _past_code() -> str:
    return _written(1_700_000_000_000)


def _written(expires_ms: int) -> str:
    return write_code(
        EnrolmentCode(
            url=_URL,
            secret=bytes(range(16)),
            fingerprint=bytes(range(32)),
            region="450305200201",
            station=_STATION,
            tier=int(Tier.VILLAGE),
            expires_ms=expires_ms,
        )
    )


def _typed(text: Callable[[], str]) -> Callable[[StartFrame], object]:
    def act(page: StartFrame) -> None:
        area = page.findChild(TextArea)
        assert isinstance(area, TextArea)
        area.setPlainText(text())

    return act


def _head() -> StartFrame:
    return _stepped(HeadStep(), 1)


def _fill_head(page: StartFrame) -> None:
    name, first, second = page.findChildren(LineEdit)[:3]
    name.setText("韦丽萍")
    first.setText("1234")
    first.setFocus()
    second.setFocus()


class _StillEnrolling(Enrolling):
    """Has a code, and asks nobody."""

    def enrol(self, unlock: Unlock) -> None:
        pass


def _asking() -> StartFrame:
    enrolling = _StillEnrolling(_jobs(), Path("/nowhere"))
    enrolling.read_text(_good_code())
    step = AskingStep(enrolling)
    enrolling.setParent(step)
    step.ask(Unlock(operator="韦丽萍", password="hutang2026"))
    return _stepped(step, 2)


def _packet_step(unlock: Unlock | None, names: tuple[str, ...] = ()) -> StartFrame:
    from sync.client.enrolment_packets import AskedByPacket

    enrolling = _enrolling()
    asked = AskedByPacket(
        station=_STATION,
        region="450305200201",
        tier=int(Tier.VILLAGE),
        url=_URL,
        expires_ms=_FAR_MS,
    )
    step = PacketStep(enrolling, asked, unlock, names)
    enrolling.setParent(step)
    return _stepped(step, 2)


def _by_packet() -> StartFrame:
    return _packet_step(Unlock(operator="韦丽萍", password="hutang2026"))


def _by_packet_again() -> StartFrame:
    return _packet_step(None, ("韦丽萍",))


def _request_written(page: StartFrame) -> None:
    enrolling = page.findChild(Enrolling)
    assert isinstance(enrolling, Enrolling)
    enrolling.request_written.emit("E:/登记-湖塘村政务服务站-3fa2c1.daiban-enrol")


def _refused(error: Callable[[], DaibanError]) -> Callable[[StartFrame], object]:
    """As the centre's answer."""

    def act(page: StartFrame) -> None:
        enrolling = page.findChild(Enrolling)
        assert isinstance(enrolling, Enrolling)
        enrolling._on_refused(error())  # noqa: SLF001

    return act


def _used() -> DaibanError:
    from sync.refusals import CodeUsed

    return CodeUsed()


def _printer() -> StartFrame:
    return _stepped(PrinterStep(_jobs(), _STATION, _DAY), 3)


def _arriving() -> ExchangeState:
    going = Going(
        sent=0,
        received=31_204,
        pending=0,
        bytes_up=512,
        bytes_down=1_243_000,
        unread=5_200,
    )
    return ExchangeState(reach=Reach.UNTRIED, working=True, progress=going)


def _arrival(state: ExchangeState, *, has_catalogue: bool = False) -> StartFrame:
    exchanger = StillExchanger()
    exchanger.stand(state)
    step = ArrivalStep(_STATION, exchanger, has_catalogue=has_catalogue)
    exchanger.setParent(step)
    return _stepped(step, 4)


# --- login --------------------------------------------------------------------------------------------


class _NoCheck(PasswordCheck):
    """Says what the picture has it say."""

    def try_password(self, name: str, password: str) -> None:
        pass


def _page_of_login() -> LoginPage:
    check = _NoCheck()
    page = LoginPage(check)
    check.setParent(page)
    return page


def _login(names: list[str]) -> StartFrame:
    page = _page_of_login()
    page.welcome(names)
    return page


def _lock() -> StartFrame:
    page = _page_of_login()
    page.set_place(_STATION)
    page.guard(_TWELVE[:3], _TWELVE[1])
    return page


def _switch() -> StartFrame:
    page = _page_of_login()
    page.set_place(_STATION)
    page.replace(_TWELVE[:3], _TWELVE[0])
    return page


def _wrong(wait_s: int) -> Callable[[StartFrame], object]:
    def act(page: StartFrame) -> None:
        from ui import wording

        check = page.findChild(PasswordCheck)
        password = page.findChild(PasswordEdit)
        assert isinstance(check, PasswordCheck)
        assert isinstance(password, PasswordEdit)
        check.refused.emit(wording.sentence_on_screen(WrongKey()), wait_s)

    return act
