"""The file round a paper: an empty document of our own parts, and the same bytes whenever it is written."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx

from sochihoi.reports.layout import Layout
from sochihoi.reports.paper import PRODUCER, Properties
from sochihoi.reports.text import plain
from sochihoi.reports.word.styles import styles_xml

if TYPE_CHECKING:
    from docx.document import Document

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
# Said at the root: what lxml has to name by itself hangs on what else the process has read
_MORE = (
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_PARTS = ("styles", "settings", "numbering")
BULLETS = 1  # the list with dashes; numbered lists have numbers of their own

_TYPES = (
    f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
    + "".join(f'<Override PartName="/word/{part}.xml" ContentType="{_MAIN}.{part}+xml"/>' for part in _PARTS)
    + '<Override PartName="/docProps/core.xml"'
    ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    '<Override PartName="/docProps/app.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'
)
_PACKAGE = (
    f'{_HEAD}<Relationships xmlns="{_RELATIONSHIPS}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
    '<Relationship Id="rId2" Target="docProps/core.xml"'
    ' Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/relationships/extended-properties" Target="docProps/app.xml"/>'
    "</Relationships>"
)
_DOCUMENT = (
    f'{_HEAD}<Relationships xmlns="{_RELATIONSHIPS}">'
    + "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/relationships/{part}" Target="{part}.xml"/>'
        for at, part in enumerate(_PARTS, 1)
    )
    + "</Relationships>"
)
_CORE = (
    f'{_HEAD}<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_APP = f'{_HEAD}<Properties xmlns="{_OFFICE}/extended-properties"><Application>{PRODUCER}</Application></Properties>'


def _settings(tag: str) -> str:
    """Word of today, no mode of compatibility; two lines at least of a paragraph on every page."""
    modern = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (("compatibilityMode", 15), ("overrideTableStyleFontSizeAndJustification", 1))
    )
    return (
        f'{_HEAD}<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:compat>{modern}</w:compat>'
        f'<w:themeFontLang w:val="{tag}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def _numbering(first_line: int, numbered: int) -> str:
    """Dashes, and so many lists that each count from 1; all begin where the first line of a paragraph does."""

    def abstract(at: int, form: str, text: str) -> str:
        return (
            f'<w:abstractNum w:abstractNumId="{at}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
            f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="space"/><w:lvlText w:val="{text}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="{first_line}"/></w:pPr></w:lvl>'
            "</w:abstractNum>"
        )

    lists = "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for at in range(BULLETS + 1, BULLETS + 1 + numbered)
    )
    return (
        f"{_HEAD}<w:numbering {_W}>{abstract(0, 'bullet', '-')}{abstract(1, 'decimal', '%1.')}"
        f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="0"/></w:num>{lists}</w:numbering>'
    )


def blank(layout: Layout, properties: Properties, first_line: int, numbered: int) -> Document:
    """A document without a word. ``numbered``: how many numbered lists it will have; ``first_line`` in twips."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _PACKAGE,
        "docProps/core.xml": _CORE,
        "docProps/app.xml": _APP,
        "word/document.xml": f"{_HEAD}<w:document {_W} {_MORE}><w:body><w:sectPr/></w:body></w:document>",
        "word/_rels/document.xml.rels": _DOCUMENT,
        "word/styles.xml": styles_xml(layout, properties.tag),
        "word/settings.xml": _settings(properties.tag),
        "word/numbering.xml": _numbering(first_line, numbered),
    }
    file = BytesIO()
    with ZipFile(file, "w") as zipped:
        for name, text in parts.items():
            zipped.writestr(name, text)
    made = docx.Document(file)
    day = properties.made_on
    core = made.core_properties
    core.title = core.subject = plain(properties.title)[:255]
    core.author = core.last_modified_by = plain(properties.author)[:255]
    core.created = core.modified = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day, not a moment
    core.language = properties.tag
    core.keywords = ", ".join(properties.keywords)[:255]
    core.revision = 1
    return made


def packed(document: Document) -> bytes:
    """The file. A zip tells when its parts were written: here never."""
    written, out = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(_entry(name), source.read(name), ZIP_DEFLATED)
    return out.getvalue()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.create_system = 0  # the same on every system
    return entry
