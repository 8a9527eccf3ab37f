"""Reader for ``.html``: web pages, and the pages that Word, WPS, Excel and budget systems save under other names.

The tags are cut by Python's own parser; what HTML leaves unsaid (cells and rows end where the next begin) is known
here. A cell with a row span is an empty text in the rows below, as in the other kinds of files.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser

from perfcheck.errors import UnreadableSourceError
from perfcheck.patterns import compiled
from perfcheck.reading.canonical_text import CanonicalText
from perfcheck.reading.encoding import decode
from perfcheck.reading.own_files import refuse_own_page
from perfcheck.reading.spanned_table import Cell, Table, Writer
from perfcheck.source import Remark, SourceText

NOT_SHOWN = frozenset("head script style template noscript select option object svg title del".split())
NO_CONTENT = frozenset("area base br col embed hr img input link meta param source track wbr".split())
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr legend li main nav ol p pre section ul".split()
)
"""Elements that begin and end a line."""
TABLE = frozenset("table thead tbody tfoot tr td th".split())
ENDED_BY = {
    "p": BLOCKS | TABLE, "li": {"li"}, "tr": {"tr"}, "td": {"td", "th", "tr"}, "th": {"td", "th", "tr"},
}  # fmt: skip
"""Element -> what ends it without its end tag."""
DEEPEST = 20
"""Tables inside tables; what stands in deeper ones is read as text of the cell."""
MOST_COLUMNS, MOST_ROWS = 1000, 65534
"""The largest spans HTML knows."""
LARGEST = 20_000_000
ENCODINGS = {
    "utf-8": "utf-8", "utf8": "utf-8", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb18030": "gb18030",
    "big5": "big5",
}  # fmt: skip
"""Name of an encoding in a page -> the one to read it by."""

CHANGED = Remark(
    "文件里有标记为删除的文字；检查时没有计入。", "The file has text marked as deleted; it was not checked."
)
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""")
_HIDDEN = compiled(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_BETWEEN_WIDE = compiled(f"(?<=[{_WIDE}])[ \t\f]*\n\\s*(?=[{_WIDE}])")
_SECTION = compiled(r"<!\[[^>]*>")
_OPEN_TAG = compiled("<[A-Za-z/][^<>\"']*(?=<)")
_TAG_BEGINS = compiled("<[A-Za-z/!?]")
_SPACES = compiled("[ \t\f\n\r]+")


def read_html(path: str, data: bytes, is_landmark: Callable[[str], bool]) -> SourceText:
    """Read one page; raises :class:`UnreadableSourceError`."""
    if len(data) > LARGEST:
        raise UnreadableSourceError("网页大得不正常，没有打开。", "The page is abnormally large and was not opened.")
    decoded = _decoded(data)
    refuse_own_page(decoded)
    page = _Page()
    page.take(decoded)
    text = CanonicalText()
    Writer(text, is_landmark).blocks(page.finished())
    source = text.source(path, "html", [CHANGED] if page.changed else [])
    if not source.blocks:
        raise UnreadableSourceError("文件是空的，没有可检查的内容。", "The file is empty; there is nothing to check.")
    return source


def _decoded(data: bytes) -> str:
    """The page as text: by the encoding it names, where that fits, else by what it looks like."""
    named = _CHARSET.search(data[:4096])
    encoding = ENCODINGS.get(named.group(1).decode("ascii").lower()) if named else None
    if encoding and b"\0" not in data and not data.startswith(b"\xef\xbb\xbf"):
        try:
            return data.decode(encoding)
        except UnicodeError:
            pass
    return decode(data)[0]


class _Page(HTMLParser):
    """Collects the lines and tables of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.changed = False
        self._root = Cell()
        self._tables: list[Table] = []
        self._cells: list[Cell | None] = []
        """For each open table the open cell."""
        self._too_deep = 0
        self._line: list[str] = []
        self._skipped: list[str] = []
        """Names of the elements open inside one that is not shown, and that one."""
        self._lists: list[list[int | str]] = []

    def take(self, text: str) -> None:
        """Read a whole page.

        What was opened and never closed at its end goes first: a comment, a tag. Python's parser would look for their
        ends again and again, and stumbles over the sections (``<![if …]>``) Word writes.
        """
        comment = text.find("<!--", text.rfind("-->") + 1)
        text = _SECTION.sub("", text if comment < 0 else text[:comment])
        text = _OPEN_TAG.sub(r"\g<0>>", text)
        end = text.rfind(">") + 1
        self.feed(text[:end])
        self.close()
        opened = _TAG_BEGINS.search(text, end)
        self.handle_data(unescape(text[end : opened.start() if opened else len(text)]))

    def finished(self) -> list[str | Table]:
        """The content of the page, whatever was left open closed."""
        self._flush()
        return self._root.content

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._skipped:
            if len(self._skipped) > 1 or tag not in ENDED_BY.get(self._skipped[0], ()):
                if tag in (self._skipped[0], "table"):
                    self._skipped.append(tag)
                return
            self._skipped = []
        if tag not in NO_CONTENT and (
            tag in NOT_SHOWN or "hidden" in given or _HIDDEN.search(given.get("style") or "")
        ):
            self.changed = self.changed or tag == "del"
            if tag == "body":
                return
            if tag in ("td", "th"):
                self._flush()  # a hidden cell is no cell; what is open ends here all the same
            self._skipped = [tag]
        elif tag == "br":
            self._line.append("\v")
        elif tag == "input" and (given.get("type") or "text").lower() in ("text", "number", "date"):
            self._line.append(given.get("value") or "")
        elif tag in TABLE:
            self._table_tag(tag, given)
        elif tag in BLOCKS:
            self._flush()
            if tag in ("ol", "ul"):
                start = given.get("start") or "1"
                self._lists.append([int(start) if start.isdecimal() else 1, tag, given.get("type") or "1"])
            elif tag == "li" and self._lists and self._lists[-1][1] == "ol":
                self._line.append(_item_number(self._lists[-1]))

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            if tag == self._skipped[-1]:
                self._skipped.pop()
            elif len(self._skipped) == 1 and tag in TABLE and tag != self._skipped[0]:
                self._skipped = []  # its end was forgotten
                self.handle_endtag(tag)
            return
        if tag in ("td", "th"):
            self._end_cell()
        elif tag == "table":
            if self._too_deep:
                self._too_deep -= 1
            elif self._tables:
                self._end_cell()
                self._tables.pop()
                self._cells.pop()
        elif tag in BLOCKS or tag in ("tr", "thead", "tbody", "tfoot"):
            self._flush()
            if tag in ("ol", "ul") and self._lists:
                self._lists.pop()

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._line.append(data)

    def _table_tag(self, tag: str, given: dict[str, str | None]) -> None:
        self._flush()
        if tag == "table":
            if len(self._tables) >= DEEPEST:
                self._too_deep += 1
                return
            table = Table()
            self._open().content.append(table)
            self._tables.append(table)
            self._cells.append(None)
        elif self._tables and not self._too_deep:
            self._end_cell()
            if tag == "tr":
                self._tables[-1].rows.append([])
            elif tag in ("td", "th"):
                cell = Cell(_span(given.get("colspan"), MOST_COLUMNS), _span(given.get("rowspan"), MOST_ROWS))
                if not self._tables[-1].rows:
                    self._tables[-1].rows.append([])
                self._tables[-1].rows[-1].append(cell)
                self._cells[-1] = cell

    def _end_cell(self) -> None:
        self._flush()
        if self._cells and not self._too_deep:
            self._cells[-1] = None

    def _open(self) -> Cell:
        """What text goes into: the open cell, or what the table stands in where it is between cells."""
        return next((cell for cell in reversed(self._cells) if cell is not None), self._root)

    def _flush(self) -> None:
        if not self._line:
            return
        text = "".join(self._line)
        self._line = []
        text = _BETWEEN_WIDE.sub("", text)
        text = _SPACES.sub(" ", text).strip(" ")
        if text:
            lines = text.replace("\xa0", " ").split("\v")
            if len(lines) > 1 and not lines[-1].strip():
                lines.pop()  # a break at the end of a line makes no line
            self._open().content.extend(line.strip() for line in lines)


def _span(text: str | None, most: int) -> int:
    """A span as given; 0 means to the end of the table."""
    if text is None or not text.strip().isdecimal():
        return 1
    return min(int(text.strip()[:6]) or most, most)


def _item_number(numbered: list[int | str]) -> str:
    """What stands in front of an item of a numbered list."""
    count = int(numbered[0])
    numbered[0] = count + 1
    if numbered[2] in ("a", "A") and count <= 26:
        return f"{chr(ord(str(numbered[2])) + count - 1)}."
    return f"{count}."
