"""Roles: who looks, who writes, who manages."""

from __future__ import annotations

import pytest

from sochihoi.domain.accounts import Account, Role


@pytest.mark.parametrize(
    ("role", "writes", "manages"),
    [(Role.VIEWER, False, False), (Role.OFFICER, True, False), (Role.CHAIR, True, True)],
)
def test_roles(role: Role, writes: bool, manages: bool) -> None:
    assert (role.may_write, role.may_manage) == (writes, manages)
    assert Account("1", "Lê Thị Sen", role).active
