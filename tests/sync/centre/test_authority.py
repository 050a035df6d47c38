import http.client
import ssl

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
