"""Accounts: who may do what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """OFFICER enters and reports; CHAIR also closes, sends and manages accounts; VIEWER only reads."""

    OFFICER = "officer"
    CHAIR = "chair"
    VIEWER = "viewer"

    @property
    def may_write(self) -> bool:
        """Whether the role changes anything."""
        return self is not Role.VIEWER

    @property
    def may_manage(self) -> bool:
        """Whether the role manages accounts and sees the access log."""
        return self is Role.CHAIR


@dataclass(frozen=True, slots=True)
class Account:
    """One person who works with the program."""

    id: str
    name: str
    role: Role
    active: bool = True
