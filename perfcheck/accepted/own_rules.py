"""Rules about waivers themselves: they hold whatever the pack, so that an expired waiver never passes in silence."""

from __future__ import annotations

from perfcheck import __version__
from perfcheck.finding import Finding, Level, Location, Step
from perfcheck.fingerprints import fingerprint_of
from perfcheck.rulebook.rule import Citation, Rule, Text
from perfcheck.source import Place, Span

_CUSTOM = Citation("perfcheck 对豁免的约定", None, None, "惯例", False)


def _rule(name: str, level: Level, title: Text, why: Text, remedy: Text) -> Rule:
    return Rule(
        id=f"waiver-{name}",
        title=title,
        category=f"waiver.{name}",
        level=level,
        confidence="high",
        since="0.1.0",
        citation=(_CUSTOM,),
        years=None,
        layouts=(),
        gives_way_to=(),
        select="waivers",
        targets=(),
        check="waiver",
        options={},
        worded=frozenset(),
        message=title,
        why=why,
        remedy=remedy,
        pack="perfcheck",
        path=f"perfcheck {__version__}",
        judge=lambda node, document: None,
        screen=None,
    )


EXPIRED = _rule(
    "expired",
    "warning",
    Text("豁免已经过期", "A waiver has expired"),
    Text("过了期限的豁免不再有效，它豁免的问题照样计入结果。", "A waiver past its day waives nothing any more."),
    Text("问题已改的，删去这条豁免；确需延长的，由批准人重新批准后改期限。", "Delete it, or have it approved anew."),
)
UNUSED = _rule(
    "unused",
    "note",
    Text("豁免没有用到", "A waiver waives nothing"),
    Text(
        "它所指的地方没有这种问题了，或者写法与文本对不上；留着会悄悄放过以后的问题。",
        "There is no such finding any more, or the waiver does not fit the document; it would hide a later one.",
    ),
    Text("删去这条豁免，或核对规则编号和范围。", "Delete it, or correct its rule and scope."),
)
MALFORMED = _rule(
    "malformed",
    "error",
    Text("豁免写法有误", "A waiver is malformed"),
    Text("写法有误的豁免一律无效，免得错放问题。", "A waiver that is not plain waives nothing."),
    Text("按说明补全规则、范围、理由、批准人和期限。", "Give rule, scope, reason, approver and expiry."),
)
REFUSED = _rule(
    "refused",
    "error",
    Text("规则已锁定，不能豁免", "The rule is locked and cannot be waived"),
    Text("上级规则包或配置锁定的规则，下级不能豁免。", "What a level above locks cannot be waived below."),
    Text("删去这条豁免，改正文本里的问题；有异议的，向规则包的维护单位提出。", "Delete it and mend the document."),
)
OWN_RULES = (EXPIRED, MALFORMED, REFUSED, UNUSED)


def about_waiver(rule: Rule, message: str, path: str, line: int, text: str, name: str, seen: dict[str, int]) -> Finding:
    """A finding about the waiver called ``name`` on ``line`` of the file ``path``; ``seen`` as for fingerprints."""
    location = Location(Place(Span(line, 1, line, max(len(text), 1) + 1)), (Step("waiver", name or None),), text)
    return Finding(rule, rule.level, message, path, location, (), fingerprint_of(rule.id, location, seen))
