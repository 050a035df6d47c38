"""The posts of operators as the screen names them, and which are usual at a station."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app.domain.events import Role
from app.domain.regions import Tier
from ui import wording

_AT_A_VILLAGE: Final = (Role.AGENT, Role.HEAD, Role.ARCHIVIST)
_ABOVE: Final = (Role.CLERK, Role.APPROVER, Role.HEAD, Role.SUPERVISOR, Role.ARCHIVIST, Role.AGENT)


def role_word(role: Role) -> str:
    return wording.ROLES[role]


def roles_word(roles: Iterable[Role]) -> str:
    return "、".join(role_word(role) for role in roles)


def usual_roles(tier: Tier) -> tuple[Role, ...]:
    """Who may be added at a station of this tier, the most usual first."""
    return _AT_A_VILLAGE if tier is Tier.VILLAGE else _ABOVE
