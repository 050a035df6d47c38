"""The places of the demonstration: folders, and processes that work in them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from ui.commands.refusals import DemoFailed

Document = dict[str, Any]

# In a bundle the program is its own interpreter.
PROGRAM = (
    (sys.executable,) if hasattr(sys, "frozen") else (sys.executable, "-m", "ui.commands.main")
)
_READY_S, _STOP_S, _COMMAND_S = 30, 15, 120
_AT_ONCE = 4
_Result = TypeVar("_Result")


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What one command said: its exit code, its document, and the messages beside it."""

    code: int
    document: Document
    messages: str


class Place:
    """A data folder, and the commands run on it. Each is a process of its own."""

    def __init__(self, folder: Path, passphrase: str) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "DAIBAN_PASSPHRASE": passphrase,
            "PYTHONIOENCODING": "utf-8",
            # The person's own keyring is none of a demonstration's business.
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        }

    def do(self, *words: str) -> Document:
        """Run a command that must succeed; its document. Raises DemoFailed."""
        answer = self.attempt(*words)
        if answer.code != 0:
            raise DemoFailed(
                step=" ".join(words[:3]), detail=answer.messages.strip() or answer.code
            )
        return answer.document

    def attempt(self, *words: str) -> Answer:
        """Run a command that may be refused."""
        try:
            run = subprocess.run(
                [*PROGRAM, *words, "--data", str(self.folder), "--json"],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
                timeout=_COMMAND_S,
            )
        except subprocess.TimeoutExpired as error:
            raise DemoFailed(step=" ".join(words[:3]), detail=f"{_COMMAND_S} 秒没有结束") from error
        messages = run.stderr.decode("utf-8", "replace")
        document = msgspec.json.decode(run.stdout, type=Document) if run.stdout else {}
        return Answer(code=run.returncode, document=document, messages=messages)


class Centre(Place):
    """The district's centre; `open` is the line being up."""

    def __init__(self, folder: Path, passphrase: str) -> None:
        super().__init__(folder, passphrase)
        self.port = free_port()
        self.url = f"https://127.0.0.1:{self.port}"

    @contextmanager
    def open(self) -> Iterator[int]:
        """The centre's process serves meanwhile; yields its process id. Raises DemoFailed."""
        words = ("centre", "serve", "--port", str(self.port), "--data", str(self.folder), "--json")
        said = self.folder / "serve.log"
        with said.open("ab") as log:
            process = subprocess.Popen(
                [*PROGRAM, *words],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        try:
            self._wait_until_ready(process, said)
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(_STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            assert process.stdout is not None
            process.stdout.close()

    @staticmethod
    def _wait_until_ready(process: subprocess.Popen[bytes], said: Path) -> None:
        """Read the line that the centre says when it answers; a process that dies says none."""
        assert process.stdout is not None
        with ThreadPoolExecutor(1) as reader:
            line = reader.submit(process.stdout.readline)
            try:
                ready = line.result(_READY_S)
            except TimeoutError:
                process.kill()
                ready = b""
        if not ready:
            detail = said.read_text("utf-8", "replace").strip()
            raise DemoFailed(step="centre serve", detail=detail or "没有就绪")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def together(*jobs: Callable[[], _Result]) -> list[_Result]:
    """Do things that do not wait for one another, a few at a time; their results in order."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(lambda job: job(), jobs))
