"""What would break on Windows is seen here, on any system: encodings, locks, file names, paths, signals."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest

from app.store import files
from app.store.files import sync_folder, write_durably
from printing.filing import file_name, file_pdf
from tests.builders import VILLAGE, a_district, a_station
from ui import logs
from ui.desktop import preferences
from ui.desktop.preferences import Preferences

PROJECT = Path(__file__).parents[1]
PACKAGES = ("app", "printing", "resources", "sync", "ui")

_ONLY_POSIX_MODULES = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "termios"}
_ONLY_WINDOWS_MODULES = {"msvcrt", "winreg"}
_ONLY_POSIX_NAMES = {
    "os": {
        "O_DIRECTORY", "O_NOFOLLOW", "chown", "fork", "geteuid", "getpgid", "getuid", "killpg", "mkfifo",
        "setsid", "symlink", "uname",
    },
    "signal": {"SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL", "SIGUSR1", "SIGUSR2", "alarm", "pause"},
    "socket": {"AF_UNIX"},
}  # fmt: skip
_POSIX_PLACES = ("/bin/", "/dev/", "/etc/", "/proc/", "/tmp", "/usr/", "/var/")
_UNFIT_FOR_NTFS = re.compile(r'[<>:"\\|?*\x00-\x1f]|[ .]$')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_LONGEST_INSIDE = 120
"""Of the 260 characters that Windows gives a path, so many are ours; the rest is the folder that somebody chose."""


class Place(NamedTuple):
    """A node of the sources, and the function around it."""

    file: Path
    node: ast.AST
    around: ast.AST | None

    @property
    def text(self) -> str:
        return f"{self.file.relative_to(PROJECT).as_posix()}:{getattr(self.node, 'lineno', 0)}"

    @property
    def asks_for_the_system(self) -> bool:
        """Whether the function looks at the platform before it does what only one of them can."""
        return self.around is not None and any(
            isinstance(node, ast.Attribute) and (node.attr == "platform" or ast.unparse(node) == "os.name")
            for node in ast.walk(self.around)
        )  # fmt: skip


def sources() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((PROJECT / package).rglob("*.py"))


def places(tree: ast.AST, file: Path, around: ast.AST | None = None) -> Iterator[Place]:
    for child in ast.iter_child_nodes(tree):
        inside = child if isinstance(child, ast.FunctionDef) else around
        yield Place(file, child, inside)
        yield from places(child, file, inside)


@pytest.fixture(scope="module")
def everything() -> list[Place]:
    return [
        place
        for file in sources()
        for place in places(ast.parse(file.read_text(encoding="utf-8")), file)
    ]


# --- encodings ------------------------------------------------------------------------------------


def lacks_encoding(call: ast.Call) -> bool:
    """Whether a call opens, reads or writes text in whatever encoding the system has: GBK, in China."""
    names = {keyword.arg for keyword in call.keywords}
    if "encoding" in names:
        return False
    match call.func:
        case ast.Name(id="open") | ast.Attribute(attr="fdopen", value=ast.Name(id="os")):
            return not _is_binary(call, at=1)
        case ast.Attribute(attr="open", value=ast.Name(id="os" | "Image" | "webbrowser")):
            return False
        case ast.Attribute(attr="open") if _mode(call, at=0) is not None:
            return not _is_binary(call, at=0)
        case ast.Attribute(attr="read_text"):
            return not call.args and not call.keywords
        case ast.Attribute(attr="write_text", value=value) if "formatter" not in ast.unparse(value):
            return len(call.args) < 2
        case ast.Attribute(attr="run" | "Popen" | "check_output", value=ast.Name(id="subprocess")):
            return bool(names & {"text", "universal_newlines"})
    return False


def _mode(call: ast.Call, at: int) -> str | None:
    told = [keyword.value for keyword in call.keywords if keyword.arg == "mode"]
    told += call.args[at : at + 1]
    match told:
        case [ast.Constant(value=str() as mode), *_] if set(mode) <= set("rwxabt+"):
            return mode
    return None


def _is_binary(call: ast.Call, at: int) -> bool:
    return "b" in (_mode(call, at) or "")


@pytest.mark.parametrize(
    ("code", "lacking"),
    [
        ("open('a')", True),
        ("open('a', 'rb')", False),
        ("open('a', encoding='utf-8')", False),
        ("path.open('w')", True),
        ("path.open('ab')", False),
        ("window.open()", False),
        ("os.fdopen(3, 'w')", True),
        ("path.read_text()", True),
        ("path.read_text('utf-8')", False),
        ("path.write_text('a')", True),
        ("path.write_text('a', 'utf-8')", False),
        ("subprocess.run(['a'], text=True)", True),
        ("subprocess.run(['a'], text=True, encoding='utf-8')", False),
    ],
)
def test_the_look_for_encodings_sees_what_it_should(code: str, lacking: bool) -> None:
    (statement,) = ast.parse(code).body
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Call)
    assert lacks_encoding(statement.value) is lacking


def test_text_is_read_and_written_in_a_named_encoding(everything: list[Place]) -> None:
    assert [
        place.text
        for place in everything
        if isinstance(place.node, ast.Call) and lacks_encoding(place.node)
    ] == []


def test_days_are_not_put_into_words_by_the_system(everything: list[Place]) -> None:
    """`%-d` is glibc's, and Chinese in a format breaks some of Microsoft's libraries."""
    formats = [
        (place.text, argument.value)
        for place in everything
        if isinstance(place.node, ast.Call)
        and isinstance(place.node.func, ast.Attribute)
        and place.node.func.attr == "strftime"
        for argument in place.node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
    assert [told for told in formats if "%-" in told[1] or not told[1].isascii()] == []


# --- what only one system has ---------------------------------------------------------------------


def test_what_only_one_system_has_is_used_after_asking_for_it(everything: list[Place]) -> None:
    foreign = _ONLY_POSIX_MODULES | _ONLY_WINDOWS_MODULES
    offenders = []
    for place in everything:
        match place.node:
            case ast.Import(names=names):
                met = any(name.name.partition(".")[0] in foreign for name in names)
            case ast.ImportFrom(module=str() as module):
                met = module.partition(".")[0] in foreign
            case ast.Attribute(value=ast.Name(id=owner), attr=name):
                met = name in _ONLY_POSIX_NAMES.get(owner, ())
            case _:
                met = False
        if met and not place.asks_for_the_system:
            offenders.append(place.text)
    assert offenders == []


def test_no_folder_of_linux_is_taken_for_granted(everything: list[Place]) -> None:
    assert [
        place.text
        for place in everything
        if isinstance(place.node, ast.Constant)
        and isinstance(place.node.value, str)
        and place.node.value.startswith(_POSIX_PLACES)
        and not place.asks_for_the_system
    ] == []


def test_a_file_is_never_renamed_over_another(everything: list[Place]) -> None:
    """`rename` replaces on Linux and refuses on Windows; `replace` replaces everywhere."""
    assert [
        place.text
        for place in everything
        if isinstance(place.node, ast.Call)
        and isinstance(place.node.func, ast.Attribute)
        and place.node.func.attr in ("rename", "renames")
    ] == []


def test_locks_on_data_are_those_that_every_system_has(everything: list[Place]) -> None:
    """Through filelock; the window's own lock asks for the system."""
    importing = {
        place.file.relative_to(PROJECT).as_posix()
        for place in everything
        if isinstance(place.node, ast.Import)
        and any(name.name in ("fcntl", "msvcrt") for name in place.node.names)
    }
    assert importing <= {"ui/desktop/single.py"}


