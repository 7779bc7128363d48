"""The styles of a paper in Word, made from the layout's numbers alone: an officer changes one, the paper follows."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from sochihoi.reports.layout import MM, Layout
from sochihoi.reports.word.nodes import twips

FONT = "Times New Roman"
RULE_PT = 3.0  # how high the paragraph of a short line is
NATURAL = 1.15  # single spacing of Times New Roman, which Word calls 240
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style. ``size`` in points, ``None`` as its base; ``outline`` from 0; ``exact`` height of a line, or
    ``line`` in 240ths of a single one."""

    key: str
    name: str
    base: str = "Normal"
    size: float | None = None
    bold: bool = False
    italic: bool = False
    align: str = ""
    first_line: float | None = None
    before: float | None = None
    after: float | None = None
    keep_next: bool = False
    outline: int | None = None
    exact: float | None = None
    line: int | None = None
    built_in: bool = False
    ruled: bool = False

    def xml(self, rule_pt: float) -> str:
        """As it stands in the file."""
        own = f"<w:name w:val={quoteattr(self.name)}/>"
        if self.base:
            own += f'<w:basedOn w:val="{self.base}"/>'
        own += "<w:qFormat/>"
        default = ' w:default="1"' if self.key == "Normal" else ""
        custom = "" if self.built_in else ' w:customStyle="1"'
        return (
            f'<w:style w:type="paragraph"{default}{custom} w:styleId="{self.key}">{own}'
            f"<w:pPr>{self._paragraph(rule_pt)}</w:pPr><w:rPr>{self._letters()}</w:rPr></w:style>"
        )

    def _paragraph(self, rule_pt: float) -> str:
        parts = "<w:keepNext/>" if self.keep_next else ""
        if self.ruled:
            # Eighths of a point; Word draws nothing thinner than 2
            parts += (
                f'<w:pBdr><w:bottom w:val="single" w:sz="{max(round(rule_pt * 8), 2)}" w:space="0"'
                ' w:color="000000"/></w:pBdr>'
            )
        spacing = ""
        if self.before is not None:
            spacing += f' w:before="{twips(self.before)}"'
        if self.after is not None:
            spacing += f' w:after="{twips(self.after)}"'
        if self.exact is not None:
            spacing += f' w:line="{twips(self.exact)}" w:lineRule="exact"'
        elif self.line is not None:
            spacing += f' w:line="{self.line}" w:lineRule="auto"'
        parts += f"<w:spacing{spacing}/>" if spacing else ""
        if self.first_line is not None:
            parts += f'<w:ind w:firstLine="{twips(self.first_line)}"/>'
        parts += f'<w:jc w:val="{self.align}"/>' if self.align else ""
        return parts + (f'<w:outlineLvl w:val="{self.outline}"/>' if self.outline is not None else "")

    def _letters(self) -> str:
        parts = ("<w:b/><w:bCs/>" if self.bold else "") + ("<w:i/><w:iCs/>" if self.italic else "")
        if self.size is None:
            return parts
        half = round(self.size * 2)
        return f'{parts}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def _head(layout: Layout) -> list[Style]:
    return [
        Style("Nation", "Quốc hiệu", size=layout.nation_pt, bold=True, align="center"),
        Style("Motto", "Tiêu ngữ", size=layout.motto_pt, bold=True, align="center"),
        Style("Parent", "Cơ quan cấp trên", size=layout.unit_pt, align="center"),
        Style("Organ", "Tên cơ quan", size=layout.unit_pt, bold=True, align="center"),
        Style("PaperNumber", "Số, ký hiệu", size=layout.number_pt, align="center"),
        Style("PlaceDate", "Địa danh, ngày tháng", size=layout.place_date_pt, italic=True, align="center"),
        Style("Title", "Title", size=layout.kind_pt, bold=True, align="center", keep_next=True, built_in=True),
        Style("Subtitle", "Subtitle", size=layout.subject_pt, bold=True, align="center", keep_next=True, built_in=True),
        Style("Rule", "Gạch ngang", size=1, exact=RULE_PT, ruled=True),
        Style("Spacer", "Khoảng cách", size=1, after=0),
    ]


