"""Signing with a token: a PIN goes to it once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sochihoi.reports.signing import errors, keys
from sochihoi.reports.signing.keys import TokenKey, tokens
from sochihoi.reports.signing.sign import Look, sign
from tests.reports.conftest import Tool
from tests.reports.signing import certificates as made
from tests.reports.signing.tokens import PIN, SoftToken, soft_tokens


@pytest.fixture
def plugged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoftToken]:
    with soft_tokens(tmp_path_factory.mktemp("hsm")) as found:
        yield found


def test_a_token_signs(paper: bytes, plugged: SoftToken, tool: Tool) -> None:
    plugged.add("Chị Hạnh", made.holder())
    done = sign(paper, TokenKey(plugged.library, PIN), Look(), now=made.NOW)
    told = tool(done.content, "pdfsig", "-nocert", "{}")
    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert done.check.signer == made.SIGNER
    # Found by label and by serial number too, as often as it is asked
    (seen,) = tokens(plugged.library)
    assert seen.label == "Chị Hạnh"
    for name in (seen.label, seen.serial):
        assert sign(paper, TokenKey(plugged.library, PIN, name), Look(), now=made.NOW).check.agrees


class Counted:
    """Stands before a token and counts what is asked of it."""

    def __init__(self, token: object) -> None:
        self._token, self.opened = token, 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._token, name)

    def open(self, **how: object) -> object:
        self.opened += 1
        return self._token.open(**how)  # type: ignore[attr-defined]


def test_a_wrong_pin_is_one_try_only(paper: bytes, plugged: SoftToken, monkeypatch: pytest.MonkeyPatch) -> None:
    plugged.add("Chị Hạnh", made.holder())
    there = keys._plugged_in
    counted: list[Counted] = []

    def watched(library: Path) -> list[Counted]:
        counted.extend(Counted(one) for one in there(library))
        return counted

    monkeypatch.setattr(keys, "_plugged_in", watched)
    with pytest.raises(errors.WrongPin) as caught:
        sign(paper, TokenKey(plugged.library, "000000"), Look(), now=made.NOW)
    assert [one.opened for one in counted] == [1]
    assert "000000" not in f"{caught.value!r} {caught.value}"
    monkeypatch.setattr(keys, "_plugged_in", there)
    # SoftHSM says by its flag that fewer tries are left: three in all would lock a real one
    (seen,) = tokens(plugged.library)
    assert seen.few_left
    assert sign(paper, TokenKey(plugged.library, PIN), Look(), now=made.NOW).check.agrees


@pytest.mark.parametrize(
    ("flag", "problem"), [("USER_PIN_FINAL_TRY", errors.LastTry), ("USER_PIN_LOCKED", errors.PinLocked)]
)
def test_the_last_try_is_hers_to_take(
    paper: bytes, plugged: SoftToken, monkeypatch: pytest.MonkeyPatch, flag: str, problem: type[Exception]
) -> None:
    import pkcs11

    plugged.add("Chị Hạnh", made.holder())
    there = keys._plugged_in

    class Warned(Counted):
        flags = pkcs11.TokenFlag[flag] | pkcs11.TokenFlag.TOKEN_INITIALIZED

    warned: list[Warned] = []

    def watched(library: Path) -> list[Warned]:
        warned[:] = [Warned(one) for one in there(library)]
        return warned

    monkeypatch.setattr(keys, "_plugged_in", watched)
    with pytest.raises(problem):
        sign(paper, TokenKey(plugged.library, PIN), Look(), now=made.NOW)
    assert warned[0].opened == 0
    if problem is errors.LastTry:
        assert sign(paper, TokenKey(plugged.library, PIN, last_try=True), Look(), now=made.NOW).check.agrees


def test_which_token_and_which_key(paper: bytes, plugged: SoftToken) -> None:
    with pytest.raises(errors.TokenNotFound) as nothing:
        sign(paper, TokenKey(plugged.library, PIN), Look(), now=made.NOW)
    assert nothing.value.there == ()
    old = made.holder(at=3, since=datetime(2020, 1, 1, tzinfo=UTC), until=datetime(2021, 1, 1, tzinfo=UTC))
    plugged.add("Chị Hạnh", made.holder(), old)
    assert sign(paper, TokenKey(plugged.library, PIN), Look(), now=made.NOW).check.agrees  # the one in force
    with pytest.raises(errors.CertificateNotInForce):
        sign(paper, TokenKey(plugged.library, PIN, certificate="ky-2"), Look(), now=made.NOW)
    plugged.add("Con dấu", made.organisation(), made.holder("Trần Thị Ba", at=4))
    with pytest.raises(errors.SeveralTokens):
        sign(paper, TokenKey(plugged.library, PIN), Look(), now=made.NOW)
    with pytest.raises(errors.TokenNotFound):
        sign(paper, TokenKey(plugged.library, PIN, "Khác"), Look(), now=made.NOW)
    with pytest.raises(errors.SeveralKeys) as several:
        sign(paper, TokenKey(plugged.library, PIN, "Con dấu"), Look(), now=made.NOW)
    assert tuple(sorted(several.value.labels)) == ("ky-1", "ky-2")
    done = sign(paper, TokenKey(plugged.library, PIN, "Con dấu", "ky-1"), Look(), now=made.NOW)
    assert done.check.signer == made.UNIT
    plugged.add("Trống")
    with pytest.raises(errors.NoSigningKey):
        sign(paper, TokenKey(plugged.library, PIN, "Trống"), Look(), now=made.NOW)


def test_a_library_that_is_none(paper: bytes, tmp_path: Path) -> None:
    text = tmp_path / "khong-phai.so"
    text.write_text("khong phai thu vien")
    for library in (tmp_path / "khong-co.so", text, tmp_path):
        with pytest.raises(errors.BadTokenLibrary):
            sign(paper, TokenKey(library, PIN), Look(), now=made.NOW)


def test_a_pin_is_never_shown(tmp_path: Path) -> None:
    assert PIN not in repr(TokenKey(tmp_path, PIN))
