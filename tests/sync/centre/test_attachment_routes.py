"""Scans over HTTP, as tus and RFC 9110 have it."""

from contextlib import contextmanager
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.attachments import LARGEST_SHEET
from sync import protocol, tus
from tests.sync.attaching import Asking, a_sheet, names, some_bytes
from tests.sync.builders import OTHER_VILLAGE, VILLAGE, a_centre, a_pen, listening

CONTENT = some_bytes(9000)
_draw = iter(range(10_000))


@pytest.fixture(scope="module")
def centre(tmp_path_factory):
    return a_centre(tmp_path_factory.mktemp("tus") / "centre")


@pytest.fixture(scope="module")
def url(centre):
    with listening(centre) as address:
        yield address


@pytest.fixture(scope="module")
def pen(centre):
    return a_pen(centre, VILLAGE)


@pytest.fixture
def asking(centre, url, pen):
    with Asking(centre, url, pen.token) as line:
        yield line


@pytest.fixture
def content():
    """Other bytes each time."""
    return some_bytes(9000, seed=1000 + next(_draw))


@pytest.fixture
def sheet(pen, content):
    one = a_sheet(content)
    names(pen, one)
    return one


@contextmanager
def a_stranger(centre, url, region=OTHER_VILLAGE):
    with Asking(centre, url, a_pen(centre, region).token) as line:
        yield line


def code_of(body):
    return protocol.heard(body).code


# --- up -------------------------------------------------------------------------------------------


def test_what_the_server_speaks_is_told_to_anybody(centre, url):
    with Asking(centre, url) as line:
        for path in ("/attachments", "/attachments/" + "0" * 64):
            status, headers, body = line("OPTIONS", path)
            assert (status, body) == (204, b"")
            assert headers["tus-version"] == "1.0.0"
            assert headers["tus-extension"] == "creation,creation-with-upload"
            assert headers["tus-max-size"] == str(LARGEST_SHEET)


def test_a_sheet_goes_up_in_pieces_and_comes_down(asking, sheet, content):
    status, headers, _ = asking.begin(sheet)
    assert (status, headers["location"]) == (201, f"/attachments/{sheet.digest.hex()}")
    for start in range(0, sheet.size, 4000):
        status, headers, _ = asking.append(sheet, start, content[start : start + 4000])
        end = min(start + 4000, sheet.size)
        assert (status, headers["upload-offset"], headers["tus-resumable"]) == (
            204,
            str(end),
            "1.0.0",
        )
        status, headers, _ = asking.head(sheet)
        assert (status, headers["upload-offset"], headers["upload-length"]) == (
            200,
            str(end),
            str(sheet.size),
        )
        assert headers["cache-control"] == "no-store"

    status, headers, body = asking.get(sheet)

    assert (status, body) == (200, content)
    assert headers["etag"] == f'"{sheet.digest.hex()}"'


@pytest.mark.parametrize("first", [1, 4000, 9000])
def test_its_first_piece_may_come_with_its_name(asking, sheet, content, first):
    status, headers, _ = asking(
        "POST",
        "/attachments",
        content[:first],
        Tus_Resumable="1.0.0",
        Content_Type=tus.PIECE_TYPE,
        Upload_Length=str(sheet.size),
        Upload_Metadata=tus.metadata({"digest": sheet.digest.hex()}),
    )

    assert (status, headers["upload-offset"]) == (201, str(first))
    assert headers["location"] == tus.path_of(sheet.digest)
    if first < sheet.size:
        assert asking.append(sheet, first, content[first:])[0] == 204
    assert asking.get(sheet)[2] == content


def test_a_name_with_bytes_of_another_digest_begins_nothing(asking, sheet, content):
    status, _, body = asking(
        "POST",
        "/attachments",
        content[::-1],
        Tus_Resumable="1.0.0",
        Content_Type=tus.PIECE_TYPE,
        Upload_Length=str(sheet.size),
        Upload_Metadata=tus.metadata({"digest": sheet.digest.hex()}),
    )

    assert (status, code_of(body)) == (422, "sheet_damaged")
    assert asking.head(sheet)[0] == 404


def test_a_sheet_is_stored_once_whole_and_its_pieces_go(asking, sheet, content, centre):
    asking.begin(sheet)
    asking.append(sheet, 0, content[:10])
    asking.append(sheet, 10, content[10:])

    count = centre.ledger.database.row("SELECT count(*) FROM attachment_piece")[0]
    uploads = centre.ledger.database.row(
        "SELECT count(*) FROM attachment_upload WHERE digest = ?", (sheet.digest,)
    )[0]
    assert (count, uploads) == (0, 0)


def test_a_piece_at_another_place_is_refused_and_the_place_told(asking, sheet, content):
    asking.begin(sheet)
    asking.append(sheet, 0, content[:100])

    for offset in (0, 99, 101, sheet.size):
        status, headers, body = asking.append(sheet, offset, content[offset:])
        assert (status, code_of(body)) == (409, "wrong_offset")
        assert headers["upload-offset"] == "100"

    assert asking.append(sheet, 100, content[100:])[0] == 204


