"""A Word document on A4 in Chinese type: titles, lines and ruled tables, by python-docx (extra ``docx``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.shared import OxmlElement
from docx.shared import Cm, Pt, RGBColor

from perfcheck import NAME, REPORT_STATUS

SERIF, SANS, LATIN = "宋体", "黑体", "Times New Roman"
MARGIN = 2.0
BLACK = RGBColor(0, 0, 0)
LABEL_SHADE = "EDEDED"


class Page:
    """The document; what is written goes to its end."""

    def __init__(self, title: str, page_word: str) -> None:
        self._document: Any = Document()
        self._set_properties(title)
        self._set_fonts()
        self._set_paper(self._document.sections[0])
        self._number_pages(page_word)

    def title(self, text: str) -> None:
        """The title of a form."""
        paragraph = self._document.add_paragraph(text, style="Title")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def heading(self, text: str) -> None:
        """The heading of a part of a form, kept with what follows."""
        self._document.add_paragraph(text, style="Heading 1")

    def line(self, text: str, bold: bool = False, small: bool = False) -> None:
        """A line of text."""
        paragraph = self._document.add_paragraph()
        run = paragraph.add_run(text)
        run.bold = bold or None
        if small:
            run.font.size = Pt(9)

    def table(self, widths: Sequence[float], head: Sequence[str] = ()) -> Table:
        """A ruled table with columns of ``widths`` centimetres; its ``head`` comes again on every page."""
        return Table(self._document, widths, head)

    def next_form(self) -> None:
        """Begin a new page, numbered from one: each form is signed by itself."""
        self._document.add_section(WD_SECTION.NEW_PAGE)

    def save(self, stream: Any) -> None:
        """Write the file."""
        self._document.save(stream)

    def _set_properties(self, title: str) -> None:
        properties = self._document.core_properties
        properties.title, properties.author, properties.comments = title, NAME, ""
        properties.content_status = REPORT_STATUS

    def _set_fonts(self) -> None:
        styles = self._document.styles
        for name, east_asian, size, bold in (
            ("Normal", SERIF, 10.5, False),
            ("Title", SANS, 18, False),
            ("Heading 1", SANS, 12, False),
        ):
            style = styles[name]
            style.font.size, style.font.bold, style.font.color.rgb = Pt(size), bold, BLACK
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for attribute in list(fonts.attrib):  # the template's own go by theme and would win
                del fonts.attrib[attribute]
            for kind, font in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", east_asian)):
                fonts.set(qn("w:" + kind), font)
            spacing = style.paragraph_format
            spacing.space_before = Pt(10 if name == "Heading 1" else 0)
            spacing.space_after = Pt(4)
            borders = style.element.pPr.find(qn("w:pBdr"))
            if borders is not None:  # the line below the template's title
                style.element.pPr.remove(borders)

    @staticmethod
    def _set_paper(section: Any) -> None:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN)
        numbering = OxmlElement("w:pgNumType")
        numbering.set(qn("w:start"), "1")
        section._sectPr.find(qn("w:pgMar")).addnext(numbering)

    def _number_pages(self, word: str) -> None:
        paragraph = self._document.sections[0].footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        before, _, after = word.partition("#")
        paragraph.add_run(before)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        paragraph._p.append(field)
        field.append(paragraph.add_run("1")._r)  # shown until a program counts the pages
        paragraph.add_run(after)


class Table:
    """A ruled table of fixed column widths."""

    def __init__(self, document: Any, widths: Sequence[float], head: Sequence[str]) -> None:
        self._widths = [Cm(width) for width in widths]
        self._table = document.add_table(rows=0, cols=len(widths), style="Table Grid")
        self._table.autofit = False
        self._table.alignment = WD_TABLE_ALIGNMENT.CENTER
        for column, width in zip(self._table.columns, self._widths):
            column.width = width
        if head:
            row = self.row(head, labels=range(len(head)))
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    def row(self, cells: Sequence[str], labels: Sequence[int] = (), lines: int = 1) -> Any:
        """A row that is not broken over pages, ``labels`` shaded, at least as high as ``lines``."""
        row = self._table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if lines > 1:
            row.height = Pt(16 * lines)
        for index, (cell, text, width) in enumerate(zip(row.cells, cells, self._widths)):
            cell.width = width
            self._fill(cell, text, index in labels)
        return row

    def wide(self, text: str, lines: int = 1) -> None:
        """A row of one cell over all columns."""
        row = self._table.add_row()
        if lines > 1:
            row.height = Pt(16 * lines)
        first, last = row.cells[0], row.cells[-1]
        self._fill(first.merge(last), text, False)

    @staticmethod
    def _fill(cell: Any, text: str, label: bool) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(text)
        run.font.size = Pt(9.5)
        if label:
            run.bold = True
            shade = OxmlElement("w:shd")
            for name, value in (("val", "clear"), ("color", "auto"), ("fill", LABEL_SHADE)):
                shade.set(qn("w:" + name), value)
            cell._tc.get_or_add_tcPr().append(shade)
