"""The spending plan: periods of its header joined with the values of its second row."""

from __future__ import annotations

from decimal import Decimal
from typing import Sequence

from perfcheck.model.document import Anchor, Fault, Funding, Installment, SpendingPlan
from perfcheck.model.target import Amount
from perfcheck.parsing.row_layout import RowLayouts
from perfcheck.parsing.target_parser import TargetParser
from perfcheck.source import Row

WHOLE = Decimal(100)


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
    project's budget and is not 100: then amounts were filled in.
    """
    header = values = None
    for row in rows:
        if row.type == "PLAN_HEADER":
            header = header or row
        else:
            values = values or row
    dues: Sequence[str] = ()
    in_money = False
    if header is not None:
        anchors["spending_plan"] = (header, 0)
        dues, in_money = layouts.periods(tuple(header.cells))
    if values is None:
        return SpendingPlan(tuple(Installment(due, "", None, None, 0) for due in dues), in_money, in_money)
    anchors["plan_values"] = (values, 0)
    if header is None:
        anchors["spending_plan"] = (values, 0)
    texts = [cell.strip() for cell in values.cells]
    offset = len(texts) - len(dues)
    if not dues:
        dues, offset = [""] * (len(texts) - 1), 1
    elif offset != 1 or texts[0]:
        if not any(texts):
            texts, offset = [""] * (len(dues) + 1), 1
        elif offset not in (0, 1) or not texts[0]:
            filled = sum(map(bool, texts))
            faults.append(Fault("plan_values", project, (values, 0), str(filled), (str(len(dues)),)))
            return SpendingPlan((), in_money, in_money)
    amount_of = targets.amount
    amounts = [amount_of(text) for text in texts[offset:]]
    in_amounts = in_money or _are_amounts(amounts, funding)
    installments = []
    cell = offset
    for due, amount in zip(dues, amounts):
        number = amount.number
        percent = money = None
        if in_amounts:
            money = number if amount.unit != "%" else None
        elif amount.unit is None or amount.unit == "%":
            percent = number
        installments.append(Installment(due, amount.text, percent, money, cell))
        cell += 1
    return SpendingPlan(tuple(installments), in_amounts, in_money)


def _are_amounts(amounts: Sequence[Amount], funding: Funding | None) -> bool:
    last = None
    for amount in amounts:
        if amount.unit is not None:
            return amount.unit != "%"
        if amount.number is not None:
            last = amount.number
    if last is None or funding is None or funding.total is None:
        return False
    return last == funding.total.number and last != WHOLE
