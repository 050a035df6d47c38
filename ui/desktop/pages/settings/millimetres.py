"""A field for a few millimetres more or less."""

from __future__ import annotations

from typing import Final

from ui.desktop.widgets.line_edit import LineEdit

_MOST: Final = 20.0
_AS_TYPED: Final = str.maketrans("０１２３４５６７８９．－−，,。", "0123456789.--...")


class Millimetres(LineEdit):
    """Full-width digits and either minus are accepted."""

    def value(self) -> float | None:
        """None if it is no number, or too large a one."""
        text = self.text().strip().translate(_AS_TYPED) or "0"
        try:
            number = float(text)
        except ValueError:
            return None
        return number if -_MOST <= number <= _MOST else None

    def set_value(self, number: float) -> None:
        self.setText(f"{number:g}")
