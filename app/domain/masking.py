"""What of personal data is shown where others may look.

Data of people only: names and codes of organisations are public and stay as they are.
"""

from __future__ import annotations

import re
import unicodedata

from app.domain.identity import check_id_number

_HIDDEN = "*"
_FULL_LENGTH = 15  # of identity numbers, from which six and four signs still hide the person
_HEAD, _TAIL = 6, 4
_CARD = re.compile(r"(?<![0-9A-Za-z-])62[0-9](?: ?[0-9]){13,16}(?![0-9A-Za-z-])")
_CARD_LENGTHS = range(16, 20)
_SHORT_TAIL = 2
_PHONE_HIDDEN = 4
_LEAST_WITH_LAST = 3  # characters of a name of which two may be seen
_KEPT_SIGNS = "·•・. "  # between the parts of a name


def mask_id(number: str) -> str:
    """450305196203151234 is 450305********1234; of a shorter paper's number two signs are left."""
    if len(number) >= _FULL_LENGTH:
        hidden = len(number) - _HEAD - _TAIL
        return number[:_HEAD] + _HIDDEN * hidden + number[-_TAIL:]
    return _only_tail(number, _SHORT_TAIL)


def mask_phone(number: str) -> str:
    """13812340000 is 138****0000; the four signs before the last four are hidden."""
    shown = _PHONE_HIDDEN + _TAIL
    if len(number) < shown:
        return _only_tail(number, _SHORT_TAIL)
    return number[:-shown] + _HIDDEN * _PHONE_HIDDEN + number[-_TAIL:]


def mask_account(number: str) -> str:
    """6217001234567890 is ************7890."""
    return _only_tail(number, _TAIL)


def without_cards(text: str) -> str:
    """A text as it may be kept: bank cards are never held (domain.md §8), so of a card's number four digits stay.

    Of China's cards, which begin with 62, and by their check digit; an identity number of Gansu begins so too.
    """
    return _CARD.sub(_as_kept, text)


def _as_kept(found: re.Match[str]) -> str:
    number = found[0].replace(" ", "")
    is_card = len(number) in _CARD_LENGTHS and _has_check_digit(number)
    return mask_account(number) if is_card and check_id_number(number).fault else found[0]


def _has_check_digit(number: str) -> bool:
    """Luhn's, ISO/IEC 7812-1."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def mask_name(name: str) -> str:
    """韦小妹 is 韦**, 韦妹 is 韦*; a name of one character is hidden altogether.

    The signs between the parts of a name stay: 买买提·吐尔逊 is 买**·***.
    """
    characters = _characters(name.strip())
    if len(characters) <= 1:
        return _HIDDEN * len(characters)
    rest = (sign if sign in _KEPT_SIGNS else _HIDDEN for sign in characters[1:])
    return characters[0] + "".join(rest)


def mask_listed_name(name: str) -> str:
    """韦小妹 is 韦*妹, 覃妹 is 覃*: for lists at the desk, where many share a surname.

    Public notices and codes on paper use `mask_name`. 买买提·吐尔逊 is 买**·**逊.
    """
    characters = _characters(name.strip())
    places = [place for place, sign in enumerate(characters) if sign not in _KEPT_SIGNS]
    if len(places) < _LEAST_WITH_LAST:
        return mask_name(name)
    hidden = places[1:-1]
    return "".join(_HIDDEN if place in hidden else sign for place, sign in enumerate(characters))


def _only_tail(text: str, tail: int) -> str:
    """Everything hidden but the last signs, and of a short text never more than a third shown."""
    shown = min(tail, len(text) // 3)
    return _HIDDEN * (len(text) - shown) + text[len(text) - shown :]


def _characters(name: str) -> list[str]:
    """A name as people count it: a variation selector or an accent belongs to its character."""
    characters: list[str] = []
    for sign in name:
        if characters and unicodedata.category(sign) in ("Mn", "Me", "Mc", "Cf"):
            characters[-1] += sign
        else:
            characters.append(sign)
    return characters
