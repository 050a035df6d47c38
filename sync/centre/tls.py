"""X.509 and TLS 1.3 as the centre shows them, under the district's key.

The server's own key is in memory only, and a fresh one takes its place in time, at some handshake.
"""

from __future__ import annotations

import ipaddress
import logging
import secrets
import ssl
import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

FROM: Final = datetime(2020, 1, 1, tzinfo=UTC)
"""For programs that do look at dates: a computer whose clock is behind is no reason to refuse."""
CA_LIFE: Final = timedelta(days=20 * 365)
SERVER_LIFE: Final = timedelta(days=90)
_RENEWED: Final = 2 / 3
"""The part of its life after which the server's key and certificate are replaced."""
_ALWAYS: Final = ("127.0.0.1", "localhost")
_log: Final = logging.getLogger(__name__)


class Presented:
    """What the server shows whoever connects; a handshake that comes after the time for it brings a fresh key.

    Connections that are open go on, and no station notices: it knows the district's key.
    """

    def __init__(
        self,
        certified: Callable[[datetime], ssl.SSLContext],
        life: timedelta,
        now: Callable[[], datetime],
    ) -> None:
        """`certified` makes a fresh key, certified until a time."""
        self._certified = certified
        self._life = life
        self._now = now
        self._due = now() + life * _RENEWED
        self.context = certified(now() + life)
        self._fresh = self.context
        # OpenSSL asks at each handshake, with and without a name in it.
        self.context.sni_callback = self._show

    def _show(self, connection: ssl.SSLObject, _name: str | None, _context: ssl.SSLContext) -> None:
        now = self._now()
        if now >= self._due:
            try:
                self._fresh = self._certified(now + self._life)
                self._due = now + self._life * _RENEWED
            except OSError as error:  # no room for the file that the key passes through
                _log.warning("the server keeps its certificate for now: %s", type(error).__name__)
        if self._fresh is not self.context:
            connection.context = self._fresh


def server_context(
    authority: Ed25519PrivateKey, ca: bytes, hosts: Iterable[str], ends: datetime
) -> ssl.SSLContext:
    """TLS 1.3 under a fresh key, certified for these hosts and for this machine itself until `ends`."""
    key = Ed25519PrivateKey.generate()
    certificate = (
        _certificate(x509.load_der_x509_certificate(ca).subject, "Daiban", key, ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(_names(hosts)), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key()),
            critical=False,
        )
        .sign(authority, None)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.num_tickets = 0  # nobody resumes: a ticket is four hundred bytes for nothing
    _load(context, certificate, key)
    return context


def ca_certificate(key: Ed25519PrivateKey, common: str, now: datetime) -> bytes:
    """The authority's own, DER."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])
    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        _certificate(name, common, key, now + CA_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, None)
    )
    return certificate.public_bytes(Encoding.DER)


def _certificate(
    issuer: x509.Name, name: str, key: Ed25519PrivateKey, ends: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(FROM)
        .not_valid_after(max(ends, FROM + timedelta(days=1)))  # a clock without a battery
    )


def _names(hosts: Iterable[str]) -> list[x509.GeneralName]:
    names: list[x509.GeneralName] = []
    for host in dict.fromkeys((*hosts, *_ALWAYS)):
        try:
            names.append(x509.IPAddress(ipaddress.ip_address(host)))
        except ValueError:
            names.append(x509.DNSName(host))
    return names


def _load(context: ssl.SSLContext, certificate: x509.Certificate, key: Ed25519PrivateKey) -> None:
    """Give the context its key. It reads files only, so the key goes through one that its password seals."""
    password = secrets.token_bytes(32).hex()
    sealed = key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(password.encode())
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "server.pem"
        path.write_bytes(certificate.public_bytes(Encoding.PEM) + sealed)
        context.load_cert_chain(path, password=password)
