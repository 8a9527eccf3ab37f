"""The spending plan: periods of its header joined with the values of its second row."""

from __future__ import annotations

from decimal import Decimal
from typing import Sequence

from perfcheck.model.document import Anchor, Fault, Funding, Installment, SpendingPlan
from perfcheck.model.target import Amount
from perfcheck.parsing.row_lexer import FormWords
from perfcheck.parsing.target_parser import TargetParser
from perfcheck.source import Row

WHOLE = Decimal(100)


def read_spending_plan(
    rows: Sequence[Row],
    anchors: dict[str, Anchor],
    funding: Funding | None,
    project: int,
    words: FormWords,
    targets: TargetParser,
    faults: list[Fault],
) -> SpendingPlan:
    """Join the rows of one plan; a number of values that does not fit the periods is a fault and leaves it empty.

    The header says percent, so a number without a unit is a percentage, unless the last period equals the
    project's budget and is not 100: then amounts were filled in.
    """
    header = next((row for row in rows if row.type == "PLAN_HEADER"), None)
    values = next((row for row in rows if row.type == "PLAN_ROW"), None)
    dues: list[str] = []
    in_money = False
    if header is not None:
        anchors["spending_plan"] = (header, 0)
        for cell in header.cells:
            label = words.label(cell)
            if label == "DUE_LABEL" or (label is None and cell.strip()):
                dues.append(cell.strip())
            elif label == "PLAN_IN_MONEY_LABEL":
                in_money = True
    if values is None:
        return SpendingPlan(tuple(Installment(due, "", None, None, 0) for due in dues), in_money)
    anchors["plan_values"] = (values, 0)
    if header is None:
        anchors["spending_plan"] = (values, 0)
    cells = values.cells
    offset = len(cells) - len(dues)
    blank = not any(cell.strip() for cell in cells)
    if dues and not blank and (offset not in (0, 1) or (offset == 0 and not cells[0].strip())):
        faults.append(
            Fault("plan_values", project, (values, 0), str(len([c for c in cells if c.strip()])), (str(len(dues)),))
        )
        return SpendingPlan((), in_money)
    if not dues:
        dues = [""] * (len(cells) - 1)
        offset = 1
    offset = max(offset, 0)
    texts = [cells[offset + index].strip() if offset + index < len(cells) else "" for index in range(len(dues))]
    amounts = [targets.amount(text) for text in texts]
    in_amounts = in_money or _are_amounts(amounts, funding)
    installments = []
    for index, (due, text, amount) in enumerate(zip(dues, texts, amounts)):
        money = amount.number if in_amounts and amount.unit != "%" else None
        percent = amount.number if not in_amounts and amount.unit in (None, "%") else None
        installments.append(Installment(due, text, percent, money, min(offset + index, len(cells) - 1)))
    return SpendingPlan(tuple(installments), in_amounts)


def _are_amounts(amounts: Sequence[Amount], funding: Funding | None) -> bool:
    filled = [amount for amount in amounts if amount.number is not None]
    if not filled or any(amount.unit == "%" for amount in filled):
        return False
    if any(amount.unit is not None for amount in filled):
        return True
    total = funding.total.number if funding is not None and funding.total else None
    last = filled[-1].number
    return total is not None and last == total and total != WHOLE
