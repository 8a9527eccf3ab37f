"""The page in a real browser: filters clicked, keys pressed, colours measured, nothing asked of the network."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from perfcheck import api
from perfcheck.config import Settings
from perfcheck.reporting import Report, render
from tests.forms import form, project
from tests.integration.browser import ENTER, Browser, chromium
from tests.integration.programs import CHECKOUT, write

PICTURE = CHECKOUT / "docs" / "report.png"
LARGEST_PICTURE = 300_000
CONTRAST = 4.5
"""WCAG 2.2, 1.4.3, level AA, for text of normal size."""

pytestmark = pytest.mark.integration

MEASURE = """
const parse = color => { const [r, g, b, a = 1] = color.match(/[\\d.]+/g).map(Number); return {rgb: [r, g, b], a}; };
const light = rgb => { const [r, g, b] = rgb.map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.a) return c.rgb; } return [255, 255, 255]; };
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const found = [];
while (walker.nextNode()) {
  const e = walker.currentNode.parentElement;
  if (!walker.currentNode.textContent.trim() || !e.getClientRects().length) continue;
  const [a, b] = [light(parse(getComputedStyle(e).color).rgb), light(behind(e))].sort((x, y) => y - x);
  found.push([(a + 0.05) / (b + 0.05), e.outerHTML.slice(0, 120)]);
}
return found.sort((x, y) => x[0] - y[0])[0];
"""


@pytest.fixture(scope="module")
def made() -> Report:
    return api.check(Settings((str(CHECKOUT / "examples" / "flawed.txt"),), format="html"))


@pytest.fixture(scope="module")
def page(made: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = render(made, "html")
    assert isinstance(text, str)
    text = text.replace(str(CHECKOUT / "examples") + "/", "")
    return write(tmp_path_factory.mktemp("page"), "问题 100%.html", text)


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture
def browser(window: Browser, page: Path) -> Iterator[Browser]:
    """The page, newly opened; whatever the browser complains of fails the test."""
    window.open(page)
    yield window
    assert window.complaints() == []


def said(browser: Browser) -> list[int]:
    """The numbers of the sentence that says how much is shown."""
    return [
        int(number) for number in re.findall(r"\d+", browser.run("return document.getElementById('shown').textContent"))
    ]


def test_all_findings_are_shown_first(browser: Browser, made: Report) -> None:
    assert browser.displayed(".note") == len(made.findings) > 20
    assert said(browser) == [len(made.findings)] * 2


def test_a_click_on_a_level_hides_its_findings_and_their_marks(browser: Browser, made: Report) -> None:
    browser.click("#controls input[value=error]")
    left = len(made.findings) - made.counts["error"]
    assert browser.displayed(".note") == left and said(browser) == [left, len(made.findings)]
    assert browser.displayed(".note.error") == 0 < browser.displayed(".note.warning")
    assert browser.displayed(".ref") == browser.displayed("main .line .note")
    assert browser.run(
        "return [...document.querySelectorAll('td.error:not(.off)')].every(e => !/^rgb\\(253, 231/.test(getComputedStyle(e).backgroundColor) || [...e.querySelectorAll('.ref')].some(r => !r.hidden))"
    )
    browser.click("#controls input[value=error]")
    assert browser.displayed(".note") == len(made.findings)


def test_a_click_on_a_confidence_hides_its_findings(browser: Browser, made: Report) -> None:
    browser.click("#controls input[value=high]")
    assert browser.displayed(".note") == sum(finding.rule.confidence != "high" for finding in made.findings)


def test_a_rule_is_chosen(browser: Browser, made: Report) -> None:
    rule, count = Counter(finding.rule.id for finding in made.findings).most_common(1)[0]
    browser.click(f"#controls option[value={rule}]")
    assert browser.displayed(".note") == browser.displayed(f".note[data-rule={rule}]") == count


def test_words_are_looked_for_in_findings_and_in_the_lines_they_stand_beside(browser: Browser, made: Report) -> None:
    browser.type("#controls [name=words]", "公益岗位补贴绩效目标表")
    shown = browser.displayed(".note")
    assert 0 < shown < len(made.findings)
    browser.type("#controls [name=words]", "没有这样的文字")
    assert browser.displayed(".note") == 0 == said(browser)[0]


def test_lines_without_findings_can_be_hidden(browser: Browser) -> None:
    lines, headings = browser.displayed(".line"), browser.displayed(".line.heading")
    browser.click("#controls [name=only]")
    assert headings < browser.displayed(".line") < lines
    for level in ("error", "warning", "note"):
        browser.click(f"#controls input[value={level}]")
    assert browser.displayed(".line") == headings


def test_basis_and_remedy_can_be_folded_away(browser: Browser) -> None:
    assert browser.displayed(".more") == browser.displayed(".note")
    browser.click("#controls [name=brief]")
    assert browser.displayed(".more") == 0


def test_the_next_finding_is_reached_by_the_keyboard_alone(browser: Browser, made: Report) -> None:
    browser.click("#controls input[value=warning]")
    shown = [number for number, finding in enumerate(made.findings, 1) if finding.level != "warning"]
    reached = []
    for _ in range(4):
        browser.type("#next", ENTER)
        reached.append(int(browser.run("return document.activeElement.id.split('n')[1]")))
    assert reached == shown[:4]
    browser.type("#previous", ENTER)
    assert browser.run("return document.activeElement.id") == f"d1n{shown[2]}"
    assert browser.run(
        "const box = document.activeElement.getBoundingClientRect(); const bar = document.getElementById('controls').getBoundingClientRect(); return box.top >= bar.bottom && box.bottom <= innerHeight"
    )


def test_a_number_in_a_cell_leads_to_its_finding_and_back(browser: Browser) -> None:
    browser.click("#d1r5")
    assert browser.run("return document.querySelector(':target').id") == "d1n5"
    browser.click("#d1n5 a")
    assert browser.run("return document.querySelector(':target').id") == "d1r5"


def test_a_finding_stands_beside_its_cell(browser: Browser) -> None:
    apart = browser.run(
        "return [...document.querySelectorAll('.ref')].map(ref => { const note = document.querySelector(ref.getAttribute('href')).closest('.line').getBoundingClientRect(); const cell = ref.closest('.text').getBoundingClientRect(); return Math.abs(note.top - cell.top) })"
    )
    assert apart and max(apart) < 3
    assert browser.run("return document.documentElement.scrollWidth <= innerWidth")


def test_every_text_has_contrast_enough(browser: Browser) -> None:
    browser.run("for (const e of document.querySelectorAll('details')) e.open = true")
    least, element = browser.run(MEASURE)
    assert least >= CONTRAST, element


def test_the_page_prints(browser: Browser) -> None:
    assert browser.paper().startswith(b"%PDF")


def test_what_a_document_holds_does_not_run(window: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    harm = "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">"
    text = form(project(1, name=harm, goals="", usage=("", harm), plan=(harm, "1%", "2%", "3%")), project(2))
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "a.txt", text)
    rendered = render(api.check(Settings(("a.txt",), format="html")), "html")
    assert isinstance(rendered, str)
    window.open(write(tmp_path, "a.html", rendered))
    assert window.run("return document.title") != "ran" and window.run("return document.images.length") == 0
    assert window.complaints() == []
    assert window.displayed(".note") > 0


def test_a_script_that_got_in_all_the_same_would_not_run(window: Browser, page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8").replace("<main>", "<main><script>document.title='ran'</script>")
    window.open(write(tmp_path, "a.html", text))
    assert window.run("return document.title") != "ran"
    assert any("Content Security Policy" in line for line in window.complaints())


def test_the_picture_in_the_docs(browser: Browser, request: pytest.FixtureRequest) -> None:
    browser.run(
        "const line = document.getElementById('d1n4').closest('.line'); scrollTo(0, line.offsetTop - document.getElementById('controls').offsetHeight - 8)"
    )
    picture = browser.screenshot()
    assert picture.startswith(b"\x89PNG") and 10_000 < len(picture) < LARGEST_PICTURE
    if request.config.getoption("--update-snapshots"):
        PICTURE.write_bytes(picture)
    assert PICTURE.is_file() and PICTURE.stat().st_size < LARGEST_PICTURE