def _body(layout: Layout) -> list[Style]:
    after = layout.after_paragraph_pt
    return [
        Style(
            "BodyText",
            "Body Text",
            align="both",
            first_line=layout.first_line_mm * MM,
            after=after,
            exact=layout.body_line if layout.fixed_line_pt else None,
            line=None if layout.line_spacing == 1 else _lines(layout, layout.line_spacing),
            built_in=True,
        ),
        Style("Flush", "Đoạn không thụt dòng", "BodyText", first_line=0),
        Style("Centred", "Đoạn giữa", "Flush", align="center"),
        Style("Check", "Dòng có ô chọn", "BodyText", align="left"),
        *(
            Style(
                f"Heading{level}",
                f"heading {level}",
                "BodyText",
                bold=True,
                italic=level == 3,
                align="left",
                keep_next=True,
                outline=level - 1,
                built_in=True,
            )
            for level in (1, 2, 3)
        ),
        Style("ListBullet", "List Bullet", "BodyText", built_in=True),
        Style("ListNumber", "List Number", "BodyText", built_in=True),
        Style(
            "Caption",
            "caption",
            size=layout.caption_pt,
            bold=True,
            align="center",
            before=2 * after,  # Word takes the larger of two rooms that meet, the PDF adds them
            after=after,
            keep_next=True,
            built_in=True,
        ),
        Style("Picture", "Biểu đồ", align="center", after=after),
        Style("TableText", "Bảng: nội dung", size=layout.table_pt),
        Style("TableHead", "Bảng: đầu cột", "TableText", bold=True, align="center", keep_next=True),
        Style("TableBand", "Bảng: nhóm", "TableText", bold=True, keep_next=True),
        Style("TableTotal", "Bảng: tổng", "TableText", bold=True),
    ]


def _ending(layout: Layout) -> list[Style]:
    signed = layout.signature_pt
    return [
        Style("SignTitle", "Quyền hạn, chức vụ", size=signed, bold=True, align="center", keep_next=True),
        Style("SignName", "Họ tên người ký", size=signed, bold=True, align="center"),
        Style("RecipientsHead", "Nơi nhận", size=layout.recipients_title_pt, bold=True, italic=True, keep_next=True),
        Style("Recipients", "Nơi nhận: chi tiết", size=layout.recipients_pt),
        Style(
            "AnnexName",
            "Phụ lục: số",
            size=layout.annex_name_pt,
            bold=True,
            align="center",
            keep_next=True,
            outline=0,
        ),
        Style("AnnexTitle", "Phụ lục: tiêu đề", size=layout.annex_title_pt, bold=True, align="center", keep_next=True),
        Style("AnnexLine", "Phụ lục: kèm theo", size=layout.annex_line_pt, italic=True, align="center", keep_next=True),
        Style("Header", "header", size=layout.page_number_pt, built_in=True),
    ]


def _lines(layout: Layout, spacing: float) -> int:
    """So many single lines, in Word's measure."""
    return round(240 * spacing * layout.leading / NATURAL)


def styles_xml(layout: Layout, tag: str) -> str:
    """The whole part. ``tag``: the language of the paper, ``vi-VN``."""
    half = round(layout.body_pt * 2)
    fonts = " ".join(f'w:{name}="{FONT}"' for name in ("ascii", "hAnsi", "eastAsia", "cs"))
    line = _lines(layout, 1)
    letters = (
        f'<w:rFonts {fonts}/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
        f'<w:lang w:val="{tag}" w:eastAsia="{tag}" w:bidi="{tag}"/>'
    )
    every = [
        Style("Normal", "Normal", "", size=layout.body_pt, built_in=True),
        *_head(layout),
        *_body(layout),
        *_ending(layout),
    ]
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="{_W}"><w:docDefaults>'
        f"<w:rPrDefault><w:rPr>{letters}</w:rPr></w:rPrDefault>"
        f'<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="{line}" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>" + "".join(one.xml(layout.rule_pt) for one in every) + _TABLES + "</w:styles>"
    )


_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLES = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
    f"<w:tblPr><w:tblBorders>{_EDGES}</w:tblBorders></w:tblPr></w:style>"
)
