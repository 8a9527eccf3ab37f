"""How a rule's findings are mended: ``fix`` of a rule file, the name of a fixer with its options."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from perfcheck.rulebook.options import convert_options

Change = tuple[int, int, str]
"""Characters from and to, counted in the text of the place, and what should stand there."""
Fixer = Callable[[str, "tuple[int, int]", Mapping[str, Any]], Iterable[Change]]
"""Takes the text of a place, the characters concerned and the values of the fact; gives changes, or none."""


class Fix:
    """A fixer with its options, made when the first finding asks for it."""

    __slots__ = ("_made", "_makers", "doubtful", "fixer", "options", "safe")

    def __init__(
        self,
        fixer: str,
        options: Mapping[str, Any],
        safe: bool,
        doubtful: str,
        makers: Callable[[], Mapping[str, Callable[..., Fixer]]],
    ) -> None:
        self.fixer = fixer
        self.options = options
        self.safe = safe
        """Whether it mends without a person's judgement."""
        self.doubtful = doubtful
        """A value of the fact that, where it is true, asks for judgement all the same; empty for none."""
        self._makers = makers
        self._made: Fixer | None = None

    def make(self) -> Fixer:
        """The fixer itself; raises :class:`~perfcheck.rulebook.options.OptionError` for options it does not take."""
        if self._made is None:
            maker = self._makers()[self.fixer]
            self._made = maker(**convert_options(maker, dict(self.options)))
        return self._made

    def is_safe(self, values: Mapping[str, Any]) -> bool:
        """Whether a fact with ``values`` is mended without a person's judgement."""
        return self.safe and not (self.doubtful and values.get(self.doubtful))
