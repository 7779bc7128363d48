"""System libraries on Debian and Ubuntu: what is missing, and how it comes. Elsewhere nothing is touched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

LISTS = Path(__file__).resolve().parent / "linux"
# Debian makes and starts a cluster of its own with the first PostgreSQL, unless this file says not to. One that is
# there stays as it is.
NO_CLUSTER = (
    'f="$1/etc/postgresql-common/createcluster.conf"; [ -e "$f" ] || { mkdir -p "$(dirname "$f")" &&'
    ' printf "%s\\n" "# The tests of So Chi hoi start a cluster of their own." "create_main_cluster = off" > "$f"; }'
)


class CannotInstall(Exception):
    """Packages are missing and we may not, or could not, install them. Carries what to tell the person."""


def on_debian() -> bool:
    """Debian, Ubuntu and what is made from them."""
    return sys.platform == "linux" and bool(shutil.which("apt-get") and shutil.which("dpkg-query"))


def wanted(purpose: str) -> list[str]:
    """One entry a line of the list, ``a|b`` where releases name the package differently. ``test`` includes ``run``."""
    names: list[str] = []
    for part in ("run",) if purpose == "run" else ("run", "test"):
        for line in (LISTS / f"{part}-packages.txt").read_text(encoding="utf-8").splitlines():
            entry = line.partition("#")[0].replace(" ", "")
            if entry and entry not in names:
                names.append(entry)
    return names


def missing(entries: list[str]) -> list[str]:
    """Entries of which no alternative is installed: a look, never an installation."""
    every = [name for entry in entries for name in entry.split("|")]
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *every],
        check=False,
        capture_output=True,
        text=True,
    )
    there = {line.split()[0] for line in asked.stdout.splitlines() if line.endswith(" installed")}
    return [entry for entry in entries if not there.intersection(entry.split("|"))]


def _known(name: str) -> bool:
    shown = subprocess.run(["apt-cache", "show", name], check=False, capture_output=True)
    return shown.returncode == 0 and bool(shown.stdout.strip())


def _prefix() -> list[str] | None:
    """How apt is started: as root plainly, else with a sudo that asks nothing; ``None`` when neither is there."""
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def install(entries: list[str], root: str = "") -> None:
    """Install what is missing of the entries. Raises ``CannotInstall`` with the one line to run.

    ``root``: where the settings of the system begin, another place in the tests.
    """
    absent = missing(entries)
    if not absent:
        return
    firsts = [entry.split("|")[0] for entry in absent]
    line = "apt-get update && apt-get install -y --no-install-recommends " + " ".join(firsts)
    prefix = _prefix()
    if prefix is None:
        raise CannotInstall(f"System packages are missing. Run this once, then start again:\n  sudo sh -c '{line}'")
    print(f"Installing system packages: {' '.join(firsts)}", flush=True)
    quiet = {"stdout": subprocess.DEVNULL}
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    subprocess.run([*apt, "update"], check=False, **quiet)
    if "postgresql" in firsts:
        subprocess.run([*prefix, "sh", "-c", NO_CLUSTER, "sh", root], check=False, **quiet)
    chosen = [next((n for n in entry.split("|") if _known(n)), entry.split("|")[0]) for entry in absent]
    made = subprocess.run([*apt, "install", "-y", "--no-install-recommends", *chosen], check=False, **quiet)
    if made.returncode:
        raise CannotInstall(
            f"apt-get could not install the packages. Run this, read what it says, then start again:\n  {line}"
        )


def venv_packages() -> list[str]:
    """What brings ``ensurepip`` to this very Python; Debian and Ubuntu split it off, one package a version."""
    return [f"python3.{sys.version_info[1]}-venv"]
