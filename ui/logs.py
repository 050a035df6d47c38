"""The log in the data folder: what went wrong, for whoever mends it, without personal data.

A trace says where and which error, never the error's own words: those may quote what somebody typed.
"""

from __future__ import annotations

import logging
import traceback
from copy import copy
from pathlib import Path
from types import TracebackType
from typing import Final

FOLDER: Final = "logs"
_FILE: Final = "daiban.log"
_LARGEST_BYTES: Final = 512 * 1024
_KEPT: Final = 3

_Exception = tuple[type[BaseException], BaseException, TracebackType | None]


class _Folder(logging.Handler):
    """Writes warnings and what is graver; no file is made before the first."""

    def __init__(self, data: Path) -> None:
        super().__init__(logging.WARNING)
        self.path = data / FOLDER / _FILE
        self.setFormatter(_Traces("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            # logging.handlers brings sockets and queues: most runs have nothing to log.
            from logging.handlers import RotatingFileHandler

            self.path.parent.mkdir(exist_ok=True)
            self._file = RotatingFileHandler(
                self.path, maxBytes=_LARGEST_BYTES, backupCount=_KEPT, encoding="utf-8"
            )
            self._file.setFormatter(self.formatter)
        self._file.emit(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


class _Traces(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        own = copy(record)
        own.exc_text = None  # another handler may have left its own, with the error's words
        return super().format(own)

    def formatException(self, ei: _Exception | tuple[None, None, None]) -> str:  # noqa: N802 - logging's name
        return trace(ei[1])


def trace(error: BaseException | None) -> str:
    """Where, and which error, with what caused it."""
    lines: list[str] = []
    while error is not None:
        places = traceback.extract_tb(error.__traceback__)
        lines += [f"  {place.filename}:{place.lineno} {place.name}" for place in places]
        lines.append(type(error).__qualname__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(lines)


def begin(data: Path) -> Path:
    """Log into this data folder from now on, if it is there. Returns the path of the log."""
    root = logging.getLogger()
    for before in [handler for handler in root.handlers if isinstance(handler, _Folder)]:
        root.removeHandler(before)
        before.close()
    handler = _Folder(data)
    if data.is_dir():
        root.addHandler(handler)
    return handler.path


def path_in_use() -> Path | None:
    """Where the log is, if there is one."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, _Folder):
            return handler.path
    return None
