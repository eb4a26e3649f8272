"""The rule that ``docs/how-to/write-a-rule.md`` has its reader type in: it can be typed in, and it acts.

The page's blocks are put into a copy of the project, and its program is run there, uncompiled.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from test_docs import FENCE, ROOT, written

from sim import engine
from sim.measures import NAMES
from sim.scenario import load_scenario
from sim.setting import prepare
from sim.strategy import load_strategy

PAGE = ROOT / "docs" / "how-to" / "write-a-rule.md"
PAGES = (PAGE, PAGE.with_name("write-a-rule.zh.md"))
# Runs the program of the page, and then says all it has found.
RUN = """
import json, runpy

found = runpy.run_path("try_it.py")["found"]
print(json.dumps({name: [repr(float(value)) for value in measures.values()] for name, measures in found.items()}))
"""


def test_the_rule_a_reader_types_in_changes_what_comes_out_and_only_where_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("sim", "scenarios"):
        shutil.copytree(ROOT / folder, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for fence in FENCE.finditer(PAGE.read_text(encoding="utf-8")):
        type_in(fence)

    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", RUN], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    *shown, last = done.stdout.splitlines(keepends=True)
    found = json.loads(last)

    unchanged = unchanged_measures()
    assert found["decide-first"] == unchanged, "with its neutral setting the rule acts on nothing"
    assert found["my/capped.toml"] != unchanged
    for page in PAGES:
        check_output(page, "".join(shown))


def type_in(fence: re.Match[str]) -> None:
    """Do with a block what its reader is told to do."""
    options = dict(word.split("=", 1) for word in shlex.split(fence["options"]))
    if "file" in options:
        written(Path(options["file"]), fence["body"], options.get("below", ""))


def unchanged_measures() -> list[str]:
    """What the page's program would find by the rules as they are."""
    template = engine.draw(prepare(load_scenario("teaching")), 1, 0)
    measures = engine.run(template, load_strategy("decide-first").record()).measures
    assert len(measures) == len(NAMES)
    return [repr(float(value)) for value in measures]


def check_output(page: Path, shown: str) -> None:
    """The text below the command is what the program prints; with XIETIAO_WRITE_DOCS=1 it is made so."""
    text = page.read_text(encoding="utf-8")
    output = re.search(r"python try_it\.py\n```\n\n```text\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert output is not None
    if os.environ.get("XIETIAO_WRITE_DOCS"):
        page.write_text(text[: output.start(1)] + shown + text[output.end(1) :], encoding="utf-8")
    else:
        assert output[1] == shown
