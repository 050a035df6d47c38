"""The people of a station: their cards, their passwords, who is acting."""

from __future__ import annotations

from pathlib import Path

from app.domain import events
from app.domain.events import Role
from app.domain.names import plain
from app.domain.rules import NotPermitted
from app.domain.staff import OperatorCard
from app.errors import Refused
from app.store import keyslots
from app.store.keyslots import Unlock, WrongKey
from app.store.store import Store


class NoOperator(Refused):
    """Nobody of that name works here; without a name: nobody has been added yet."""

    code = "no_operator"


class OperatorExists(Refused):
    code = "operator_exists"


class BadName(Refused):
    code = "bad_name"


class PasswordTooShort(Refused):
    """A new password that anybody guesses (fact: least, characters)."""

    code = "password_too_short"


SHORTEST_PASSWORD = 6
_LONGEST_NAME = 60


def add(
    store: Store,
    name: str,
    role: Role,
    *,
    by: OperatorCard | None = None,
    password: str | None = None,
) -> OperatorCard:
    """Write an operator's card; with a password they can open the store themselves.

    The first operator of a device is its head as well; everybody after that is added by a head
    (without `by`, the device's own). Raises BadName, PasswordTooShort, OperatorExists, NotPermitted.
    """
    name = checked_name(name)
    if password is not None:
        check_password(password)
    with store.writing() as tx:
        here = of_station(store)
        if any(card.name == name for card in here):
            raise OperatorExists(name=name)
        lives = set(store.journal.lives_of(store.device))
        first = not any(card.ref.device in lives for card in here)
        head = None if first else by or acting(store, None)
        if head is not None:
            _need_head(head, "add_operator")
        roles = tuple(dict.fromkeys((role, Role.HEAD))) if first else (role,)
        if (
            password is not None
        ):  # a slot without a card opens the store for nobody; a card without a slot would stay so
            keyslots.add_operator(store.folder, store.key, name, password)
        body = events.OperatorAdded(name=name, roles=roles)
        written = tx.publish(body, by=head.ref if head else None)
    return OperatorCard(ref=written.ref, name=name, roles=roles, region=store.region)


def of_station(store: Store) -> list[OperatorCard]:
    """The operators of this station, in the order in which they were added."""
    cards = store.publications.operators.values()
    return sorted(
        (card for card in cards if card.region == store.region), key=lambda card: card.ref.seq
    )


def acting(store: Store, name: str | None) -> OperatorCard:
    """The operator of that name; without one, the first of this device, its head. Raises NoOperator."""
    cards = of_station(store)
    lives = set(store.journal.lives_of(store.device))
    own = [card for card in cards if card.ref.device in lives]
    for card in [*own, *cards]:
        if name is None or card.name == name:
            return card
    raise NoOperator(name=name or "")


def checked_name(typed: str) -> str:
    """A name as cards and key slots have it. Raises BadName."""
    name = plain(typed)
    if not 0 < len(name) <= _LONGEST_NAME:
        raise BadName(name=name[:_LONGEST_NAME])
    return name


# --- passwords: they never leave the device --------------------------------------------------------


def can_unlock(folder: Path) -> list[str]:
    """The names whose passwords open the store of a folder, before it is open. Raises KeysLost, DamagedSlots."""
    return list(keyslots.operators(folder))


def has_password(store: Store, card: OperatorCard) -> bool:
    return card.name in keyslots.operators(store.folder)


def proven(store: Store, name: str, password: str) -> OperatorCard:
    """Who logs in by name and password. Raises WrongKey; NoOperator if that person has no card here."""
    unlock = Unlock(operator=plain(name), password=password)
    if keyslots.open_key(store.folder, unlock) != store.key:
        raise WrongKey
    return acting(store, plain(name))


def change_password(store: Store, card: OperatorCard, *, old: str, new: str) -> None:
    """By the person themselves. Raises WrongKey, PasswordTooShort."""
    check_password(new)
    proven(store, card.name, old)
    keyslots.add_operator(store.folder, store.key, card.name, new)


def give_password(store: Store, card: OperatorCard, new: str, *, by: OperatorCard) -> None:
    """By a head, to somebody of the station who has none here or forgot it. Raises NotPermitted, PasswordTooShort."""
    _need_head(by, "give_password")
    check_password(new)
    keyslots.add_operator(store.folder, store.key, acting(store, card.name).name, new)


def check_password(new: str) -> None:
    """Raises PasswordTooShort."""
    if len(new) < SHORTEST_PASSWORD:
        raise PasswordTooShort(least=SHORTEST_PASSWORD)


def _need_head(card: OperatorCard, act: str) -> None:
    if Role.HEAD not in card.roles:
        raise NotPermitted(act=act, why="role", roles=Role.HEAD)
