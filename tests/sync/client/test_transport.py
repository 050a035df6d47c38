import socket
import threading
import time
from contextlib import contextmanager
from hashlib import sha256

import pytest

from sync.client.transport import PIECE, Line, Pieces, fetch_unverified
from sync.refusals import (
    Busy,
    CentreNotTrusted,
    Offline,
    TooOften,
    Unintelligible,
    UnknownDevice,
)
from tests.sync.builders import a_centre, listening


@pytest.fixture(scope="module")
def centre(tmp_path_factory):
    return a_centre(tmp_path_factory.mktemp("transport") / "centre")


@contextmanager
def somebody(authority, behave, *, receive_buffer=None):
    """Whoever answers one connection under the authority's certificate in its own way; yields the address."""
    listener = socket.socket()
    if receive_buffer is not None:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    context = authority.server_context(())

    def serve():
        plain, _ = listener.accept()
        with context.wrap_socket(plain, server_side=True) as tls:
            behave(tls)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        thread.join()
        listener.close()


def headers_of(tls):
    read = b""
    while b"\r\n\r\n" not in read:
        read += tls.recv(1)
    return read


def saying(answer):
    def behave(tls):
        headers_of(tls)
        tls.sendall(answer)

    return behave


def test_a_request_says_no_more_than_it_must(centre):
    heard = []

    def behave(tls):
        heard.append(headers_of(tls))
        tls.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")

    with somebody(centre.authority, behave) as url:
        line = Line(url, centre.authority.ca)
        assert line.post("/exchange", b"body", bytes(16)) == b"ok"
        line.close()

    port = url.rsplit(":", 1)[1]
    assert heard[0].decode() == (
        "POST /exchange HTTP/1.1\r\n"
        f"Host: 127.0.0.1:{port}\r\n"
        "Authorization: Daiban AAAAAAAAAAAAAAAAAAAAAA\r\n"
        "Content-Length: 4\r\n\r\n"
    )


def test_every_byte_above_tls_is_counted(centre):
    answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"
    heard = []

    def behave(tls):
        heard.append(headers_of(tls))
        heard.append(tls.recv(100))
        tls.sendall(answer)

    with somebody(centre.authority, behave) as url:
        line = Line(url, centre.authority.ca)
        line.post("/exchange", b"body")
        line.close()

    assert line.traffic.up == len(b"".join(heard))
    assert line.traffic.down == len(answer)


def test_a_body_goes_in_small_pieces():
    body = bytes(range(256)) * 50

    assert b"".join(Pieces(body)) == body
    assert max(map(len, Pieces(body))) == PIECE
    assert len(Pieces(body)) == len(body)


def test_a_slow_line_may_take_longer_than_the_timeout(centre):
    body = bytes(600_000)
    stall_s = 1.5

    def slowly(tls):
        headers_of(tls)
        read = 0
        while read < len(body):
            read += len(tls.recv(8192))
            time.sleep(0.03)
        tls.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")

    with somebody(centre.authority, slowly, receive_buffer=4096) as url:
        line = Line(url, centre.authority.ca, stall_s=stall_s)
        started = time.monotonic()
        line.post("/exchange", body)
        took = time.monotonic() - started
        line.close()

    assert took > stall_s


def test_a_line_on_which_nothing_moves_is_given_up(centre):
    done = threading.Event()

    with somebody(centre.authority, lambda tls: done.wait(20), receive_buffer=4096) as url:
        line = Line(url, centre.authority.ca, stall_s=0.3)
        with pytest.raises(Offline):
            line.post("/exchange", bytes(1_000_000))
        done.set()
        line.close()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200",
        b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf",
        b"rubbish\r\n\r\n",
    ],
)
def test_an_answer_that_breaks_off_is_no_answer(centre, answer):
    with somebody(centre.authority, saying(answer)) as url:
        line = Line(url, centre.authority.ca)
        with pytest.raises(Offline):
            line.post("/exchange", b"")
        line.close()


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 302 Found\r\nlocation: https://elsewhere.example/\r\ncontent-length: 0\r\n\r\n",
        b"HTTP/1.1 500 Oops\r\ncontent-length: 4\r\n\r\noops",
        b"HTTP/1.1 401 No\r\ncontent-length: 0\r\n\r\n",
    ],
)
def test_an_answer_that_is_not_the_centres_way_is_named_as_such(centre, answer):
    with somebody(centre.authority, saying(answer)) as url:
        line = Line(url, centre.authority.ca)
        with pytest.raises(Unintelligible):
            line.post("/exchange", b"")
        line.close()