# --- names and places of files --------------------------------------------------------------------


def assert_fit_for_windows(names: list[str]) -> None:
    unfit = [
        name
        for name in names
        if len(name) > _LONGEST_INSIDE
        or any(_UNFIT_FOR_NTFS.search(part) or _RESERVED.match(part) for part in name.split("/"))
    ]
    assert unfit == []
    assert len({name.lower() for name in names}) == len(names), "names that differ in case only"


def test_what_is_installed_has_names_that_windows_takes() -> None:
    assert_fit_for_windows(
        [
            file.relative_to(PROJECT).as_posix()
            for package in PACKAGES
            for file in (PROJECT / package).rglob("*")
            if "__pycache__" not in file.parts
        ]
    )


def test_what_a_station_writes_has_names_that_windows_takes(tmp_path: Path) -> None:
    data = tmp_path / "数据 1"
    station = a_station(a_district(), VILLAGE, data)
    try:
        preferences.keep(station.store.folder, Preferences())
        log = logs.begin(station.store.folder)
        title = "收件回执 湖塘政服收A2〔2026〕17号 09:30 <1/2>"
        file_pdf(b"pdf", title=title, folder=data / "代办文书")
        names = [file.relative_to(data).as_posix() for file in data.rglob("*")]
        assert len(names) > 3
        assert_fit_for_windows([*names, log.name])
    finally:
        station.store.close()


@pytest.mark.parametrize("title", ["CON", "nul.txt", "com1", "a:b", "2026-11-21 09:30", "书. ", ""])
def test_a_document_is_called_what_windows_takes(title: str) -> None:
    assert_fit_for_windows([file_name(title)])


# --- folders and files that are open --------------------------------------------------------------


def test_a_file_is_durable_where_no_folder_can_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, which refuses to open one."""

    def open_as_on_windows(path: Path, *how: int) -> int:
        if Path(path).is_dir():
            raise PermissionError(13, "Permission denied")
        return os.open(path, *how)

    shown = {name: getattr(os, name) for name in ("O_CREAT", "O_RDONLY", "O_TRUNC", "O_WRONLY")}
    windows = SimpleNamespace(
        **shown, name="nt", getpid=os.getpid, fdopen=os.fdopen, fsync=os.fsync,
        close=os.close, open=open_as_on_windows,
    )  # fmt: skip
    monkeypatch.setattr(files, "os", windows)
    write_durably(tmp_path / "keys", b"one")
    sync_folder(tmp_path)
    assert (tmp_path / "keys").read_bytes() == b"one"


def test_a_file_is_closed_before_it_takes_the_others_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows replaces nothing that is open, and puts nothing that is open in a place."""
    opened: list[int] = []
    real_open, real_replace = os.open, Path.replace

    def remembered(path: Path, *how: int) -> int:
        handle = real_open(path, *how)
        opened.append(handle)
        return handle

    def replaced(self: Path, target: Path) -> Path:
        for handle in opened:
            with pytest.raises(OSError, match="descriptor"):
                os.fstat(handle)
        return real_replace(self, target)

    monkeypatch.setattr(os, "open", remembered)
    monkeypatch.setattr(Path, "replace", replaced)
    write_durably(tmp_path / "keys", b"one")
    assert len(opened) >= 1


def test_a_station_lives_under_a_path_with_blanks_and_chinese(tmp_path: Path) -> None:
    """As in C:\\Users\\韦 小妹\\AppData."""
    station = a_station(a_district(), VILLAGE, tmp_path / "韦 小妹" / "代办 数据")
    try:
        assert station.store.head().seq > 0
    finally:
        station.store.close()
