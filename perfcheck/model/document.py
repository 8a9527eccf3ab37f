"""The document and its parts, in the words of the form."""

from collections.abc import Mapping
from decimal import Decimal

from perfcheck.model.target import Amount, Target
from perfcheck.named_tuples import NamedTuple
from perfcheck.source import Paragraph, Row, SourceText

Anchor = Paragraph | tuple[Row, int]
"""Where a part stands: a line of running text, or a row and the index of a cell in it."""


class BudgetUnit(NamedTuple):
    """The unit that drew up the document (编制单位)."""

    code: str | None
    name: str | None


class DutyGoal(NamedTuple):
    """One item of 分项绩效目标: its name, goal and indicators as prose."""

    number: str | None
    name: str | None
    goal: str | None
    indicator: str | None
    line: int


class Section(NamedTuple):
    """One of the three sections of part one: its headings as found and its prose."""

    headings: tuple[Paragraph, ...]
    text: str | None


class DepartmentGoals(NamedTuple):
    """Part one of the document (部门整体绩效目标)."""

    headings: tuple[Paragraph, ...]
    overall_goal: Section
    duty_section: Section
    duty_goals: tuple[DutyGoal, ...]
    safeguards: Section


class Funding(NamedTuple):
    """Money of one project in ``Project.money_unit``: 预算数, 财政资金, 其他资金; None where a label is missing."""

    total: Amount | None
    fiscal: Amount | None
    other: Amount | None


class Installment(NamedTuple):
    """One period of the spending plan: cumulative percent of the budget, or an amount where amounts were filled in."""

    due: str
    text: str
    percent: Decimal | None
    amount: Decimal | None
    cell: int
    """Index of the value's cell in the plan row."""


class SpendingPlan(NamedTuple):
    """The spending plan (资金支出计划), a column for each part: rules read whole columns, of millions of plans."""

    dues: tuple[str, ...]
    texts: tuple[str, ...]
    percents: tuple[Decimal | None, ...]
    """Cumulative percent; None for blanks, for what is no percentage and throughout a plan in amounts."""
    amounts: tuple[Decimal | None, ...]
    """Amounts of money, where amounts stand in the plan; else empty."""
    first_cell: int
    """Index of the first value's cell in the plan row."""
    asks_for_money: bool
    """Whether the form's own label asks for money instead of percent."""

    @property
    def in_amounts(self) -> bool:
        """Whether amounts of money stand where the installments are."""
        return bool(self.amounts)

    @property
    def installments(self) -> tuple[Installment, ...]:
        """The periods one by one."""
        return tuple(map(self.installment, range(len(self.texts))))

    def installment(self, index: int) -> Installment:
        """The period at ``index``."""
        amount = self.amounts[index] if self.amounts else None
        cell = self.first_cell + index
        return Installment(self.dues[index], self.texts[index], self.percents[index], amount, cell)


class Indicator(NamedTuple):
    """One row of the indicator table; ``category`` is filled in from the rows above where it is merged."""

    project: int
    """Index of its project in ``Document.projects``."""
    row: Row
    columns: Mapping[str, int]
    """Field name -> index of its cell in ``row``."""
    category: str | None
    subcategory: str | None
    name: str | None
    description: str | None
    target: Target
    basis: str | None


class Project(NamedTuple):
    """One project table (预算项目绩效目标表)."""

    position: int
    """Index among the document's tables; ``number`` is what the title says."""
    number: str | None
    title: str | None
    code: str | None
    name: str | None
    unit: BudgetUnit
    money_unit: str | None
    funding: Funding | None
    usage: str | None
    spending_plan: SpendingPlan | None
    goals: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    categories: frozenset[str]
    """First-level names its indicators have."""
    subcategories: frozenset[str]
    """Second-level names its indicators have."""
    anchors: Mapping[str, Anchor]
    """Field name -> where it stands; fields whose row is missing are absent."""
    asides: tuple[Paragraph | Row, ...]
    """Lines and rows inside the table that the form has no place for."""


class PlanCell(NamedTuple):
    """One period of a project's spending plan, as a node of its own."""

    project: Project
    installment: Installment


class Fault(NamedTuple):
    """What the parser could not make sense of: the place and what the form expects there."""

    kind: str
    project: int | None
    anchor: Anchor
    found: str
    expected: tuple[str, ...]


class Evidence(NamedTuple):
    """One mention of a year: where, in what kind of place, and how much it counts."""

    year: int
    source: str
    text: str
    line: int


class BudgetYear(NamedTuple):
    """The budget year and the mentions it was found from; ``year`` is None where they do not settle it."""

    year: int | None
    evidence: tuple[Evidence, ...]


class Document(NamedTuple):
    """A whole performance-goal document."""

    source: SourceText
    unit: BudgetUnit
    budget_year: BudgetYear
    department: DepartmentGoals
    project_headings: tuple[Paragraph, ...]
    projects: tuple[Project, ...]
    preface: tuple[Paragraph, ...]
    faults: tuple[Fault, ...]
