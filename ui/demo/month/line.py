"""What the exchange needs of a line, straight to the centre's ears."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.store.database import DiskFull, StoreBusy
from sync import protocol, tus
from sync.centre import attachment_desk
from sync.centre.attachment_desk import refusal_of
from sync.centre.http import Centre
from sync.client.transport import Reply, Traffic
from sync.refusals import CentreRefusal


class Line:
    def __init__(self, centre: Centre) -> None:
        self.traffic = Traffic()
        self._scans = centre.attachments
        self._answer: dict[str, Callable[[bytes, bytes], bytes]] = {
            protocol.EXCHANGE: centre.exchange,
            protocol.ENROL: centre.enrol,
            protocol.LIFE: centre.life,
            protocol.ADMIT: centre.admit,
        }

    def post(self, path: str, body: bytes, token: bytes = b"") -> bytes:
        self.traffic.up += len(body)
        answer = self._answer[path](token, body)
        self.traffic.down += len(answer)
        return answer

    def ask(
        self,
        method: str,
        path: str,
        token: bytes = b"",
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> Reply:
        """For scans."""
        self.traffic.up += len(body)
        said = {name.lower(): value for name, value in (headers or {}).items()}
        try:
            reply = self._said(method, path.rpartition("/")[2], token, said, body)
        except (CentreRefusal, StoreBusy, DiskFull) as error:
            reply = refusal_of(error)
        content = b"" if method == "HEAD" else reply.body
        self.traffic.down += len(content)
        told = {name.lower(): value for name, value in reply.headers.items()}
        return Reply(status=reply.status, headers=told, content=content)

    def _said(
        self, method: str, name: str, token: bytes, headers: Mapping[str, str], body: bytes
    ) -> attachment_desk.Reply:
        if method == "POST":
            begun = self._scans.begin(token, headers, body)
            told = {**begun.headers, tus.OFFSET: str(len(body))}
            return attachment_desk.Reply(status=begun.status, headers=told)
        if method == "PATCH":
            offset = self._scans.expect(token, name, headers)
            return self._scans.appended(self._scans.append(token, name, offset, body))
        look = self._scans.head if method == "HEAD" else self._scans.get
        return look(token, name, headers)
