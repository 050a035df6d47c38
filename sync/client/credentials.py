"""What a device shows and trusts, kept up to date: a new token, and the authority's certificate under new dates.

Both are on the disk, or in the keyring, before they count; the centre takes the old token until it saw the new one.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.store import identity
from app.store.store import Store
from sync import protocol
from sync.client.transport import Transport
from sync.refusals import CentreRefusal, Unintelligible

_ASKED: Final = "ca_asked"
"""The setting that says when the certificate was asked for, by the centre's clock."""
_SOON: Final = timedelta(days=5 * 365)
_ASK_AGAIN: Final = timedelta(days=1)


def take_token(store: Store, token: bytes) -> None:
    """Go on under this token from the next request on."""
    if token and token != store.identity.token:
        _keep(store, msgspec.structs.replace(store.identity, token=token))


def read_again(store: Store) -> bool:
    """Whether another program has taken a new token of this device since it was read; it is used from now on."""
    kept = identity.kept(store.folder, store.key)
    if kept is None or kept.device != store.device or kept.token == store.identity.token:
        return False
    store.identity = kept
    return True


def follow_authority(store: Store, line: Transport, centre_ms: int) -> None:
    """Fetch the authority's certificate before the one that is pinned ends; its key must be the pinned one.

    Once a day at most. What is no such certificate is passed over: the pinned one goes on counting.
    """
    now = datetime.fromtimestamp(centre_ms / 1000, UTC)
    pinned = x509.load_der_x509_certificate(store.identity.ca)
    if pinned.not_valid_after_utc - now > _SOON or not _is_due(store, centre_ms):
        return
    store.remember(_ASKED, centre_ms.to_bytes(8, "big"))
    try:
        offered = line.post(protocol.CA, b"")
    except (CentreRefusal, Unintelligible):  # an older centre, which has another path for it
        return
    if _is_same_authority(offered, pinned):
        _keep(store, msgspec.structs.replace(store.identity, ca=offered))


def _is_due(store: Store, centre_ms: int) -> bool:
    asked_ms = int.from_bytes(store.recall(_ASKED) or b"", "big")
    return not 0 <= centre_ms - asked_ms < _ASK_AGAIN / timedelta(milliseconds=1)


def _is_same_authority(offered: bytes, pinned: x509.Certificate) -> bool:
    """Whether it is a later certificate of the same key and name, which that key signed."""
    try:
        new = x509.load_der_x509_certificate(offered)
        new.verify_directly_issued_by(pinned)
    except (ValueError, TypeError, InvalidSignature):
        return False
    key, own = pinned.public_key(), new.public_key()
    same_key = (
        isinstance(key, Ed25519PublicKey)
        and isinstance(own, Ed25519PublicKey)
        and key.public_bytes_raw() == own.public_bytes_raw()
    )
    return (
        same_key
        and new.subject == pinned.subject
        and new.not_valid_after_utc > pinned.not_valid_after_utc
    )


def _keep(store: Store, who: identity.Identity) -> None:
    identity.keep(store.folder, who, store.key)
    store.identity = who
