"""A scanner through SANE's own program `scanimage`: which there are, and pages from one of them.

Knows no Qt: `Scanning.run` is called off the GUI thread, `stop` from anywhere.
What goes through the disk does so in memory where the system has a folder for that, and is gone once it is read.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Final

import msgspec

from app.errors import Refused

PROGRAM: Final = "scanimage"
_LISTING_S: Final = 60
"""Some network backends look around for long."""
_FAREWELL_S: Final = 5.0
_DPI: Final = 200
"""As many as a page keeps (`app.domain.attachments.LONGEST_SIDE`)."""
_MOST_PAGES: Final = 40
_PROGRESS: Final = re.compile(rb"Progress:\s*([\d.]+)%")
_OPTION: Final = re.compile(r"^\s+--(?P<name>mode|source|resolution) (?P<values>[^\[\n]*)", re.M)
_RANGE: Final = re.compile(r"(\d+)\.\.(\d+)")


class NoScannerProgram(Refused):
    """This computer has no SANE."""

    code = "no_scanner_program"


class ScanFailed(Refused):
    """The scanner did not give a page (fact: why, in the words of its driver)."""

    code = "scan_failed"


class ScannerBusy(Refused):
    code = "scanner_busy"


class FeederEmpty(Refused):
    code = "feeder_empty"


class FeederJammed(Refused):
    code = "feeder_jammed"


class CoverOpen(Refused):
    code = "scanner_cover_open"


class ScanStopped(Refused):
    """Somebody pressed 停止; the pages before are there."""

    code = "scan_stopped"


_TOLD: Final[tuple[tuple[str, type[Refused]], ...]] = (
    ("out of documents", FeederEmpty),
    ("jammed", FeederJammed),
    ("cover is open", CoverOpen),
    ("Device busy", ScannerBusy),
)
"""What SANE's statuses are called in `scanimage`'s complaints (sane_strstatus), which are never translated."""


class Scanner(msgspec.Struct, frozen=True, kw_only=True):
    """`device` is SANE's name, `label` what people call it."""

    device: str
    label: str


class Abilities(msgspec.Struct, frozen=True, kw_only=True):
    """What to ask a scanner for, in its own words; "" for what it has no choice of."""

    grey: str = ""
    colour: str = ""
    glass: str = ""
    feeder: str = ""
    dpi: int = 0


def is_there() -> bool:
    return shutil.which(PROGRAM) is not None


class Asking:
    """Questions to SANE. `stop`, from another thread, ends the one under way and all to come: some take a minute."""

    def __init__(self) -> None:
        self._stopped = Event()
        self._process: subprocess.Popen[str] | None = None

    def stop(self) -> None:
        self._stopped.set()
        process = self._process
        if process is not None and process.poll() is None:
            process.kill()

    def ask(self, *arguments: str) -> str:
        """What `scanimage` answers. Raises NoScannerProgram, ScanFailed, ScanStopped."""
        program = shutil.which(PROGRAM)
        if program is None:
            raise NoScannerProgram
        try:
            with subprocess.Popen(
                [program, *arguments],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                encoding="utf-8", errors="replace",
            ) as process:  # fmt: skip
                self._process = process
                if self._stopped.is_set():
                    process.kill()
                told, complained = _answer(process)
        except OSError as error:
            raise ScanFailed(why=str(error)) from error
        if self._stopped.is_set():
            raise ScanStopped
        if process.returncode:
            raise _complaint(complained)
        return told


def _answer(process: subprocess.Popen[str]) -> tuple[str, str]:
    try:
        return process.communicate(timeout=_LISTING_S)
    except subprocess.TimeoutExpired as error:
        process.kill()
        raise ScanFailed(why=str(error)) from error


def scanners(asking: Asking | None = None) -> list[Scanner]:
    """Those that SANE finds, after some seconds. Raises NoScannerProgram, ScanFailed, ScanStopped."""
    told = (asking or Asking()).ask("--formatted-device-list=%d%n%v %m%n")
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    pairs = zip(lines[::2], lines[1::2], strict=False)
    return [Scanner(device=device, label=label or device) for device, label in pairs]


def abilities(scanner: Scanner, asking: Asking | None = None) -> Abilities:
    """Raises NoScannerProgram, ScanFailed, ScannerBusy, ScanStopped."""
    return read_abilities(
        (asking or Asking()).ask("--device-name", scanner.device, "--all-options")
    )


def read_abilities(told: str) -> Abilities:
    """From the list of a scanner's options as `scanimage -A` prints it."""
    options = {found["name"]: found["values"].strip() for found in _OPTION.finditer(told)}
    modes = options.get("mode", "").split("|")
    sources = [one for one in options.get("source", "").split("|") if one]
    feeders = [one for one in sources if _is_feeder(one)]
    one_sided = [one for one in feeders if "duplex" not in one.lower()]
    return Abilities(
        grey=next((mode for mode in modes if "gray" in mode.lower()), ""),
        colour=next((mode for mode in modes if "color" in mode.lower()), ""),
        glass=next((one for one in sources if not _is_feeder(one)), ""),
        feeder=next(iter(one_sided or feeders), ""),
        dpi=_nearest_dpi(options.get("resolution", "")),
    )


