"""A part of the form of the district's rules: what was changed in it, and what cannot be read."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from PySide6.QtWidgets import QWidget

from app.domain.settings import Settings
from ui.desktop import look
from ui.desktop.widgets.line_edit import LineEdit

_FIGURE_UNITS: Final = 72
_MOST_DIGITS: Final = 4


class Section(QWidget):
    """Base of the parts. `read_only`: whoever looks may not publish."""

    def __init__(self, settings: Settings, *, read_only: bool) -> None:
        super().__init__()
        self._before: dict[str, Any] = msgspec.to_builtins(settings)
        self._settings = settings
        self._read_only = read_only

    def changes(self) -> dict[str, Any]:
        """What is not as before, by the fields of `Settings`."""
        raise NotImplementedError

    def faults(self) -> list[str]:
        """What cannot be read; said beside the fields as well."""
        return []

    def _figure(self, name: str, value: int | None) -> LineEdit:
        edit = self._line(name, "" if value is None else str(value))
        edit.setMaxLength(_MOST_DIGITS)
        return look.sized(edit, width=_FIGURE_UNITS)

    def _line(self, name: str, text: str) -> LineEdit:
        edit = LineEdit()
        edit.setAccessibleName(name)
        edit.setText(text)
        edit.setReadOnly(self._read_only)
        return edit
