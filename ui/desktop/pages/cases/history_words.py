"""What happened to a case as a story: by day, a sentence for each entry; one without effect says why and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication

from app.domain import events
from app.domain.items import Item
from app.journal.clock import wall_ms
from app.journal.entry import Entry
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import story
from app.usecases.story import Told
from ui import wording
from ui.desktop import words
from ui.desktop.look.mood import Mood

_QUIET: Final = "paper.issued"
_WHOLE: Final = "case.numbers_shown"


class HistoryStep(msgspec.Struct, frozen=True, kw_only=True):
    """`own`: written by this device. `waits_to_go`: the centre does not have it yet. `text` begins with a sentence."""

    ref: Ref
    own: bool
    title: str
    day: str
    when: str
    who: str
    text: str
    mood: Mood
    without_effect: bool
    waits_to_go: bool


def _tr(text: str) -> str:
    return QCoreApplication.translate("history_words", text)


def history_steps(
    store: Store, subject: Ref, item: Item, today: date, accepted: int
) -> tuple[HistoryStep, ...]:
    """Every entry in reading order, looks that follow each other as one; `accepted`: how far the centre has our own."""
    lives = set(store.journal.lives_of(store.device))
    steps: list[HistoryStep] = []
    told = story.history(store, subject, item)
    for looked, group in groupby(told, key=_look):
        some = list(group)
        for one in [_one_of(some)] if looked else some:
            entry = one.entry
            own = entry.device in lives
            steps.append(
                HistoryStep(
                    ref=entry.ref,
                    own=own,
                    title=wording.act_label(entry.kind),
                    day=_day(entry, today),
                    when=f"{words.at(wall_ms(entry.clock)):%H:%M}",
                    who=one.who,
                    text=_text(one, own=own),
                    mood=_mood(entry, one.why),
                    without_effect=one.why is not None,
                    waits_to_go=entry.device == store.device and entry.seq > accepted,
                )
            )
    return tuple(steps)


def _look(one: Told) -> str:
    """The kind of a look; of an act, nothing."""
    return one.entry.kind if events.is_look(one.entry.kind) else ""


def _one_of(looks: Sequence[Told]) -> Told:
    """Several looks of a kind as the last of them: who looked, and how often each."""
    if len(looks) == 1:
        return looks[0]
    often = Counter(one.who for one in looks)
    each = [
        who if times == 1 else _tr("{who} {n} 次").format(who=who, n=times)
        for who, times in often.items()
    ]
    whole = looks[-1].entry.kind == _WHOLE
    said = _tr("{people}查看了完整号码。") if whole else _tr("{people}查看了这件的记录。")
    text = said.format(people="、".join(each))
    return msgspec.structs.replace(looks[-1], text=text)


def _day(one: Entry, today: date) -> str:
    """今天, 11-20 周五 of this year, 2025年11月20日 of another."""
    on = words.at(wall_ms(one.clock)).date()
    if on == today:
        return _tr("今天")
    return words.short_day(on) if on.year == today.year else words.day(on)


def _mood(one: Entry, why: str | None) -> Mood:
    if why is not None:
        return Mood.WARN if why in ("waiting", "needs_upgrade") else Mood.BAD
    return Mood.PLAIN if events.is_look(one.kind) or one.kind == _QUIET else Mood.INFO


def _text(one: Told, *, own: bool) -> str:
    if one.why is None:
        return one.text
    wrong = _tr("没有生效：{why}。{advice}").format(
        why=wording.verdict(one.why), advice=_advice(one.why, own=own)
    )
    return f"{one.text}\n{wrong}"


def _advice(why: str, *, own: bool) -> str:
    """What to do about an act that has no effect."""
    match why:
        case "waiting" | "not_published":
            return _tr("不用管它，前面的到了会自动生效。")
        case "needs_upgrade":
            return _tr("请升级程序。")
        case "refused":
            return _tr("请到“同步”页看原因，改正后重新办一次。")
        case _ if own:
            return _tr("请按现在的状态接着办；凭它打印的文书请收回。")
    return _tr("以现在的状态为准，本站不用再做什么。")