def _is_feeder(source: str) -> bool:
    return "adf" in source.lower() or "feeder" in source.lower()


def _nearest_dpi(values: str) -> int:
    """The least that is enough, else the most there is; 0 where nobody can choose."""
    within = _RANGE.search(values)
    if within:
        return max(int(within[1]), min(_DPI, int(within[2])))
    steps = sorted(int(one) for one in re.findall(r"\d+", values))
    return next((step for step in steps if step >= _DPI), steps[-1] if steps else 0)


class Scanning:
    """One press of 扫描: a page from the glass, or all that lies in the feeder."""

    def __init__(
        self, scanner: Scanner, able: Abilities, *, colour: bool = False, feeder: bool = False
    ) -> None:
        self._scanner, self._able = scanner, able
        self._colour, self._feeder = colour, feeder and bool(able.feeder)
        self._stopped = Event()
        self._process: subprocess.Popen[bytes] | None = None

    def stop(self) -> None:
        """The scanner is told to end in order, and waited for elsewhere; told again, it is ended."""
        again, process = self._stopped.is_set(), self._process
        self._stopped.set()
        if process is not None and process.poll() is None:
            if again or sys.platform == "win32":
                process.kill()
            else:
                process.send_signal(signal.SIGINT)

    def run(self, take: Callable[[bytes], object], told: Callable[[int, float], object]) -> int:
        """Give each page (a PNG) to `take`, and the place of the page and how much of it is there to `told`.

        Returns how many there were. Raises what SANE complains of, unless pages came before it, and ScanStopped.
        """
        program = shutil.which(PROGRAM)
        if program is None:
            raise NoScannerProgram
        held = _in_memory()
        with tempfile.TemporaryDirectory(prefix="daiban-scan-", dir=held) as name:
            folder = Path(name)
            try:
                self._process = subprocess.Popen(
                    [program, *self._arguments(folder)],
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                )  # fmt: skip
            except OSError as error:
                raise ScanFailed(why=str(error)) from error
            try:
                return self._follow(self._process, folder, take, told)
            finally:
                _end(self._process)

    def _arguments(self, folder: Path) -> list[str]:
        able = self._able
        mode = able.colour if self._colour else able.grey
        source = able.feeder if self._feeder else able.glass
        asked = ["--device-name", self._scanner.device]
        for option, value in (("--mode", mode), ("--source", source)):
            if value:
                asked += [option, value]
        if able.dpi:
            asked += ["--resolution", str(able.dpi)]
        most = _MOST_PAGES if self._feeder else 1
        batch = [f"--batch={folder}/%03d.png", f"--batch-count={most}"]
        return [*asked, "--format=png", "--progress", *batch]

    def _follow(
        self,
        process: subprocess.Popen[bytes],
        folder: Path,
        take: Callable[[bytes], object],
        told: Callable[[int, float], object],
    ) -> int:
        assert process.stderr is not None
        pages, said, line = 0, bytearray(), b""
        while letter := process.stderr.read1(256):  # type: ignore[attr-defined]
            said += letter
            *lines, line = re.split(rb"[\r\n]", line + letter)
            for one in lines:
                progress = _PROGRESS.search(one)
                if progress:
                    told(pages, float(progress[1]) / 100)
            if self._stopped.is_set():
                break
            pages += _taken(folder, pages, take, finished=b"Scanned page" in letter)
        if self._stopped.is_set():
            raise ScanStopped  # whoever called ends the process
        process.wait()
        pages += _taken(folder, pages, take, finished=True)
        if not pages:
            raise _complaint(said.decode("utf-8", "replace"))
        return pages


def _taken(folder: Path, pages: int, take: Callable[[bytes], object], *, finished: bool) -> int:
    """Pages that are whole: `scanimage` writes each under another name first."""
    if not finished:
        return 0
    taken = 0
    while (file := folder / f"{pages + taken + 1:03d}.png").exists():
        content = file.read_bytes()
        file.unlink()
        take(content)
        taken += 1
    return taken


def _end(process: subprocess.Popen[bytes]) -> None:
    """Asked first, so that the scanner's lamp goes home; a driver that does not listen is ended."""
    if process.stderr is not None:
        process.stderr.close()  # it may be waiting to tell of its progress
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(_FAREWELL_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _complaint(said: str) -> Refused:
    for words, kind in _TOLD:
        if words in said:
            return kind()
    complaints = [
        line.strip() for line in said.splitlines() if line.startswith(PROGRAM) and ":" in line
    ]
    return ScanFailed(why=complaints[-1].partition(": ")[2] if complaints else "")


def _in_memory() -> Path | None:
    """A folder that never comes to the disk, where the system has one; ours in it is readable by us only."""
    if sys.platform != "linux":
        return None
    held = Path("/dev/shm")
    return held if held.is_dir() else None
