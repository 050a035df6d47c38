"""How little travels: counted, not timed."""

import socket
import threading
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

import pytest

from sync.client import engine
from sync.client.transport import Line
from tests.builders import a_case
from tests.sync.builders import VILLAGE, a_centre, a_station, exchange, listening


@pytest.fixture
def centre(tmp_path):
    return a_centre(tmp_path / "centre")


@pytest.fixture
def village(centre, tmp_path):
    station = a_station(centre, VILLAGE, tmp_path / "village")
    exchange(station, centre)
    return station


@contextmanager
def a_line(centre, url):
    line = Line(url, centre.authority.ca)
    yield line
    line.close()


def test_an_idle_exchange_takes_at_most_600_bytes(centre, village):
    with listening(centre) as url, a_line(centre, url) as line:
        report = engine.exchange(village.store, line)

    assert report.round_trips == 1
    assert report.bytes_up + report.bytes_down <= 600


def test_one_new_case_takes_at_most_700_bytes(centre, village):
    a_case(village)

    with listening(centre) as url, a_line(centre, url) as line:
        report = engine.exchange(village.store, line)

    assert (report.sent, report.round_trips) == (1, 1)
    assert report.bytes_up + report.bytes_down <= 700


def test_a_cold_idle_exchange_takes_at_most_3_kilobytes_with_its_handshake(centre, village):
    with (
        listening(centre) as url,
        counted(url) as (through, count),
        a_line(centre, through) as line,
    ):
        engine.exchange(village.store, line)
        line.close()

    assert sum(count) <= 3000


@contextmanager
def counted(url):
    """An address that leads to `url`, and a list to which the size of everything that passes is added."""
    count: list[int] = []
    target = urlsplit(url)
    listener = socket.create_server(("127.0.0.1", 0))

    def pass_on(source, sink):
        while data := source.recv(65536):
            count.append(len(data))
            sink.sendall(data)
        with suppress(OSError):  # the other way ended first
            sink.shutdown(socket.SHUT_WR)

    def serve():
        here, _ = listener.accept()
        there = socket.create_connection((target.hostname, target.port))
        with here, there:
            back = threading.Thread(target=pass_on, args=(there, here))
            back.start()
            pass_on(here, there)
            back.join()

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"https://127.0.0.1:{listener.getsockname()[1]}", count
    thread.join()
    listener.close()
