"""For processes that a test starts: their clock on the wall, and the moment in which the power goes."""

import os
import signal
import time

_AHEAD_NS = int(os.environ.get("DAIBAN_TEST_AHEAD_DAYS", "0")) * 86_400 * 10**9
_now_ns = time.time_ns


def _later_ns() -> int:
    return _now_ns() + _AHEAD_NS


time.time_ns = _later_ns

if os.environ.get("DAIBAN_TEST_DIES_BEFORE_CLEARING"):
    from app.store import redaction

    def _power_cut(store: object) -> bool:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        return False

    redaction.scrub = _power_cut
