"""The district's authority: one Ed25519 key that signs its X.509 CA, its server's certificate, and its devices'.

Stations pin the key and do not look at dates (`docs/decisions/0026-keys-and-dates.md`), yet whoever looks finds
certificates in date: the server takes a fresh key by itself, and the CA's is renewed under the same key.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Final

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.x509.oid import NameOID

from app.journal.certificate import Certificate, SignedCertificate, signing_input
from sync.centre import private
from sync.centre.ledger import Ledger
from sync.centre.tls import SERVER_LIFE, Presented, ca_certificate, server_context

CA_RENEWED: Final = timedelta(days=5 * 365)
"""So long before its end the CA's certificate gets new dates."""
_FORMER: Final = "former cas"
_MOST_FORMER: Final = 20


class Authority:
    def __init__(
        self, private: bytes, ca: bytes, recovery_public: bytes, former: Iterable[bytes] = ()
    ) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(private)
        self.ca = ca
        """The CA's certificate, DER."""
        self._former = list(former)
        self.public = self._key.public_key().public_bytes_raw()
        self.recovery_public = recovery_public

    @classmethod
    def found(cls, ledger: Ledger, region: str, now: datetime | None = None) -> Authority:
        """Make a new district's keys and keep them in its ledger."""
        key = Ed25519PrivateKey.generate()
        recovery = X25519PrivateKey.generate()
        ledger.keep_secret("authority", key.private_bytes_raw())
        ledger.keep_secret("ca", ca_certificate(key, f"Daiban {region}", now or _now()))
        ledger.keep_secret("recovery", recovery.private_bytes_raw())
        return cls.of(ledger)

    @classmethod
    def of(cls, ledger: Ledger) -> Authority:
        recovery = X25519PrivateKey.from_private_bytes(ledger.secret("recovery"))
        return cls(
            ledger.secret("authority"),
            ledger.secret("ca"),
            recovery.public_key().public_bytes_raw(),
            _former(ledger),
        )

    @property
    def ends(self) -> datetime:
        """When the CA's certificate ends."""
        return x509.load_der_x509_certificate(self.ca).not_valid_after_utc

    def is_due(self, now: datetime) -> bool:
        """Whether the CA's certificate ends so soon that it is to be renewed."""
        return self.ends - now < CA_RENEWED

    def renew(self, ledger: Ledger, now: datetime) -> bool:
        """Give the CA's certificate new dates under the same key; inside a transaction.

        False if another process has done so meanwhile, whose certificate then is this one's too.
        """
        kept = ledger.secret("ca")
        if kept != self.ca:
            self.ca, self._former = kept, _former(ledger)
            return False
        name = x509.load_der_x509_certificate(self.ca).subject
        common = name.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
        former = [self.ca, *self._former][:_MOST_FORMER]
        fresh = ca_certificate(self._key, str(common), now)
        ledger.keep_secret("ca", fresh)
        ledger.keep_secret(_FORMER, msgspec.msgpack.encode(former))
        self.ca, self._former = fresh, former
        return True

    def with_fingerprint(self, fingerprint: bytes) -> bytes | None:
        """This CA's certificate, or an earlier one of the same key that a code still names; None for any other."""
        for one in (self.ca, *self._former):
            if sha256(one).digest() == fingerprint:
                return one
        return None

    @property
    def fingerprint(self) -> bytes:
        return sha256(self.ca).digest()

    def certify(self, certificate: Certificate) -> SignedCertificate:
        assert not certificate.is_practice
        payload, message = signing_input(certificate)
        return SignedCertificate(payload, self._key.sign(message))

    def sign(self, message: bytes) -> bytes:
        """In the district's name; what is signed says by its first bytes what it is."""
        return self._key.sign(message)

    def server_context(
        self,
        hosts: Iterable[str],
        life: timedelta = SERVER_LIFE,
        now: Callable[[], datetime] | None = None,
    ) -> ssl.SSLContext:
        """TLS 1.3 for these hosts and this machine itself, under a key that is in memory only and changes by itself."""
        names = list(hosts)
        return Presented(partial(self.certified, names), life, now or _now).context

    def certified(self, hosts: Iterable[str], ends: datetime) -> ssl.SSLContext:
        """TLS 1.3 under a fresh key, certified for these hosts and for this machine itself until `ends`."""
        return server_context(self._key, self.ca, hosts, ends)


def _former(ledger: Ledger) -> list[bytes]:
    kept = private.kept(ledger.database, _FORMER)
    return [] if kept is None else msgspec.msgpack.decode(kept, type=list[bytes])


def _now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)
