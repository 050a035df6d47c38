"""Whether this computer has a way out, as its routing table says: asked each second, and nothing is sent for it."""

from __future__ import annotations

import ipaddress
import socket
from typing import Final
from urllib.parse import urlsplit

_ANYWHERE: Final = "192.0.2.1"
"""An address of nobody (RFC 5737): whoever has a way there has one to the world."""


class Road:
    """The way to the centre at `url`. A centre that is known by name only is taken to be out in the world."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._target = (_address(parts.hostname or ""), parts.port or 443)
        self._last = self._own_address()

    def has_returned(self) -> bool:
        """Whether there is a way that was not there, or was another, at the last call: a cable, a modem, a Wi-Fi."""
        before, self._last = self._last, self._own_address()
        return bool(self._last) and self._last != before

    def _own_address(self) -> str:
        """This computer's address on that way; empty if there is none."""
        family = socket.AF_INET6 if ":" in self._target[0] else socket.AF_INET
        with socket.socket(family, socket.SOCK_DGRAM) as asking:
            try:
                asking.connect(self._target)  # of UDP: looks the way up, and that is all
                return str(asking.getsockname()[0])
            except OSError:
                return ""


def _address(host: str) -> str:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return _ANYWHERE
