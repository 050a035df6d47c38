"""The style sheet of Qt's own controls, made from the tokens; our painted widgets take the tokens directly."""

from __future__ import annotations

from string import Template
from typing import Final

from ui.desktop.look.current import Look
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import TYPES, Size, Space, TextKind


def sheet(look: Look) -> str:
    theme, px = look.theme, look.px
    values = {
        "ground": theme.ground,
        "paper": theme.paper,
        "text": theme.text,
        "secondary": theme.secondary,
        "faint": theme.faint,
        "disabled": theme.disabled,
        "line": theme.line,
        "edge": theme.edge,
        "primary": theme.primary,
        "on_primary": theme.on_primary,
        "hover": theme.hover,
        "selected": theme.selected,
        "on_selected": theme.on_selected,
        "focus": theme.focus,
        "bad": look.tone(Mood.BAD).ink,
        "warn": look.tone(Mood.WARN).ink,
        "border": f"{px(theme.edge_units)}px",
        "ring": f"{px(theme.focus_units)}px",
        "corner": f"{px(Size.CORNER)}px",
        "small_corner": f"{px(Size.SMALL_CORNER)}px",
        "xs": f"{px(Space.XS)}px",
        "s": f"{px(Space.S)}px",
        "m": f"{px(Space.M)}px",
        "xl": f"{px(Space.XL)}px",
        "scroll": f"{px(Size.SCROLL)}px",
        "half_scroll": f"{px(Size.SCROLL) // 2 - 2}px",
        "grip": f"{px(Space.XXL)}px",  # what a scroll bar or the arrow of a menu takes
        "row": f"{px(Size.ROW) - 1}px",
        # The box of a style sheet counts without its border and padding.
        "field_inner": f"{px(Size.CONTROL) - 2 * px(theme.focus_units)}px",
        "field_pad": f"{px(Space.M) - px(theme.focus_units)}px",
        "field_pad_slim": f"{px(Space.M) - px(theme.edge_units)}px",
        "field_inner_slim": f"{px(Size.CONTROL) - 2 * px(theme.edge_units)}px",
        "secondary_size": f"{px(TYPES[TextKind.SECONDARY].units)}px",
    }
    return _SHEET.substitute(values)


_SHEET: Final = Template(
    """
QToolTip { color: $paper; background: $text; border: 0; padding: ${xs} ${s};
    font-size: $secondary_size; }

LineEdit, TextArea, QComboBox, QLineEdit, QPlainTextEdit {
    background: $paper; color: $text; border: $border solid $edge; border-radius: $corner;
    selection-background-color: $primary; selection-color: $on_primary; }
QLineEdit { min-height: $field_inner_slim; padding: 0 $field_pad_slim; }
QLineEdit:focus { border: $ring solid $focus; min-height: $field_inner; padding: 0 $field_pad; }
QLineEdit:disabled, QPlainTextEdit:disabled { background: $ground; color: $disabled; }
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] { background: $ground; }
QPlainTextEdit { padding: $xs $s; }
QPlainTextEdit:focus { border: $ring solid $focus; }
QLineEdit[mood="bad"], QPlainTextEdit[mood="bad"], QComboBox[mood="bad"] { border-color: $bad; }
QLineEdit[mood="warn"], QPlainTextEdit[mood="warn"], QComboBox[mood="warn"] { border-color: $warn; }

QLineEdit, QPlainTextEdit { placeholder-text-color: $faint; }

QMenu { background: $paper; color: $text; border: $border solid $edge; padding: $xs; }
QMenu::item { padding: $s $grip $s $m; border-radius: $small_corner; min-height: $xl; }
QMenu::item:selected { background: $selected; color: $on_selected; }
QMenu::item:disabled { color: $disabled; }
QMenu::icon { padding-left: $s; }
QMenu::separator { height: 1px; background: $line; margin: $xs $s; }

QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: 0; }
QScrollBar:vertical { width: $scroll; background: transparent; margin: 0; }
QScrollBar:horizontal { height: $scroll; background: transparent; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: $half_scroll; margin: 2px; }
QScrollBar::handle:hover { background: $secondary; }
QScrollBar::handle:vertical { min-height: $grip; }
QScrollBar::handle:horizontal { min-width: $grip; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QAbstractScrollArea::corner { background: transparent; border: 0; }
QTableCornerButton::section { background: $paper; border: 0; }

QHeaderView { background: $paper; border: 0; }
QHeaderView::section { background: $paper; color: $secondary; border: 0;
    border-bottom: $border solid $line; padding: 0 $s; min-height: $row;
    font-size: $secondary_size; }
QTableView { background: $paper; border: 0; gridline-color: $line; outline: 0; }
QDialog { background: $paper; }
QCalendarWidget QAbstractItemView { background: $paper; color: $text; outline: 0;
    selection-background-color: $primary; selection-color: $on_primary; }
QCalendarWidget QAbstractItemView:disabled { color: $faint; }
QSplitter::handle { background: transparent; }
"""
)
