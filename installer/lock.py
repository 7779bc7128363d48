"""Make the lock files anew: ``.venv/bin/python installer/lock.py`` (needs ``uv``, of the ``dev`` extra).

One file per platform and purpose, valid for CPython 3.11, 3.12 and 3.13, every file pinned by SHA-256, wheels only,
without any index address: which index is asked is a matter of the machine, what it may hand out is not.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "installer" / "locks"
PLATFORMS = {
    "linux": "sys_platform == 'linux'",
    "windows": "sys_platform == 'win32'",
}
PYTHON = "python_full_version < '3.14' and platform_python_implementation == 'CPython'"
PURPOSES = {"": ("assets",), "-test": ("assets", "test")}
HEAD = "# Made by installer/lock.py from pyproject.toml. Do not edit.\n"


def project_for(platform: str) -> str:
    """A project file with our requirements that resolves for one platform only."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = ["[project]", 'name = "sochihoi"', 'version = "0"', f'requires-python = "{told["requires-python"]}"']
    lines.append(f"dependencies = {told['dependencies']!r}")
    lines.append("[project.optional-dependencies]")
    lines += [f"{extra} = {names!r}" for extra, names in told["optional-dependencies"].items()]
    # The upper bound is said here again: otherwise versions are sought for a Python that does not exist yet
    lines += ["[tool.uv]", f"environments = {[f'{PLATFORMS[platform]} and {PYTHON}']!r}"]
    return "\n".join(lines) + "\n"


def lock(platform: str, suffix: str, extras: tuple[str, ...], *, upgrade: bool) -> Path:
    """Resolve and write one lock file; what the present file pins stays, unless ``upgrade``."""
    target = LOCKS / f"{platform}{suffix}.txt"
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "pyproject.toml"
        project.write_text(project_for(platform), encoding="utf-8")
        made = Path(folder) / "lock.txt"
        if target.exists() and not upgrade:
            made.write_bytes(target.read_bytes())
        command = [Path(sys.executable).parent / "uv", "pip", "compile", project, "--output-file", made, "--quiet"]
        command += ["--universal", "--python-version", "3.11", "--generate-hashes", "--only-binary", ":all:"]
        command += ["--no-emit-index-url", "--no-annotate", "--no-header"]
        for extra in extras:
            command += ["--extra", extra]
        if suffix:  # the tests run against the very versions that are shipped
            command += ["--constraint", LOCKS / f"{platform}.txt"]
        subprocess.run([str(part) for part in command], check=True, cwd=folder, stdout=subprocess.DEVNULL)
        lines = made.read_text(encoding="utf-8").splitlines()
        text = "\n".join(plain(line, f"{PLATFORMS[platform]} and {PYTHON}".split(" and ")) for line in lines)
        target.write_text(f"{HEAD}{text}\n", encoding="utf-8", newline="\n")
    return target


def plain(line: str, known: list[str]) -> str:
    """A line without the conditions that the file's name or bootstrap says already: on every line they are noise."""
    before, semicolon, marker = line.removesuffix(" \\").partition(" ; ")
    if not semicolon:
        return line
    left = " and ".join(part for part in marker.split(" and ") if part not in known)
    return f"{before} ; {left} \\" if left else f"{before} \\"


def main() -> int:
    """Lock every platform; ``--upgrade`` takes newer versions where pyproject.toml allows them."""
    LOCKS.mkdir(exist_ok=True)
    for platform in PLATFORMS:
        for suffix, extras in PURPOSES.items():
            print(lock(platform, suffix, extras, upgrade="--upgrade" in sys.argv[1:]).relative_to(ROOT))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
