"""Tooltips that say what was typed, letter by letter.

Qt takes a tooltip that looks like HTML for HTML: a name with a tag in it could load pictures and hide words.
"""

from __future__ import annotations

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QWidget

LONGEST = 1_000
"""Characters: a tooltip is no page."""


def set_tip(widget: QWidget, text: str) -> None:
    """Instead of `QWidget.setToolTip`, which nobody else calls."""
    widget.setToolTip(plain_tip(text))


def plain_tip(text: str) -> str:
    """The text as a tooltip shows it unchanged."""
    shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    if not Qt.mightBeRichText(shown):
        return shown
    from html import escape  # with its table of two thousand names: hardly any text looks like HTML

    return f'<span style="white-space: pre-wrap">{escape(shown)}</span>'
