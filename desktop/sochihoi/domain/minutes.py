"""The minutes of a meeting: what was said, what was voted on, and the template that they begin from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.meetings import MeetingKind
from sochihoi.domain.vietnamese import nfc, nfc_lines


@dataclass(frozen=True, slots=True)
class Vote:
    """One question that was voted on: persons for, against, abstaining."""

    question: str
    in_favour: int = 0
    against: int = 0
    abstaining: int = 0


@dataclass(frozen=True, slots=True)
class Minutes:
    """What was said. Texts may have several lines; ``fee_collected`` is in đồng, ``None`` = nothing said."""

    agenda: str = ""
    review: str = ""
    discussion: str = ""
    votes: tuple[Vote, ...] = ()
    conclusion: str = ""
    next_topic: str = ""
    fee_collected: int | None = None

    @property
    def said_nothing(self) -> bool:
        """Whether neither discussion nor conclusion was written: an agenda alone is a plan, no minutes."""
        return not (self.discussion or self.conclusion)

    def cleaned(self) -> Minutes:
        """As it is stored: NFC, no blank votes. Raises ``FieldProblem`` for a negative amount or head-count."""
        if self.fee_collected is not None and self.fee_collected < 0:
            raise FieldProblem("fee_collected", "NEGATIVE", str(self.fee_collected))
        votes = []
        for vote in self.votes:
            if min(vote.in_favour, vote.against, vote.abstaining) < 0:
                raise FieldProblem("votes", "NEGATIVE", vote.question)
            clean = Vote(nfc(vote.question), vote.in_favour, vote.against, vote.abstaining)
            if clean != Vote(""):
                votes.append(clean)
        return Minutes(
            nfc_lines(self.agenda),
            nfc_lines(self.review),
            nfc_lines(self.discussion),
            tuple(votes),
            nfc_lines(self.conclusion),
            nfc(self.next_topic),
            self.fee_collected,
        )

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        found = {f.name: getattr(self, f.name) for f in fields(self)}
        found["votes"] = [{f.name: getattr(vote, f.name) for f in fields(vote)} for vote in self.votes]
        return found

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Minutes:
        """From JSON; what a later version may have added is left out."""
        known = {f.name for f in fields(cls)}
        values = {name: value for name, value in stored.items() if name in known}
        values["votes"] = tuple(Vote(**vote) for vote in values.get("votes", ()))
        return cls(**values)


BLANK_MINUTES = Minutes()


@dataclass(frozen=True, slots=True)
class MeetingTemplate:
    """What a kind of meeting is called, and its usual agenda. Minutes are in Vietnamese, whatever the screen says."""

    kind: MeetingKind
    name_vi: str
    name_en: str
    agenda: tuple[str, ...]
    topics: tuple[str, ...] = ()


_TIME = re.compile(r"(\d{1,2})(?:\s*(?:[:.hHgG]|giờ)\s*(\d{1,2})?)?\s*(?:phút)?", re.ASCII)
_TIME_DIGITS = re.compile(r"(\d{1,2})(\d{2})", re.ASCII)


def read_time(text: str, field: str) -> str:
    """``14h``, ``14h30``, ``14:30``, ``1430``, ``8`` as ``14:00`` … ``08:00``; "" stays "". Raises ``FieldProblem``."""
    plain = nfc(text)
    if not plain:
        return ""
    found = _TIME_DIGITS.fullmatch(plain) if len(plain) > 2 else None
    found = found or _TIME.fullmatch(plain)
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise FieldProblem(field, "TIME", plain)
    return f"{int(found[1]):02}:{int(found[2] or 0):02}"
