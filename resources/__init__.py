"""Files that travel with the program: fonts, the starter catalogue, calendars, regions.

Data only: whoever gives a file its meaning reads it from here by name; nothing is written here.
Each folder that holds other people's work has its licence beside it.
"""

from importlib.resources import files
from pathlib import Path


def path(name: str) -> Path:
    """Where the packaged file or folder is, for example `path("fonts/HanaMinB.ttf")`.

    Raises FileNotFoundError if it is not packaged: a bug, never a person's mistake.
    """
    # Daiban is installed as plain folders, never as a zip: libraries that want a real file get one.
    found = Path(str(files(__name__).joinpath(name)))
    if not found.exists():
        raise FileNotFoundError(found)
    return found


def read_bytes(name: str) -> bytes:
    """The content of the packaged file, for example `read_bytes("catalogue/items.json")`."""
    return path(name).read_bytes()
