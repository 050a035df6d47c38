"""What follows a registration, told at the counter before it is made: who examines it, by when it goes up."""

from __future__ import annotations

from datetime import date

import msgspec

from app.domain import events, rules
from app.domain.case import Case
from app.domain.clocks import ClockName
from app.domain.events import Party
from app.domain.items import Applicant, Item, Mode
from app.domain.regions import Tier, place_name
from app.domain.staff import OperatorCard
from app.domain.tasks import present
from app.journal.refs import Ref
from app.store.rows import ClockRow, clock_rows
from app.store.store import Store
from app.store.transaction import setting_at


class Outlook(msgspec.Struct, frozen=True, kw_only=True):
    """`modes` are those open to this station, the ordinary one first; `clocks` run from the day of receipt.

    `examined_here`: this station takes the case over. `examiner`: the place whose station does, or an outside body.
    """

    item: Item
    modes: tuple[Mode, ...]
    mode: Mode
    clocks: tuple[ClockRow, ...]
    examined_here: bool
    examiner: str

    def clock(self, name: ClockName) -> ClockRow | None:
        return next((clock for clock in self.clocks if clock.name is name), None)


def expected(store: Store, item: Item, *, mode: Mode | None, on: date, by: OperatorCard) -> Outlook:
    """What a request received on that day would meet. Raises NotPermitted if `by` may not register it."""
    modes = modes_of(item, Tier(store.certificate.tier))
    chosen = mode if mode in modes else modes[0]
    trial = _trial(store, item, chosen, on, by)
    examiner = rules.forwarding_target(trial, item, store.publications)
    return Outlook(
        item=item,
        modes=modes,
        mode=chosen,
        clocks=clock_rows(trial.clocks, store.publications.calendar(store.region)),
        examined_here=examiner == present(store.publications, store.region),
        examiner=item.external_body or rules.examining_level(item).label
        if examiner is None
        else place_name(store.publications.tree.region(examiner)),
    )


def modes_of(item: Item, tier: Tier) -> tuple[Mode, ...]:
    """How a station of this tier may work with the item, the ordinary way first.

    Who examines it does it directly. Below, the agent carries what a mandate may carry and a tier of the tree takes.
    """
    examiner = rules.examining_level(item).tier
    if examiner is tier:
        return (Mode.DIRECT,)
    may_carry = Applicant.AGENT_WITH_MANDATE in item.who_may_apply and examiner is not None
    open_ways = [Mode.PROXY] if may_carry and item.in_person_required is not True else []
    open_ways += [Mode.ASSIST, Mode.ACCOMPANY]
    if item.mode in open_ways:
        open_ways.remove(item.mode)
        open_ways.insert(0, item.mode)
    return tuple(open_ways)


def _trial(store: Store, item: Item, mode: Mode, on: date, by: OperatorCard) -> Case:
    """The case as the rules would open it; nothing is written and no number used."""
    ref = Ref(store.device, store.head().seq + 1)
    body = events.CaseRegistered(
        item=item.id,
        item_version=item.version,
        mode=mode,
        urgent=False,
        mandate=False,
        told=False,
        backlog=False,
        station=store.region,
        received_on=on,
        slot=store.certificate.slot_text,
        running=1,
        parties=(Party(name="—"),),
        materials=(),
        note="",
        external_id="",
    )
    return rules.after(None, body, setting_at(store, store.region, by, ref))
