"""Whether a word is a Vietnamese syllable: what tells letters of an old font from a text that is what it says.

Onsets, rhymes and the rule that a rhyme ending in a stop bears sắc or nặng are the orthography as schools teach it;
where the tone mark stands (``Hoà``, ``Hòa``) does not matter.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final


def _table(words: str) -> tuple[str, ...]:
    return tuple(words.split())


ONSETS: Final = _table("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x")
RHYMES: Final = frozenset(
    _table(
        """
    a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong
    op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh uêu ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt
    uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu
    """
    )
)
_AFTER_QU: Final = frozenset(
    _table(
        """
    a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây e en eo et ê ên êch ênh êt i ich in inh it iu
    ơ ơn ơt y ych yên yêt ynh yp yt
    """
    )
)
_STOPS: Final = ("c", "ch", "p", "t")
TONES: Final = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
STOPPED: Final = ("\u0301", "\u0323")


@cache
def is_syllable(word: str) -> bool:
    """Whether one word, in any case, is spelt as a Vietnamese syllable."""
    bare, tone = _parted(word)
    if tone is None or not bare:
        return False
    return any(
        rhyme and (tone in STOPPED or not rhyme.endswith(_STOPS))
        for onset in ("", *ONSETS)
        if bare.startswith(onset)
        for rhyme in [_rhyme(onset, bare.removeprefix(onset))]
    )


def _rhyme(onset: str, rest: str) -> str:
    """The rhyme after an onset, "" when it is none. ``gì`` and ``giếng`` are g and a rhyme with i."""
    return rest if rest in (_AFTER_QU if onset == "qu" else RHYMES) else ""


def _parted(word: str) -> tuple[str, str | None]:
    """The letters without the tone, and the tone; ``None`` for a word with two tones."""
    signs = unicodedata.normalize("NFD", word.lower())
    tones = [sign for sign in signs if sign in TONES]
    kept = [sign for sign in signs if sign not in TONES]
    bare = unicodedata.normalize("NFC", "".join(kept))
    return bare, None if len(tones) > 1 else "".join(tones)


def every_syllable() -> tuple[str, ...]:
    """Every spelling that ``is_syllable`` takes, in small letters, NFC, with the tone on one of its vowels."""
    found = []
    for onset in ("", *ONSETS):
        for rhyme in sorted(_AFTER_QU if onset == "qu" else RHYMES):
            for tone in STOPPED if rhyme.endswith(_STOPS) else TONES:
                place = _bearer(rhyme)
                toned = unicodedata.normalize("NFC", f"{rhyme[: place + 1]}{tone}{rhyme[place + 1 :]}")
                found.append(onset + toned)
    return tuple(dict.fromkeys(found))


def _bearer(rhyme: str) -> int:
    """The place of the vowel that bears the tone: one with a quality first, else the last but one before an end."""
    vowels = [place for place, sign in enumerate(rhyme) if sign in "aăâeêioôơuưy"]
    marked = [place for place in vowels if rhyme[place] in "ăâêôơư"]
    if marked:
        return marked[-1]
    closed = vowels[-1] != len(rhyme) - 1
    return vowels[-1] if closed or len(vowels) == 1 else vowels[-2]
