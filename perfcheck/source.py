"""A document as it was read: paragraphs and table rows in order, each remembering its place.

Readers make these values and the parser consumes them; nothing here knows labels of the form.
Lines and columns count from 1, columns in Unicode code points, as SARIF's ``unicodeCodePoints`` does.
"""

from collections.abc import Mapping, Sequence

from perfcheck.named_tuples import NamedTuple


class Span(NamedTuple):
    """A stretch of the canonical text, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Origin(NamedTuple):
    """Where something stands in a file that is no plain text, counted from 1 as a person would."""

    page: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    """In a spreadsheet the column of the sheet, else the cell of its row."""
    paragraph: int | None = None


class Place(NamedTuple):
    """Where a person finds something: the span in the text, and where that came from in other kinds of files."""

    span: Span
    origin: Origin | None = None


class Block:
    """Base of paragraphs and rows; also what the parser takes as a token.

    ``type`` names the grammar terminal. The reader leaves it empty, the row lexer fills it in. The other
    class attributes are the position fields Lark asks of its last token.
    """

    __slots__ = ("line", "type")
    type: str
    line: int
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    start_pos: int | None = None
    end_pos: int | None = None


class Paragraph(Block):
    """One line of running text outside tables, residue removed; ``column`` is where it starts.

    ``origin`` is where it stands in a file that is no plain text.
    """

    __slots__ = ("column", "origin", "text")

    def __init__(self, text: str, line: int, column: int = 1, origin: Origin | None = None) -> None:
        self.type = ""
        self.origin = origin
        self.text = text
        self.line = line
        self.column = column

    def __repr__(self) -> str:
        return f"Paragraph({self.type} {self.line}:{self.column} {self.text!r})"


class Row(Block):
    """One table row: its cells as they stand in the file, inner line breaks and outer spaces kept.

    ``line`` is the line of the first cell. In the extracted layout a cell begins with a tab on a line of its
    own, so the place of any cell follows from the line breaks in front of it and is worked out on demand.
    ``origins`` are the places of the cells in a file that is no plain text.
    """

    __slots__ = ("cells", "origins")

    def __init__(self, cells: list[str], line: int, origins: Sequence[Origin] | None = None) -> None:
        self.type = ""
        self.origins = origins
        self.cells = cells
        self.line = line

    def cell_line(self, index: int) -> int:
        """The line on which cell ``index`` starts."""
        return self.line + index + ("".join(self.cells[:index]).count("\n") if index else 0)

    @property
    def first_filled_line(self) -> int:
        """The line of the first cell that is not blank; of the first cell when all are."""
        for index, cell in enumerate(self.cells):
            if cell and not cell.isspace():
                return self.cell_line(index)
        return self.line

    def __repr__(self) -> str:
        return f"Row({self.type} {self.line} {self.cells!r})"


class Remark(NamedTuple):
    """Something about the file the user should know, in Chinese and English; it is no finding."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The words in ``zh`` or ``en``."""
        return self.en if language == "en" else self.zh


class Residue(NamedTuple):
    """Something the extraction left behind, set aside and never reported."""

    kind: str
    text: str
    line: int


class SourceText(NamedTuple):
    """A document as read: its canonical text, its blocks in order and what was set aside."""

    path: str
    text: str
    blocks: list[Paragraph | Row]
    residue: list[Residue]
    encoding: str
    """Of a plain text; of other files their kind."""
    remarks: tuple[Remark, ...] = ()
    dropped: Mapping[int, tuple[int, ...]] = {}
    """Line -> columns at which the file has characters of zero width, which ``text`` has not; of a plain text alone."""
