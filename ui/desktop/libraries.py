"""Names the packages of system libraries that Qt needs and does not find; `make setup` runs it.

Only Linux needs this: Qt for Windows brings everything.
"""

import ctypes
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

# A window on X11 needs these besides; Qt says so only when it opens one.
X_PACKAGES = {
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb"),
    "libxcb-util.so.1": ("libxcb-util1", "xcb-util"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
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
    run = subprocess.run(
        [sys.executable, "-c", _TRY],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return run.stdout + run.stderr


def x_errors() -> str:
    """What the loader says of the libraries that a window on X11 needs; "" if well, or not on Linux."""
    errors = []
    for library in X_PACKAGES if sys.platform.startswith("linux") else ():
        try:
            ctypes.CDLL(library)
        except OSError as error:
            errors.append(str(error))
    return "\n".join(errors)


def advice(errors: str) -> str:
    """The loader's errors as advice for a person; "" if there are none."""
    missing = sorted(set(re.findall(r"(\S+\.so[.\d]*): cannot open shared object file", errors)))
    packages = PACKAGES | X_PACKAGES
    known = [packages[library] for library in missing if library in packages]
    unknown = [library for library in missing if library not in packages]
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
