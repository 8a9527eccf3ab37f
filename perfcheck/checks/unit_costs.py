"""The price of one thing times how many there are, against the budget."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from perfcheck.checks.kinship import ideograph_pairs
from perfcheck.checks.presence import Judge, Percent, Read, not_empty
from perfcheck.checks.prose_prices import CountedThings
from perfcheck.checks.quantities import Count, CountReader, Money, MoneyReader, clause_around, money, run_makes, word_in
from perfcheck.checks.targets import written_twice
from perfcheck.checks.totals import class_of, plain, words_of
from perfcheck.finding import Fact
from perfcheck.memories import Remembered
from perfcheck.model.passages import PROJECT_PARTS, cell_text
from perfcheck.model.target import Comparator
from perfcheck.named_tuples import NamedTuple

AT_LEAST = (Comparator.AT_LEAST, Comparator.MORE_THAN)
AT_MOST = (Comparator.AT_MOST, Comparator.LESS_THAN)
_SLASHES = str.maketrans("／·每", "///")


class Price(NamedTuple):
    """What one ``thing`` costs, ``times`` a year; ``thing`` is empty for the price of a time alone."""

    worth: Money
    thing: str
    times: Decimal


class Prices:
    """Reads unit prices: ``things`` and ``periods`` behind a slash, or by one of ``per_words`` in the indicator."""

    def __init__(
        self,
        reader: MoneyReader,
        things: dict[str, list[str]],
        per_words: dict[str, str],
        periods: dict[str, Decimal],
        unless_words: list[str],
    ) -> None:
        self._reader = reader
        self._per_words = per_words
        self._periods = periods
        self._named = Remembered(self._named_in).__getitem__
        self._unless_words = unless_words
        self.thing_of = {word: thing for thing, words in things.items() for word in words}

    def price(self, indicator: Any) -> Price | None:
        """What ``indicator`` says one thing costs; None where it does not say so clearly."""
        target, said = indicator.target, words_of(indicator)
        unit, _, behind = (target.unit or "").translate(_SLASHES).partition("/")
        worth = self._reader.worth(unit, None)
        if worth is None or target.number is None or target.upper is not None:
            return None
        if any(other.yuan != target.number * worth for other in self._reader.find(said)):
            return None  # a scale of prices
        found = self._named(said)
        if found is None:
            return None
        named = set(found)
        for word in filter(None, behind.split("/")):
            if word not in self._periods and word not in self.thing_of:
                return None
            named.add(word if word in self._periods else self.thing_of[word])
        things = named.difference(self._periods)
        if not named or len(things) > 1:
            return None
        times = max((self._periods[period] for period in named.intersection(self._periods)), default=Decimal(1))
        return Price(money(target.number, worth), "".join(things), times)

    def _named_in(self, said: str) -> frozenset[str] | None:
        """Things and periods a text says something is the price of; None where it is no usual price."""
        if word_in(said, self._unless_words):
            return None
        return frozenset(thing for word, thing in self._per_words.items() if word in said)


def unit_cost(
    read: Read,
    *,
    units: dict[str, Decimal],
    classes: list[str],
    count_classes: list[str],
    things: dict[str, list[str]],
    any_things: list[str],
    per_words: dict[str, str],
    periods: dict[str, Decimal],
    unless_words: list[str],
    unless_prose: list[str],
    generic: list[str],
    percent: Percent,
    rounding: Decimal,
    most_times: Decimal,
    measures: dict[str, list[str]] = {},  # noqa: B006 -- never changed
    part_marks: list[str] = [],  # noqa: B006 -- never changed
    narrowing: list[str] = [],  # noqa: B006 -- never changed
    most_narrowed: Decimal = Decimal(0),
    whole_words: list[str] = [],  # noqa: B006 -- never changed
) -> Judge:
    """A unit price of ``classes`` times the one count it belongs to makes no more, nor surely less, than the budget.

    A price names one of ``things``, written in any of its words, behind a slash or by one of ``per_words``;
    ``periods`` tell how often a year it is paid, unless the indicator or the table's prose has one of
    ``unless_prose``. The count is the only one of ``count_classes`` in that unit, or in one of ``any_things`` with a
    word of the thing in its name, and speaks of the same matter: both share two characters in a row beside
    ``generic`` words; where the description of the count lists several kinds of things of which the name of the price
    has but one, it is the price of that kind. Below ``most_narrowed`` times the budget, a price whose name has a word
    of ``narrowing`` that the count's name has not is for a part of them, and so may one be where that description, or
    the prose of the table, tells the count in parts; above it only where the price is told there, too.
    Less than the budget counts only where neither count nor price can be more, the project's name speaks of that
    matter, too, nothing else is counted, and usage and goals name no sum that is a part of the budget.
    There is no difference within ``percent``, nor within what the rounding of the price makes, up to ``rounding``
    percent, unless usage or goals tell, in ``measures``, a number of the same things that makes the budget with the
    price as it is, not beside one of ``part_marks`` (其中), and nowhere that of the count. More than ``most_times`` the
    budget shows that units are mixed up. Nor is there one where usage or goals name the product in a clause with one of
    ``whole_words`` (合同价): the budget is a part of it.
    """
    not_empty("classes", classes)
    reader, in_class, counted = MoneyReader(units), frozenset(classes), frozenset(count_classes)
    prices = Prices(reader, things, per_words, periods, unless_words)
    of_anything = frozenset(any_things)
    told, kinds = CountReader(measures) if measures else None, CountedThings(things)
    pairs = Remembered[str, Any](lambda text: _pairs(text, generic)).__getitem__

    def counts(indicator: Any, thing: str) -> bool:
        target = indicator.target
        if indicator.subcategory not in counted or target.kind != "quantity" or not target.number:
            return False
        if prices.thing_of.get(target.unit) == thing:
            return True
        return target.unit in of_anything and any(word in (indicator.name or "") for word in things.get(thing, ()))

    def count_of(project: Any, price: Price, node: Any) -> Any:
        """The indicator that counts what ``price`` is for; None where there is none, or several could be it."""
        found = [other for other in project.indicators if counts(other, price.thing)]
        if len(found) != 1 or found[0].target.upper is not None or found[0].target.remainder:
            return None
        if price.thing in (found[0].name or "") and price.thing in words_of(node):
            return found[0]
        about = pairs(words_of(node))
        return None if about.isdisjoint(pairs(words_of(found[0]))) else found[0]

    def of_one_kind(node: Any, count: Any) -> bool:
        """Whether the count lists several kinds of things, and the price names but one: 检测仪、无人机、记录仪."""
        listed = [pairs(kind) for kind in (count.description or "").split("、")]
        named = pairs(node.name or "")
        meant = [not named.isdisjoint(kind) for kind in listed if kind]
        return len(meant) > 1 and any(meant) and not all(meant)

    def surely_less(project: Any, node: Any, count: Any, price: Price, budget: Decimal) -> bool:
        """Whether the money cannot all be spent: nothing bounded from below, no other cost, the whole project meant."""
        if count is None or count.target.comparator in AT_LEAST or node.target.comparator in AT_LEAST:
            return False
        for other in project.indicators:
            if other is not node and class_of(other) in in_class:
                return False
            if other is not count and other.subcategory in counted and other.target.kind == "quantity":
                return False
        sums = (found.yuan for part in PROJECT_PARTS for found in reader.find(cell_text(project, part)))
        if any(price.worth.yuan < yuan < budget for yuan in sums):
            return False
        about = pairs(words_of(node)) | pairs(words_of(count))
        return not about.isdisjoint(pairs(project.name or ""))

    def told_of(text: str, count: Any, thing: str) -> list[Count]:
        """The numbers in ``text`` that are of ``thing`` or in the unit of ``count``."""
        if told is None:
            return []
        counted = told.of_target(count.target)
        measure = counted and counted[1]
        return [each for each in told.find(text) if each.measure == measure or kinds.fits(text, each, thing)]

    def tells_other(project: Any, price: Price, count: Any, budget: Decimal) -> bool:
        """Whether the price is no rounded one: as it is, it makes the budget of a number that usage or goals tell."""
        number = budget / (price.worth.yuan * price.times)
        texts = [cell_text(project, part) for part in PROJECT_PARTS]
        found = [(text, each) for text in texts for each in told_of(text, count, price.thing)]
        if any(each.number == count.target.number for _, each in found):
            return False
        return any(each.number == number and of_same_matter(text, each, count) for text, each in found)

    def of_same_matter(text: str, number: Count, count: Any) -> bool:
        """Whether the words behind a number in its clause, or right in front, are about what ``count`` counts."""
        start, end = clause_around(text, number.start, number.end)
        if word_in(text[start:end], part_marks):
            return False
        words = pairs(text[number.end : end]) | pairs(text[start : number.start][-2:])
        return not words.isdisjoint(pairs(words_of(count)))

    def only_for_some(project: Any, node: Any, count: Any, price: Price, *, by_far: bool) -> bool:
        """Whether the price is, or may be, for a part of those that ``count`` counts; ``by_far`` if the table says so.

        That is where kinds are listed, or the parts are told with the price: 90岁以上60人，每人每月200元.
        """
        if not by_far and any(word in (node.name or "") and word not in (count.name or "") for word in narrowing):
            return True
        is_same = price.thing in (count.name or "") and price.thing in words_of(node)
        if not is_same and of_one_kind(node, count):
            return True
        texts = (count.description or "", *(cell_text(project, part) for part in PROJECT_PARTS))
        return any(
            run_makes([each.number for each in told_of(text, count, price.thing)], count.target.number)
            for text in texts
            if not by_far or any(each.yuan == price.worth.yuan for each in reader.find(text))
        )

    def judge(node: Any, document: Any) -> Fact | None:
        project = document.projects[node.project]
        price = prices.price(node) if class_of(node) in in_class else None
        budget = reader.budget(project) if price else None
        if price is None or budget is None or budget <= 0:
            return None
        count = count_of(project, price, node) if price.thing else None
        if price.thing and (count is None or written_twice(count, document)):
            return None
        number = price.times * (count.target.number if count else 1)
        product = price.worth.yuan * number
        rounded = min(price.worth.step / 2 * number, product * rounding / 100)
        off = abs(product - budget)
        if off <= budget * percent / 100:
            return None
        if off <= rounded and not (count and tells_other(project, price, count, budget)):
            return None
        if product > budget * most_times:
            return None
        if product > budget:
            if count and count.target.comparator in AT_MOST:
                return None
        elif not surely_less(project, node, count, price, budget):
            return None
        if count and only_for_some(project, node, count, price, by_far=product >= budget * most_narrowed):
            return None
        if price.times != 1:
            said = (words_of(node), *(cell_text(project, part) for part in PROJECT_PARTS))
            if any(word_in(text, unless_prose) for text in said):
                return None
        factors = [f"{plain(count.target.number)}{count.target.unit}"] if count else []
        if price.times != 1 or not count:
            factors.append(plain(price.times))
        total = project.funding.total
        unit = total.unit or project.money_unit
        values = {
            "text": node.target.text,
            "factors": " × ".join(factors),
            "product": plain(product / reader.units[unit]),
            "total": total.number,
            "unit": unit,
        }
        related = (((count, "target"), "count"),) if count else ()
        if is_whole(project, product):
            return None
        return Fact("target", values, (*related, ((project, "total"), "total")))

    def is_whole(project: Any, product: Decimal) -> bool:
        """Whether the product is the price of the whole, of which this budget pays a part."""
        for text in (cell_text(project, part) for part in PROJECT_PARTS):
            for found in reader.find(text):
                start, _ = clause_around(text, found.start, found.end)
                if found.yuan == product and word_in(text[start : found.start], whole_words):
                    return True
        return False

    return judge


def _pairs(text: str, generic: list[str]) -> set[str]:
    """Each two ideographs that stand side by side in ``text``, ``generic`` words taken out."""
    for word in generic:
        text = text.replace(word, " ")
    return ideograph_pairs(text)
