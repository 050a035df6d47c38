"""Numbers of cases and documents: given without a network, never given twice.

A slot is a letter for each life of a device and a number that the centre gave to it: A2.
Two devices have different numbers, two lives of one device different letters,
so nothing that they count can meet.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated

import msgspec

from app.domain.regions import RegionCode
from app.errors import Refused

_LOCAL = re.compile(r"([0-9]{6,12})-([0-9]{8})-([A-Z]{1,4}[1-9][0-9]{0,5})-([0-9]{4,9})")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))
_LONGEST_NUMBER = 64
_LETTERS = 26

Slot = Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{1,4}[1-9][0-9]{0,5}\Z")]
Running = Annotated[int, msgspec.Meta(ge=1, le=999_999_999)]


class BadNumber(Refused):
    """What was typed is no local number (fact: text)."""

    code = "bad_number"


def slot_text(life: int, number: int) -> str:
    """The slot of the `life`-th life (from 1) of the device to which the centre gave `number`.

    Lives are lettered as spreadsheets letter their columns: A to Z, then AA, AB …
    """
    if life < 1 or number < 1:
        raise ValueError((life, number))
    letters = ""
    left = life
    while left:
        left, letter = divmod(left - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{number}"


class LocalNumber(msgspec.Struct, frozen=True, array_like=True):
    """收件号: the number that the receiving station gives, 450305200201-20261121-A2-0007.

    `running` counts the slot's numbers of the day from 1.
    """

    region: RegionCode
    day: date
    slot: Slot
    running: Running

    @property
    def text(self) -> str:
        """As printed; the running number has at least four digits."""
        day = self.day.isoformat().replace("-", "")
        return f"{self.region}-{day}-{self.slot}-{self.running:04}"

    @classmethod
    def parse(cls, text: str) -> LocalNumber:
        """Read a number as printed, or as typed: small letters, full width, spaces are forgiven.

        Raises BadNumber.
        """
        if len(text) > _LONGEST_NUMBER:
            raise BadNumber(text=text[:_LONGEST_NUMBER])
        plain = unicodedata.normalize("NFKC", text.translate(_DASHES))
        found = _LOCAL.fullmatch("".join(plain.split()).upper())
        if not found:
            raise BadNumber(text=text)
        region, day, slot, running = found.groups()
        try:
            number = cls(
                region=RegionCode(region),
                day=date(int(day[:4]), int(day[4:6]), int(day[6:])),
                slot=slot,
                running=int(running),
            )
        except ValueError as error:
            raise BadNumber(text=text) from error
        # One number has one text: 00017 is not 0017.
        if number.running < 1 or not number.text.endswith(f"-{running}"):
            raise BadNumber(text=text)
        return number


class DocumentNumber(msgspec.Struct, frozen=True, array_like=True):
    """文号: the number of a document, 湖政服收A2〔2026〕17号 (GB/T 9704: no padding zeros).

    `word` is the station's short name with the type's (湖政服收);
    `running` counts from 1 for each station, slot, document type and year.
    """

    word: str
    slot: Slot
    year: int
    running: Running

    @property
    def text(self) -> str:
        """As printed."""
        return f"{self.word}{self.slot}〔{self.year}〕{self.running}号"
