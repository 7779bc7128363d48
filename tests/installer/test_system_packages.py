"""System packages: apt is asked only for what is missing, after an update, under the name that this release has."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from installer import system_packages

# Programs in the place of Debian's: one package is installed, one name is unknown, and every start of apt is noted
_PROGRAMS = {
    "dpkg-query": 'echo "libegl1 installed"; echo "libgone not-installed"; exit 1',
    "apt-cache": 'case "$2" in libold) exit 100;; esac; echo "Package: $2"',
    "apt-get": 'echo "$@ $DEBIAN_FRONTEND" >> "$(dirname "$0")/noted"; case "$*" in *broken*) exit 100;; esac',
}


@pytest.fixture
def noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file into which apt's arguments go."""
    for name, body in _PROGRAMS.items():
        file = tmp_path / name
        file.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        file.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return tmp_path / "noted"


def test_what_is_there_is_not_asked_for(noted: Path) -> None:
    system_packages.install(["libegl1", "libnew|libegl1"])
    assert not noted.exists()


def test_update_then_install_of_what_is_missing(noted: Path) -> None:
    system_packages.install(["libegl1", "libgone", "libold|libnew"])
    assert noted.read_text(encoding="utf-8").splitlines() == [
        "-q update noninteractive",
        "-q install -y --no-install-recommends libgone libnew noninteractive",
    ]


def test_a_failure_of_apt_is_told_with_the_line_to_run(noted: Path) -> None:
    with pytest.raises(system_packages.CannotInstall, match=r"could not install(.|\n)*apt-get install -y .* broken"):
        system_packages.install(["broken"])
    assert noted.exists()


def test_the_first_postgresql_comes_without_a_cluster_of_the_system(noted: Path, tmp_path: Path) -> None:
    told = tmp_path / "etc" / "postgresql-common" / "createcluster.conf"
    system_packages.install(["libgone"], str(tmp_path))
    assert not told.exists()
    system_packages.install(["postgresql"], str(tmp_path))
    assert "create_main_cluster = off\n" in told.read_text(encoding="utf-8")
    assert (
        noted.read_text(encoding="utf-8").splitlines()[-1].endswith("--no-install-recommends postgresql noninteractive")
    )
    told.write_text("create_main_cluster = on\n", encoding="utf-8")  # somebody's own choice
    system_packages.install(["postgresql"], str(tmp_path))
    assert told.read_text(encoding="utf-8") == "create_main_cluster = on\n"