def test_an_answer_without_end_is_given_up(centre):
    def endless(tls):
        headers_of(tls)
        try:
            tls.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 999999999\r\n\r\n")
            while True:
                tls.sendall(bytes(65536))
        except OSError:
            return

    with somebody(centre.authority, endless) as url:
        line = Line(url, centre.authority.ca)
        with pytest.raises(Unintelligible):
            line.post("/exchange", b"")
        line.close()


def test_nobody_there_is_offline(centre):
    line = Line("https://127.0.0.1:1", centre.authority.ca)

    with pytest.raises(Offline):
        line.post("/exchange", b"")
    with pytest.raises(Offline):
        fetch_unverified("https://127.0.0.1:1", "/ca")


def test_another_authority_is_not_trusted(centre, tmp_path):
    stranger = a_centre(tmp_path / "stranger")
    # Every a_centre is a copy of one founding: give this one an authority of its own.
    from sync.centre.authority import Authority

    with stranger.ledger.writing():
        other = Authority.found(stranger.ledger, "450305")

    def behave(tls):
        headers_of(tls)

    with pytest.raises(CentreNotTrusted), listening_as(stranger, other) as url:
        Line(url, centre.authority.ca).post("/exchange", b"")


@contextmanager
def listening_as(centre, authority):
    centre.authority = authority
    with listening(centre) as url:
        yield url


def test_the_environment_has_no_say(centre, monkeypatch, tmp_path):
    bundle = tmp_path / "none.pem"
    bundle.write_text("")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))

    with somebody(centre.authority, saying(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")) as url:
        line = Line(url, centre.authority.ca)
        assert line.post("/exchange", b"") == b""
        line.close()


def test_a_refusal_is_raised_as_what_it_is(centre, tmp_path):
    real = a_centre(tmp_path / "real")
    with listening(real) as url:
        line = Line(url, real.authority.ca)
        with pytest.raises(UnknownDevice):
            line.post("/exchange", b"", b"no token")
        line.close()


def test_the_authority_is_fetched_from_whoever_answers(tmp_path):
    real = a_centre(tmp_path / "real")
    with listening(real) as url:
        assert sha256(fetch_unverified(url, "/ca")).digest() == real.authority.fingerprint
        with pytest.raises(Unintelligible):
            fetch_unverified(url, "/nothing")


def test_a_server_that_is_full_is_busy_whatever_its_words(centre):
    def full(tls):
        tls.recv(4096)
        tls.sendall(b"HTTP/1.1 503 \r\ncontent-length: 19\r\n\r\nService Unavailable")

    with somebody(centre.authority, full) as url:
        line = Line(url, centre.authority.ca)
        with pytest.raises(Busy):
            line.post("/exchange", b"")
        line.close()


@pytest.mark.parametrize(
    ("status", "refusal"),
    [(429, TooOften), (503, Busy), (403, Unintelligible), (500, Unintelligible)],
)
def test_of_whom_nobody_knows_yet_only_the_wish_to_wait_is_heard(centre, status, refusal):
    answer = b"HTTP/1.1 %d No\r\ncontent-length: 2\r\n\r\nno" % status

    with somebody(centre.authority, saying(answer)) as url, pytest.raises(refusal):
        fetch_unverified(url, "/ca")
