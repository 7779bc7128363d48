"""The colours of our papers, said in full: an ICC profile of sRGB, made from its published numbers.

PDF/A asks that a file tells what its red, green and blue are. A profile of a few hundred bytes says it; copying one
from elsewhere would bring a licence along.

Sources: IEC 61966-2-1 (primaries, white, curve of sRGB), ICC.1:2022 (form of a profile, white D50, Bradford matrix).
"""

from __future__ import annotations

import struct
from functools import cache
from typing import Final

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]

_RED, _GREEN, _BLUE = (0.64, 0.33), (0.30, 0.60), (0.15, 0.06)
_WHITE: Final = (0.3127, 0.3290)  # D65
_D50: Final = (0.9642, 1.0, 0.8249)
_CURVE: Final = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_BRADFORD: Final = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
_DAY: Final = (2026, 1, 1, 0, 0, 0)  # of the profile's numbers here, not of a paper: the same bytes every day


def _xyz(chromaticity: tuple[float, float]) -> Triple:
    x, y = chromaticity
    return x / y, 1.0, (1 - x - y) / y


def _times(matrix: Matrix, vector: Triple) -> Triple:
    one, two, three = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return one, two, three


def _product(left: Matrix, right: Matrix) -> Matrix:
    columns = [_times(left, (right[0][at], right[1][at], right[2][at])) for at in range(3)]
    return _turned(columns[0], columns[1], columns[2])


def _turned(one: Triple, two: Triple, three: Triple) -> Matrix:
    return (one[0], two[0], three[0]), (one[1], two[1], three[1]), (one[2], two[2], three[2])


def _inverse(m: Matrix) -> Matrix:
    def cross(u: Triple, v: Triple) -> Triple:
        return u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]

    parts = cross(m[1], m[2]), cross(m[2], m[0]), cross(m[0], m[1])
    whole = sum(a * b for a, b in zip(m[0], parts[0], strict=True))
    one, two, three = ((part[0] / whole, part[1] / whole, part[2] / whole) for part in parts)
    return _turned(one, two, three)


def _adaptation() -> Matrix:
    """From the white of sRGB to the white of every profile."""
    seen, wanted = _times(_BRADFORD, _xyz(_WHITE)), _times(_BRADFORD, _D50)
    scale: Matrix = (
        (wanted[0] / seen[0], 0.0, 0.0),
        (0.0, wanted[1] / seen[1], 0.0),
        (0.0, 0.0, wanted[2] / seen[2]),
    )
    return _product(_inverse(_BRADFORD), _product(scale, _BRADFORD))


def _fixed(*numbers: float) -> bytes:
    return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)


def _text(text: str) -> bytes:
    letters = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">IIIHHII", 0, 1, 12, 0x656E, 0x5553, len(letters), 28) + letters


@cache
def srgb_profile() -> bytes:
    """An ICC profile, version 4, of a display in sRGB. Always the same bytes."""
    primaries = _turned(_xyz(_RED), _xyz(_GREEN), _xyz(_BLUE))
    shares = _times(_inverse(primaries), _xyz(_WHITE))
    adapted = _adaptation()
    columns = [
        _times(adapted, (row[0] * share, row[1] * share, row[2] * share))
        for row, share in zip(_turned(*primaries), shares, strict=True)
    ]
    curve = b"para" + struct.pack(">IHH", 0, 3, 0) + _fixed(*_CURVE)
    tags = [
        (b"desc", _text("sRGB")),
        (b"cprt", _text("Public domain")),
        (b"wtpt", b"XYZ \0\0\0\0" + _fixed(*_D50)),
        (b"chad", b"sf32\0\0\0\0" + _fixed(*adapted[0], *adapted[1], *adapted[2])),
        *(
            (name, b"XYZ \0\0\0\0" + _fixed(*one))
            for name, one in zip((b"rXYZ", b"gXYZ", b"bXYZ"), columns, strict=True)
        ),
        *((name, curve) for name in (b"rTRC", b"gTRC", b"bTRC")),
    ]
    places: dict[bytes, int] = {}  # what is the same is kept once
    data = b""
    start = 128 + 4 + 12 * len(tags)
    for _name, content in tags:
        if content not in places:
            places[content] = start + len(data)
            data += content + b"\0" * (-len(content) % 4)
    table = struct.pack(">I", len(tags)) + b"".join(
        name + struct.pack(">II", places[content], len(content)) for name, content in tags
    )
    head = struct.pack(
        ">I4sI4s4s4s6H4s4sI4s4sQI12s4s44s",
        start + len(data),
        b"",
        0x04400000,
        b"mntr",
        b"RGB ",
        b"XYZ ",
        *_DAY,
        b"acsp",
        b"",
        0,
        b"",
        b"",
        0,
        0,
        _fixed(*_D50),
        b"",
        b"",
    )
    return head + table + data
