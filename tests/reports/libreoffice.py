"""LibreOffice reads our papers, in a profile of its own. Its start is dear: many files in one call."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from sochihoi.reports.document import (
    BarChart,
    Block,
    BulletList,
    CheckBoxes,
    FigureTable,
    Heading,
    OfficialDocument,
    PageBreak,
    Paragraph,
)
from tests.reports.conftest import need

_TOP: Final = re.compile(r"\A\s*(?:DỰ THẢO\s*)?(?:\d+ *\n\s*)?(?:DỰ THẢO\s*)?")  # what stands on every page


def converted(files: Mapping[str, bytes], folder: Path, kind: str = "pdf") -> dict[str, bytes]:
    """File name to what LibreOffice makes of it. One call for all."""
    need("soffice")
    source, target = folder / "source", folder / kind
    for place in (source, target):
        place.mkdir(exist_ok=True)
    for name, content in files.items():
        (source / name).write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    paths = [str(source / name) for name in files]
    done = subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(target), *paths],
        capture_output=True,
        check=False,
        text=True,
        timeout=180,
    )
    found = {name: target / f"{Path(name).stem}.{kind}" for name in files}
    assert all(path.is_file() for path in found.values()), done.stdout + done.stderr
    return {name: path.read_bytes() for name, path in found.items()}


def text_of(pdf: bytes, folder: Path) -> str:
    """The words of a PDF as poppler reads them, without page numbers."""
    need("pdftotext")
    file = folder / "read.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True, encoding="utf-8")
    return "\n".join(_TOP.sub("", page, count=1) for page in done.stdout.split("\f"))


def together(text: str) -> str:
    """Without any spaces: lines break elsewhere in another program."""
    return "".join(text.split())


def lost_from_word(document: OfficialDocument, printed: bytes, folder: Path) -> list[str]:
    """Words of the paper that its Word document shows less often; poppler puts short last lines anywhere."""
    found = text_of(printed, folder).replace("./.", "")
    found = re.sub(r"(?<=\d–)\n(?=\d)", "", found)  # a line may end with the dash of 2025–2030
    return sorted(lost(" ".join(texts_of(document)), found)) + sorted(words_of_cells(document) - set(found.split()))


def lost_from_workbook(document: OfficialDocument, printed: bytes, folder: Path) -> list[str]:
    """Cells of the paper's tables that its workbook does not show."""
    found = together(text_of(printed, folder))
    missing = []
    for table in (block for block in all_blocks(document) if isinstance(block, FigureTable)):
        for row in table.rows:
            for at, cell in enumerate(row.cells):
                value = row.values[at] if at < len(row.values) else None
                # Numbers take the signs of the reader's own language
                text = cell if value is None else re.sub(r"[.,]", lambda sign: ",."[sign[0] == ","], cell)
                if together(text.removesuffix("\u00a0%")) not in found:
                    missing.append(cell)
    return missing


def lost(wanted: str, found: str) -> Counter[str]:
    """Words that are in the one more often than in the other."""
    return Counter(wanted.split()) - Counter(found.split())


def words_of_tables(document: OfficialDocument) -> set[str]:
    """The titles of columns, which come again on as many pages as there are."""
    tables = (block for block in all_blocks(document) if isinstance(block, FigureTable))
    return {part for table in tables for column in table.columns for part in column.title.split()}


def words_of_charts(document: OfficialDocument) -> set[str]:
    """What stands inside charts, which are pictures elsewhere."""
    found: set[str] = set()
    for block in all_blocks(document):
        if isinstance(block, BarChart):
            texts = [text for bar in block.data.bars for text in (bar.label, bar.text, bar.note)]
            texts += [block.data.target_text, "Chỉ tiêu"]
            texts += [label for _value, label in getattr(block.data, "ticks", ())]
            found |= {part for text in texts for part in (*text.split(), together(text))}
    return found


def all_blocks(document: OfficialDocument) -> list[Block]:
    """Of the body and of the annexes."""
    return [block for part in (document.body, *(annex.body for annex in document.annexes)) for block in part]


def words_of_cells(document: OfficialDocument) -> set[str]:
    """Everything in tables; lines of cells that stand side by side are read in another order by every program."""
    tables = (block for block in all_blocks(document) if isinstance(block, FigureTable))
    return {part for table in tables for row in table.rows for cell in row.cells for part in cell.split()}


def texts_of(document: OfficialDocument) -> list[str]:
    """Every text of the paper that stands in one piece: not in charts, nor in the cells of tables."""
    found = [*document.header.organ_lines, *document.header.parent_lines, document.header.number]
    found += [document.header.place_date, document.kind_title, *document.subject_lines, *document.recipients]
    found += [document.signature.on_behalf, document.signature.title, document.signature.name]
    for block in all_blocks(document):
        match block:
            case Heading():
                found.append(block.text)
            case Paragraph():
                found += [block.lead, *block.text.split("\n")]
            case BulletList():
                found += block.items
            case FigureTable():
                found.append(block.caption)
            case BarChart():
                found.append(block.caption)
            case CheckBoxes():
                found += [text for text, _ticked in block.choices]
            case PageBreak():
                pass
    found += [part for annex in document.annexes for part in (annex.title.upper(), document.annex_line)]
    return [text for text in found if text]
