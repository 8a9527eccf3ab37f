"""The spending plan: periods of its header joined with the values of its second row."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perfcheck.model.document import Anchor, Fault, Funding, SpendingPlan
from perfcheck.model.target import NOTHING, Amount
from perfcheck.parsing.row_layout import RowLayouts
from perfcheck.parsing.target_parser import TargetParser
from perfcheck.patterns import compiled
from perfcheck.source import Row

WHOLE = Decimal(100)
_PART = compiled(r"(\d+(?:\.\d+)?)(?:/([1-9]\d?))?")


def read_spending_plan(
    rows: Sequence[Row],
    anchors: dict[str, Anchor],
    funding: Funding | None,
    project: int,
    layouts: RowLayouts,
    targets: TargetParser,
    faults: list[Fault],
) -> SpendingPlan:
    """Join the rows of one plan; a number of values that does not fit the periods is a fault and leaves it empty.

    The header says percent, so a number without a unit is a percentage, unless the last period equals the
    project's budget and is not 100: then amounts were filled in. So they were where several periods are above 100
    and the last is below the budget. Parts of one that end at one (1/4 1/2 3/4 1), or stand in between percentages, are
    read as the percentages they are.
    """
    header = values = None
    for row in rows:
        if row.type == "PLAN_HEADER":
            header = header or row
        else:
            values = values or row
    dues: tuple[str, ...] = ()
    in_money = False
    if header is not None:
        anchors["spending_plan"] = (header, 0)
        dues, in_money = layouts.periods(tuple(header.cells))
    if values is None:
        nothing = (None,) * len(dues)
        return SpendingPlan(dues, ("",) * len(dues), nothing, nothing if in_money else (), 0, in_money)
    anchors["plan_values"] = (values, 0)
    texts = [cell.strip() for cell in values.cells]
    texts = ["" if text in NOTHING else text for text in texts]
    while dues and len(texts) > len(dues) + 1 and not texts[-1]:
        texts.pop()
    dropped = 0
    while dues and len(texts) > len(dues) + 1 and not texts[0] and not texts[1]:
        del texts[0]  # a label merged over two cells
        dropped += 1
    offset = len(texts) - len(dues)
    if not dues:
        dues, offset = ("",) * (len(texts) - 1), 1
    elif offset != 1 or texts[0]:
        if not any(texts):
            texts, offset = [""] * (len(dues) + 1), 1
        elif offset not in (0, 1) or not texts[0]:
            filled = sum(map(bool, texts))
            faults.append(Fault("plan_values", project, (values, 0), str(filled), (str(len(dues)),)))
            return SpendingPlan(dues, (), (), (), 0, in_money)
    texts = texts[offset:]
    found = [targets.amount(text) for text in texts]
    numbers = tuple([amount.number for amount in found])
    if in_money or _are_amounts(found, funding):
        return SpendingPlan(dues, tuple(texts), (None,) * len(texts), numbers, offset + dropped, in_money)
    shares = _shares(texts)
    if shares:
        return SpendingPlan(dues, tuple(texts), shares, (), offset + dropped, in_money)
    if any(amount.unit is not None and amount.unit != "%" for amount in found):
        numbers = tuple([amount.number if amount.unit in (None, "%") else None for amount in found])
    if any(amount.unit == "%" for amount in found):
        numbers = _shares_among(texts, found, numbers)
    return SpendingPlan(dues, tuple(texts), numbers, (), offset + dropped, in_money)


def _shares(texts: Sequence[str]) -> tuple[Decimal | None, ...]:
    """The percentages that parts of one are, the last of which is one; nothing for any other plan."""
    found = [_PART.fullmatch(text) if text else None for text in texts]
    if not texts or not found[-1] or any(text and not part for text, part in zip(texts, found)):
        return ()
    parts = [part and Decimal(part.group(1)) / Decimal(part.group(2) or 1) for part in found]
    filled = [part for part in parts if part is not None]
    if parts[-1] != 1 or max(filled) > 1 or not any(0 < part < 1 for part in filled):
        return ()
    return tuple(None if part is None else round(part * WHOLE, 2) for part in parts)


def _shares_among(
    texts: Sequence[str], amounts: Sequence[Amount], numbers: tuple[Decimal | None, ...]
) -> tuple[Decimal | None, ...]:
    """``numbers`` with parts of one beside percentages (0.25 50% 75% 100%) as the percentages they are.

    They are such parts if they fit in between: no percentage in front is above, none behind below.
    """
    signed = [amount.number if amount.unit == "%" else None for amount in amounts]
    read = list(numbers)
    for index, text in enumerate(texts):
        part = _PART.fullmatch(text)
        share = Decimal(part.group(1)) / Decimal(part.group(2) or 1) if part else None
        if share is None or not 0 < share < 1:
            continue
        percent = round(share * WHOLE, 2)
        before = [number for number in signed[:index] if number is not None]
        behind = [number for number in signed[index + 1 :] if number is not None]
        if max(before, default=Decimal(0)) <= percent <= min(behind, default=WHOLE):
            read[index] = percent
    return tuple(read)


def _are_amounts(amounts: Sequence[Amount], funding: Funding | None) -> bool:
    last = None
    large = 0
    for amount in amounts:
        if amount.unit is not None:
            return amount.unit != "%"
        if amount.number is not None:
            last = amount.number
            large += last > WHOLE
    if last is None or funding is None or funding.total is None or funding.total.number is None:
        return False
    if last == funding.total.number:
        return last not in (WHOLE, 0)
    return large > 1 and WHOLE < last < funding.total.number
