"""Where a Chinese line may break.

No line begins with closing punctuation or ends with an opening one;
a figure, a date, a document number, a Latin word stays whole as long as it fits on a line.
Source: GB/T 15834-2011, 5.1 (places of punctuation).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

CLOSING = frozenset("，。、；：？！）〕】》〉」』｝］”’…—～·％‰℃,.;:?!)]}%")
OPENING = frozenset("（〔【《〈「『｛［“‘([{¥￥№")
_HALF_EMPTY = frozenset("，。、；：）〕】》〉」』｝］”’")

_TOKEN = re.compile(
    r"""
      \d{4}年\d{1,2}月(?:\d{1,2}日)?          # a date
    | 〔\d{4}〕\d+号                          # the tail of a document number
    | [0-9A-Za-z*][0-9A-Za-z*.,:/_@+-]*[年月日时分号个种份页元项户人天条]?
    | ——|……
    | \s+
    | .
    """,
    re.VERBOSE | re.DOTALL,
)

Measure = Callable[[str], float]


def break_lines(text: str, width: float, measure: Measure, *, indent: float = 0.0) -> list[str]:
    """The text as lines of at most `width`, the first shorter by `indent`.

    Closing punctuation at the end of a line may reach beyond it by its own empty half.
    Spaces at a break are dropped; nothing else is.
    A figure or word wider than a line is cut between characters.
    """
    lines: list[str] = []
    line, used, room = "", 0.0, width - indent
    for unit in _units(text):
        end = unit.rstrip()
        if used + measure(end) <= room + hanging(end, measure) + _TOLERANCE:
            unit = unit if line else unit.lstrip()
            line += unit
            used += measure(unit)
            continue
        if line.strip():
            lines.append(line.rstrip())
            room = width
        line = unit.lstrip()
        while measure(line) > room + hanging(line, measure) + _TOLERANCE and len(line) > 1:
            cut = _cut(line, room, measure)
            lines.append(line[:cut])
            line, room = line[cut:], width
        used = measure(line)
    if line.strip():
        lines.append(line.rstrip())
    return lines or [""]


_TOLERANCE = 0.01  # points, for sums of floats


def hanging(line: str, measure: Measure) -> float:
    """The empty half of the full-width punctuation that ends the line."""
    return measure(line[-1]) / 2 if line[-1:] in _HALF_EMPTY else 0.0


def _units(text: str) -> list[str]:
    """Parts that stay together: tokens with their punctuation and the space after them."""
    units: list[str] = []
    for token in _TOKEN.findall(text):
        if units and _belongs(units[-1], token):
            units[-1] += token
        else:
            units.append(token)
    return units


def _belongs(unit: str, token: str) -> bool:
    return (
        token.isspace()
        or token[0] in CLOSING
        or unit.rstrip()[-1:] in OPENING
        or unicodedata.category(token[0]).startswith("M")  # a combining mark
    )


def _cut(line: str, room: float, measure: Measure) -> int:
    """How many characters of an over-long unit go on this line: at least one."""
    fitting = 1
    while fitting < len(line) - 1 and measure(line[: fitting + 1]) <= room + _TOLERANCE:
        fitting += 1
    cut = fitting
    while cut and (line[cut] in CLOSING or line[cut - 1] in OPENING):
        cut -= 1
    return cut or fitting  # nothing but punctuation
