"""What happened to a case as a story: by day, a sentence for each entry; one without effect says why and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication

from app.domain import events
from app.domain.items import Item
from app.domain.publications import Publications
from app.journal.clock import wall_ms
from app.journal.entry import Entry
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import deputies, lookup
from ui import story, wording
from ui.desktop import case_words, words
from ui.desktop.look.mood import Mood

_QUIET: Final = "paper.issued"


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
    told = lookup.history(store, subject)
    publications = store.publications
    effective = [one for one, why in told if why is None and not events.is_look(one.kind)]
    absent = deputies.stood_in(effective, publications)
    steps: list[HistoryStep] = []
    for looked, group in groupby(told, key=lambda pair: events.is_look(pair[0].kind)):
        some = list(group)
        if looked:
            some, looks = some[-1:], some
            text = _looks(publications, [one for one, _ in looks])
        for one, why in some:
            own = one.device in lives
            who = _who(publications, one, absent.get(one.ref))
            steps.append(
                HistoryStep(
                    ref=one.ref,
                    own=own,
                    title=wording.act_label(one.kind),
                    day=_day(one, today),
                    when=f"{words.at(wall_ms(one.clock)):%H:%M}",
                    who=who,
                    text=text if looked else _text(publications, one, why, item, who, own=own),
                    mood=_mood(one, why),
                    without_effect=why is not None,
                    waits_to_go=one.device == store.device and one.seq > accepted,
                )
            )
    return tuple(steps)


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


def _who(publications: Publications, one: Entry, absent: Ref | None) -> str:
    """湖塘村的韦丽萍（代 蒙春燕）."""
    known = publications.devices.get(one.device)
    station = (
        _tr("还不认识的站点")
        if known is None
        else case_words.place(publications, known.certificate.region)
    )
    return story.actor(station, _name(publications, one.actor), _name(publications, absent))


def _name(publications: Publications, ref: Ref | None) -> str:
    card = publications.operators.get(ref) if ref else None
    return card.name if card else ""


def _looks(publications: Publications, entries: Iterable[Entry]) -> str:
    """Who had whole numbers on the screen, and how often each."""
    often = Counter(_who(publications, one, None) for one in entries)
    each = [
        who if times == 1 else _tr("{who} {n} 次").format(who=who, n=times)
        for who, times in often.items()
    ]
    return _tr("{people}查看了完整号码。").format(people="、".join(each))


def _text(
    publications: Publications, one: Entry, why: str | None, item: Item, who: str, *, own: bool
) -> str:
    said = _told(publications, one, item, who)
    if why is None:
        return said
    wrong = _tr("没有生效：{why}。{advice}").format(
        why=wording.verdict(why), advice=_advice(why, own=own)
    )
    return f"{said}\n{wrong}"


def _told(publications: Publications, one: Entry, item: Item, who: str) -> str:
    if one.body is not None and events.is_known(one.kind, one.version):
        try:
            body = events.decode_body(one.kind, one.version, one.body)
        except events.BadBody:
            return who
        return story.sentence(who, body, publications, item)
    return who


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
