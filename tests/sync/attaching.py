"""Scans for tests of the exchange: images nobody looks at, entries that name them, and what speaks tus by hand."""

from __future__ import annotations

import base64
import http.client
import random
import ssl
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from app.domain.attachments import Media, Sheet
from app.domain.events import AttachmentAdded, encode_body
from app.journal.refs import Ref
from app.usecases import attachments
from app.usecases.attachments import Scan
from sync import tus


def some_bytes(size, seed=0):
    """As hard to pack as a photograph."""
    return random.Random(seed).randbytes(size)


def a_sheet(content, **changes):
    said: dict[str, Any] = {
        "digest": sha256(content).digest(),
        "size": len(content),
        "width": 100,
        "height": 140,
        "media": Media.JPEG,
    }
    return Sheet(**(said | changes))


def naming(*sheets):
    """The body of an entry that attaches these."""
    return encode_body(AttachmentAdded(material=0, sheets=tuple(sheets)))


def names(pen, *sheets, region=None, subject=None):
    """Let a device without a store write and send a case and an entry that attaches these to it."""
    if subject is None:
        pen.write(region=region)
        subject = Ref(pen.device, len(pen.wires))
    pen.write(
        kind="attachment.added",
        region=region,
        body=naming(*sheets),
        subject=subject,
        after=(subject,),
    )
    return pen.send()


def bearing(token):
    return {"Authorization": "Daiban " + base64.urlsafe_b64encode(token).decode().rstrip("=")}


class Asking:
    """A connection on which requests are made by hand."""

    def __init__(self, centre, url, token=b""):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cadata=centre.authority.ca)
        parts = urlsplit(url)
        self._line = http.client.HTTPSConnection(
            parts.hostname, parts.port, context=context, timeout=20
        )
        self._token = token

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._line.close()

    def __call__(self, method, path, body=b"", **headers):
        """Status, headers in lower case, and body. Underscores in the names of headers are hyphens."""
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        if self._token:
            said |= bearing(self._token)
        self._line.request(method, path, body, said)
        answer = self._line.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, told, answer.read()

    def begin(self, sheet, **changes):
        named = {
            "Tus_Resumable": "1.0.0",
            "Upload_Length": str(sheet.size),
            "Upload_Metadata": tus.metadata({"digest": sheet.digest.hex()}),
        }
        return self("POST", "/attachments", **(named | changes))

    def append(self, sheet, offset, data, **changes):
        named = {
            "Tus_Resumable": "1.0.0",
            "Upload_Offset": str(offset),
            "Content_Type": tus.PIECE_TYPE,
        }
        return self("PATCH", tus.path_of(sheet.digest), data, **(named | changes))

    def head(self, sheet):
        return self("HEAD", tus.path_of(sheet.digest), Tus_Resumable="1.0.0")

    def send(self, sheet, content):
        """All of it at once; the status of the last answer."""
        status, _, _ = self.begin(sheet)
        assert status == 201
        return self.append(sheet, 0, content)[0]

    def get(self, sheet, **headers):
        return self("GET", tus.path_of(sheet.digest), **headers)


def attached(station, case, *contents, material=0):
    """Attach images to a case of a station; their sheets."""
    scans = [Scan(sheet=a_sheet(content), content=content) for content in contents]
    attachments.attach(station.store, case, material, scans, by=station.head)
    return [scan.sheet for scan in scans]


def at_centre(centre, *sheets):
    """Which of these the centre has whole."""
    rows = centre.ledger.database.rows("SELECT digest, padded FROM attachment")
    have = {bytes(digest): bytes(padded)[4096:] for digest, padded in rows}
    assert all(sha256(content).digest() == digest for digest, content in have.items())
    return [one for one in sheets if one.digest in have]
