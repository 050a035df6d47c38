"""Names the packages of system libraries that Qt needs and does not find; `make setup` runs it.

Only Linux needs this: Qt for Windows brings everything.
"""

import re
import subprocess
import sys

import click

# Library: package of Debian and Ubuntu, package of Fedora. PySide6 links to these.
PACKAGES = {
    "libEGL.so.1": ("libegl1", "libglvnd-egl"),
    "libGL.so.1": ("libgl1", "libglvnd-glx"),
    "libX11.so.6": ("libx11-6", "libX11"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libgthread-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libzstd.so.1": ("libzstd1", "libzstd"),
}

# The loader names only the first library that it misses: the others are tried one by one.
_TRY = f"""
import ctypes
try:
    import PySide6.QtWidgets
except ImportError as error:
    print(error)
    for library in {sorted(PACKAGES)}:
        try:
            ctypes.CDLL(library)
        except OSError as error:
            print(error)
"""


def loader_errors() -> str:
    """What the loader says when Qt's widgets are imported in a process of their own; "" if well."""
    run = subprocess.run([sys.executable, "-c", _TRY], capture_output=True, text=True, check=False)
    return run.stdout + run.stderr


def advice(errors: str) -> str:
    """The loader's errors as advice for a person; "" if there are none."""
    missing = sorted(set(re.findall(r"(\S+\.so[.\d]*): cannot open shared object file", errors)))
    known = [PACKAGES[library] for library in missing if library in PACKAGES]
    unknown = [library for library in missing if library not in PACKAGES]
    lines = []
    if missing:
        lines.append(f"Qt does not find {', '.join(missing)}: Daiban's window cannot open yet.")
        lines.append("Everything else works. To bring what is missing:")
    elif errors:
        lines.append(f"Qt cannot be loaded: Daiban's window cannot open yet.\n{errors.strip()}")
    if known:
        debian, fedora = (" ".join(sorted(set(names))) for names in zip(*known, strict=True))
        lines.append(f"  Debian, Ubuntu: apt install {debian}")
        lines.append(f"  Fedora:         dnf install {fedora}")
    lines.extend(
        f"  {library}: ask `apt-file search {library}` or `dnf provides '*/{library}'`"
        for library in unknown
    )
    return "\n".join(lines)


def main() -> None:
    """Print the advice, if there is any. A missing library is not an error of the set-up."""
    if words := advice(loader_errors()):
        click.echo(words, err=True)


if __name__ == "__main__":
    main()
