"""The catalogues: ``build`` them, ``check`` them against the code, ``extract`` a template.

Vietnamese is kept by hand in ``i18n/vi/<part>.po``, one file a part, and merged into one compiled catalogue in the
ignored folder ``resources/built``. The template is made there too: kept in the repository it would conflict with
every change of a sentence.
"""

from __future__ import annotations

import re
import string
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
_QT_CLASS = re.compile(r"Q[A-Z]\w*")  # Qt's own texts are asked for under the name of Qt's class, not by our code
_SHOUT = re.compile(r"!(\s|$)")

Key = tuple[str | None, str]  # context, English text (its singular)


@dataclass(frozen=True, slots=True)
class Places:
    """Where things lie; tests point it elsewhere."""

    code: Path
    words: Path
    alike: Path
    built: Path


def here(root: Path = ROOT) -> Places:
    """The places of a source tree."""
    built = root / "resources" / "built"
    return Places(root / "desktop" / "sochihoi", root / "i18n" / "vi", root / "i18n" / "alike.txt", built)


def template(places: Places) -> Catalog:
    """All sentences of the code. Raises ``SyntaxError`` for a file that is not Python."""
    catalog = Catalog(project="sochihoi", version="0", charset="utf-8")
    found = extract_from_dir(
        places.code, [("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    )
    for name, line, text, comments, context in found:
        catalog.add(text, None, [(f"sochihoi/{name}", line)], auto_comments=comments, context=context)
    return catalog


def key_of(message: Message) -> Key:
    """A message's name: context and singular."""
    text = message.id if isinstance(message.id, str) else message.id[0]
    return message.context, text


def read_part(file: Path) -> Catalog:
    """One hand-kept file. Raises ``PoFileError``, ``ValueError``."""
    with file.open("rb") as stream:
        return read_po(stream, locale="vi", abort_invalid=True)


def parts(places: Places) -> list[Path]:
    """The hand-kept files in order."""
    return sorted(places.words.glob("*.po"))


def build(places: Places) -> int:
    """Merge all parts into one compiled catalogue. How many sentences."""
    merged = Catalog(locale="vi", project="sochihoi", version="0", charset="utf-8")
    for file in parts(places):
        for message in read_part(file):
            if message.id and message.string and not message.fuzzy:
                merged.add(message.id, message.string, context=message.context)
    target = places.built / "locale" / "vi" / "LC_MESSAGES" / "sochihoi.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_suffix(".new")
    with aside.open("wb") as stream:
        write_mo(stream, merged)
    aside.replace(target)
    return len(merged)


def check(places: Places) -> list[str]:
    """Everything that is wrong, one line each; empty when the Vietnamese is complete."""
    used = {key_of(message): message for message in template(places) if message.id}
    alike = set(places.alike.read_text(encoding="utf-8").splitlines()) if places.alike.exists() else set()
    found: dict[Key, str] = {}
    problems: list[str] = []
    for file in parts(places):
        try:
            catalog = read_part(file)
        except (PoFileError, ValueError) as problem:
            problems.append(f"{file.name}: {problem}")
            continue
        problems += _of_file(file, catalog)
        for message in (m for m in catalog if m.id):
            key, where = key_of(message), f"{file.name}:{message.lineno}: {key_of(message)[1]!r}"
            if key in found:
                problems.append(f"{where} stands in {found[key]} already")
            found[key] = file.name
            if key in used:
                problems += [f"{where} {told}" for told in _of_message(message, used[key], alike)]
            elif not (message.context and _QT_CLASS.fullmatch(message.context)):
                problems.append(f"{where} is not used by the code")
    for key in used.keys() - found.keys():
        place, line = used[key].locations[0]
        problems.append(f"{place}:{line}: {key[1]!r} has no Vietnamese")
    return sorted(problems)


def _of_file(file: Path, catalog: Catalog) -> list[str]:
    problems = []
    text = file.read_text(encoding="utf-8")
    if text != unicodedata.normalize("NFC", text):
        problems.append(f"{file.name}: not in Unicode form NFC")
    if catalog.obsolete:
        problems.append(f"{file.name}: has commented-out sentences (#~)")
    written = len(re.findall(r"^msgid ", text, re.MULTILINE)) - 1  # one is the header
    if written != len([m for m in catalog if m.id]):
        problems.append(f"{file.name}: a sentence stands in it twice, or its header is missing")
    return problems


def _of_message(message: Message, source: Message, alike: set[str]) -> list[str]:
    english = [source.id] if isinstance(source.id, str) else list(source.id)
    plural = len(english) > 1
    if plural != (not isinstance(message.id, str)) or (plural and list(message.id) != english):
        return ["has another plural than the code"]
    told = [message.string] if isinstance(message.string, str) else list(message.string)
    if message.fuzzy or not told or not all(told):
        return ["is fuzzy" if message.fuzzy else "has no Vietnamese"]
    if plural and len(told) != 1:
        return ["has more than one form; Vietnamese has one (nplurals=1)"]
    problems = []
    wanted, given = _fields(english[-1]), _fields(told[0])
    if wanted is not None and wanted != given:
        problems.append(f"has placeholders {sorted(given or ())}, the code fills {sorted(wanted)}")
    if told[0] == english[0] and english[0] not in alike and _has_words(english[0]):
        problems.append("is still English (or belongs into i18n/alike.txt)")
    if (english[0] != english[0].strip()) != (told[0] != told[0].strip()):
        problems.append("differs in spaces at its ends")
    if _SHOUT.search(told[0]):
        problems.append("has an exclamation mark")
    return problems


def _fields(text: str) -> set[str] | None:
    """Names of the placeholders; ``None`` for a text that is not a format (a lone brace)."""
    try:
        return {name for _before, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return None


def _has_words(text: str) -> bool:
    """Whether anything is left to translate beside placeholders and signs."""
    return any(sign.isalpha() for sign in re.sub(r"\{[^}]*\}", "", text))


def extract(places: Places) -> Path:
    """Write the template for a translator of another language."""
    target = places.built / "sochihoi.pot"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as stream:
        write_po(stream, template(places), sort_by_file=True, width=120)
    return target


def main(arguments: list[str]) -> int:
    """``build``, ``check`` or ``extract``."""
    if arguments == ["build"]:
        print(f"vi: {build(here())} sentences")
    elif arguments == ["extract"]:
        print(extract(here()))
    elif arguments == ["check"]:
        problems = check(here())
        print("\n".join(problems) if problems else f"vi: {len(parts(here()))} files, complete")
        return 1 if problems else 0
    else:
        print("usage: catalogues.py build | check | extract", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
