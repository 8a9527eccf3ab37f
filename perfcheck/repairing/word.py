"""Hunks brought into a Word file as tracked changes, for a person to accept or reject.

Format: ISO/IEC 29500-1, section 17.13.5. The runs concerned are cut at the byte where a change begins and ends; every
other byte of the main part, and every other part of the package, is as it was. No XML is written anew.
"""

from __future__ import annotations

import datetime
import io
import os
import re
import zipfile
from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice, takewhile
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from perfcheck.named_tuples import NamedTuple
from perfcheck.reading.docx import main_part
from perfcheck.reading.docx_names import child_of, name_of
from perfcheck.reading.docx_numbering import Numbering
from perfcheck.reading.package import Package
from perfcheck.repairing.draft import Hunk, NotMendable
from perfcheck.repairing.word_text import MarkedTree, Stretch, stretches_of

AUTHOR = "perfcheck"
_ID = re.compile(rb"(?<=[\s])[\w.-]+:id=(?:\"(\d+)\"|'(\d+)')")
_DECLARED = re.compile(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding=[\"']([^\"']+)[\"']")


NO_PLAIN_TEXT = NotMendable(
    "这里是自动编号、换行或域，不是可以直接改的文字", "an automatic number, line break or field stands here"
)
IN_CHANGE = NotMendable(
    "这里在别人的修订里面，请先接受或拒绝修订", "a tracked change stands here; accept or reject it first"
)


class Cut(NamedTuple):
    """In the text of one element: characters to take out, and what to put in behind them."""

    start: int
    end: int
    new: str


def mend_docx(data: bytes, hunks: Sequence[Hunk]) -> bytes:
    """The Word file ``data`` with ``hunks`` as tracked changes by perfcheck.

    Raises :class:`NotMendable` for a hunk where there is no plain text to change, :class:`UnreadableSourceError` for
    files that cannot be opened.
    """
    package = Package(data)
    main = main_part(package)
    part = package.read(main)
    declared = _DECLARED.match(part)
    if part[:2] in (b"\xff\xfe", b"\xfe\xff") or (declared and declared.group(1).lower() != b"utf-8"):
        raise NotMendable(
            "文件内部不是 UTF-8 编码，请在 Word 里另存一次", "its main part is not UTF-8; save it anew in Word"
        )
    tree = MarkedTree(part)
    _, stretches = stretches_of(tree, Numbering.of(package, main.rpartition("/")[0]))
    cuts: dict[Element, list[Cut]] = {}
    for hunk in hunks:
        for element, cut in _cuts(hunk, stretches):
            cuts.setdefault(element, []).append(cut)
    writer = _Writer(tree)
    for run in dict.fromkeys(tree.parent_of[element] for element in cuts):
        if name_of(run) != "r":
            raise NO_PLAIN_TEXT
        writer.rewrite(run, cuts)
    return _repacked(data, main, writer.written())


def _cuts(hunk: Hunk, stretches: Sequence[Stretch]) -> list[tuple[Element, Cut]]:
    """What a hunk means for the elements its characters come from; what is new goes into the first of them."""
    first = bisect_left(stretches, hunk.start, key=lambda each: each.end)
    near = list(takewhile(lambda each: each.start <= hunk.end, islice(stretches, first, None)))
    inside = [each for each in near if each.start < hunk.end and hunk.start < each.end]
    if hunk.start == hunk.end:
        # behind the character before it, so that it looks like that one
        inside = [each for each in near if each.start < hunk.start and _is_text(each)][-1:]
        inside = inside or [each for each in near if each.start == hunk.start and _is_text(each)][:1]
    covered = sum(min(each.end, hunk.end) - max(each.start, hunk.start) for each in inside)
    if not inside or covered != hunk.end - hunk.start or not all(map(_is_text, inside)):
        raise NO_PLAIN_TEXT
    found = []
    new = hunk.new
    for each in inside:
        assert each.element is not None
        shift = each.offset - each.start
        found.append((each.element, Cut(max(each.start, hunk.start) + shift, min(each.end, hunk.end) + shift, new)))
        new = ""
    return found


def _is_text(stretch: Stretch) -> bool:
    return stretch.element is not None and name_of(stretch.element) == "t"


class _Writer:
    """Takes the runs that change one by one and gives the main part anew."""

    def __init__(self, tree: MarkedTree) -> None:
        self._tree = tree
        self._part = tree.data
        self._replaced: list[tuple[int, int, bytes]] = []
        self._last_id = max((int(one or two) for one, two in _ID.findall(tree.data)), default=0)
        self._date = _now()

    def written(self) -> bytes:
        """The whole part."""
        made: list[bytes] = []
        at = 0
        for start, end, new in sorted(self._replaced):
            if start < at:
                raise NO_PLAIN_TEXT  # a text box whose own run changes, too
            made += (self._part[at:start], new)
            at = end
        return b"".join((*made, self._part[at:]))

    def rewrite(self, run: Element, cuts: dict[Element, list[Cut]]) -> None:
        """Cut up one run for the changes of its texts."""
        where = self._tree.bytes_of[run]
        prefix = _prefix(self._part[where.start : where.inside])
        head = self._part[where.start : where.inside]
        properties = child_of(run, "rPr")
        style = b"" if properties is None else self._bytes(properties)
        insertion = self._insertion_around(run)
        chunks: list[bytes] = []
        kept = b""
        tail = b"</" + prefix + b"r>"

        def keep() -> None:
            nonlocal kept
            if kept:
                chunks.append(head + style + kept + tail)
            kept = b""

        for child in run:
            if child is properties:
                continue
            if child not in cuts:
                kept += self._bytes(child)
                continue
            text = child.text or ""
            at = 0
            for cut in sorted(cuts[child]):
                kept += _text(prefix, b"t", text[at : cut.start])
                keep()
                if cut.end > cut.start:
                    gone = head + style + _text(prefix, b"delText", text[cut.start : cut.end]) + tail
                    chunks.append(self._change(prefix, b"del", gone))
                if cut.new:
                    new = self._change(prefix, b"ins", head + style + _text(prefix, b"t", cut.new) + tail)
                    chunks.append(new if insertion is None else self._outside(insertion, new))
                at = cut.end
            kept += _text(prefix, b"t", text[at:])
        keep()
        self._replaced.append((where.start, where.end, b"".join(chunks)))

    def _bytes(self, element: Element) -> bytes:
        where = self._tree.bytes_of[element]
        return self._part[where.start : where.end]

    def _change(self, prefix: bytes, name: bytes, inside: bytes) -> bytes:
        tag = b'%s%s %sid="%d" %sauthor="%s" %sdate="%s"' % (
            prefix, name, prefix, self._next_id(), prefix, AUTHOR.encode(), prefix, self._date,
        )  # fmt: skip
        return b"<" + tag + b">" + inside + b"</" + prefix + name + b">"

    def _next_id(self) -> int:
        self._last_id += 1
        return self._last_id

    def _insertion_around(self, run: Element) -> Element | None:
        """The insertion, not accepted so far, that a run stands in; raises :class:`NotMendable` in other changes."""
        parent = self._tree.parent_of[run]
        if name_of(parent) == "ins":
            return parent
        above: Element | None = parent
        while above is not None and name_of(above) != "p":
            if name_of(above) in ("ins", "moveTo"):
                raise IN_CHANGE
            above = self._tree.parent_of.get(above)
        return None

    def _outside(self, insertion: Element, new: bytes) -> bytes:
        """``new`` beside the insertion it stands in, which ends before it and goes on behind it."""
        where = self._tree.bytes_of[insertion]
        head = self._part[where.start : where.inside]
        close = self._part[where.outside : where.end]
        again = _ID.sub(lambda found: re.sub(rb"\d+", b"%d" % self._next_id(), found.group(), count=1), head, count=1)
        return close + new + again


def _prefix(tag: bytes) -> bytes:
    name = re.match(rb"<([^\s/>]+)", tag)
    before = name.group(1).rpartition(b":")[0] if name else b""
    if not before:
        raise NotMendable("文件内部的写法少见，请在 Word 里另存一次", "its XML has no prefix; save it anew in Word")
    return before + b":"


def _text(prefix: bytes, name: bytes, text: str) -> bytes:
    if not text:
        return b""
    tag = prefix + name
    return b"<" + tag + b' xml:space="preserve">' + escape(text).encode() + b"</" + tag + b">"


def _now() -> bytes:
    """The date of a change; that of the environment where builds are to be the same (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    utc = datetime.timezone.utc
    moment = datetime.datetime.fromtimestamp(int(epoch), utc) if epoch.isdecimal() else datetime.datetime.now(utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()


def _repacked(data: bytes, main: str, part: bytes) -> bytes:
    """The package with another main part, all other parts in their order as they were."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as out:
        out.comment = old.comment
        for info in old.infolist():
            out.writestr(info, part if info.filename == main else old.read(info), info.compress_type)
    return made.getvalue()
