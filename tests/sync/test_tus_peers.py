"""Independent software on each side: tuspy sends to our centre, and our station sends to the server tussi."""

import threading
from io import BytesIO

import pytest
import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from tusclient.client import TusClient
from tusclient.exceptions import TusUploadFailed
from tussi.app import TUSApp
from tussi.storage import FilesystemStorage

from app.store import attachments as images
from sync.client.attachments import Sending
from sync.client.transport import Line
from tests.builders import a_case
from tests.sync.attaching import Asking, a_sheet, attached, bearing, names, some_bytes
from tests.sync.builders import (
    VILLAGE,
    Weather,
    a_centre,
    a_pen,
    a_station,
    exchange,
    listening,
)
from tests.sync.proxy import Fault, Proxy, Way

KB = 1024


@pytest.fixture(scope="module")
def centre(tmp_path_factory):
    return a_centre(tmp_path_factory.mktemp("peers") / "centre")


@pytest.fixture(scope="module")
def url(centre):
    with listening(centre) as address:
        yield address


@pytest.fixture
def trusted(centre, tmp_path, monkeypatch):
    """tuspy asks `requests`, which reads of whom to trust from the environment."""
    ca = x509.load_der_x509_certificate(centre.authority.ca)
    (tmp_path / "ca.pem").write_bytes(ca.public_bytes(Encoding.PEM))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))


# --- tuspy to our centre --------------------------------------------------------------------------


def uploading(url, pen, sheet, content, **options):
    client = TusClient(url + "/attachments", headers=bearing(pen.token))
    said = {"digest": sheet.digest.hex(), "filename": "扫描.jpg"}
    return client.uploader(file_stream=BytesIO(content), metadata=said, **options)


@pytest.mark.parametrize("piece", [None, 7_001])
def test_tuspy_sends_a_scan_to_our_centre(centre, url, trusted, piece):
    pen, content = a_pen(centre, VILLAGE), some_bytes(100 * KB, seed=piece or 1)
    sheet = a_sheet(content)
    names(pen, sheet)

    uploading(url, pen, sheet, content, **({"chunk_size": piece} if piece else {})).upload()

    with Asking(centre, url, pen.token) as line:
        assert line.get(sheet)[2] == content
    assert pen.send().lacks == []


def test_tuspy_goes_on_where_our_centre_was_cut_off(centre, url, trusted):
    pen, content = a_pen(centre, VILLAGE), some_bytes(300 * KB, seed=3)
    sheet = a_sheet(content)
    names(pen, sheet)
    # Each of its requests is a connection: it creates, sends (cut), looks, sends.
    clear, cut = Fault(way=Way.UP, after=10**9), Fault(way=Way.UP, after=150 * KB)
    port = int(url.rsplit(":", 1)[1])

    with Proxy(port=port, faults=[clear, cut]) as proxy:
        sender = uploading(proxy.url, pen, sheet, content, retries=3, retry_delay=0)
        sender.upload()
        assert proxy.cuts == 1
        assert proxy.up < 1.6 * len(content)

    with Asking(centre, url, pen.token) as line:
        assert line.get(sheet)[2] == content


def test_tuspy_takes_up_what_another_process_began(centre, url, trusted):
    pen, content = a_pen(centre, VILLAGE), some_bytes(50 * KB, seed=4)
    sheet = a_sheet(content)
    names(pen, sheet)
    begun = uploading(url, pen, sheet, content, chunk_size=20 * KB)
    begun.upload_chunk()

    client = TusClient(url + "/attachments", headers=bearing(pen.token))
    resumed = client.uploader(file_stream=BytesIO(content), url=begun.url)

    assert resumed.offset == 20 * KB
    resumed.upload()
    with Asking(centre, url, pen.token) as line:
        assert line.get(sheet)[2] == content


def test_tuspy_hears_that_the_bytes_are_not_those(centre, url, trusted):
    pen, content = a_pen(centre, VILLAGE), some_bytes(5 * KB, seed=5)
    names(pen, a_sheet(content))

    with pytest.raises(TusUploadFailed) as failed:
        uploading(url, pen, a_sheet(content), content[::-1]).upload()

    assert failed.value.status_code == 422


# --- our station to tussi -------------------------------------------------------------------------


class Tussi:
    """The server under the centre's own certificate, and what has arrived at it."""

    def __init__(self, centre, folder):
        self.arrived = folder / "arrived"
        self._server = uvicorn.Server(
            uvicorn.Config(
                TUSApp(storage=FilesystemStorage(folder / "under-way"), completed_dir=self.arrived),
                port=0,
                log_config=None,
                lifespan="off",
                ssl_context_factory=lambda *_: centre.authority.server_context(()),
            )
        )

    def __enter__(self):
        self._thread = threading.Thread(target=self._server.run)
        self._thread.start()
        while not self._server.started:
            self._thread.join(0.01)
        self.port = self._server.servers[0].sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_):
        self._server.should_exit = True
        self._thread.join()

    def contents(self):
        return sorted(
            path.read_bytes() for path in self.arrived.iterdir() if path.suffix != ".meta"
        )


def test_our_station_sends_to_tussi_and_goes_on_where_it_was_cut_off(centre, tmp_path):
    village = a_station(centre, VILLAGE, tmp_path / "village")
    contents = [some_bytes(200 * KB, seed=10), some_bytes(9 * KB, seed=11)]
    attached(village, a_case(village), *contents)
    exchange(village, centre, [Weather.CLEAR, *[Weather.LOST_REQUEST] * 9])
    assert images.waiting(village.store)[0] == 2

    with (
        Tussi(centre, tmp_path) as server,
        Proxy(port=server.port, faults=[Fault(way=Way.UP, after=90 * KB)]) as proxy,
    ):
        line = Line(proxy.url, centre.authority.ca)
        sending = Sending(village.store, line, at="/files")
        assert sending.run([], lambda: True)
        line.close()

        assert sending.stopped is None
        assert (sending.sent, sending.sent_bytes) == (2, 209 * KB)
        assert server.contents() == sorted(contents)
        assert proxy.cuts == 1
    assert images.waiting(village.store)[0] == 0
