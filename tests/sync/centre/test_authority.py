import http.client
import socket
import ssl
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from cryptography import x509

from app.journal import certificate
from app.journal.certificate import Certificate
from app.journal.keys import DeviceKeys
from sync.centre.authority import Authority
from tests.sync.builders import VILLAGE, a_centre, listening


@pytest.fixture(scope="module")
def centre(tmp_path_factory):
    return a_centre(tmp_path_factory.mktemp("authority") / "centre")


def test_the_authority_signs_servers_and_no_other_authorities(centre):
    ca = x509.load_der_x509_certificate(centre.authority.ca)

    limits = ca.extensions.get_extension_for_class(x509.BasicConstraints)
    assert limits.critical
    assert (limits.value.ca, limits.value.path_length) == (True, 0)
    ca.verify_directly_issued_by(ca)


def test_the_same_ledger_gives_the_same_authority(centre):
    again = Authority.of(centre.ledger)

    assert (again.ca, again.public, again.fingerprint) == (
        centre.authority.ca,
        centre.authority.public,
        centre.authority.fingerprint,
    )
    assert again.recovery_public == centre.authority.recovery_public


def test_a_device_certificate_is_signed_by_the_authority(centre):
    keys = DeviceKeys.generate()
    plain = Certificate(
        version=1,
        region=VILLAGE,
        tier=1,
        station="湖塘村政务服务站",
        slot=1,
        life="A",
        sign_public=keys.sign_public,
        seal_public=keys.seal_public,
        issued_ms=0,
    )

    assert certificate.opened(centre.authority.certify(plain), centre.authority.public) == plain


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_server_is_certified_for_this_machine(tmp_path, host):
    centre = a_centre(tmp_path / "centre")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    context.load_verify_locations(cadata=centre.authority.ca)

    with listening(centre) as url:
        line = http.client.HTTPSConnection(
            host, int(url.rsplit(":", 1)[1]), context=context, timeout=20
        )
        line.request("GET", "/ca")
        assert line.getresponse().read() == centre.authority.ca
        line.close()


@pytest.mark.parametrize("host", ["daiban.example.cn", "10.1.2.3", "::1"])
def test_a_server_can_be_certified_for_any_host(centre, host):
    context = centre.authority.server_context([host])

    assert context.minimum_version == ssl.TLSVersion.TLSv1_3


def test_no_private_key_stays_on_the_disk(tmp_path, monkeypatch):
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    centre = a_centre(tmp_path / "centre")
    centre.authority.server_context(())

    assert {path.name for path in tmp_path.iterdir()} == {"centre"}


class Clock:
    def __init__(self):
        self.now = datetime(2026, 11, 22, tzinfo=UTC)

    def __call__(self):
        return self.now


def shown_to(url, ca, *, strict=True):
    """The certificate that whoever connects is shown, and its serial number."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if strict:
        context.verify_flags |= ssl.VERIFY_X509_STRICT
    context.load_verify_locations(cadata=ca)
    port = int(url.rsplit(":", 1)[1])
    with (
        socket.create_connection(("127.0.0.1", port), timeout=20) as plain,
        context.wrap_socket(plain, server_hostname="127.0.0.1") as line,
    ):
        return x509.load_der_x509_certificate(line.getpeercert(binary_form=True) or b"")


def test_the_servers_key_changes_by_itself_while_connections_go_on(tmp_path):
    """Ninety days at most, and a fresh one after sixty: whoever connects then is shown it; the open ones go on."""
    centre, clock = a_centre(tmp_path / "centre"), Clock()
    ca = centre.authority.ca
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=ca)
    with listening(centre, tls=centre.authority.server_context((), now=clock)) as url:
        port = int(url.rsplit(":", 1)[1])
        open_line = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=20)
        open_line.request("GET", "/ca")
        open_line.getresponse().read()
        first = shown_to(url, ca)
        clock.now += timedelta(days=59)
        same = shown_to(url, ca)
        clock.now += timedelta(days=2)
        fresh = shown_to(url, ca)
        open_line.request("GET", "/ca")
        assert open_line.getresponse().read() == ca
        open_line.close()

    assert first.not_valid_after_utc - datetime(2026, 11, 22, tzinfo=UTC) == timedelta(days=90)
    assert same == first
    assert fresh.serial_number != first.serial_number
    assert fresh.public_key() != first.public_key()
    assert fresh.not_valid_after_utc - clock.now == timedelta(days=90)


def test_a_certificate_of_seconds_is_replaced_before_it_ends(tmp_path):
    """By the real clock, and by a client that looks at dates."""
    centre = a_centre(tmp_path / "centre")
    life = timedelta(seconds=3)
    seen = set()
    with listening(centre, tls=centre.authority.server_context((), life=life)) as url:
        until = datetime.now(UTC) + timedelta(seconds=5)
        while datetime.now(UTC) < until:
            seen.add(shown_to(url, centre.authority.ca).serial_number)

    assert len(seen) >= 2


def test_a_new_certificate_of_the_ca_has_the_same_key_and_name(tmp_path):
    centre, clock = a_centre(tmp_path / "centre"), Clock()
    before = centre.authority.ca
    old = x509.load_der_x509_certificate(before)
    clock.now = old.not_valid_after_utc - timedelta(days=5 * 365 + 1)
    assert not centre.authority.is_due(clock.now)
    clock.now += timedelta(days=2)
    assert centre.authority.is_due(clock.now)

    with centre.ledger.writing():
        assert centre.authority.renew(centre.ledger, clock.now)

    new = x509.load_der_x509_certificate(centre.authority.ca)
    assert new.public_key() == old.public_key()
    assert (new.subject, new.issuer) == (old.subject, old.issuer)
    assert new.not_valid_after_utc > old.not_valid_after_utc + timedelta(days=14 * 365)
    new.verify_directly_issued_by(old)
    assert Authority.of(centre.ledger).ca == centre.authority.ca
    assert centre.authority.with_fingerprint(centre.authority.fingerprint) == centre.authority.ca
    assert sha256(before).digest() != centre.authority.fingerprint
    assert centre.authority.with_fingerprint(sha256(before).digest()) == before
    assert centre.authority.with_fingerprint(bytes(32)) is None


def test_whoever_pinned_the_old_certificate_trusts_the_server_under_the_new_one(tmp_path):
    centre = a_centre(tmp_path / "centre")
    before = centre.authority.ca
    with centre.ledger.writing():
        centre.authority.renew(centre.ledger, datetime.now(UTC))

    with listening(centre) as url:
        assert shown_to(url, before).issuer == shown_to(url, centre.authority.ca).issuer


def test_two_processes_renew_it_once(tmp_path):
    centre = a_centre(tmp_path / "centre")
    other = Authority.of(centre.ledger)
    now = datetime.now(UTC)
    with centre.ledger.writing():
        assert centre.authority.renew(centre.ledger, now)
        assert not other.renew(centre.ledger, now)

    assert other.ca == centre.authority.ca


def test_a_clock_without_a_battery_still_makes_a_certificate(centre):
    clock = Clock()
    clock.now = datetime(1970, 1, 1, tzinfo=UTC)

    assert centre.authority.server_context((), now=clock).minimum_version == ssl.TLSVersion.TLSv1_3
