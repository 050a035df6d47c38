"""Finding cases: the first page, for what a person types."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from random import Random

from app.store.rows import CaseRow
from app.store.store import Store
from app.usecases import lookup
from tests.benchmarks import stores
from tests.benchmarks.results import Result, ms, timed, typical

_ROUNDS = 3
_EACH = 100
_SEED = 11
_TEXT_S, _NUMBER_S = 0.020, 0.005
_ITEMS = (
    "低保",
    "残疾",
    "医保",
    "户口",
    "临时救助",
    "老年",
    "证明",
    "补贴",
    "最低生活保障",
    "IT005",
)


def measure(sizes: list[int]) -> Iterator[Result]:
    for size in sizes:
        with stores.opened(size) as store:
            floor = _bare(store)
            for what, limit_s, typed in _QUESTIONS:
                asked = [_asked(store, typed, turn) for turn in range(_ROUNDS)]
                rounds = [timed(partial(lookup.found, store), texts) for texts in asked]
                p95, floor_p95 = typical(rounds, 95), typical(floor, 95)
                yield Result(
                    what=f"search {what}, {size:,} cases",
                    measured=f"p50 {ms(typical(rounds, 50))}  p95 {ms(p95)}",
                    floor=f"one row by key: p95 {ms(floor_p95)}",
                    ratio=p95 / floor_p95,
                    target=f"p95 ≤ {limit_s * 1000:.0f} ms",
                    met=p95 <= limit_s,
                    runs=f"{_ROUNDS} × {_EACH}",
                )


def _asked(store: Store, typed: Callable[[CaseRow, Random], str], turn: int) -> list[str]:
    random = Random(_SEED + turn)
    asked: list[str] = []
    while len(asked) < _EACH:
        text = typed(_some_case(store, random), random)
        if text:
            asked.append(text)
    return asked


def _some_case(store: Store, random: Random) -> CaseRow:
    (last,) = store.database.row("SELECT max(n) FROM case_row")
    return store.rows.where("n = ?", (random.randint(1, last),))[0]


def _bare(store: Store) -> list[list[float]]:
    """A row by its primary key, and nothing else."""
    random = Random(_SEED)
    (last,) = store.database.row("SELECT max(n) FROM case_row")
    look_up = partial(store.database.row, "SELECT * FROM case_row WHERE n = ?")
    return [
        timed(look_up, [(random.randint(1, last),) for _ in range(_EACH)]) for _ in range(_ROUNDS)
    ]


def _initials(row: CaseRow, random: Random) -> str:
    return "".join(syllable[0] for syllable in _pinyin(row.applicant))[:3]


def _spelt(row: CaseRow, random: Random) -> str:
    return "".join(_pinyin(row.applicant))


def _pinyin(name: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin

    return [
        syllable for syllable in lazy_pinyin(name[:4], style=Style.NORMAL) if syllable.isalpha()
    ]


_QUESTIONS: tuple[tuple[str, float, Callable[[CaseRow, Random], str]], ...] = (
    ("1 character of a name", _TEXT_S, lambda row, random: random.choice(row.applicant)),
    ("2 characters of a name", _TEXT_S, lambda row, random: row.applicant[:2]),
    ("3 characters of a name", _TEXT_S, lambda row, random: row.applicant[:3]),
    (
        "longer names",
        _TEXT_S,
        lambda row, random: row.applicant[:6] if len(row.applicant) > 4 else "",
    ),
    ("1 initial", _TEXT_S, lambda row, random: _initials(row, random)[:1]),
    ("initials", _TEXT_S, _initials),
    ("pinyin", _TEXT_S, _spelt),
    ("pinyin half typed", _TEXT_S, lambda row, random: _spelt(row, random)[: random.randint(2, 5)]),
    ("an item", _TEXT_S, lambda row, random: random.choice(_ITEMS)),
    ("a number's beginning", _NUMBER_S, lambda row, random: row.id_number[: random.randint(4, 16)]),
    ("a telephone's beginning", _NUMBER_S, lambda row, random: row.phone[: random.randint(3, 9)]),
    (
        "a local number's beginning",
        _NUMBER_S,
        lambda row, random: row.local_number[: random.randint(6, 24)],
    ),
    ("a number's end", _NUMBER_S, lambda row, random: row.id_number[-random.randint(4, 8) :]),
    ("a telephone's end", _NUMBER_S, lambda row, random: row.phone[-random.randint(4, 8) :]),
)
