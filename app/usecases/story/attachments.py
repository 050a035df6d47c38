"""Scans of a case's papers."""

from __future__ import annotations

from app.domain import events
from app.usecases.story.telling import Telling, said, tell


@tell.register(events.AttachmentAdded)
def _added(body: events.AttachmentAdded, telling: Telling) -> str:
    material = telling.materials([body.material])
    of = f"《{material}》的" if material else ""
    return f"添加了{of}扫描件 {len(body.sheets)} 页{said(body.note, '，说明')}"


@tell.register(events.AttachmentRemoved)
def _removed(body: events.AttachmentRemoved, telling: Telling) -> str:
    return f"移除了一份扫描件{said(body.reason, '，原因')}"
