"""The documents do what they say: their files are written, their commands and code run, their output is what comes out.

A page is played from top to bottom in an empty folder.  What a fence says after its language decides what happens:

- ``toml file=NAME`` (any language): the file is written; with ``below=LINE``, the block goes below that line of it,
  or of a copy of the project's file of that name
- ``console``: each ``$`` command is run; output shown below it must be what is printed.  ``exit=2``: it is refused
- ``python``: it is executed, all blocks of a page in one namespace; a ``text`` block that follows is its output

Anything else is only shown.  With XIETIAO_WRITE_DOCS=1 the output in the pages is replaced by what came out; the
sentences around it must then be read again.
"""

import contextlib
import io
import os
import re
import shlex
import shutil
import sys
import tomllib
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

import run
from sim import __version__, parameters
from sim.compiled import COMPILES
from sim.procedure import procedure_names
from sim.strategy import strategy_names

ROOT = Path(run.__file__).parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PLAYED = [path for path in PAGES if path.parent.name == "how-to" or path.name.startswith(("README", "tutorial"))]
TRANSLATED = [path for path in PAGES if path.name.endswith(".zh.md")]
FENCE = re.compile(r"^```(?P<kind>\w+)(?P<options>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
PACE = re.compile(r"\([\d,.–]+ runs/s on \d+ threads\)|（\d+ 个线程，每秒 [\d,.–]+ 次）")


def title(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.fixture
def answer(
    undrawn: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., str]:
    """What a shell command prints, in an empty folder and a terminal of 100 columns; figures are tested elsewhere."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("XIETIAO_LANG", raising=False)

    def ask(command: str, expected: int) -> str:
        words = shlex.split(command)
        if words[0] == "cp":
            shutil.copy(ROOT / words[1], words[2])
            return ""
        assert words[:2] == ["python3", "run.py"], command
        monkeypatch.setattr(sys, "argv", words[1:])
        capsys.readouterr()
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="no Chinese font was found")  # which is told a user, not an error
            status = run.main()
        shown = capsys.readouterr()
        assert status == expected, f"{command}: exit status {status}\n{shown.err}"
        printed = PACE.sub("(…)", shown.err if expected else shown.out)
        return "".join(line.rstrip() + "\n" for line in printed.splitlines())

    return ask


def played(text: str, ask: Callable[..., str]) -> str:
    """The page as it ought to be: every output in it replaced by what comes out."""
    names: dict[str, object] = {}
    parts, at, said = [], 0, ""
    for fence in FENCE.finditer(text):
        options = dict(word.split("=", 1) for word in shlex.split(fence["options"]))
        shown = fence["body"]
        if "file" in options:
            written(Path(options["file"]), shown, options.get("below", ""))
        elif fence["kind"] == "python":
            said = executed(shown, names)
        elif fence["kind"] == "text" and said:
            shown, said = said, ""
        elif fence["kind"] == "console":
            shown = session(shown, int(options.get("exit", 0)), ask)
        parts += [text[at : fence.start("body")], shown]
        at = fence.end("body")
    return "".join(parts) + text[at:]


def written(path: Path, body: str, below: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if below:
        if not path.exists():
            shutil.copy(ROOT / path, path)
        before, line, after = path.read_text(encoding="utf-8").partition(f"\n{below}\n")
        assert line, f"{path} has no line {below}"
        body = before + line + body + after
    path.write_text(body, encoding="utf-8")


def executed(code: str, names: dict[str, object]) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(code, "<page>", "exec"), names)
    return "".join(line.rstrip() + "\n" for line in printed.getvalue().splitlines())


def session(body: str, expected: int, ask: Callable[..., str]) -> str:
    """Commands, each with its output where the page shows any."""
    lines = []
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        found = ask(command, expected)
        lines.append(f"$ {command}\n" + (found if output.strip() else output))
    return "".join(lines)


@pytest.mark.skipif(not COMPILES, reason="takes minutes where nothing is compiled")
@pytest.mark.parametrize("path", PLAYED, ids=title)
def test_what_a_page_shows_is_what_comes_out(path: Path, answer: Callable[..., str]) -> None:
    text = path.read_text(encoding="utf-8")
    found = played(text, answer)
    if os.environ.get("XIETIAO_WRITE_DOCS"):
        path.write_text(found, encoding="utf-8")
    else:
        assert found == text


@pytest.mark.parametrize("path", PAGES, ids=title)
def test_links_lead_to_files_that_exist(path: Path) -> None:
    targets = LINK.findall(path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", PAGES, ids=title)
def test_pages_name_no_place_of_one_machine(path: Path) -> None:
    assert re.findall(r"(?<![\w.])/(?:home|tmp|work|Users|opt|root)/\S*", path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", TRANSLATED, ids=title)
def test_a_chinese_page_shows_the_same_code_as_the_english_one(path: Path) -> None:
    english = path.with_name(path.name.replace(".zh.md", ".md"))
    assert code_of(path) == code_of(english)


def code_of(path: Path) -> list[tuple[str, str, str]]:
    """The fences of a page, of sessions only the commands, of which the language is nobody's concern."""
    found = []
    for fence in FENCE.finditer(path.read_text(encoding="utf-8")):
        body = fence["body"]
        if fence["kind"] == "console":
            body = "\n".join(re.findall(r"^\$ .*$", body, flags=re.MULTILINE))
        if fence["kind"] != "text":
            found.append((fence["kind"], fence["options"], body.replace(" --lang zh", "")))
    return found


def test_every_command_a_page_names_exists() -> None:
    for path in PAGES:
        for name in re.findall(r"python3 run\.py ([a-z]\w*)", path.read_text(encoding="utf-8")):
            assert name in run.cli.commands, f"{title(path)}: {name}"


def test_every_handbook_and_author_the_code_names_is_among_the_sources() -> None:
    sources = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    entries = sources.splitlines()
    for path in [*(ROOT / "sim").rglob("*.py"), *(ROOT / "analysis").rglob("*.py")]:
        code = path.read_text(encoding="utf-8")
        for seed in set(re.findall(r"\bseed \d{3}\b", code)):
            assert f"**{seed}**" in sources, f"{title(path)}: {seed}"
        for name, year in re.findall(r"\b([A-Z][a-z]+)(?: et al\.)? \(?((?:19|20)\d\d)\b", code):
            assert any(name in entry and f"({year})" in entry for entry in entries), f"{title(path)}: {name} {year}"


def test_the_limits_count_the_assumed_parameters_rightly() -> None:
    assumed = sum(row.source == parameters.ASSUMED for row in parameters.ALL)
    for name in ("README.md", "README.zh.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        counts = re.search(r"(\d+) of the (\d+) parameters|(\d+) 个参数中有 (\d+) 个", text)
        assert counts is not None
        assert sorted(int(count) for count in counts.groups() if count) == sorted((assumed, len(parameters.ALL)))


def test_the_readme_counts_strategies_and_procedures_rightly() -> None:
    counted = {len(strategy_names()), len(procedure_names())}
    for name, form in (
        ("README.md", r"(\d+) strategies in .*?(\d+) procedures"),
        ("README.zh.md", r"(\d+) 个策略在.*?(\d+) 类程序"),
    ):
        counts = re.search(form, (ROOT / name).read_text(encoding="utf-8"))
        assert counts is not None
        assert {int(count) for count in counts.groups()} == counted


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert project["version"] == __version__
    assert f"\nversion: {__version__}\n" in citation
    assert f"\n## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
