"""The report: one file without a network or a script, both languages whole, users' words inert, and small."""

import base64
import io
import json
import re
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from fake_results import alone, fake_results, with_gaps
from fake_swept import factors
from PIL import Image

from analysis import report, report_figures
from analysis.figures import FIGURES
from analysis.figures.style import DPI
from analysis.report import write_report
from sim.design import ONE_POINT, Design, Factor
from sim.errors import RequestError
from sim.kept import Results
from sim.labels import LABELS
from sim.measures import NAMES
from sim.scenario import load_scenario
from sim.store import Batch, Entry, Request, Store

HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(2)> \" ' {{ 7 * 7 }}"
HAN = re.compile(r"[\u4e00-\u9fff]")
NOTHING = np.full((3, 5, len(NAMES)), np.nan)
VOID = {"meta", "input", "img", "br", "hr", "link"}
SECTIONS = ["question", "design", "answer", "figures", "tables", "method", "provenance"]
LEVELS = [[x, y] for x in np.linspace(0.1, 0.6, 8) for y in (0.5, 2.0, 3.5, 4.5)]
GRID = Design("factorial", factors(2), np.array(LEVELS))


class Page(HTMLParser):
    """A page taken apart: its elements, and the text that each language shows; nesting is checked on the way."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html, self.open, self.tags = html, [], Counter[str]()  # type: ignore[var-annotated]
        self.attributes: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {"en": [], "zh": [], "": []}
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags[tag] += 1
        self.attributes.append((tag, found))
        if tag not in VOID:
            shown = [name for name in ("en", "zh") if name in found.get("class", "").split()]
            self.open.append((tag, shown[0] if shown else self.open[-1][1] if self.open else ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open[-1][0] not in ("style", "title"):
            self.texts[self.open[-1][1]].append(data.strip())

    def of(self, tag: str) -> list[dict[str, str]]:
        return [found for name, found in self.attributes if name == tag]

    def said(self, lang: str) -> str:
        return " ".join(self.texts[lang])


def keep(folder: Path, results: Results, design: Design = ONE_POINT, **changes: object) -> None:
    """Write results into a store, the same at each point of a design."""
    told = zip(*results[3:8], strict=True)
    entries = tuple(Entry(name, name, en, zh, structure, timing) for name, en, zh, structure, timing in told)
    request = Request(
        "fake", results.scenario, "digest", results.title_en, results.title_zh, "Why so?", "为何如此？", results.seed,
        "generator/1", "0.2.0 (abc)", entries, results.baseline, design, len(results.replicates), {},
    )._replace(**changes)  # type: ignore[arg-type]  # fmt: skip
    s, r = (index.ravel() for index in np.indices(results.values.shape[:2]))
    carried = np.arange(len(s)) if results.series.size else np.zeros(0, dtype=np.int64)
    with Store(folder, request, results.sample_ticks) as opened:
        for p in range(len(design.points)):
            values, series = results.values[s, r], results.series[s, r]
            opened.add(Batch(np.full(len(s), p), s, r, values + p, carried, series, (), 0.0))


def small(strategies: int = 3, replicates: int = 5) -> Results:
    return fake_results(strategies, replicates, 2)


def origin() -> dict[str, object]:
    """What a store keeps of a scenario and its strategies, for ``small``."""
    scenario = load_scenario("teaching").with_strategies(list(small().strategies))
    told = [scenario.load_strategy(name).model_dump(mode="json") for name in scenario.strategies]
    return {"scenario": scenario.written(), "strategies": told, "source": "assumed, for a test", "until": None}


def draw(folder: Path, *names: str, size: tuple[int, int] = (300, 200), noise: int = 0) -> None:
    """Figures that never were: a red square and another on white, with ``noise`` in every channel."""
    (folder / "figures").mkdir(exist_ok=True)
    for seed, name in enumerate(names):
        pixels = np.full((size[1], size[0], 3), 255, dtype=np.int64)
        pixels[50:100, 50:100] = (213, 94, 0)
        pixels[120:140, 20 * seed : 20 * seed + 20] = 0
        pixels -= np.random.default_rng(seed).integers(0, noise + 1, pixels.shape)
        Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(folder / "figures" / f"{name}.png")


def manifest(folder: Path) -> None:
    told = {
        "command": "python3 run.py compare fake", "versions": {"xietiao": "9.9.9", "code": "abc", "numpy": "2.0"},
        "platform": {"system": "Linux", "processors": 2}, "runs": 15, "failures": 1, "wall_seconds": 1.25,
        "sha256": {"summary.csv": "0123abcd", "report.html": "of the last one"},
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(told), encoding="utf-8")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """A comparison that lacks nothing."""
    folder = tmp_path_factory.mktemp("full")
    keep(folder, small(), origin=origin())
    draw(folder, "plane", "plane.zh", "forest", "mine")
    manifest(folder)
    assert write_report(folder) == folder / "report.html"
    return Page((folder / "report.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sweep(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """A sweep of 32 points."""
    folder = tmp_path_factory.mktemp("sweep")
    keep(folder, small(), GRID, origin=origin())
    draw(folder, "phase-conflicts", "phase-conflicts.zh", "response-rules.factor_0")
    return Page(write_report(folder).read_text(encoding="utf-8"))


def test_a_page_needs_no_network_and_no_script_and_forbids_both(full: Page, sweep: Page) -> None:
    for page in (full, sweep):
        assert page.tags["script"] == page.tags["link"] == page.tags["iframe"] == 0
        for _, found in page.attributes:
            for name, value in found.items():
                assert not name.startswith("on")
                assert name != "style"
                if name in ("src", "href"):
                    assert value.startswith(("data:image/", "#"))
        style = "".join(re.findall(r"<style>(.*?)</style>", page.html, re.DOTALL))
        assert "url(" not in style
        assert "@import" not in style
        policies = [each["content"] for each in page.of("meta") if each.get("http-equiv") == "Content-Security-Policy"]
        assert policies == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]


def test_both_languages_have_all_sections_and_the_same_structure(full: Page, sweep: Page) -> None:
    for page in (full, sweep):
        ids = [found["id"] for tag, found in page.attributes if tag == "h2"]
        assert ids == [f"{lang}-{key}" for key in SECTIONS for lang in ("en", "zh")]
        links = [each["href"] for each in page.of("a")]
        assert links == [f"#{lang}-{key}" for lang in ("en", "zh") for key in SECTIONS]
        assert page.tags["h1"] == 2
        counts = [Counter(tag for tag in re.findall(r"<(\w+)", part)) for part in _halves(page)]
        assert counts[0] == counts[1]
        assert len(page.texts["en"]) == len(page.texts["zh"])


def _halves(page: Page) -> list[str]:
    """The blocks of each language, joined."""
    return ["".join(re.findall(rf'<div class="{lang}".*?\n</div>\n', page.html, re.DOTALL)) for lang in ("en", "zh")]


def test_no_text_of_ours_is_in_the_other_language(full: Page, sweep: Page) -> None:
    ours = {label.en for label in LABELS.values()}
    for page in (full, sweep):
        assert not HAN.search(page.said("en"))
        shown = set(page.texts["zh"])
        assert shown & ours == set()
        with_letters = [each for each in shown if re.search(r"[A-Za-z]{3}", each) and not HAN.search(each)]
        code = [*re.findall(r"<code>(.*?)</code>", page.html), "SHA-256", "mine", "9.9.9", "assumed, for a test"]
        assert [each for each in with_letters if each not in code and not each.startswith("numpy")] == []


def test_a_language_is_switched_without_a_script_and_nothing_is_remembered(full: Page) -> None:
    choices = [each for each in full.of("input") if each["type"] == "radio"]
    assert [(each["id"], "checked" in each, each["autocomplete"]) for each in choices] == [
        ("show-en", True, "off"), ("show-zh", False, "off"),
    ]  # fmt: skip
    assert [(each["for"], each["lang"]) for each in full.of("label")] == [("show-en", "en"), ("show-zh", "zh-Hans")]
    assert "#show-en:checked ~ main .zh, #show-zh:checked ~ main .en { display: none; }" in full.html
    classed = [found for _, found in full.attributes if set(found.get("class", "").split()) & {"en", "zh"}]
    assert classed
    for found in classed:
        assert found["lang"] == ("zh-Hans" if "zh" in found["class"].split() else "en")


def test_a_page_can_be_heard_and_printed(full: Page) -> None:
    assert all(each["alt"] and each["width"].isdigit() for each in full.of("img"))
    assert full.tags["caption"] == full.tags["table"] > 0
    assert all(each["scope"] in ("col", "row") for each in full.of("th"))
    for each in full.of("span"):
        assert each["class"] != "sign" or ("aria-label" in each) == (each.get("role") == "img")
    printed = full.html[full.html.index("@media print") :]
    assert ".switch, .choice, nav { display: none; }" in printed
    assert "prefers-color-scheme: dark" in full.html


def test_the_report_says_what_was_asked_found_and_by_what(full: Page) -> None:
    english, chinese = full.said("en"), full.said("zh")
    for words in (
        "Why so?",
        "assumed, for a test",
        "python3 run.py compare fake",
        "9.9.9",
        "abc",
        "generator/1",
        "0123abcd",
    ):
        assert words in english
        assert words in chinese or words == "Why so?"
    assert "of the last one" not in full.html
    assert "为何如此？" in chinese
    assert load_scenario("teaching").expectation.en in english
    assert "unified-during-onsite" in english


def test_the_tables_hold_the_means_and_the_differences_with_signs_that_need_no_colour(tmp_path: Path) -> None:
    results = small()
    values = np.full_like(results.values, 5.0)
    time = NAMES.index("time_in_system")
    values[:, :, time] = np.array([20.0, 10.0, 30.0])[:, None] + np.array([-1.0, 0.0, 1.0, 0.5, -0.5])
    keep(tmp_path, results._replace(values=values))
    page = Page(write_report(tmp_path).read_text(encoding="utf-8"))
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(<td class="number.*?)</tr>', page.html)
    firsts = [re.sub(r"<[^>]+>", "", row[1].split("</td>")[0]) for row in rows[:6]]
    assert firsts == ["20.0 ±1.0", "10.0 ±1.0▲", "30.0 ±1.0▼", "baseline", "−10.0 ±0.0▲100 %", "+10.0 ±0.0▼0 %"]
    assert 'aria-label="better" title="better">▲' in page.html
    assert 'aria-label="更劣" title="更劣">▼' in page.html


def test_what_users_wrote_is_text_wherever_it_stands(tmp_path: Path) -> None:
    results = small()
    labels = tuple(HOSTILE + name for name in results.strategies)
    results = results._replace(title_en=HOSTILE, title_zh=HOSTILE, labels_en=labels, labels_zh=labels)
    factor = Factor("rules.friction", HOSTILE, HOSTILE, HOSTILE, 0.0, 1.0, 0.5)
    points = np.array([[0.0], [1.0]])
    draw(tmp_path, "<b>bold", "response-rules.friction")
    (tmp_path / "manifest.json").write_text(json.dumps({"command": HOSTILE, "sha256": {HOSTILE: HOSTILE}}))
    design = Design("table", (factor,), points, ((HOSTILE, HOSTILE), ("", "")))
    keep(tmp_path, results, design, question_en=HOSTILE, question_zh=HOSTILE)
    page = Page(write_report(tmp_path).read_text(encoding="utf-8"))
    assert page.tags["script"] == page.tags["b"] == 0
    assert page.tags["img"] == 2
    assert all(not name.startswith("on") for _, found in page.attributes for name in found)
    assert "{{ 7 * 7 }}" in page.said("en")
    assert page.html.count("<title>") == page.html.count("</title>") == 1


def test_each_picture_is_there_once_and_english_serves_where_chinese_is_missing(full: Page) -> None:
    sources = [each["src"] for each in full.of("img")]
    assert len(sources) == len(set(sources)) == 4
    figures = re.findall(r"<figure>.*?</figure>", full.html, re.DOTALL)
    assert [len(re.findall("<img", each)) for each in figures] == [2, 1, 1]
    plane, forest, other = figures
    assert re.search(r'<div class="zh" lang="zh-Hans"><img [^>]*alt="图：效率与冲突。">', plane.replace("\n", ""))
    assert re.search(r'<div lang="en"><img ', forest.replace("\n", ""))
    assert ">mine</h3>" in other
    assert "<figcaption>" not in other


def test_a_sweep_shows_design_points_and_what_it_leaves_out(sweep: Page) -> None:
    english = sweep.said("en")
    for words in ("every combination of the levels", "rules.factor_1", "The first 30 of 32 points", "points.csv"):
        assert words in english
    assert "Which strategy is better where: conflicts" in english
    assert f"What changes with the factor: {factors(1)[0].en}" in english
    assert load_scenario("teaching").expectation.en not in english
    rows = re.findall(r'<tr><th scope="row">(\d+)</th>', sweep.html)
    assert rows == [str(p) for p in range(30)] * 4  # two measures in two languages
    assert "manifest.json is missing" in english


def test_a_table_of_a_wide_sweep_stays_readable(tmp_path: Path) -> None:
    many = factors(8)
    design = Design("latin", many, np.random.default_rng(1).random((3, 8)))
    keep(tmp_path, fake_results(8, 2, 2)._replace(baseline="unified-during-onsite"), design)
    page = Page(write_report(tmp_path).read_text(encoding="utf-8"))
    tables = re.findall(r"<table>.*?</table>", page.html, re.DOTALL)
    assert {each.count('<th scope="col"') for each in tables if "working days)" in each} == {1 + 6}
    assert "6 of 8 strategies" in page.said("en")
    assert "The values of 8 factors" in page.said("en")


@pytest.mark.parametrize("told", [None, "{", "[]", "{}"])
def test_a_folder_without_manifest_figures_and_files_says_so(tmp_path: Path, told: str | None) -> None:
    if told is not None:
        (tmp_path / "manifest.json").write_text(told)
    keep(tmp_path, small())
    page = Page(write_report(tmp_path).read_text(encoding="utf-8"))
    english, chinese = page.said("en"), page.said("zh")
    assert ("manifest.json is missing" in english) == ("manifest.json 缺失" in chinese) == (told != "{}")
    assert "There are no figures" in english
    assert "没有图件" in chinese
    assert "A file of the scenario or of a strategy is gone" in english
    assert "generator/1" in english


@pytest.mark.parametrize(
    "results",
    [alone(small(1, 4)), alone(small(1, 1)), with_gaps(small(4, 6), 0.4), small()._replace(values=NOTHING)],
    ids=["alone", "one run", "gaps", "nothing"],
)  # fmt: skip
def test_a_report_is_written_of_whatever_there_is(tmp_path: Path, results: Results) -> None:
    keep(tmp_path, results)
    page = Page(write_report(tmp_path).read_text(encoding="utf-8"))
    assert page.html.count('class="answer"') == 2
    tables = re.findall(r"<caption>(.*?)</caption>", page.html)
    assert sum(name.startswith("Paired differences") for name in tables) == (len(results.strategies) > 1)
    assert not re.search(r"\b(nan|None|inf)\b", page.said("en"))


def test_a_folder_without_results_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="no results here"):
        write_report(tmp_path)


def test_the_language_shown_first_can_be_chosen(tmp_path: Path) -> None:
    keep(tmp_path, small())
    page = Page(write_report(tmp_path, "zh").read_text(encoding="utf-8"))
    assert page.of("html")[0]["lang"] == "zh-Hans"
    assert [each["id"] for each in page.of("input") if "checked" in each] == ["show-zh"]


def test_the_same_folder_gives_the_same_page(tmp_path: Path) -> None:
    keep(tmp_path, small())
    draw(tmp_path, "plane")
    first = write_report(tmp_path).read_bytes()
    assert write_report(tmp_path).read_bytes() == first


def test_pictures_shrink_in_steps_until_the_page_is_small_enough_and_only_then_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(tmp_path, small())
    bare = write_report(tmp_path).stat().st_size
    draw(tmp_path, "plane", "forest", "heatmap", noise=120)
    monkeypatch.setattr(report, "LIMIT", 10**7)
    heavy = write_report(tmp_path).stat().st_size - bare
    widths = []
    for share in (1.1, 0.8, 0.6, 0.3, 0.05):  # of what they take at their largest; at 80 dpi, at most 4/9
        monkeypatch.setattr(report, "LIMIT", limit := int(bare + share * heavy))
        path = write_report(tmp_path)
        page = Page(path.read_text(encoding="utf-8"))
        widths.append([int(each["width"]) for each in page.of("img")])
        assert path.stat().st_size <= limit or not widths[-1]
        assert page.said("en").count("Left out") == 3 - len(widths[-1])
    at = [300 * step.dpi // 150 for step in report_figures.STEPS]
    assert widths[0] == [at[0]] * 3
    assert [len(each) for each in widths] == [3, 3, 3, 2, 0]
    assert at[0] > widths[1][0] > widths[2][0] >= widths[3][0] == at[-1]


def test_a_file_that_is_no_picture_is_left_out_and_named(tmp_path: Path) -> None:
    keep(tmp_path, small())
    draw(tmp_path, "plane")
    (tmp_path / "figures" / "forest.png").write_bytes(b"\x89PNG broken")
    page = Page(write_report(tmp_path).read_text(encoding="utf-8"))
    assert page.tags["img"] == 1
    assert "figures/forest.png" in page.said("en")


def test_pictures_keep_the_colours_that_cover_something_and_are_png_where_webp_is_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw(tmp_path, "plane")
    for known, kind in ((True, "webp"), (False, "png")):
        monkeypatch.setattr(report_figures.features, "check", lambda name, known=known: known)
        pictures, lost = report_figures.embedded([tmp_path / "figures" / "plane.png"], 10**6)
        (picture,) = pictures.values()
        head, data = picture.source.split(",")
        assert (head, lost) == (f"data:image/{kind};base64", set())
        with Image.open(io.BytesIO(base64.b64decode(data))) as opened:
            image = opened.convert("RGB")
        assert image.size == (picture.width, picture.height) == (240, 160)
        assert image.getpixel((60, 60)) == (213, 94, 0)
        assert image.getpixel((5, 5)) == (255, 255, 255)


def test_real_figures_take_the_room_that_is_foretold(tmp_path: Path) -> None:
    """Within a third: the shares are measured on eight figures of other results, of which these are two kinds."""
    paths = []
    for name in ("course", "plane"):
        figure = FIGURES[name](fake_results(replicates=20), "en")
        assert figure is not None
        figure.savefig(tmp_path / f"{name}.png", dpi=DPI)
        paths.append(tmp_path / f"{name}.png")
    size = sum(path.stat().st_size for path in paths)
    for step in (report_figures.STEPS[0], report_figures.STEPS[-1]):
        pictures = [report_figures._encoded(path, step) for path in paths]
        weight = sum(len(picture.source) for picture in pictures if picture)
        assert weight / size == pytest.approx(step.share, rel=1 / 3)


def test_reports_are_not_loaded_by_the_command_line_before_they_are_needed() -> None:
    code = "import run, sys; print([name for name in ('jinja2', 'PIL') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
