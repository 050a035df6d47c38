"""One connection can be kept only so long for nothing, and holds only so much."""

import contextlib
import http.client
import socket
import ssl
import time
from urllib.parse import urlsplit

import pytest

from sync.centre import connections
from tests.sync.builders import VILLAGE, a_centre, a_pen, listening
from tests.sync.centre.test_http import bearing


@pytest.fixture
def centre(tmp_path):
    return a_centre(tmp_path / "centre")


@pytest.fixture
def quick(monkeypatch):
    for name in ("HEAD_S", "DRAIN_S"):
        monkeypatch.setattr(connections, name, 0.3)


@contextlib.contextmanager
def line_to(centre, url):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=centre.authority.ca)
    parts = urlsplit(url)
    with (
        socket.create_connection((parts.hostname, parts.port), timeout=20) as plain,
        context.wrap_socket(plain, server_hostname=parts.hostname) as line,
    ):
        yield line


def is_ended(line):
    """Whether the other side ends it, which it is given twenty seconds for."""
    try:
        while line.recv(65536):
            pass
    except TimeoutError:
        return False
    except OSError:
        return True
    return True


def status_of(line, asking):
    line.sendall(asking)
    answer = http.client.HTTPResponse(line)
    answer.begin()
    answer.read()
    return answer.status


def trickled(line, pieces, pause_s=0.05):
    """Whether the line was ended while these were sent one by one."""
    line.settimeout(pause_s)
    for piece in pieces:
        try:
            line.sendall(piece)
            if line.recv(65536) == b"":
                return True
        except TimeoutError:
            continue
        except OSError:
            return True
    return False


def test_a_connection_that_says_nothing_is_ended(centre, quick):
    with listening(centre) as url, line_to(centre, url) as line:
        assert is_ended(line)


def test_a_head_that_trickles_is_ended(centre, quick):
    head = b"POST /exchange HTTP/1.1\r\n" + b"X: yyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n" * 100
    with listening(centre) as url, line_to(centre, url) as line:
        assert trickled(line, (bytes([one]) for one in head))


def test_empty_lines_keep_no_connection(centre, quick):
    with listening(centre) as url, line_to(centre, url) as line:
        assert trickled(line, [b"\r\n"] * 200)


def test_a_body_that_trickles_on_after_its_answer_is_ended(centre, quick):
    """The answer came before the body was over: what follows is thrown away, for a while."""
    head = b"POST /exchange HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    with listening(centre) as url, line_to(centre, url) as line:
        line.sendall(head)
        assert b" 401 " in line.recv(4096)
        started = time.monotonic()
        while time.monotonic() - started < 20:
            try:
                line.sendall(b"1\r\nx\r\n")
            except OSError:
                return
            time.sleep(0.05)
    pytest.fail("the connection was kept")


@pytest.mark.parametrize(
    "endless",
    [
        (b"GET /ca HTTP/1.1\r\n", b"X: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n"),
        (b"GET /ca HTTP/1.1\r\nX: ", b"y" * 1000),
        (b"GET /", b"y" * 1000),
        (b"POST /ca HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X: yyyyyyyyyyyyyyyyyyyyy\r\n"),
        (b"POST /ca HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;", b"y" * 1000),
    ],
    ids=["headers", "a header", "a path", "trailers", "a chunk's extension"],
)  # fmt: skip
def test_what_never_ends_is_ended(centre, endless):
    begin, more = endless
    with listening(centre) as url, line_to(centre, url) as line:
        line.sendall(begin)
        try:
            for _ in range(20_000):
                line.sendall(more)
        except OSError:
            return
        assert is_ended(line)


def test_of_many_connections_the_oldest_that_nobody_is_known_on_makes_room(centre, monkeypatch):
    monkeypatch.setattr(connections, "MOST", 12)
    monkeypatch.setattr(connections, "RESERVE", 4)
    pen = a_pen(centre, VILLAGE)
    head = f"POST /fleet HTTP/1.1\r\nHost: x\r\nAuthorization: {bearing(pen.token)['Authorization']}\r\n"
    from sync import codec, protocol

    body = codec.pack(protocol.encode(protocol.FleetRequest(1)))
    asking = head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body
    with listening(centre) as url, contextlib.ExitStack() as held:
        known = held.enter_context(line_to(centre, url))
        assert status_of(known, asking) == 200
        strangers = [held.enter_context(line_to(centre, url)) for _ in range(30)]
        newcomer = held.enter_context(line_to(centre, url))
        assert status_of(newcomer, asking) == 200
        assert status_of(known, asking) == 200
        assert is_ended(strangers[0])
