"""Where a Chinese line may break, and where it may be spread to fill its width.

No line begins with closing punctuation or ends with an opening one;
a figure, a date, a document number, a Latin word stays whole as long as it fits on a line.
Only a line that could not be filled without tearing it apart parts a date or a document number,
and never between two figures.
Source: GB/T 15834-2011, 5.1 (places of punctuation).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from math import inf

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
_PART = re.compile(r".+?(?:[年月〕](?=\d)|\Z)", re.DOTALL)
"""2026年 11月 21日, 〔2026〕 17号."""

_PAIRS = ("——", "……")

Measure = Callable[[str], float]


def break_lines(
    text: str, width: float, measure: Measure, *, indent: float = 0.0, stretch: float = inf
) -> list[str]:
    """The text as lines of at most `width`, the first shorter by `indent`.

    Closing punctuation at the end of a line may reach beyond it by its own empty half.
    Spaces at a break are dropped; nothing else is.
    A figure or word wider than a line is cut between characters.
    `stretch` is the most by which a gap of a line may be widened to fill it:
    before a line would need more, what goes on the next is parted.
    """
    whole = text.strip()
    if measure(whole) <= width - indent:
        return [whole]  # as below, sooner: most cells of a table are short
    lines: list[str] = []
    line, used, room = "", 0.0, width - indent
    for unit in _units(text):
        end = unit.rstrip()
        if used + measure(end) <= room + hanging(end, measure) + _TOLERANCE:
            unit = unit if line else unit.lstrip()
            line += unit
            used += measure(unit)
            continue
        set_line = line.rstrip()
        empty = room + hanging(set_line, measure) - measure(set_line)
        if empty > stretch * max(1, sum(gaps(set_line))):
            fitting = _fitting(unit, room - used, measure)
            line, unit = line + unit[:fitting], unit[fitting:]
        if line.strip():
            lines.append(line.rstrip())
            room = width
        line = unit.lstrip()
        used = measure(
            line
        )  # once, and not for each line: what somebody hostile wrote may be one long word
        while used > room + hanging(line, measure) + _TOLERANCE and len(line) > 1:
            cut = _cut(line, room, measure)
            lines.append(line[:cut])
            used -= measure(line[:cut])
            line, room = line[cut:], width
    if line.strip():
        lines.append(line.rstrip())
    return lines or [""]


_TOLERANCE = 0.01  # points, for sums of floats


def hanging(line: str, measure: Measure) -> float:
    """The empty half of the full-width punctuation that ends the line."""
    return measure(line[-1]) / 2 if line[-1:] in _HALF_EMPTY else 0.0


def gaps(line: str) -> list[bool]:
    """For each character whether the space after it may be widened to fill the line.

    Not inside a figure or a Latin word, not before a combining mark, not within —— and ……,
    not after the last.
    """
    return [not _tied(char, after) for char, after in pairwise(line)] + [False] * (line != "")


def _tied(char: str, after: str) -> bool:
    return (
        _is_mark(after)
        or (_in_word(char) and _in_word(after))
        or char + after in _PAIRS  # two characters are one mark
    )


def _in_word(char: str) -> bool:
    match unicodedata.east_asian_width(char):
        case "W" | "F":
            return False
        case "A":  # é and “ alike
            return char.isalnum()
    return not char.isspace()


def _is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("M")


def _fitting(unit: str, room: float, measure: Measure) -> int:
    """How many characters of a date or document number go on this line: whole parts, maybe none."""
    end = 0
    for part in _PART.finditer(unit):
        if measure(unit[: part.end()].rstrip()) > room + _TOLERANCE:
            break
        end = part.end()
    return end


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
        or _is_mark(token[0])
    )


def _cut(line: str, room: float, measure: Measure) -> int:
    """How many characters of an over-long unit go on this line: at least one."""
    fitting = 1
    while fitting < len(line) - 1 and measure(line[: fitting + 1]) <= room + _TOLERANCE:
        fitting += 1
    after = max(line.rfind(char, fitting // 3, fitting) for char in "-年月")
    cut = after + 1 or fitting  # 450305200201-20261121- A2-0007, 2026年11月 21日
    while cut and (line[cut] in CLOSING or line[cut - 1] in OPENING):
        cut -= 1
    return cut or fitting  # nothing but punctuation
