"""What a demonstration keeps as it goes: its steps with their proof, and the papers."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

from ui.commands.refusals import DemoFailed
from ui.demo.places import Document, Place, together

_Job = Callable[[], tuple[str, Document]]


class Record:
    """`steps` are titles with their proof, `numbers` the local numbers of the requests, by their lines."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.steps: list[Document] = []
        self.numbers: list[str] = []
        self._papers = 0
        self._started = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._started

    def _act(
        self,
        place: Place,
        line: int,
        verb: str,
        facts: Document | None = None,
        *,
        by: str | None = None,
    ) -> _Job:
        words = ["case", "act", self.numbers[line], verb]
        words += ["--facts", json.dumps(facts, ensure_ascii=False)] if facts else []
        words += ["--operator", by] if by else []

        def job() -> tuple[str, Document]:
            done = place.do(*words)
            proof = {
                name: done[name] for name in ("local_number", "official_number", "state", "place")
            }
            return f"{place.folder.name} {verb} {done['applicant']}", {
                "facts": facts or {},
                **proof,
            }

        return job

    def _print(self, place: Place, line: int, document: str, *, by: str | None = None) -> _Job:
        self._papers += 1
        file = Path("papers") / f"{self._papers:02d}-{document}.pdf"
        words = ["print", self.numbers[line], document, "--out", str(self.out / file)]
        words += ["--operator", by] if by else []

        def job() -> tuple[str, Document]:
            printed = place.do(*words) | {"file": file.as_posix()}
            return f"{place.folder.name} print {printed['number']}", printed

        return job

    def _all(self, *jobs: _Job) -> None:
        """Do what several people at a counter do at the same time, each in a process of its own."""
        for title, proof in together(*jobs):
            self._step(title, proof)

    def _step(self, title: str, proof: Document) -> None:
        at_s = round(self.seconds, 2)
        self.steps.append(
            {"step": len(self.steps) + 1, "at_s": at_s, "title": title, "proof": proof}
        )

    @property
    def papers(self) -> list[Document]:
        return [
            step["proof"]
            for step in self.steps
            if "sha256" in step["proof"] and "file" in step["proof"]
        ]

    @staticmethod
    def _need(condition: bool, step: str, detail: str) -> None:
        if not condition:
            raise DemoFailed(step=step, detail=detail)
