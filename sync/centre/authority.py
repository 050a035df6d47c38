"""The district's authority: one Ed25519 key that signs its X.509 CA, its server's certificate, and its devices'."""

from __future__ import annotations

import ipaddress
import secrets
import ssl
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.journal.certificate import Certificate, SignedCertificate, signing_input
from sync.centre.ledger import Ledger

# Village computers have wrong clocks, and a device trusts this one authority and nothing else:
# a short validity would cut stations off without making anybody safer.
_FROM: Final = datetime(2020, 1, 1, tzinfo=UTC)
_UNTIL: Final = datetime(2099, 12, 31, tzinfo=UTC)
_ALWAYS: Final = ("127.0.0.1", "localhost")


class Authority:
    def __init__(self, private: bytes, ca: bytes, recovery_public: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(private)
        self.ca = ca
        """The CA's certificate, DER."""
        self.public = self._key.public_key().public_bytes_raw()
        self.recovery_public = recovery_public

    @classmethod
    def found(cls, ledger: Ledger, region: str) -> Authority:
        """Make a new district's keys and keep them in its ledger."""
        key = Ed25519PrivateKey.generate()
        recovery = X25519PrivateKey.generate()
        ledger.keep_secret("authority", key.private_bytes_raw())
        ledger.keep_secret("ca", _ca_certificate(key, region))
        ledger.keep_secret("recovery", recovery.private_bytes_raw())
        return cls.of(ledger)

    @classmethod
    def of(cls, ledger: Ledger) -> Authority:
        recovery = X25519PrivateKey.from_private_bytes(ledger.secret("recovery"))
        return cls(
            ledger.secret("authority"),
            ledger.secret("ca"),
            recovery.public_key().public_bytes_raw(),
        )

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

    def server_context(self, hosts: Iterable[str]) -> ssl.SSLContext:
        """TLS 1.3 under a fresh key, certified for these hosts and for this machine itself."""
        ca = x509.load_der_x509_certificate(self.ca)
        key = Ed25519PrivateKey.generate()
        certificate = (
            _certificate(ca.subject, "Daiban", key)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName(_names(hosts)), critical=False)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()),
                critical=False,
            )
            .sign(self._key, None)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.num_tickets = 0  # nobody resumes: a ticket is four hundred bytes for nothing
        _load(context, certificate, key)
        return context


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


def _ca_certificate(key: Ed25519PrivateKey, region: str) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Daiban {region}")])
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
        _certificate(name, f"Daiban {region}", key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, None)
    )
    return certificate.public_bytes(Encoding.DER)


def _certificate(issuer: x509.Name, name: str, key: Ed25519PrivateKey) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
    )


def _names(hosts: Iterable[str]) -> list[x509.GeneralName]:
    names: list[x509.GeneralName] = []
    for host in dict.fromkeys((*hosts, *_ALWAYS)):
        try:
            names.append(x509.IPAddress(ipaddress.ip_address(host)))
        except ValueError:
            names.append(x509.DNSName(host))
    return names
