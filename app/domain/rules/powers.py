"""Who may do what: roles, tiers, places, authorisations."""

from __future__ import annotations

import msgspec

from app.domain import events
from app.domain.case import Case, State
from app.domain.events import Body, PaperIssued, Role
from app.domain.items import Delegation, Item, Level
from app.domain.papers import PaperKind
from app.domain.publications import Publications
from app.domain.regions import RegionCode, Tier
from app.errors import Refused
from app.journal.entry import Entry
from app.journal.refs import Ref

AT_THE_COUNTER = frozenset({Role.AGENT, Role.CLERK, Role.APPROVER, Role.HEAD})
AT_THE_AUTHORITY = frozenset({Role.CLERK, Role.APPROVER, Role.HEAD})
DECIDING = frozenset({Role.APPROVER, Role.HEAD})
_SEALED = frozenset(kind for kind in PaperKind if kind.authority_only)


class OutOfPlace(Refused):
    """The act does not fit the state of the case (facts: act, state)."""

    code = "out_of_place"


class NotPermitted(Refused):
    """This person or station may not do that (facts: act, why; for `role` the roles that may, with spaces between)."""

    code = "not_permitted"


class BadFacts(Refused):
    """What was said with the act is incomplete or wrong (facts: field, why)."""

    code = "bad_facts"


class Writer(msgspec.Struct, frozen=True, kw_only=True):
    """Who acts: the station's place in the tree, the person, and the roles they have now.

    `stands_for`: those who are away and whose deputy this is; their roles are among `roles`.
    """

    region: RegionCode
    tier: Tier
    roles: frozenset[Role]
    actor: Ref | None = None
    stands_for: tuple[Ref, ...] = ()

    def is_one_of(self, *people: Ref | None) -> bool:
        """Whether this is one of these people, or the deputy of one."""
        return any(one is not None and one in (self.actor, *self.stands_for) for one in people)


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule looks at beside the case itself; `at` is the hybrid clock of the entry `ref`."""

    ref: Ref
    region: RegionCode
    writer: Writer
    publications: Publications
    at: int = 0

    @property
    def actor_name(self) -> str:
        card = self.publications.operators.get(self.writer.actor) if self.writer.actor else None
        return card.name if card else ""


def writer_at(
    publications: Publications, region: RegionCode, tier: Tier, actor: Ref | None, at: int
) -> Writer:
    """Who acts at a station at the time `at`, with the roles of that time; somebody of another station has none."""
    card = publications.staff.at(actor, at) if actor is not None else None
    if actor is None or card is None or card.region != region:
        return Writer(region=region, tier=tier, roles=frozenset(), actor=actor)
    others = publications.staff.stands_for(actor, at)
    away = [publications.staff.at(one, at) for one in others]
    roles = frozenset(card.roles).union(*(one.roles for one in away if one is not None))
    return Writer(region=region, tier=tier, roles=roles, actor=actor, stands_for=others)


def writer_of(entry: Entry, publications: Publications) -> Writer:
    """Who wrote an entry, with the roles of that time. Raises NotPublished."""
    certificate = publications.device(entry.device).certificate
    if entry.actor is not None:
        publications.operator(entry.actor)
    region, tier = RegionCode(certificate.region), Tier(certificate.tier)
    return writer_at(publications, region, tier, entry.actor, entry.clock)


def act_of(body: Body) -> str:
    """The name of an act by its entry: taken_over of case.taken_over, card_issued of card.issued."""
    return events.name_of(body)[0].removeprefix("case.").replace(".", "_")


def item_of(case: Case, setting: Setting) -> Item:
    return setting.publications.item(case.item, case.item_version)


def examining_level(item: Item) -> Level:
    """Who takes an item's cases over and accepts or refuses them.

    The receiving tier, where it has the power (its own, entrusted or authorised) or a body outside decides;
    else the one that decides.
    """
    if item.receives is item.decides or item.delegation is not Delegation.NONE:
        return item.receives
    if item.decides is Level.EXTERNAL:
        return item.receives
    return item.decides


def forwarding_target(case: Case, item: Item, publications: Publications) -> RegionCode | None:
    """The region whose station examines this case; None when an outside body does."""
    tier = examining_level(item).tier
    return None if tier is None else publications.tree.at_tier(case.region, tier)


def is_authority(item: Item, setting: Setting) -> bool:
    """Whether the writer's tier examines the item's cases."""
    return setting.writer.tier is examining_level(item).tier


def files_here(item: Item, setting: Setting) -> bool:
    """Whether handing the papers in at this station counts as filing (catalogue: `receives`)."""
    lowest = item.receives.tier
    return lowest is not None and setting.writer.tier >= lowest


def need(setting: Setting, roles: frozenset[Role], act: str) -> None:
    if not roles & setting.writer.roles:
        raise NotPermitted(act=act, why="role", roles=" ".join(sorted(roles)))


def need_state(case: Case, body: Body, *states: State) -> None:
    if case.state not in states:
        raise OutOfPlace(act=act_of(body), state=case.state)


def need_words(field: str, words: str) -> None:
    if not words.strip():
        raise BadFacts(field=field, why="empty")


def need_own_number(station: RegionCode, setting: Setting, act: str) -> None:
    if station != setting.writer.region:
        raise NotPermitted(act=act, why="number_of_another_station")


def need_authority(case: Case, setting: Setting, act: str) -> Item:
    """The writer examines the case: the item's tier, and somebody of a window there."""
    item = item_of(case, setting)
    if not is_authority(item, setting):
        raise NotPermitted(act=act, why="not_the_authority")
    _need_window(setting, act)
    return item


