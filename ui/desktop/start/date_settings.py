"""The system's own settings of date and time, where they can be opened from here."""

from __future__ import annotations

import shutil
import sys
from typing import Final

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

_WINDOWS: Final = "ms-settings:dateandtime"
_LINUX: Final = (
    ("gnome-control-center", "datetime"),
    ("systemsettings", "kcm_clock"),
    ("dde-control-center", "-m", "datetime"),
)


def can_open() -> bool:
    return sys.platform == "win32" or _command() is not None


def open_them() -> None:
    """Nothing happens where they cannot be opened."""
    if sys.platform == "win32":
        QDesktopServices.openUrl(QUrl(_WINDOWS))
        return
    command = _command()
    if command is not None:
        QProcess.startDetached(command[0], list(command[1:]))


def _command() -> tuple[str, ...] | None:
    return next((command for command in _LINUX if shutil.which(command[0])), None)
