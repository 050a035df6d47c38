"""The installed program does the main job once, with everything that it brings along: `daiban --self-check`.

A centre of its own on this machine, a new village: enrol, register, print to a file, exchange, draw the window.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from app.errors import DaibanError, Refused

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.desktop.desk import Desk
    from ui.desktop.start.seat import Seat

_DISTRICT: Final = "450305"
_VILLAGE: Final = "450305200201"
_STATION: Final = "自检政务服务站"
_HEAD: Final = "自检人"
_PASSWORD: Final = "self-check-1"
_PATIENCE_S: Final = 60
_LEAST_PDF: Final = 10_000
_ESC_POS: Final = b"\x1b@"
_UNDRAWN: Final = 0x30000  # 𰀀, of an extension that no shipped font has
_ENTRIES: Final = 3  # the head's card, the case, the receipt


class SelfCheckFailed(Refused):
    """A step did not come to its end (facts: step, detail)."""

    code = "self_check_failed"


def self_check() -> int:
    """0 if all is well; each step is told as it is done. Raises SelfCheckFailed."""
    os.environ["PYTHON_KEYRING_BACKEND"] = (
        "keyring.backends.fail.Keyring"  # nobody's own is touched
    )
    from ui.desktop.application import qt_application

    started = time.monotonic()
    application = qt_application()
    with tempfile.TemporaryDirectory(
        prefix="daiban-self-check-", ignore_cleanup_errors=True
    ) as name:
        folder = Path(name)
        _open_window(application, folder / "new")
        _ask_tellers()
        from ui.demo.places import Centre

        centre = Centre(folder / "centre", "self-check")
        centre.do("centre", "init", "--region", _DISTRICT, "--url", centre.url)
        with centre.open():
            code = ("centre", "enrol-code", "--region", _VILLAGE, "--name", _STATION)
            check = _Check(application, folder / "village")
            try:
                check.run(centre.do(*code)["code"], folder)
            finally:
                check.stop()
            (device,) = [
                one
                for one in centre.do("centre", "devices")["devices"]
                if one["station"] == _STATION
            ]
            if device["entries"] < _ENTRIES:
                raise SelfCheckFailed(step="centre", detail=f"{device['entries']} entries")
    click.echo(f"代办 {version('daiban')} 自检完好，用时 {time.monotonic() - started:.1f} 秒")
    return 0


def _open_window(application: QApplication, data: Path) -> None:
    """The first window of a new computer, as somebody sees it; how long it took is worth knowing of a slow one."""
    from ui.desktop.start.flow import Flow

    data.mkdir()
    flow = Flow(application, data)
    flow.begin()
    until = time.monotonic() + _PATIENCE_S
    while flow.shell.page is None or not flow.shell.page.isVisible():
        application.processEvents()
        if time.monotonic() > until:
            raise SelfCheckFailed(step="window", detail=f"{_PATIENCE_S} s")
    application.processEvents()
    click.echo(f"  打开窗口：好，{_since_start_s():.2f} 秒")
    flow.shell.close()
    flow.stop()
    flow.deleteLater()


def _ask_tellers() -> None:
    """This program can start itself once more to tell cases, as a first download needs it."""
    from app.domain.publications import Publications
    from app.store.tellers import Tellers, TellersGone
    from app.store.telling import Known, Told

    nothing = Known(devices={}, lineage={}, publications=Publications(), refused=frozenset())
    try:
        tellers = Tellers()
        tellers.give([], nothing)
        told = tellers.take()
        tellers.close()
    except TellersGone as error:
        raise SelfCheckFailed(step="tellers", detail=str(error.__cause__)) from error
    if told != Told([], []):
        raise SelfCheckFailed(step="tellers", detail=str(told))
    click.echo("  另开进程整理办件：好")


def _since_start_s() -> float:
    """Since this process was made, where the system says when that was; else since Python was ready."""
    if not sys.platform.startswith("linux"):
        return time.process_time()
    ticks = int(Path("/proc/self/stat").read_text("utf-8").rpartition(")")[2].split()[19])
    return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")


class _Check:
    def __init__(self, application: QApplication, data: Path) -> None:
        from ui.desktop import look
        from ui.desktop.jobs import Jobs

        look.apply(application, "ordinary", 100)
        self._bugs: list[str] = []
        sys.excepthook = lambda kind, error, trace: self._bugs.append(f"{kind.__name__}: {error}")
        self._application = application
        self._data = data
        self._jobs = Jobs()
        self._jobs.broke.connect(self._bugs.append)
        self._desk: Desk | None = None

    def run(self, code: str, folder: Path) -> None:
        desk = self._desk = self._enrol(code)
        desk.prefer(file_folder=str(folder))
        self._exchange(desk)
        self._register(desk)
        self._print_slip(desk, folder / "slip-printer")
        self._supply_glyph(folder / "glyph.png")
        self._scan(desk, folder / "glyph.png")
        self._exchange(desk)
        self._draw(desk, folder / "window.png")

    def stop(self) -> None:
        if self._desk is not None:
            self._desk.exchanger.stop()
        self._jobs.stop()

    # --- its steps --------------------------------------------------------------------------------

    def _enrol(self, code: str) -> Desk:
        from app.store import opening
        from app.store.keyslots import Unlock
        from ui.desktop.desk import Desk
        from ui.desktop.exchanging import Exchanger
        from ui.desktop.start.enrolling import Enrolling

        seats: list[Seat] = []
        enrolling = Enrolling(self._jobs, self._data)
        enrolling.enrolled.connect(seats.append)
        enrolling.refused.connect(lambda error, _: self._fail("enrol", error))
        enrolling.read_text(code)
        enrolling.enrol(Unlock(operator=_HEAD, password=_PASSWORD))
        self._until("登记设备", lambda: bool(seats))
        (seat,) = seats
        exchanger = Exchanger(lambda: opening.beside(seat.store))
        exchanger.start()
        return Desk(self._data, self._jobs, seat.station, seat.operator, exchanger)

    def _exchange(self, desk: Desk) -> None:
        from ui.desktop.exchanging import Reach

        desk.exchanger.exchange_now()
        self._until(
            "与区中心交换",
            lambda: (
                desk.exchanger.state.reach is Reach.ONLINE
                and not desk.exchanger.state.working
                and desk.exchanger.state.pending == 0
            ),
        )

    def _register(self, desk: Desk) -> None:
        from app.usecases import registration
        from app.usecases.parties import ApplicantForm
        from app.usecases.registration import Registered, RegistrationForm
        from ui.desktop.print_choice import receipt_kind
        from ui.desktop.print_jobs import JobState, jobs_of

        registered: list[Registered] = []
        form = RegistrationForm(
            item="低保", applicant=ApplicantForm(name="韦𠮷祥"), mandate=True, told=True
        )
        desk.act(
            lambda store, by: registration.register(store, form, by=by),
            registered.append,
            lambda error: self._fail("register", error),
        )
        self._until("登记办件", lambda: bool(registered))
        printing = jobs_of(desk)
        printing.print(registered[0].subject, receipt_kind(desk.preferences))
        self._until("打印回执", lambda: printing.jobs[0].state.ended)
        job = printing.jobs[0]
        if job.state is not JobState.FILED or job.file is None:
            raise SelfCheckFailed(step="print", detail=job.words)
        content = job.file.read_bytes()
        if not content.startswith(b"%PDF") or len(content) < _LEAST_PDF:
            raise SelfCheckFailed(step="print", detail=f"{len(content)} bytes")

    def _print_slip(self, desk: Desk, device: Path) -> None:
        """A file stands for the printer."""
        from printing.choice import Paper, PrinterChoice
        from ui.desktop.print_jobs import JobState, jobs_of

        device.touch()
        printing = jobs_of(desk)
        printing.print_trial(PrinterChoice(direct=str(device), paper=Paper.SLIP))
        self._until("小票机直接打印", lambda: printing.jobs[0].state.ended)
        job = printing.jobs[0]
        if job.state is not JobState.PRINTED or _ESC_POS not in device.read_bytes():
            raise SelfCheckFailed(step="slip", detail=job.words)

    def _supply_glyph(self, picture: Path) -> None:
        """A picture of a character becomes a font of one glyph."""
        from PIL import Image, ImageDraw

        from printing.glyphs import joined
        from printing.glyphs.supplying import supplied_glyph

        drawn = Image.new("L", (200, 200), 255)
        pen = ImageDraw.Draw(drawn)
        for side in (
            (40, 40, 160, 55),
            (40, 145, 160, 160),
            (40, 40, 55, 160),
            (145, 40, 160, 160),
        ):
            pen.rectangle(side, fill=0)
        pen.rectangle((60, 92, 140, 107), fill=0)
        drawn.save(picture)
        glyph = supplied_glyph(_UNDRAWN, picture.read_bytes())
        if not joined({_UNDRAWN: glyph.font}):
            raise SelfCheckFailed(step="glyph", detail=f"U+{_UNDRAWN:04X}")
        click.echo("  补生僻字：好")

    def _scan(self, desk: Desk, picture: Path) -> None:
        """A picture becomes a page that is kept; what cameras need may be missing: that is told, and all is well."""
        from ui.desktop.scans.camera_source import CameraSource, NoCameraLibrary
        from ui.desktop.scans.incoming import from_file
        from ui.desktop.scans.pile import NONE, Pile
        from ui.desktop.scans.workshop import workshop_of

        pile = Pile(workshop_of(desk), desk)
        pile.bring(NONE, [from_file(picture)])
        self._until("读扫描件", lambda: not pile.waiting)
        if pile.count != 1:
            raise SelfCheckFailed(step="scan", detail=f"{pile.count} pages")
        try:
            CameraSource(desk).deleteLater()
        except NoCameraLibrary as error:
            click.echo(f"  摄像头组件：缺（{error.facts['detail']}），只是不能拍照")
        else:
            click.echo("  摄像头组件：好")

    def _draw(self, desk: Desk, file: Path) -> None:
        from ui.desktop.pages.names import PageName
        from ui.desktop.pages.page import label
        from ui.desktop.start.pages import factories
        from ui.desktop.window.main_window import MainWindow

        window = MainWindow(desk, factories())
        window.resize(1366, 768)
        window.show()
        for page in PageName:
            if page is PageName.REVIEW:  # a village has none
                continue
            desk.go(page)
            self._until(label(page), lambda: not self._jobs.busy)
        picture = window.grab().toImage()
        colours = {picture.pixel(x, y) for x in range(0, 1366, 7) for y in range(0, 768, 7)}
        window.close()
        if len(colours) < 10 or not picture.save(str(file)):
            raise SelfCheckFailed(step="window", detail=f"{len(colours)} colours")

    # --- waiting ----------------------------------------------------------------------------------

    def _until(self, step: str, there: Callable[[], bool]) -> None:
        until = time.monotonic() + _PATIENCE_S
        while True:
            self._application.processEvents()
            if self._bugs:
                raise SelfCheckFailed(step=step, detail=self._bugs[0])
            if there():
                break
            if time.monotonic() > until:
                raise SelfCheckFailed(step=step, detail=f"{_PATIENCE_S} s")
            time.sleep(0.002)
        click.echo(f"  {step}：好")

    @staticmethod
    def _fail(step: str, error: DaibanError) -> None:
        raise SelfCheckFailed(step=step, detail=error.code) from error
