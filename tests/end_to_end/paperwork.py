"""Many invented requests, one a line, and a command that may be killed."""

import json
import subprocess
import sys

PROGRAM = (sys.executable, "-m", "ui.commands.main")


def lines(number, first=1):
    """Requests with external numbers, so that a file may be given again."""
    for place in range(first, first + number):
        yield json.dumps(
            {
                "item": "IT022",
                "applicant": {
                    "name": f"韦{chr(0x4E00 + place)}",
                    "id_number": "450305196203151028",
                },
                "mandate": True,
                "external_id": f"line-{place}",
            },
            ensure_ascii=False,
        )


def written(file, number, first=1):
    file.write_text("".join(line + "\n" for line in lines(number, first)), "utf-8")
    return file


def started(place, *words):
    """A command on the way, its stdout a pipe of lines."""
    return subprocess.Popen(
        [*PROGRAM, *words, "--data", str(place.folder)],
        env=place.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )


def numbers(place):
    return [case["local_number"] for case in place.do("case", "list")["cases"]]
