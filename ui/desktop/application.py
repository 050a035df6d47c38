"""The desktop program: what must be before Qt, Qt itself, and one window until it is closed.

Importing this module imports no Qt: whoever lacks it is told in plain words.
"""

from __future__ import annotations

import builtins
import gc
import logging
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.errors import DaibanError, Refused
from app.store import practice

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType
    from PySide6.QtWidgets import QApplication

_LOG: Final = logging.getLogger("qt")
_SCREENS: Final = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


class FolderClosed(Refused):
    """The data folder cannot be made or written to (fact: folder)."""

    code = "folder_closed"


class AlreadyOpen(Refused):
    """Another window has this folder, and does not answer (fact: folder)."""

    code = "already_open"


class NoWindow(Refused):
    """There is no screen to show a window on."""

    code = "no_window"


class QtMissing(Refused):
    """Qt does not load (fact: detail, advice in words)."""

    code = "qt_missing"


def run(data: Path) -> int:
    """Show the desktop of a data folder until its window is closed; the exit code.

    Raises NoWindow, QtMissing.
    """
    if sys.platform.startswith("linux") and not any(map(os.environ.get, _SCREENS)):
        raise NoWindow
    gc.disable()  # what is loaded now stays: looking through it again and again finds nothing (`collecting`)
    try:
        import PySide6.QtWidgets  # noqa: F401
    except ImportError as error:
        from ui.desktop.libraries import advice, loader_errors

        raise QtMissing(detail=advice(loader_errors())) from error
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Python's own handler would wait for Qt
    return _shown(qt_application(), data)


def qt_application() -> QApplication:
    """Qt, told what it must know before its first window."""
    from PySide6.QtCore import (
        QCoreApplication,
        QLibraryInfo,
        QLocale,
        QTranslator,
        qInstallMessageHandler,
    )
    from PySide6.QtWidgets import QApplication

    _import_plainly()
    from ui.desktop import input_method
    from ui.desktop.look.appearance import STYLE, STYLED

    qInstallMessageHandler(_on_qt_message)
    folders = [Path(folder) for folder in QCoreApplication.libraryPaths()]
    if sys.platform.startswith("linux"):
        os.environ.update(input_method.changes(os.environ, folders))
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    application = QApplication(["daiban", "-style", STYLE])
    application.setProperty(STYLED, True)
    application.setApplicationName("daiban")
    application.setDesktopFileName("daiban")
    of_qt = QTranslator(application)  # its own dialogs and menus
    if of_qt.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(of_qt)
    return application


def _shown(application: QApplication, data: Path) -> int:
    from ui import logs
    from ui.desktop.collecting import Collector
    from ui.desktop.single import Single
    from ui.desktop.start.flow import Flow
    from ui.desktop.start.folder import make_private

    collector = Collector(application)
    single = Single(practice.home_of(data), application)  # both are one desk
    trouble: DaibanError | None = None
    try:
        make_private(data)
        logs.begin(data)
        if not single.claim():
            if single.raise_first():
                return 0
            trouble = AlreadyOpen(folder=str(data))
    except OSError:
        trouble = FolderClosed(folder=str(data))
    flow = Flow(application, data)
    flow.bugs.catch()
    single.raised.connect(flow.shell.come_forward)
    flow.shell.closed.connect(application.quit)
    flow.entered.connect(collector.settle)
    if trouble is None:
        flow.warming.rested.connect(single.listen)
        flow.begin()
    else:
        flow.begin_with(trouble)
    try:
        application.exec()
    finally:
        flow.stop()
        collector.stop()
        single.release()
    return 0 if trouble is None else 1


def _import_plainly() -> None:
    """Take back the hook that Qt for Python puts on every import for its `__feature__` names, which we do not use.

    It reads the source of each module that is loaded, to look for PySide6 in it, and keeps the text for good:
    a tenth of a second and ten megabytes until somebody has logged in.
    """
    if builtins.__import__ is getattr(builtins, "__feature_import__", None):
        builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Qt's warnings go to the log. What it cannot go on after is said plainly before it ends the program."""
    from PySide6.QtCore import QtMsgType

    if kind is QtMsgType.QtFatalMsg:
        import click

        from ui import wording
        from ui.desktop.libraries import advice, x_errors

        click.echo(wording.sentence(NoWindow()), err=True)
        click.echo(advice(x_errors()) or message.strip(), err=True)
        sys.stderr.flush()
        os._exit(1)  # Qt would dump core
    if kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg):
        _LOG.warning("%s", message)
