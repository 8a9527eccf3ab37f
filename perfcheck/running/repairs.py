"""Mends documents: judges one, takes what its rules propose, and judges it again before anything is believed.

Nothing is taken that makes another finding, changes what was read of tables and rows, or does not come out of the
mended file as it was meant; it is left out and said. So a second run finds nothing more to do.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Sequence

from perfcheck.engine import Judgement, Render, judge
from perfcheck.errors import OwnReportError, PerfcheckError, UnreadableSourceError
from perfcheck.finding import Edit, Finding
from perfcheck.mending import MENDABLE
from perfcheck.messages import Messages
from perfcheck.model.document import Document
from perfcheck.named_tuples import NamedTuple
from perfcheck.parsing.document_parser import DocumentParser
from perfcheck.reading import read_bytes
from perfcheck.reading.reader import kind_of
from perfcheck.repairing import Draft, NotMendable, mended
from perfcheck.repairing.draft import overlap
from perfcheck.rulebook import Pack
from perfcheck.running.checker import Judge, refuse_lost_rows, refuse_other_texts, with_markers_found
from perfcheck.source import SourceText

Accept = Callable[[Judgement], Judgement]
MOST_ROUNDS = 60
"""A mended document is judged again until there is nothing more to mend; few need three rounds."""
AS_DOCX = UnreadableSourceError(
    "只有 .txt 和 .docx 能自动修改；请先在 Word、WPS 里另存为 .docx，再改那一份。",
    "Only .txt and .docx files can be mended; save it as .docx first and mend that.",
)


class Dropped(NamedTuple):
    """What was not mended after all, and why."""

    finding: Finding
    reason: str


class Mending(NamedTuple):
    """What became of one file."""

    path: str
    before: str
    """The canonical text as it was."""
    after: str
    data: bytes
    """The file as mended; the very bytes it had where nothing was."""
    done: tuple[Finding, ...]
    dropped: tuple[Dropped, ...]
    left: tuple[Finding, ...]
    """What could be mended still, if a person says so (``--unsafe``)."""
    waived: tuple[Finding, ...] = ()
    """What would have been mended, had nobody waived it."""


class _State(NamedTuple):
    draft: Draft
    data: bytes
    judgement: Judgement


class Mender:
    """Pack, parser and words, put together once for all files of a run."""

    def __init__(
        self,
        pack: Pack,
        words: Callable[[str], str],
        *,
        chosen: Sequence[str],
        unsafe: bool = False,
        language: str = "zh",
        year: int | None = None,
        judge_by: Judge | None = None,
        accept: Accept | None = None,
    ) -> None:
        """``judge_by`` judges otherwise than by all rules of ``pack``; ``accept`` sets aside what is waived."""
        self._pack = pack
        self._chosen = frozenset(chosen)
        self._unsafe = unsafe
        self._language = language
        self._year = year
        self._render = Messages(language, words).render
        self._parser = DocumentParser()
        self._judge = judge_by or self._by_all_rules
        self._accept = accept

    def mend(self, path: str, data: bytes) -> Mending:
        """Mend the file ``data`` called ``path``; raises :class:`UnreadableSourceError` for what cannot be."""
        if kind_of(data, path[path.rfind(".") :].lower() if "." in path else "") not in (None, "docx"):
            try:
                read_bytes(path, data, self._parser.is_landmark)
            except OwnReportError:
                raise
            except UnreadableSourceError:  # of no matter here
                pass
            raise AS_DOCX
        source, judgement = self._judged(path, data)
        if source.encoding not in MENDABLE:
            raise AS_DOCX
        first = _State(Draft(source.text), data, judgement)
        for careful in (False, True):
            last, done, dropped = self._mend(path, data, source.encoding, first, careful)
            if not _more(judgement, last.judgement):
                break
        waived = self._waived(last.judgement)
        mendable = [each for each in last.judgement.findings if each.repair is not None and self._is_chosen(each)]
        left = [each for each in mendable if each.fingerprint not in waived]
        return Mending(
            path,
            source.text,
            last.draft.text,
            last.data,
            tuple(done),
            tuple(dropped.values()),
            tuple(each for each in left if each.fingerprint not in dropped and not self._allows(each)),
            tuple(each for each in mendable if each.fingerprint in waived and self._allows(each)),
        )

    def _judged(self, path: str, data: bytes) -> tuple[SourceText, Judgement]:
        source = read_bytes(path, data, self._parser.is_landmark)
        document = self._parser.parse(source, self._year)
        refuse_other_texts(document)
        refuse_lost_rows(document)
        judgement = self._judge(document, self._render)
        if self._accept is not None:
            judgement = with_markers_found(judgement, source)
        return source, judgement

    def _waived(self, judgement: Judgement) -> frozenset[str]:
        """The fingerprints of findings that count no more."""
        accepted = () if self._accept is None else self._accept(judgement).accepted
        return frozenset(finding.fingerprint for finding in accepted)

    def _by_all_rules(self, document: Document, render: Render) -> Judgement:
        return judge(document, self._pack.rules, render, self._pack.layouts)

    def _is_chosen(self, finding: Finding) -> bool:
        return finding.rule.id in self._chosen

    def _allows(self, finding: Finding) -> bool:
        """Whether this run mends a finding."""
        repair = finding.repair
        return repair is not None and (repair.safe or self._unsafe) and self._is_chosen(finding)

    def _mend(
        self, path: str, data: bytes, kind: str, state: _State, careful: bool
    ) -> tuple[_State, list[Finding], dict[str, Dropped]]:
        """Round for round until nothing is left; ``careful`` allows no new finding, even one to be mended next."""
        done: list[Finding] = []
        dropped: dict[str, Dropped] = {}

        def tried(taken: Sequence[Finding]) -> _State | str:
            """``taken`` mended all at once, or why not."""
            try:
                draft = state.draft.edited(edit for each in taken for edit in _edits(each))
                made = mended(data, kind, draft.hunks())
                source, judgement = self._judged(path, made)
            except (NotMendable, ValueError) as error:
                return str(error)
            except PerfcheckError as error:
                return str(error)
            if source.text != draft.text:
                return "改了之后读出来不一样 / the file does not read as meant"
            more = _more(state.judgement, judgement, None if careful else self._allows)
            if more:
                return f"改了会多出问题：{'、'.join(sorted(more))} / it makes another finding"
            if _shape(judgement) != _shape(state.judgement):
                return "改了会读出不同的表 / it changes what is read of the tables"
            return _State(draft, made, judgement)

        def settle(taken: Sequence[Finding], fresh: Sequence[Finding]) -> list[Finding]:
            """As many of ``fresh`` as can be mended besides those ``taken``."""
            outcome = tried([*taken, *fresh])
            if isinstance(outcome, _State):
                return [*taken, *fresh]
            if len(fresh) == 1:
                dropped[fresh[0].fingerprint] = Dropped(fresh[0], outcome)
                return list(taken)
            middle = len(fresh) // 2
            return settle(settle(taken, fresh[:middle]), fresh[middle:])

        for _ in range(MOST_ROUNDS):
            kept = {*dropped, *self._waived(state.judgement)}
            wanted = _apart(
                state.draft,
                [each for each in state.judgement.findings if self._allows(each) and each.fingerprint not in kept],
            )
            if not wanted:
                break
            taken = settle([], wanted)
            if not taken:
                continue  # what is left was dropped; others may have given way to it
            outcome = tried(taken)
            assert isinstance(outcome, _State)  # it was tried before
            state = outcome
            done += taken
        return state, done, dropped


def _edits(finding: Finding) -> tuple[Edit, ...]:
    return finding.repair.edits if finding.repair is not None else ()


def _apart(draft: Draft, findings: Sequence[Finding]) -> list[Finding]:
    """Those of ``findings`` whose edits do not touch those of one before."""
    taken: list[tuple[int, int]] = []
    apart = []
    for finding in findings:
        places = [draft.span_of(edit) for edit in _edits(finding)]
        if not any(overlap(place, other) for place in places for other in _beside(place, taken)):
            for place in places:
                insort(taken, place)
            apart.append(finding)
    return apart


def _beside(place: tuple[int, int], taken: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """Those of ``taken``, which are in order and apart, that ``place`` may touch."""
    at = bisect_left(taken, place)
    return taken[max(at - 1, 0) : at + 1]


def _more(before: Judgement, after: Judgement, next_round: Callable[[Finding], bool] | None = None) -> set[str]:
    """The rules that find more ``after``, but for what the ``next_round`` mends, and those that could not be run."""
    counts = Counter(finding.rule.id for finding in before.findings)
    now = Counter(finding.rule.id for finding in after.findings if next_round is None or not next_round(finding))
    failed = {item.rule_id or "" for item in after.not_checked} - {item.rule_id or "" for item in before.not_checked}
    return {rule_id for rule_id, count in now.items() if count > counts[rule_id]} | failed


def _shape(judgement: Judgement) -> tuple[object, ...]:
    return judgement.projects, judgement.indicators, judgement.budget_year, judgement.layout and judgement.layout.ids