def test_more_than_was_said_is_refused_and_nothing_of_it_kept(asking, sheet, content):
    asking.begin(sheet)

    status, _, body = asking.append(sheet, 0, content + b"more")

    assert (status, code_of(body)) == (413, "too_large")
    assert asking.head(sheet)[1]["upload-offset"] == "0"


def test_a_sheet_is_begun_anew_as_often_as_somebody_wants(asking, sheet, content):
    for _ in range(3):
        assert asking.begin(sheet)[0] == 201
        assert asking.append(sheet, 0, content[:500])[0] == 204
    assert asking.send(sheet, content) == 204
    assert asking.send(sheet, content) == 204  # who did not hear that it is whole
    assert asking.get(sheet)[2] == content


def test_an_empty_piece_changes_nothing(asking, sheet):
    asking.begin(sheet)
    status, headers, _ = asking.append(sheet, 0, b"")
    assert (status, headers["upload-offset"]) == (204, "0")


@pytest.mark.parametrize("version", [None, "0.2.2", "1.0", ""])
def test_another_version_of_tus_is_refused(asking, sheet, version):
    headers = {} if version is None else {"Tus_Resumable": version}
    for method in ("HEAD", "PATCH"):
        status, told, _ = asking(method, tus.path_of(sheet.digest), b"", **headers)
        assert (status, told["tus-version"]) == (412, "1.0.0")
    status, told, _ = asking("POST", "/attachments", **headers)
    assert (status, told["tus-version"]) == (412, "1.0.0")


@pytest.mark.parametrize("kind", ["", "image/jpeg", "application/octet-stream"])
def test_a_piece_says_that_it_is_one(asking, sheet, content, kind):
    asking.begin(sheet)
    status, _, body = asking.append(sheet, 0, content, Content_Type=kind)
    assert (status, code_of(body)) == (415, "not_a_piece")


@pytest.mark.parametrize("text", ["", "-1", "+1", "1.0", "0x10", "1 0", "9" * 16, "eins"])
def test_numbers_that_are_none_are_refused(asking, sheet, content, text):
    asking.begin(sheet)
    status, _, body = asking.append(sheet, 0, content, Upload_Offset=text)
    assert (status, code_of(body)) == (400, "bad_message")
    status, _, body = asking.begin(sheet, Upload_Length=text)
    assert (status, code_of(body)) == (400, "bad_message")


@pytest.mark.parametrize(
    "said",
    ["", "digest", "digest ", "digest AA==", "digest ä", "name eA==", "digest eA==,digest eA=="],
)
def test_an_upload_that_does_not_say_what_it_is_is_refused(asking, sheet, said):
    status, _, body = asking.begin(sheet, Upload_Metadata=said.encode())
    assert (status, code_of(body)) == (400, "bad_message")


def test_other_metadata_is_passed_over(asking, sheet, content):
    said = tus.metadata({"filename": "扫描.jpg", "digest": sheet.digest.hex(), "filetype": "x"})
    assert asking.begin(sheet, Upload_Metadata=said)[0] == 201


@pytest.mark.parametrize("name", ["x", "0" * 63, "0" * 65, "G" * 64, "A" * 64, "%2e%2e"])
def test_what_is_no_digest_is_nowhere(asking, name):
    for method in ("HEAD", "GET", "PATCH"):
        headers = {"Tus_Resumable": "1.0.0", "Content_Type": tus.PIECE_TYPE, "Upload_Offset": "0"}
        assert asking(method, f"/attachments/{name}", b"", **headers)[0] == 404


def test_bytes_of_another_digest_are_thrown_away(asking, sheet, content):
    asking.begin(sheet)

    status, _, body = asking.append(sheet, 0, content[:-1] + b"?")

    assert (status, code_of(body)) == (422, "sheet_damaged")
    assert asking.head(sheet)[0] == 404
    assert asking.get(sheet)[0] == 404
    assert asking.send(sheet, content) == 204


def test_only_what_an_own_accepted_entry_names_of_that_size_comes_up(
    centre, url, asking, sheet, content
):
    other = a_sheet(some_bytes(50, seed=5))
    status, _, body = asking.begin(other)
    assert (status, code_of(body)) == (403, "sheet_not_named")
    status, _, body = asking.begin(sheet, Upload_Length=str(sheet.size + 1))
    assert (status, code_of(body)) == (403, "sheet_not_named")
    with a_stranger(centre, url) as line:
        status, _, body = line.begin(sheet)
        assert (status, code_of(body)) == (403, "sheet_not_named")


def test_a_size_beyond_all_is_refused_at_once(asking, sheet):
    status, _, body = asking.begin(sheet, Upload_Length=str(LARGEST_SHEET + 1))
    assert (status, code_of(body)) == (413, "too_large")


def test_scans_leave_the_last_of_the_disk_to_entries(asking, sheet, pen, monkeypatch):
    monkeypatch.setattr("sync.centre.attachments.RESERVE", 2**62)

    status, _, body = asking.begin(sheet)

    assert (status, code_of(body)) == (503, "busy")
    assert protocol.heard(body).facts["why"] == "disk_full"
    pen.write()
    assert pen.send().accepted.seq == len(pen.wires)


