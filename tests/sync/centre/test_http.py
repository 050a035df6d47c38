import base64
import contextlib
import http.client
import ssl
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store import database
from app.store.database import StoreBusy
from sync import codec, packet, protocol
from sync.centre.bodies import MAX_BODY
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


def test_where_the_ledger_is_out_of_reach_whoever_asks_for_the_authority_is_told_to_wait(
    centre, url, monkeypatch
):
    def away(_: str) -> bytes:
        raise StoreBusy

    monkeypatch.setattr(centre.ledger, "secret", away)

    status, _, body = ask(centre, url, "GET", "/ca")

    assert (status, code_of(body)) == (503, "busy")


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
    monkeypatch.setattr("sync.centre.bodies.STALL_S", 0.1)
    headers = {**bearing(pen.token), "Content-Length": "1000"}

    status, told, answer = ask(centre, url, "POST", "/exchange", b"", headers)

    assert (status, code_of(answer), told["connection"]) == (503, "busy", "close")


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


# --- whom it lets in, how often, and with how much ------------------------------------------------


class Kept:
    """One connection that stays open, as a station's does."""

    def __init__(self, centre, url):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cadata=centre.authority.ca)
        parts = urlsplit(url)
        self.line = http.client.HTTPSConnection(
            parts.hostname, parts.port, context=context, timeout=20
        )
        self.line.connect()
        self.socket = self.line.sock

    def ask(self, path, body, headers):
        self.line.request("POST", path, body, headers)
        answer = self.line.getresponse()
        said = answer.read()
        assert self.line.sock is self.socket  # the same connection as before
        return answer.status, said


def test_who_is_revoked_is_refused_at_the_next_request_of_a_connection_that_is_open(tmp_path):
    from sync.centre.publishing import withdraw

    centre = a_centre(tmp_path / "centre")
    pen = a_pen(centre, VILLAGE)
    body = codec.pack(protocol.encode(pen.request()))
    with listening(centre) as url:
        kept = Kept(centre, url)
        assert kept.ask("/exchange", body, bearing(pen.token))[0] == 200
        with centre.ledger.writing():
            withdraw(centre.ledger, centre.device(pen.device), "", centre.wall())

        status, said = kept.ask("/exchange", body, bearing(pen.token))

        assert (status, code_of(said)) == (401, "revoked")
        kept.line.close()


def limited(folder, **limits):
    from sync.centre.doorkeeper import Limits

    centre = a_centre(folder)
    return a_centre_with(centre, Limits(**limits))


def a_centre_with(centre, limits):
    from dataclasses import replace

    from sync.centre.http import Centre

    return replace(centre, http=Centre(centre.ledger, centre.authority, centre.wall, limits=limits))


def test_guessed_codes_are_told_to_wait_noted_once_and_hinder_no_station(tmp_path):
    from app.journal.keys import DeviceKeys
    from tests.sync.builders import an_enrolment

    centre = limited(tmp_path / "centre", address_most=50, denied=20)
    pen = a_pen(centre, VILLAGE)
    body = codec.pack(protocol.encode(pen.request()))
    guess = an_enrolment(bytes(16), DeviceKeys.generate())
    with listening(centre) as url:
        assert ask(centre, url, "POST", "/exchange", body, bearing(pen.token))[0] == 200
        said = [ask(centre, url, "POST", "/enrol", guess) for _ in range(5)]

        assert [code_of(answer) for _, _, answer in said] == [
            *["unknown_code"] * 3, *["too_often"] * 2
        ]  # fmt: skip
        assert int(said[-1][1]["retry-after"]) == protocol.heard(said[-1][2]).facts["retry_after_s"]
        assert ask(centre, url, "POST", "/exchange", body, bearing(pen.token))[0] == 200
        assert ask(centre, url, "POST", "/exchange", body, bearing(bytes(16)))[0] == 429

    told = audit_of(centre)[-1]
    assert (told.what, told.who, told.facts) == ("guesses", "127.0.0.1", {"refused": 3})


def audit_of(centre):
    from sync.centre import audit
    from tests.sync.builders import opened

    again = opened(centre.folder, centre.wall)
    try:
        return audit.acts(again.ledger)
    finally:
        again.ledger.close()


def test_a_device_that_asks_without_end_is_told_to_wait(tmp_path):
    centre = limited(tmp_path / "centre", device_most_s=0.5, bad_message_s=0.1)
    pen = a_pen(centre, VILLAGE)
    body = codec.pack(protocol.encode(pen.request()))
    with listening(centre) as url:
        assert ask(centre, url, "POST", "/exchange", body, bearing(pen.token))[0] == 200
        said = [
            ask(centre, url, "POST", "/exchange", b"rubbish", bearing(pen.token))[0]
            for _ in range(12)
        ]
        assert said[0] == 400
        assert said[-1] == 429


def test_a_message_of_a_million_nothings_is_refused_before_it_is_taken_apart(centre, url, pen):
    """Sixteen megabytes of nil are a kilobyte on the line; decoded they were one gigabyte and three seconds."""
    bomb = codec.pack(nothings(80, 200_000))
    assert len(bomb) < 2_000

    status, _, answer = ask(centre, url, "POST", "/exchange", bomb, bearing(pen.token))

    assert (status, protocol.heard(answer).facts) == (400, {"detail": "more entries than bytes"})


def nothings(runs, entries):
    """A Request of so many runs of so many nils."""
    import msgspec

    run = b"\x93\xc0\x01\xdd" + entries.to_bytes(4, "big") + b"\xc0" * entries
    head = msgspec.msgpack.encode(protocol.Head(0, bytes(32), bytes(64)))
    return b"\x95\x01\xdc" + runs.to_bytes(2, "big") + run * runs + head + b"\xc0\x00"


@pytest.mark.parametrize("path", ["/enrol", "/admit", "/life"])
def test_what_is_no_exchange_has_no_need_of_megabytes(centre, url, pen, path):
    headers = {**bearing(pen.token), "Content-Length": str(64 * 1024 + 1)}

    status, _, answer = ask(centre, url, "POST", path, b"", headers)

    assert (status, code_of(answer)) == (413, "too_large")


def test_bodies_under_way_have_a_limit_together(centre, url, pen, monkeypatch):
    monkeypatch.setattr("sync.centre.bodies.MAX_UNDER_WAY", 300_000)
    body = bytes(200_000)
    assert ask(centre, url, "POST", "/exchange", body, bearing(pen.token))[0] == 400

    with contextlib.suppress(OSError):  # the line ends while the rest is still sent
        status, _, answer = ask(centre, url, "POST", "/exchange", body * 2, bearing(pen.token))
        assert (status, protocol.heard(answer).facts) == (503, {"why": "full"})

    assert ask(centre, url, "POST", "/exchange", body, bearing(pen.token))[0] == 400
