"""How often somebody may come, before and after the centre knows who it is.

- Whoever the centre does not know has an account by address: refused tokens, codes and proofs are taken from it.
  Nobody who is known pays into it, so three hundred stations behind one address do not hinder one another,
  and one among them who guesses does not shut out the others.
- Whoever it knows has an account by token: the time that its requests take of the ledger.

Who is overdrawn hears 429 `too_often`, with the seconds to wait. Accounts are in memory, each process has its own,
and the oldest are forgotten.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from hashlib import sha256
from http import HTTPStatus
from typing import Final, TypeVar

import msgspec
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sync import protocol
from sync.centre.connections import KNOWN
from sync.refusals import TooOften

_MOST_ACCOUNTS: Final = 20_000
_LONGEST_WAIT_S: Final = 300
_TOLD_EVERY_S: Final = 3600.0
_MOST_TOLD: Final = 100
"""Addresses in such a time of which the log of acts hears."""
_IPV6: Final = 6
_HALF_OF_IPV6: Final = 64
_K = TypeVar("_K")


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """`refused` and `asked` are what a refusal, and a request without a token, cost an address."""

    address_most: float = 2_000
    address_per_s: float = 10
    refused: float = 1
    denied: float = 20
    asked: float = 2
    device_most_s: float = 30
    device_per_s: float = 0.5
    bad_message_s: float = 0.05
    at_once: int = 8


class _Account:
    def __init__(self, most: float, now: float) -> None:
        self.left = most
        self.at = now
        self.under_way = 0
        self.refused = 0


class Visit:
    """One request: whence, and what it takes of the ledger's time, in seconds."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.seconds = 0.0


visit: ContextVar[Visit | None] = ContextVar("visit", default=None)
"""The request that is being answered."""


class Doorkeeper:
    """Stands before the centre's routes. `told` hears of addresses that were overdrawn, and how often refused."""

    def __init__(
        self,
        app: ASGIApp,
        told: Callable[[str, int], Awaitable[None]],
        limits: Limits | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._told = told
        self._limits = limits or Limits()
        self._clock = clock
        self._addresses: OrderedDict[str, _Account] = OrderedDict()
        self._devices: OrderedDict[bytes, _Account] = OrderedDict()
        self._said: OrderedDict[str, float] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        address, token = _address(scope), _token(scope)
        device = self._devices.get(token) if token else None
        wait_s = self._wait_s(address, device)
        if wait_s:
            await _too_often(wait_s)(scope, receive, send)
            if device is None:
                await self._tell(address)
            return
        status = HTTPStatus.INTERNAL_SERVER_ERROR.value
        present = Visit(_source(scope))

        async def listening(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                if _is_proof(scope, token, status):
                    scope.setdefault("state", {})[KNOWN] = True
            await send(message)

        mark = visit.set(present)
        if device is not None:
            device.under_way += 1
        try:
            await self._app(scope, receive, listening)
        finally:
            visit.reset(mark)
            if device is not None:
                device.under_way -= 1
            self._settle(scope, token, status, present.seconds)

    def _wait_s(self, address: str, device: _Account | None) -> int:
        limits = self._limits
        if device is not None:
            self._refill(device, limits.device_most_s, limits.device_per_s)
            if device.under_way >= limits.at_once:
                return 1
            return _until(device.left, limits.device_per_s)
        known = self._addresses.get(address)
        if known is None:
            return 0
        self._refill(known, limits.address_most, limits.address_per_s)
        return _until(known.left, limits.address_per_s)

    def _settle(self, scope: Scope, token: bytes, status: int, seconds: float) -> None:
        """Take what the request cost from whose account it is."""
        limits = self._limits
        if status == HTTPStatus.UNAUTHORIZED:
            self._devices.pop(token, None)
        if token in self._devices or _is_proof(scope, token, status):
            account = self._account(self._devices, token, limits.device_most_s)
            bad = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
            account.left -= seconds + (limits.bad_message_s if bad else 0)
            return
        account = self._account(self._addresses, _address(scope), limits.address_most)
        match status:
            case HTTPStatus.FORBIDDEN:
                account.left -= limits.denied
                account.refused += 1
            case HTTPStatus.UNAUTHORIZED:
                account.left -= limits.refused
                account.refused += 1
            case HTTPStatus.SERVICE_UNAVAILABLE:
                pass
            case _:
                account.left -= limits.asked

    def _account(self, among: OrderedDict[_K, _Account], whose: _K, most: float) -> _Account:
        account = among.pop(whose, None) or _Account(most, self._clock())
        among[whose] = account
        if len(among) > _MOST_ACCOUNTS:
            among.popitem(last=False)
        return account

    def _refill(self, account: _Account, most: float, per_s: float) -> None:
        now = self._clock()
        account.left = min(most, account.left + (now - account.at) * per_s)
        account.at = now

    async def _tell(self, address: str) -> None:
        """Have it noted, once an hour for each address, that somebody there is refused again and again."""
        now = self._clock()
        while self._said and now - next(iter(self._said.values())) > _TOLD_EVERY_S:
            self._said.popitem(last=False)
        account = self._addresses.get(address)
        if account is None or address in self._said or len(self._said) >= _MOST_TOLD:
            return
        self._said[address] = now
        await self._told(address, account.refused)
        account.refused = 0


def _source(scope: Scope) -> str:
    """The address that a request comes from, as it is noted."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def _address(scope: Scope) -> str:
    """Whose account it is: of IPv6 a network, since whoever has one address has all of it."""
    text = _source(scope)
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if address.version == _IPV6 and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((text, _HALF_OF_IPV6), strict=False))
    return text


def _token(scope: Scope) -> bytes:
    """The name of the token that is shown; empty without one."""
    for name, value in scope["headers"]:
        if name == b"authorization":
            return sha256(value).digest()
    return b""


def _is_proof(scope: Scope, token: bytes, status: int) -> bool:
    """Whether an answer shows that the token is a device's: it went well where nobody is answered without one."""
    asked_of_all = scope["path"] == protocol.CA or scope["method"] == "OPTIONS"
    return bool(token) and not asked_of_all and status < HTTPStatus.BAD_REQUEST


def _until(left: float, per_s: float) -> int:
    """Seconds until an account is even again."""
    return 0 if left > 0 else min(max(1, math.ceil(-left / per_s)), _LONGEST_WAIT_S)


def _too_often(wait_s: int) -> Response:
    return Response(
        protocol.said(TooOften(retry_after_s=wait_s)),
        status_code=TooOften.status,
        headers={"retry-after": str(wait_s), "connection": "close"},
    )
