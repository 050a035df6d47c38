"""What the command line itself says no to."""

from __future__ import annotations

from app.errors import Refused
from app.store.store import NotEnrolled


class EnrolmentAwaited(NotEnrolled):
    """A request by packet was written here, and the centre's answer has not been read.

    Facts: folder, station, region, url, expires (the code's day, ISO).
    """

    code = "enrolment_awaited"


class UnwritableFile(Refused):
    """A file cannot be written there; nothing was recorded (fact: file)."""

    code = "unwritable_file"


class BadLine(Refused):
    """A line of a file is no registration (fact: what, in words)."""

    code = "bad_line"


class ServerPartsMissing(Refused):
    """The extra `daiban[centre]` is not installed (fact: module)."""

    code = "server_parts_missing"


class OutFolderInUse(Refused):
    """The folder holds something that is not ours to clear (fact: folder)."""

    code = "out_folder_in_use"


class DemoFailed(Refused):
    """A step of the demonstration did not do what it should (facts: step, detail)."""

    code = "demo_failed"


class NoSuchRepair(Refused):
    """Nothing of that name waits to be put right (fact: entry)."""

    code = "no_such_repair"


class HeadNotFound(Refused):
    """No act of the centre has this digest: copied wrongly, or what was before it was written anew (fact: digest)."""

    code = "head_not_found"