def test_nobody_sends_or_reads_without_a_token(centre, url, sheet, content):
    for token in (b"", bytes(16)):
        with Asking(centre, url, token) as line:
            for status, _, body in (
                line.begin(sheet),
                line.append(sheet, 0, content),
                line.get(sheet),
            ):
                assert (status, code_of(body)) == (401, "unknown_device")
            assert line.head(sheet)[0] == 401


def test_a_stranger_is_sent_away_before_his_piece_is_read(centre, url, sheet):
    with Asking(centre, url, bytes(16)) as line:
        status, _, body = line.append(sheet, 0, b"", Content_Length="1000000")
        assert (status, code_of(body)) == (401, "unknown_device")


def test_of_a_piece_that_does_not_come_on_what_is_here_stays(
    centre, url, pen, sheet, content, monkeypatch
):
    monkeypatch.setattr("sync.centre.attachment_routes.FLUSH_S", 0.2)
    with Asking(centre, url, pen.token) as line:
        line.begin(sheet)
        status, headers, body = line.append(
            sheet, 0, content[:1234], Content_Length=str(sheet.size)
        )
        assert (status, code_of(body), headers["connection"]) == (503, "busy", "close")
    with Asking(centre, url, pen.token) as line:
        assert line.head(sheet)[1]["upload-offset"] == "1234"
        assert line.append(sheet, 1234, content[1234:])[0] == 204


def test_a_large_piece_is_stored_as_it_comes(centre, url, pen, monkeypatch):
    monkeypatch.setattr("sync.centre.attachment_routes.FLUSH", 10_000)
    content = some_bytes(100_000, seed=77)
    sheet = a_sheet(content)
    names(pen, sheet)
    with Asking(centre, url, pen.token) as line:
        assert line.send(sheet, content) == 204
        assert line.get(sheet)[2] == content


@given(cuts=st.lists(st.integers(0, 9000), max_size=6))
def test_pieces_of_any_sizes_make_the_same_sheet(centre, url, pen, cuts):
    content = some_bytes(9000, seed=1)
    sheet = a_sheet(content)
    with Asking(centre, url, pen.token) as line:
        if line.begin(sheet)[0] == 403:
            names(pen, sheet)
            line.begin(sheet)
        places = [0, *sorted(cuts), 9000]
        for start, end in pairwise(places):
            status, headers, _ = line.append(sheet, start, content[start:end])
            assert (status, headers["upload-offset"]) == (204, str(end))
            if end == 9000:
                break
        assert line.get(sheet)[2] == content


# --- down -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def there(centre, url, pen):
    """A sheet that is at the centre, and who may read it."""
    sheet = a_sheet(CONTENT)
    names(pen, sheet)
    with Asking(centre, url, pen.token) as line:
        assert line.send(sheet, CONTENT) == 204
        yield line, sheet


@pytest.mark.parametrize(
    ("asked", "first", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=100-199", 100, 200),
        ("bytes=8999-", 8999, 9000),
        ("bytes=5-999999999999999999999", 5, 9000),
        ("bytes=-500", 8500, 9000),
        ("bytes=-99999999999999999999", 0, 9000),
    ],
)
def test_a_range_of_it_comes_down(there, asked, first, end):
    line, sheet = there
    status, headers, body = line.get(sheet, Range=asked)
    assert (status, body) == (206, CONTENT[first:end])
    assert headers["content-range"] == f"bytes {first}-{end - 1}/9000"
    assert headers["accept-ranges"] == "bytes"


@pytest.mark.parametrize(
    "asked", ["bytes=9000-", "bytes=9000-9001", "bytes=-0", "bytes=" + "9" * 30 + "-"]
)
def test_a_range_beyond_it_is_refused(there, asked):
    line, sheet = there
    status, headers, _ = line.get(sheet, Range=asked)
    assert (status, headers["content-range"]) == (416, "bytes */9000")


@pytest.mark.parametrize(
    "asked", ["", "bytes=-", "bytes", "lines=1-2", "bytes=2-1", "bytes=0-1,4-5", "bytes=x-y"]
)
def test_a_range_that_is_none_is_passed_over(there, asked):
    line, sheet = there
    status, _, body = line.get(sheet, Range=asked)
    assert (status, body) == (200, CONTENT)


def test_a_range_of_what_is_another_thing_by_now_is_all_of_it(there):
    line, sheet = there
    same, other = f'"{sheet.digest.hex()}"', '"0"'
    assert line.get(sheet, Range="bytes=0-9", If_Range=same)[0] == 206
    assert line.get(sheet, Range="bytes=0-9", If_Range=other)[0] == 200


@given(first=st.integers(0, 9500), length=st.integers(0, 9500))
def test_any_range_is_those_bytes(there, first, length):
    line, sheet = there
    status, _, body = line.get(sheet, Range=f"bytes={first}-{first + length}")
    expected = CONTENT[first : first + length + 1]
    assert (status, body) == (206, expected) if expected else status == 416
