"""The real desktop as a process, and the person who works at it (`working_day`)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

_SCRIPT: Final = (sys.executable, "-m", "tests.end_to_end.working_day")
_LIMIT_S: Final = 400


@dataclass(frozen=True)
class Desktop:
    """A data folder, and a home beside it where papers are put; `surroundings` say which screen."""

    folder: Path
    home: Path
    surroundings: dict[str, str] = field(default_factory=lambda: {"QT_QPA_PLATFORM": "offscreen"})

    def work(self, part: str, *arguments: str) -> Any:
        """What the script told at its end."""
        process = self.started(part, *arguments)
        try:
            said, complaint = process.communicate(timeout=_LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            said, complaint = process.communicate()
        assert process.returncode == 0, complaint
        return json.loads(said.splitlines()[-1])

    def started(self, part: str, *arguments: str) -> subprocess.Popen[str]:
        self.home.mkdir(exist_ok=True)
        return subprocess.Popen(
            [*_SCRIPT, str(self.folder), part, *arguments],
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def _environment(self) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if name not in _SCREENS}
        return {
            **ours,
            **self.surroundings,
            "HOME": str(self.home),
            "USERPROFILE": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "PYTHONIOENCODING": "utf-8",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        }


_SCREENS: Final = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def busiest(told: Any, number: int = 3) -> Sequence[str]:
    """The longest spells of the GUI thread, for whoever has to find out why."""
    return [
        f"a bare window: {told['bare_window_ms']:.0f} ms of work",
        *_longest(told["worst_work"][:number]),
    ]


def _longest(spells: Sequence[Any]) -> Sequence[str]:
    return [
        f"{one['stage']}: {one['receiver']} {one['event']} {one['work_ms']:.0f} ms of work,"
        f" {one['wall_ms']:.0f} ms in all"
        for one in spells
    ]
