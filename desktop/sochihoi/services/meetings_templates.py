"""The kinds of meetings: what they are called and their usual agenda, from dated files."""

from __future__ import annotations

import tomllib
from functools import cache

from sochihoi import paths
from sochihoi.domain.meetings import MeetingKind
from sochihoi.domain.minutes import MeetingTemplate


@cache
def templates() -> dict[MeetingKind, MeetingTemplate]:
    """One template a kind, in the order of ``MeetingKind``. Raises ``KeyError`` when a file lacks a part."""
    found = {}
    for file in sorted((paths.resources() / "meetings").glob("*.toml")):
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        kind = MeetingKind[told["kind"]]
        found[kind] = MeetingTemplate(kind, told["vi"], told["en"], tuple(told["agenda"]))
    return {kind: found[kind] for kind in MeetingKind}