def need_at_work(case: Case, setting: Setting, act: str) -> Item:
    """The writer works on the accepted case now: the tier it is with, or the one that decides it."""
    item = item_of(case, setting)
    if setting.writer.tier not in working_tiers(case, item):
        raise NotPermitted(act=act, why="not_the_authority")
    _need_window(setting, act)
    return item


def working_tiers(case: Case, item: Item) -> frozenset[Tier]:
    """Whose hands an accepted case is in: one tier's, so that no lower one undoes what a higher one did.

    Once it is decided, both the tier that decided and the one below it may make and hand out the result.
    """
    decides, examines = item.decides.tier, examining_level(item).tier
    state = case.interrupted or case.state
    if case.parent is not None or state is State.DECIDED:
        tiers = {examines, decides}
    elif state is State.WITH_SUPERIOR:
        tiers = {decides}
    else:
        tiers = {examines}
    return frozenset(tier for tier in tiers if tier is not None)


def need_decider(case: Case, setting: Setting, act: str) -> Item:
    """The tier that decides, and a head, or an approver with a written authorisation for the item.

    What a body outside decides is only recorded, by whoever examined it.
    """
    item = item_of(case, setting)
    tier = item.decides.tier
    if tier is None:
        if not is_authority(item, setting) or case.outside_answer is None:
            raise NotPermitted(act=act, why="not_the_authority")
        _need_window(setting, act)
        return item
    if setting.writer.tier is not tier:
        raise NotPermitted(act=act, why="not_the_authority")
    need_authorisation(item, setting, act)
    return item


def need_deciding_head(case: Case, setting: Setting, act: str) -> Item:
    """The head of the authority that answers for the limit: the one that decides, or asks a body outside to."""
    item = item_of(case, setting)
    if setting.writer.tier is not (item.decides.tier or examining_level(item).tier):
        raise NotPermitted(act=act, why="not_the_authority")
    need(setting, frozenset({Role.HEAD}), act)
    return item


def need_authorisation(item: Item, setting: Setting, act: str) -> None:
    """A head decides by office, an approver by the head's written authorisation, a deputy by theirs."""
    writer = setting.writer
    need(setting, DECIDING, act)
    if Role.HEAD in writer.roles:
        return
    staff = setting.publications.staff
    people = [one for one in (writer.actor, *writer.stands_for) if one is not None]
    if not any(staff.authorised(one, item.id, setting.at) for one in people):
        raise NotPermitted(act=act, why="not_authorised")


def need_place(case: Case, setting: Setting, act: str) -> None:
    """The papers lie at the writer's tier.

    Which of its stations it is, is asked of the tree when an act is written (`may_write`) and when it arrives:
    a village that moved on since does not undo what its township of that time did.
    """
    if setting.publications.tree.region(case.place).tier is not setting.writer.tier:
        raise NotPermitted(act=act, why="papers_elsewhere")


def need_station_or_authority(case: Case, setting: Setting, act: str) -> None:
    """The station that received the papers, or a tier that has a say in the case."""
    need(setting, AT_THE_COUNTER, act)
    item = item_of(case, setting)
    above = {examining_level(item).tier, item.decides.tier}
    at_station = same_place(case.station, setting.writer.region, setting)
    if not at_station and setting.writer.tier not in above:
        raise NotPermitted(act=act, why="not_the_authority")


def need_issuer(case: Case, body: PaperIssued, setting: Setting) -> None:
    """A sealed document comes from a tier that has the power."""
    if body.paper not in _SEALED:
        return
    if setting.writer.tier not in issuing_tiers(PaperKind(body.paper), item_of(case, setting)):
        raise NotPermitted(act="print", why="not_the_authority")


def issuing_tiers(kind: PaperKind, item: Item) -> frozenset[Tier]:
    """Who issues a sealed document; nobody what a body outside says on its own paper."""
    examines, decides = examining_level(item).tier, item.decides.tier
    match kind:
        case PaperKind.DECISION:
            tiers = {decides}
        case PaperKind.SPECIAL_PROCEDURE:  # whoever has the case in hand
            tiers = {examines, decides}
        case PaperKind.EXTENSION:  # whoever answers for the limit
            tiers = {decides or examines}
        case _:
            tiers = {examines}
    return frozenset(tier for tier in tiers if tier is not None)


def is_below(region: RegionCode, setting: Setting) -> bool:
    """Whether the writer's tier is lower than that of a region's station."""
    return setting.writer.tier < setting.publications.tree.region(region).tier


def need_no_higher_hand(case: Case, setting: Setting, act: str) -> None:
    """What a higher tier has in hand is not changed from below."""
    if is_below(case.place, setting):
        raise NotPermitted(act=act, why="papers_elsewhere")


def same_place(one: RegionCode, other: RegionCode, setting: Setting) -> bool:
    """Whether two regions are one today: a merged one stands where its successor does."""
    tree = setting.publications.tree
    if one == other:
        return True
    tier = tree.region(one).tier
    return tree.region(other).tier is tier and tree.at_tier(one, tier) == tree.at_tier(other, tier)


def _need_window(setting: Setting, act: str) -> None:
    # At a village the agent is the whole window.
    village = setting.writer.tier is Tier.VILLAGE
    need(setting, AT_THE_COUNTER if village else AT_THE_AUTHORITY, act)
