"""A real CUPS with a real printer of the network behind it, each a process of its own in a folder of its own.

ippeveprinter (of Debian's cups-ipp-utils) is a printer that speaks IPP;
it wants to announce itself by Avahi, so that is there too, on a bus of its own.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

QUEUE = "laser"
_PATIENCE_S = 60.0
_NEEDED = ("cupsd", "lpadmin", "ippeveprinter", "dbus-daemon", "avahi-daemon")


def why_not() -> str:
    """Why there cannot be one here; "" if there can."""
    if sys.platform != "linux":
        return "CUPS is tried on Linux"
    if os.geteuid() != 0:
        return "cupsd and avahi-daemon want to be started by root"
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    missing = [name for name in _NEEDED if shutil.which(name, path=path) is None]
    return f"not installed: {', '.join(missing)}" if missing else ""


class Office:
    """A computer with CUPS, and a printer in its network that may be without paper or switched off."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._port = _free_port()
        self._environment = os.environ | {
            "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin",
            "CUPS_SERVER": str(folder / "cups.sock"),
            "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={folder / 'bus.sock'}",
        }
        self._write_settings()

    @property
    def environment(self) -> Mapping[str, str]:
        """For whoever prints here."""
        return self._environment

    @property
    def prints(self) -> list[Path]:
        """What lies in the tray, one file for each job."""
        return sorted((self.folder / "tray").iterdir())

    def open(self) -> None:
        bus = self.folder / "bus.sock"
        self._start("bus", ["dbus-daemon", f"--config-file={self.folder / 'bus.conf'}", "--nofork"])
        until(bus.exists)
        quiet = ["--no-drop-root", "--no-chroot", "--no-rlimits"]
        settings = ["-f", str(self.folder / "avahi.conf")]
        self._start("avahi", ["avahi-daemon", *quiet, *settings])
        until(lambda: b"complete" in self.log("avahi"))
        self._start("printer", [str(self.folder / "printer.sh")])
        self.switch_on()
        files = [str(self.folder / name) for name in ("cupsd.conf", "cups-files.conf")]
        self._start("cups", ["cupsd", "-f", "-c", files[0], "-s", files[1]])
        until((self.folder / "cups.sock").exists)
        until(lambda: self.run("lpstat", "-r").returncode == 0)
        address = f"ipp://localhost:{self._port}/ipp/print"
        self.administer("lpadmin", "-p", QUEUE, "-E", "-v", address, "-m", "everywhere")
        until((self.folder / "server" / "ppd" / f"{QUEUE}.ppd").exists)

    def close(self) -> None:
        for name in list(self._processes)[::-1]:
            self._stop(name)

    def switch_on(self) -> None:
        (self.folder / "on").touch()
        until(lambda: _listens(self._port))

    def switch_off(self) -> None:
        (self.folder / "on").unlink()
        until(lambda: not _listens(self._port))

    def take_paper(self) -> None:
        (self.folder / "empty").touch()

    def put_paper(self) -> None:
        (self.folder / "empty").unlink()

    def administer(self, *command: str) -> None:
        done = self.run(*command)
        assert done.returncode == 0, done.stderr

    def run(self, *command: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(command, env=self._environment, capture_output=True, check=False)

    def log(self, name: str) -> bytes:
        return (self.folder / f"{name}.log").read_bytes()

    def _start(self, name: str, command: list[str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(
                command, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )

    def _stop(self, name: str) -> None:
        process = self._processes.pop(name)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _write_settings(self) -> None:
        folder = self.folder
        for name in ("server/ppd", "requests", "cache", "state", "temporary", "spool", "tray"):
            (folder / name).mkdir(parents=True)
        (folder / "cupsd.conf").write_text(_CUPSD.format(folder=folder))
        (folder / "cups-files.conf").write_text(_FILES.format(folder=folder))
        (folder / "bus.conf").write_text(_BUS.format(folder=folder))
        (folder / "avahi.conf").write_text(_AVAHI.format(name=f"daiban-{os.getpid()}"))
        for name, text in (("print.sh", _PRINT), ("printer.sh", _PRINTER)):
            (folder / name).write_text(text.format(folder=folder, port=self._port))
            (folder / name).chmod(0o755)
        subprocess.run(["chown", "-R", "lp:lp", str(folder)], check=True)
        for parent in [folder, *folder.parents]:  # CUPS works as another user
            if parent.stat().st_uid == os.geteuid() and parent != Path("/"):
                parent.chmod(parent.stat().st_mode | 0o011)


def until(ready: Callable[[], object]) -> None:
    """Fails when it takes too long."""
    last = time.monotonic() + _PATIENCE_S
    while not ready():
        assert time.monotonic() < last, "nothing came of it"
        time.sleep(0.05)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("localhost", port), 1).close()
    except OSError:
        return False
    return True


_CUPSD = """
LogLevel warn
Listen {folder}/cups.sock
Browsing No
DefaultAuthType None
WebInterface No
ErrorPolicy retry-job
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
    Allow all
  </Limit>
</Policy>
"""

_FILES = """
ServerRoot {folder}/server
RequestRoot {folder}/requests
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/temporary
AccessLog {folder}/access.log
ErrorLog {folder}/cups.log
PageLog {folder}/page.log
SystemGroup root
User lp
Group lp
"""

_BUS = """
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>unix:path={folder}/bus.sock</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/>
    <allow own="*"/>
    <allow send_type="method_call"/>
    <allow send_type="method_return"/>
    <allow send_type="signal"/>
    <allow send_type="error"/>
    <allow receive_type="method_call"/>
    <allow receive_type="method_return"/>
    <allow receive_type="signal"/>
    <allow receive_type="error"/>
  </policy>
</busconfig>
"""

_AVAHI = """
[server]
host-name={name}
allow-interfaces=lo
use-ipv6=no
[publish]
disable-publishing=yes
"""

_PRINT = """#!/bin/sh
# What the printer does with a job: its file is $1, what it says on stderr is its state.
if [ -e {folder}/empty ]; then
  echo "STATE: +media-empty-error" >&2
  while [ -e {folder}/empty ]; do sleep 0.1; done
  echo "STATE: -media-empty-error" >&2
fi
cp "$1" {folder}/tray/$$.part && mv {folder}/tray/$$.part {folder}/tray/$$.pdf
"""

_PRINTER = """#!/bin/sh
# A printer with a switch.
while :; do
  while [ ! -e {folder}/on ]; do sleep 0.1; done
  ippeveprinter -r off -p {port} -d {folder}/spool -c {folder}/print.sh \\
    -f application/pdf,image/pwg-raster "Daiban {port}" &
  while [ -e {folder}/on ]; do sleep 0.1; done
  kill $!
  wait
done
"""
