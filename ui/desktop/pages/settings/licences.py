"""What Daiban is made of, by whom, and under which licence."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Final, NamedTuple


class Part(NamedTuple):
    """`version` is "" where the bundle does not tell."""

    name: str
    version: str
    licence: str


_OWN: Final = ("daiban", "Apache-2.0")
_LIBRARIES: Final = (
    ("PySide6-Addons", "LGPL-3.0；FFmpeg LGPL-2.1"),
    ("PySide6-Essentials", "LGPL-3.0"),
    ("chinesecalendar", "MIT"),
    ("click", "BSD-3-Clause"),
    ("cn2an", "MIT"),
    ("cryptography", "Apache-2.0 / BSD-3-Clause"),
    ("filelock", "MIT"),
    ("fonttools", "MIT"),
    ("keyring", "MIT"),
    ("msgspec", "BSD-3-Clause"),
    ("openpyxl", "MIT"),
    ("peewee", "MIT"),
    ("pillow", "MIT-CMU"),
    ("platformdirs", "MIT"),
    ("pypdfium2", "Apache-2.0 / BSD-3-Clause"),
    ("python-escpos", "MIT"),
    ("python-stdnum", "LGPL-2.1"),
    ("reportlab", "BSD-3-Clause"),
    ("requests", "Apache-2.0"),
    ("sqlcipher3", "zlib；SQLCipher BSD-3-Clause"),
    ("typing-extensions", "PSF-2.0"),
    ("zstandard", "BSD-3-Clause"),
    ("zxing-cpp", "Apache-2.0"),
)
_RESOURCES: Final = (
    ("Noto Sans SC、Noto Serif SC", "SIL OFL 1.1"),
    ("Hanazono Mincho", "SIL OFL 1.1"),
    ("Noto Sans Yi、Lisu、Tai Le、New Tai Lue", "SIL OFL 1.1"),
    ("Nanum Gothic Coding", "SIL OFL 1.1"),
    ("Lucide", "ISC"),
    ("pypinyin", "MIT"),
)


def parts() -> list[Part]:
    """Daiban itself, its libraries, its fonts, icons and readings. It reads files: not on the GUI thread."""
    packages = [Part(name, _version(name), licence) for name, licence in (_OWN, *_LIBRARIES)]
    return [*packages, *(Part(name, "", licence) for name, licence in _RESOURCES)]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
