import base64
import http.client
import ssl
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store import database
from sync import codec, packet, protocol
from sync.centre.http import MAX_BODY
from sync.protocol import Answer
from tests.sync.builders import VILLAGE, a_centre, a_pen, listening, sealed_packet


@pytest.fixture(scope="module")
def centre(tmp_path_factory):
    return a_centre(tmp_path_factory.mktemp("http") / "centre")


@pytest.fixture(scope="module")
def pen(centre):
    return a_pen(centre, VILLAGE)


@pytest.fixture(scope="module")
def url(centre, pen):
    with listening(centre) as address:
        yield address


def ask(centre, url, method, path, body=b"", headers=None):
    """Status, headers and body, as they come."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=centre.authority.ca)
    parts = urlsplit(url)
    line = http.client.HTTPSConnection(parts.hostname, parts.port, context=context, timeout=20)
    try:
        line.request(method, path, body, headers or {})
        answer = line.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        line.close()


def bearing(token):
    return {"Authorization": "Daiban " + base64.urlsafe_b64encode(token).decode().rstrip("=")}


def code_of(body):
    return protocol.heard(body).code


def test_the_authority_is_given_to_anybody(centre, url):
    status, headers, body = ask(centre, url, "GET", "/ca")

    assert (status, body) == (200, centre.authority.ca)
    assert headers == {"content-length": str(len(body))}


def test_an_exchange_is_answered_with_no_needless_header(centre, url, pen):
    body = codec.pack(protocol.encode(pen.request()))

    status, headers, answer = ask(centre, url, "POST", "/exchange", body, bearing(pen.token))

    assert status == 200
    assert headers == {"content-length": str(len(answer))}
    assert protocol.decode(codec.unpack(answer)[0], Answer).accepted.seq == 0


def test_the_answer_uses_the_dictionary_of_the_request(centre, url, pen):
    for dictionary in (codec.PLAIN, codec.DICTIONARY):
        body = codec.pack(protocol.encode(pen.request()), dictionary)
        _, _, answer = ask(centre, url, "POST", "/exchange", body, bearing(pen.token))
        assert codec.unpack(answer)[1] == dictionary


def test_a_packet_of_another_device_is_answered_with_a_packet(centre, url, pen):
    other = a_pen(centre, VILLAGE)
    wire = other.write()

    status, _, answer = ask(centre, url, "POST", "/carry", sealed_packet(other), bearing(pen.token))

    assert status == 200
    assert packet.read(answer, centre.authority.public).certificate.device == other.device
    assert centre.entries_of(other.device) == [wire]


def test_what_is_no_packet_is_refused_and_says_why(centre, url, pen):
    for body, why in ((b"", "not_a_packet"), (packet.MAGIC + bytes(9), "damaged_packet")):
        status, _, answer = ask(centre, url, "POST", "/carry", body, bearing(pen.token))
        assert (status, code_of(answer)) == (422, "packet_refused")
        assert protocol.heard(answer).facts["why"] == why


def test_nobody_carries_without_a_token(centre, url):
    status, _, answer = ask(centre, url, "POST", "/carry", b"x", bearing(bytes(16)))
    assert (status, code_of(answer)) == (401, "unknown_device")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        bearing(bytes(16)),
        bearing(b"short"),
        {"Authorization": "Bearer AAAAAAAAAAAAAAAAAAAAAA"},
        {"Authorization": "Daiban ä"},
        {"Authorization": ""},
    ],
)
def test_nobody_exchanges_without_a_token(centre, url, pen, headers):
    body = codec.pack(protocol.encode(pen.request()))

    status, _, answer = ask(centre, url, "POST", "/exchange", body, headers)

    assert (status, code_of(answer)) == (401, "unknown_device")


@pytest.mark.parametrize("path", ["/exchange", "/life"])
def test_a_stranger_is_sent_away_before_the_body_is_read(centre, url, path):
    headers = {**bearing(bytes(16)), "Content-Length": "1000"}  # of which nothing will come

    status, _, answer = ask(centre, url, "POST", path, b"", headers)

    assert (status, code_of(answer)) == (401, "unknown_device")


def test_a_strangers_bomb_is_not_unpacked(centre, url):
    bomb = codec.pack(bytes(100_000_000))

    status, _, answer = ask(centre, url, "POST", "/exchange", bomb, bearing(bytes(16)))

    assert (status, code_of(answer)) == (401, "unknown_device")


def test_a_body_that_does_not_come_is_not_waited_for(centre, url, pen, monkeypatch):
    monkeypatch.setattr("sync.centre.http.BODY_S", 0.1)
    headers = {**bearing(pen.token), "Content-Length": "1000"}

    status, told, answer = ask(centre, url, "POST", "/exchange", b"", headers)

    assert (status, code_of(answer), told["connection"]) == (503, "busy", "close")


def test_connections_have_a_limit(centre):
    from sync.centre.server import Listening

    served = Listening(centre.http, centre.authority.server_context(()), "127.0.0.1", 0)
    try:
        assert served._server.config.limit_concurrency == 512  # noqa: SLF001
    finally:
        served._socket.close()  # noqa: SLF001


def test_a_bomb_is_refused(centre, url, pen):
    bomb = codec.pack(bytes(100_000_000))

    status, _, answer = ask(centre, url, "POST", "/exchange", bomb, bearing(pen.token))

    assert (status, code_of(answer)) == (413, "too_large")


def test_a_body_that_claims_too_much_is_not_read(centre, url, pen):
    headers = {**bearing(pen.token), "Content-Length": str(MAX_BODY + 1)}

    status, _, answer = ask(centre, url, "POST", "/exchange", b"", headers)

    assert (status, code_of(answer)) == (413, "too_large")


def test_a_body_without_an_end_is_cut_off(centre, url, pen):
    def endless():
        while True:
            yield bytes(64 * 1024)

    with pytest.raises((OSError, http.client.HTTPException)):
        ask(centre, url, "POST", "/exchange", endless(), bearing(pen.token))


def test_an_unknown_dictionary_is_named(centre, url, pen):
    import zstandard

    other = zstandard.train_dictionary(
        1024, [bytes([n % 250, n % 7]) * 40 for n in range(500)], dict_id=50_000
    )
    frame = zstandard.ZstdCompressor(dict_data=other).compress(b"message")

    status, _, answer = ask(centre, url, "POST", "/exchange", frame, bearing(pen.token))

    assert (status, protocol.heard(answer).facts) == (415, {"dictionary": 50_000})


def test_a_message_of_a_later_version_is_told_so(centre, url, pen):
    import msgspec

    body = codec.pack(msgspec.msgpack.encode([2]))

    status, _, answer = ask(centre, url, "POST", "/exchange", body, bearing(pen.token))

    assert (status, code_of(answer)) == (426, "upgrade_needed")


@given(
    st.sampled_from(["/exchange", "/enrol", "/life", "/admit"]),
    st.binary(max_size=100) | st.binary(max_size=100).map(codec.pack),
)
def test_no_rubbish_upsets_the_centre(centre, url, pen, path, body):
    status, _, answer = ask(centre, url, "POST", path, body, bearing(pen.token))

    assert status in (400, 413, 415, 426)
    assert code_of(answer)


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/exchange", 405), ("GET", "/", 404)]
)
def test_other_paths_do_not_exist(centre, url, method, path, status):
    assert ask(centre, url, method, path)[0] == status


def test_older_tls_is_refused(centre, url):
    import warnings

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(cadata=centre.authority.ca)
    parts = urlsplit(url)
    line = http.client.HTTPSConnection(parts.hostname, parts.port, context=context, timeout=20)

    with pytest.raises(ssl.SSLError):
        line.connect()


def test_a_ledger_that_another_program_holds_is_busy(centre, url, pen):
    from tests.sync.builders import KEY

    centre.ledger.database.run("PRAGMA busy_timeout = 50")
    other = database.connect(centre.folder / "ledger.db", KEY)
    body = codec.pack(protocol.encode(pen.request()))

    with other.writing():
        status, _, answer = ask(centre, url, "POST", "/exchange", body, bearing(pen.token))
    other.close()

    assert (status, code_of(answer)) == (503, "busy")
    assert ask(centre, url, "POST", "/exchange", body, bearing(pen.token))[0] == 200
