"""Bech32 (BIP 173) without its length limit: how age spells its keys."""

from __future__ import annotations

from collections.abc import Iterable

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def encode(prefix: str, data: bytes) -> str:
    """``prefix``, ``1``, the data in groups of five bits, six letters of checksum. Lower case."""
    groups = _regroup(data)
    spread = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    checksum = _polymod([*spread, *groups, 0, 0, 0, 0, 0, 0]) ^ 1
    groups += [checksum >> 5 * (5 - place) & 31 for place in range(6)]
    return prefix + "1" + "".join(_LETTERS[group] for group in groups)


def decode(prefix: str, text: str, size: int) -> bytes:
    """The ``size`` bytes that ``encode`` spells exactly so. Raises ``ValueError``."""
    value = 0
    letters = text.removeprefix(prefix + "1")
    count = (size * 8 + 4) // 5
    if len(letters) != count + 6:
        raise ValueError("bech32 length")
    for letter in letters[:count]:
        value = value << 5 | _LETTERS.index(letter)
    data = (value >> (count * 5 - size * 8)).to_bytes(size, "big")
    if encode(prefix, data) != text:
        raise ValueError("bech32 spelling")
    return data


def _regroup(data: bytes) -> list[int]:
    """Eight-bit bytes as five-bit groups, the last one filled with zeros."""
    count = (len(data) * 8 + 4) // 5
    value = int.from_bytes(data, "big") << (count * 5 - len(data) * 8)
    return [value >> 5 * (count - 1 - place) & 31 for place in range(count)]


def _polymod(values: Iterable[int]) -> int:
    sum_ = 1
    for value in values:
        top = sum_ >> 25
        sum_ = (sum_ & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATOR):
            if top >> place & 1:
                sum_ ^= generator
    return sum_
