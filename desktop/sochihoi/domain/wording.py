"""Texts of definitions: they come from dated files, never from code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages. Vietnamese is the one that reports print."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Source:
    """The paper that a rule comes from."""

    title: str
    year: int
