"""Every colour, size and spacing of the desktop; the style sheet and the widgets take them from here.

Sizes are in units: pixels at 100 %. `Look.px` scales them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from typing import Final

from ui.desktop.look.mood import Mood

SCALES: Final = (100, 125, 150)


class ThemeName(StrEnum):
    ORDINARY = "ordinary"
    CONTRAST = "contrast"


class Ink(StrEnum):
    """Colours that text and icons are drawn in; each is a colour of the theme."""

    TEXT = "text"
    SECONDARY = "secondary"
    FAINT = "faint"
    PRIMARY = "primary"
    ON_PRIMARY = "on_primary"
    ON_BAD = "on_bad"


@dataclass(frozen=True, kw_only=True, slots=True)
class Tone:
    """The colours of a mood: `ink` for words and icons, on `tint` or on white; `edge` around a tint."""

    ink: str
    tint: str
    edge: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Theme:
    name: ThemeName
    ground: str  # behind the cards
    paper: str  # cards, fields, tables
    text: str
    secondary: str
    faint: str  # placeholders
    disabled: str  # what cannot be pressed now
    line: str  # borders of cards, rules between rows
    edge: str  # borders of what can be pressed or typed into
    box_edge: str  # borders of boxes to tick, which have no words inside
    primary: str
    primary_hover: str
    primary_pressed: str
    on_primary: str
    bad: str
    bad_hover: str
    on_bad: str
    hover: str
    pressed: str
    selected: str
    on_selected: str
    secondary_on_selected: str
    selected_bar: str
    track: str  # the unfilled part of a bar
    focus: str
    focus_units: int
    edge_units: int
    tones: Mapping[Mood, Tone]

    def colour(self, ink: Ink) -> str:
        return str(getattr(self, ink.value))


ORDINARY: Final = Theme(
    name=ThemeName.ORDINARY,
    ground="#F4F6F9",
    paper="#FFFFFF",
    text="#1F2933",
    secondary="#52606D",
    faint="#66727F",
    disabled="#7B8794",
    line="#DCE3EB",
    edge="#B9C4D0",
    box_edge="#7C8A99",
    primary="#1D5FA6",
    primary_hover="#1A5493",
    primary_pressed="#16487E",
    on_primary="#FFFFFF",
    bad="#B42318",
    bad_hover="#98190F",
    on_bad="#FFFFFF",
    hover="#EEF2F7",
    pressed="#E1E8F0",
    selected="#E6EEF8",
    on_selected="#1F2933",
    secondary_on_selected="#4A5764",
    selected_bar="#1D5FA6",
    track="#E1E7EE",
    focus="#1D5FA6",
    focus_units=2,
    edge_units=1,
    tones={
        Mood.PLAIN: Tone(ink="#465462", tint="#EDF1F5", edge="#EDF1F5"),
        Mood.INFO: Tone(ink="#1D5FA6", tint="#E6EEF8", edge="#E6EEF8"),
        Mood.GOOD: Tone(ink="#256B35", tint="#E5F3E8", edge="#E5F3E8"),
        Mood.WARN: Tone(ink="#8A4F00", tint="#FBEFDC", edge="#FBEFDC"),
        Mood.BAD: Tone(ink="#B42318", tint="#FBE8E6", edge="#FBE8E6"),
        Mood.PAUSED: Tone(ink="#52606D", tint="#EDF1F5", edge="#EDF1F5"),
    },
)

CONTRAST: Final = Theme(
    name=ThemeName.CONTRAST,
    ground="#FFFFFF",
    paper="#FFFFFF",
    text="#000000",
    secondary="#1A1A1A",
    faint="#404040",
    disabled="#757575",
    line="#000000",
    edge="#000000",
    box_edge="#000000",
    primary="#003A75",
    primary_hover="#002952",
    primary_pressed="#001A36",
    on_primary="#FFFFFF",
    bad="#8A0F0A",
    bad_hover="#660A06",
    on_bad="#FFFFFF",
    hover="#E6E6E6",
    pressed="#CFCFCF",
    selected="#003A75",
    on_selected="#FFFFFF",
    secondary_on_selected="#FFFFFF",
    selected_bar="#000000",
    track="#FFFFFF",
    focus="#003A75",
    focus_units=4,
    edge_units=2,
    tones={
        Mood.PLAIN: Tone(ink="#000000", tint="#FFFFFF", edge="#000000"),
        Mood.INFO: Tone(ink="#003A75", tint="#FFFFFF", edge="#003A75"),
        Mood.GOOD: Tone(ink="#0A4D1C", tint="#FFFFFF", edge="#0A4D1C"),
        Mood.WARN: Tone(ink="#5C3300", tint="#FFFFFF", edge="#5C3300"),
        Mood.BAD: Tone(ink="#8A0F0A", tint="#FFFFFF", edge="#8A0F0A"),
        Mood.PAUSED: Tone(ink="#262626", tint="#FFFFFF", edge="#262626"),
    },
)

THEMES: Final[Mapping[ThemeName, Theme]] = {theme.name: theme for theme in (ORDINARY, CONTRAST)}

PRACTICE_THEMES: Final[Mapping[ThemeName, Theme]] = {
    ThemeName.ORDINARY: replace(
        ORDINARY,
        ground="#F7F4FA",
        primary="#6B3FA0",
        primary_hover="#5E358F",
        primary_pressed="#512C7C",
        selected="#EFE7F8",
        selected_bar="#6B3FA0",
        focus="#6B3FA0",
        tones={
            **ORDINARY.tones,
            Mood.INFO: Tone(ink="#6B3FA0", tint="#EFE7F8", edge="#EFE7F8"),
        },
    ),
    ThemeName.CONTRAST: replace(
        CONTRAST,
        primary="#4B1279",
        primary_hover="#380B5C",
        primary_pressed="#24053D",
        selected="#4B1279",
        focus="#4B1279",
        tones={
            **CONTRAST.tones,
            Mood.INFO: Tone(ink="#4B1279", tint="#FFFFFF", edge="#4B1279"),
        },
    ),
}
"""The same in violet where the others are blue: whoever practises sees it from across the room."""


class TextKind(StrEnum):
    BODY = "body"
    STRONG = "strong"
    SECONDARY = "secondary"
    SMALL = "small"
    SECTION = "section"
    HEADING = "heading"
    TITLE = "title"
    FIGURE = "figure"
    LEAD = "lead"
    CHIP = "chip"
    PILL = "pill"
    PILL_STRONG = "pill_strong"


@dataclass(frozen=True, kw_only=True, slots=True)
class Type:
    units: int
    bold: bool = False
    ink: Ink = Ink.TEXT


TYPES: Final[Mapping[TextKind, Type]] = {
    TextKind.BODY: Type(units=17),
    TextKind.STRONG: Type(units=17, bold=True),
    TextKind.SECONDARY: Type(units=15, ink=Ink.SECONDARY),
    TextKind.SMALL: Type(units=13, ink=Ink.SECONDARY),
    TextKind.SECTION: Type(units=17, bold=True),
    TextKind.HEADING: Type(units=18, bold=True),
    TextKind.TITLE: Type(units=22, bold=True),
    TextKind.FIGURE: Type(units=28, bold=True),
    TextKind.LEAD: Type(units=20),
    TextKind.CHIP: Type(units=14),
    TextKind.PILL: Type(units=15),
    TextKind.PILL_STRONG: Type(units=15, bold=True),
}


class Space(IntEnum):
    NONE = 0
    XS = 4
    S = 8
    M = 12
    L = 16
    PAGE = 20
    XL = 24
    XXL = 32


class Size(IntEnum):
    """Heights, widths and corners in units."""

    CONTROL = 40  # buttons and fields
    SMALL_CONTROL = 36  # the least height of anything that can be pressed
    LARGE_CONTROL = 52
    ROW = 36
    TWO_LINE_ROW = 52
    HEADING = 32  # a heading between rows
    CHIP = 26
    CHIP_PAD = 10
    KEY = 24
    BOX = 22  # the square of a tick
    ICON = 20
    SMALL_ICON = 16
    XL_ICON = 24
    LARGE_ICON = 40
    CORNER = 6
    SMALL_CORNER = 4
    DOT_EDGE = 2
    FRAME = 2
    BAR = 8
    SCROLL = 12
    CHOICE = 120
    CALENDAR = 400
    DIALOG = 520
    TOAST = 380
    POPUP = 420
    SUGGESTIONS = 600
    CHECK_LINE = 300
    MESSAGE = 24
