"""The collation of ICU, the reference of the Vietnamese order: through the library that Qt's wheel brings along."""

from __future__ import annotations

import ctypes
import importlib.util
import re
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

Compare = Callable[[str, str], int]  # below 0, 0, above 0

_SECONDARY, _STRENGTH, _NORMALIZE, _ON = 1, 5, 4, 17  # UColAttributeValue and UColAttribute of ICU


@cache
def vietnamese() -> Compare:
    """Compares two texts in Vietnamese order, without regard to capitals. Raises ``OSError`` where there is no ICU."""
    library, suffix = _library()
    opened = getattr(library, f"ucol_open{suffix}")
    opened.restype, opened.argtypes = ctypes.c_void_p, [ctypes.c_char_p, ctypes.POINTER(ctypes.c_int)]
    status = ctypes.c_int(0)
    collator = opened(b"vi", ctypes.byref(status))
    if status.value != 0:  # a warning would mean that it fell back to an order that is not Vietnamese
        raise OSError(f"ICU has no Vietnamese order: {status.value}")
    set_one = getattr(library, f"ucol_setAttribute{suffix}")
    set_one.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.POINTER(ctypes.c_int)]
    for attribute, value in ((_STRENGTH, _SECONDARY), (_NORMALIZE, _ON)):
        set_one(collator, attribute, value, ctypes.byref(status))
    collate = getattr(library, f"ucol_strcollUTF8{suffix}")
    collate.restype = ctypes.c_int
    collate.argtypes = [
        ctypes.c_void_p,
        ctypes.c_char_p,
        ctypes.c_int32,
        ctypes.c_char_p,
        ctypes.c_int32,
        ctypes.POINTER(ctypes.c_int),
    ]

    def compare(one: str, other: str) -> int:
        found = ctypes.c_int(0)
        result: int = collate(collator, one.encode(), -1, other.encode(), -1, ctypes.byref(found))
        if found.value > 0:
            raise OSError(f"ICU: {found.value}")
        return result

    return compare


def _library() -> tuple[ctypes.CDLL, str]:
    """The library and what its names end in: ``_73``; the one of Windows has plain names."""
    if sys.platform == "win32":
        return ctypes.CDLL("icu.dll"), ""
    spec = importlib.util.find_spec("PySide6")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    found = sorted(Path(next(iter(spec.submodule_search_locations)), "Qt", "lib").glob("libicui18n.so.*"))
    for name in ("libicudata", "libicuuc"):  # what the collation stands on, from the same place
        ctypes.CDLL(str(found[0]).replace("libicui18n", name), mode=ctypes.RTLD_GLOBAL)
    number = re.search(r"\d+", found[0].suffix)
    assert number is not None
    return ctypes.CDLL(str(found[0])), f"_{number[0]}"
