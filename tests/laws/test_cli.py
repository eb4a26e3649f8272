"""The command line: what it answers, in which language, with which exit status, and how it gets ready."""

import ast
import json
import os
import re
import string
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from builders import SWEEP_HEAD

import run
from sim import bootstrap, engine, messages
from sim.errors import RequestError
from sim.messages import explain, language, say
from sim.refusals import in_chinese

ROOT = Path(run.__file__).parent
COMMANDS = (
    "compare", "sweep", "sensitivity", "propositions", "merge", "report", "run", "watch", "export", "list", "show",
    "test", "bench",
)  # fmt: skip
Answer = Callable[..., tuple[int, str, str]]
SMALL = ("--strategies", "unified-before,multi3-after", "--replicates", "3", "--workers", "2")


@pytest.fixture
def answer(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Answer:
    """Exit status, output and errors of a command line, in an empty folder and a wide terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("XIETIAO_LANG", raising=False)

    def ask(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["run.py", *words])
        status = run.main()
        return status, *capsys.readouterr()

    return ask


@pytest.fixture
def short(tmp_path: Path) -> str:
    """A scenario file that runs in no time."""
    content = (ROOT / "scenarios" / "district.toml").read_text(encoding="utf-8")
    (tmp_path / "short.toml").write_text(re.sub(r"(?m)^ticks.*", "ticks = 40", content), encoding="utf-8")
    return "short.toml"


def test_compare_writes_and_shows_everything_and_again_the_same(answer: Answer, short: str, tmp_path: Path) -> None:
    status, shown, _ = answer("compare", short, *SMALL)
    assert status == 0
    assert "6 runs: 6 now" in shown
    assert "Unified, before" in shown
    folder = tmp_path / "results" / "short"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert {"runs.duckdb", "summary.csv", "differences.csv"} < set(manifest["sha256"])
    assert any(name.startswith("figures/") for name in manifest["sha256"])
    tables = [(folder / name).read_bytes() for name in ("summary.csv", "differences.csv")]
    status, again, _ = answer("compare", short, *SMALL)
    assert "6 runs: 0 now" in again
    assert [(folder / name).read_bytes() for name in ("summary.csv", "differences.csv")] == tables


@pytest.mark.usefixtures("undrawn")
def test_compare_answers_in_json_and_nothing_else(answer: Answer, short: str) -> None:
    status, shown, _ = answer("compare", short, *SMALL, "--json", "--baseline", "multi3-after")
    found = json.loads(shown, parse_constant=pytest.fail)
    assert status == 0
    assert found["baseline"] == "multi3-after"
    assert (found["runs"], found["failures"], found["replicates"]) == (6, 0, 3)
    assert {row["strategy"] for row in found["summary"]} == set(found["strategies"])


@pytest.mark.usefixtures("undrawn")
def test_results_of_another_request_are_kept_unless_told_otherwise(answer: Answer, short: str, tmp_path: Path) -> None:
    answer("compare", short, *SMALL, "--out", "here")
    (tmp_path / "here" / "notes.txt").write_text("mine")
    status, _, error = answer("compare", short, *SMALL, "--out", "here", "--seed", "9")
    assert status == 2
    assert "seed: here 1, asked 9" in error
    assert "--fresh" in error
    status, shown, _ = answer("compare", short, *SMALL, "--out", "here", "--seed", "9", "--fresh")
    assert status == 0
    assert "6 now" in shown
    assert (tmp_path / "here" / "notes.txt").read_text() == "mine"


@pytest.mark.usefixtures("undrawn")
def test_an_interruption_is_answered_with_the_command_that_continues(
    answer: Answer, short: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*anything: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(engine, "run", interrupted)
        status, _, error = answer("compare", short, *SMALL, "--out", "here", "--fresh")
    assert status == 130
    command = error.strip().splitlines()[-1]
    assert command == f"python3 run.py compare {short} {' '.join(SMALL)} --out here"
    status, shown, _ = answer(*command.split()[2:])
    assert status == 0
    assert "6 runs" in shown


@pytest.mark.usefixtures("undrawn")
def test_failures_are_told_and_the_rest_is_shown(answer: Answer, short: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = engine.draw

    def draw(setting: Any, seed: int, replicate: int) -> Any:
        if replicate == 1:
            raise ValueError("no luck")
        return real(setting, seed, replicate)

    monkeypatch.setattr(engine, "draw", draw)
    status, _, error = answer("compare", short, *SMALL)
    assert status == 0
    assert "2 runs failed, e.g. multi3-after 1: ValueError: no luck" in error


def test_one_run_shows_every_measure(answer: Answer, short: str) -> None:
    status, shown, _ = answer("run", short, "--strategy", "committee", "--replicate", "2")
    assert status == 0
    assert "goal attainment" in shown
    assert "目标达成度" in answer("run", short, "--strategy", "committee", "--lang", "zh")[1]
    found = json.loads(answer("run", short, "--strategy", "committee", "--json")[1])
    assert found["strategy"] == "committee"
    assert "goal_attainment" in found["measures"]


@pytest.mark.parametrize("kind", run.KINDS)
@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_everything_there_is_to_choose_from_is_listed(answer: Answer, kind: str, lang: str) -> None:
    status, shown, _ = answer("list", kind, "--lang", lang)
    assert status == 0
    rows = json.loads(answer("list", kind, "--json", "--lang", lang)[1])
    assert rows
    assert all(next(iter(row.values())) in shown for row in rows)


def test_a_scenario_and_a_strategy_show_how_they_differ_from_the_defaults(answer: Answer, tmp_path: Path) -> None:
    district = (ROOT / "scenarios" / "district.toml").read_text(encoding="utf-8")
    own = district.replace("[workload]\narrivals", "[workload]\n# arrivals")
    (tmp_path / "own.toml").write_text(own, encoding="utf-8")
    assert "All settings have their defaults" in answer("show", "own.toml")[1]
    (tmp_path / "own.toml").write_text(f"{own}\n[rules]\nlate_cost = 2.5\n", encoding="utf-8")
    shown = answer("show", "own.toml")[1]
    assert re.search(r"rules\.late_cost +2\.5 +1 ", shown)
    assert re.search(r"department +18", shown)
    shown = answer("show", "committee", "--lang", "zh")[1]
    assert "协调主体" in shown
    assert re.search(r"strategy\.before +1 ", shown)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("comprae",), "did you mean 'compare'"),
        (("--replicate", "3"), "did you mean '--replicates'"),
        (("compare", "distritc"), "did you mean 'district'"),
        (("--strategies", "unified-befor"), "--strategies: no strategy of this name"),
        (("--strategies", ","), "--strategies: "),
        (("--strategies", "committee", "--baseline", "commitee"), "--baseline: "),
        (("--seed", "-1"), "--seed: is not valid here; got '-1'"),
        (("--seed", str(2**63)), "allowed: 0..9223372036854775807"),
        (("--workers", "257"), "allowed: 1..256"),
        (("--replicates", "0"), "--replicates"),
        (("--replicates", "many"), "got 'many'"),
        (("--lang", "fr"), "allowed: en, zh"),
        (("list", "scenario"), "did you mean 'scenarios'"),
        (("list",), "WHAT: is missing"),
        (("show", "comittee"), "did you mean 'committee'"),
        (("compare", "a", "b"), "extra"),
        (("compare", "--strategies"), "--strategies: needs a value"),
        (("compare", "no/such.toml"), "no/such.toml"),
        (("compare", "--out", "/dev/null/x"), "cannot be written"),
    ],
)
def test_a_wrong_request_is_refused_with_one_message(answer: Answer, words: tuple[str, ...], says: str) -> None:
    status, shown, error = answer(*words)
    assert (status, shown) == (2, "")
    assert error.startswith("Error: ")
    assert says in error
    assert len(error.strip().splitlines()) == 1
    assert "Traceback" not in error


def test_a_refusal_in_chinese_is_joined_by_chinese_words(answer: Answer) -> None:
    status, _, error = answer("--workers", "0", "--lang", "zh")
    assert status == 2
    assert error == "错误：--workers：取值无效；给出的是 '0'；允许：1..256\n"
    refused = RequestError("x", where="f.toml:1", key="k", got=1, nearest="y")
    assert explain(refused, "zh") == "错误：f.toml:1：k：x；给出的是 1；是否想写 'y'？"


def _refusing_sentences() -> set[str]:
    """Every sentence that ``sim`` refuses with; ``{}`` stands where a value is put in."""
    sentences = set()
    for path in (ROOT / "sim").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            given: list[ast.expr] = []
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                at = {"RequestError": 0, "Busy": 0, "_refuse": 2, "wrong": 1}.get(name)
                if at is not None:
                    at = 0 if (name, path.stem) == ("wrong", "strategy") else at
                    given = [*node.args[at : at + 1], *(word.value for word in node.keywords if word.arg == "allowed")]
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in ("what", "allowed"):
                given = [node.value]
            for each in given:
                for part in (each.body, each.orelse) if isinstance(each, ast.IfExp) else (each,):
                    if isinstance(part, ast.Constant):
                        sentences.add(str(part.value))
                    elif isinstance(part, ast.JoinedStr):
                        sentences.add("".join(p.value if isinstance(p, ast.Constant) else "{}" for p in part.values))
    return {sentence for sentence in sentences if re.search("[a-z]{2} [a-z]{2}", sentence)}


def test_every_refusal_can_be_said_in_chinese() -> None:
    sentences = _refusing_sentences()
    assert len(sentences) > 50
    english = [each for each in sentences if not re.search("[一-鿿]", in_chinese(each.replace("{}", "1")))]
    assert english == []


def test_a_refusal_within_a_refusal_is_said_in_chinese_too() -> None:
    said = in_chinese("the folder holds results of another request (seed: here 1, asked 2; code: here a, asked b)")
    assert said == "文件夹中是另一请求的结果（seed：此处为 1，请求为 2; code：此处为 a，请求为 b）"
    assert in_chinese("nobody has ever said this") == "nobody has ever said this"


def test_a_defect_is_owned_up_to(answer: Answer, short: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*anything: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(engine, "run", broken)
    status, _, error = answer("run", short, "--strategy", "committee")
    assert status == 1
    assert "ZeroDivisionError" in error
    assert "please report" in error


@pytest.mark.parametrize("words", [(), *((command,) for command in COMMANDS)])
def test_help_is_in_the_language_asked_for(answer: Answer, words: tuple[str, ...]) -> None:
    status, shown, _ = answer(*words, "--help")
    assert status == 0
    assert shown.startswith("Usage: run.py")
    status, shown, _ = answer(*words, "--help", "--lang", "zh")
    assert shown.startswith("用法：run.py")
    told = [line for line in shown.splitlines() if re.match(r"  (-\S.*?\S  |[a-z]+ )", line)]  # option and help
    assert told
    assert all(re.search("[一-鿿]", line) or line.strip().endswith("JSON。") for line in told)
    assert "  [SCENARIO]" not in shown


def test_the_version_is_told_and_lang_may_stand_before_the_command(answer: Answer) -> None:
    assert answer("--version") == (0, run.__version__ + "\n", "")
    assert "情景" in answer("--lang", "zh", "list", "--help")[1]
    assert "情景" in answer("--lang=zh", "list", "--help")[1]


def test_the_language_comes_from_the_option_or_our_own_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.delenv("XIETIAO_LANG", raising=False)
    assert language([]) == "en"
    monkeypatch.setenv("XIETIAO_LANG", "zh")
    assert language([]) == "zh"
    assert language(["--lang", "en"]) == "en"
    assert language(["--", "--lang", "en"]) == "zh"


def test_every_message_says_the_same_in_both_languages() -> None:
    for key, (en, zh) in messages._MESSAGES.items():
        fields = [{field for _, field, _, _ in string.Formatter().parse(text) if field} for text in (en, zh)]
        assert fields[0] == fields[1], key
        assert bool(en) == bool(zh), key


def test_help_answers_at_once_because_nothing_heavy_is_imported() -> None:
    heavy = "{'numpy', 'numba', 'mesa', 'pandas', 'pydantic', 'rich', 'duckdb', 'networkx', 'matplotlib', 'scipy'}"
    program = f"import sys, run; run.main(['--help']); assert not {heavy} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True)
    seconds = []
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run([sys.executable, "run.py", "--help"], cwd=ROOT, check=True, capture_output=True)
        seconds.append(time.perf_counter() - began)
    assert min(seconds) < 0.3


def test_an_old_python_can_read_what_turns_it_away() -> None:
    source = (ROOT / "run.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 7))
    first = tree.body[2]
    assert isinstance(tree.body[1], ast.Import)
    assert isinstance(first, ast.If)
    assert "version_info" in ast.unparse(first.test)
    assert "sys.exit(2)" in ast.unparse(first)


class Machine(SimpleNamespace):
    """A computer that notes what it is asked to do, in place of doing it."""

    missing: list[str]
    commands: list[list[str]]
    started: list[list[str]]
    fails: bool


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A bare machine with the project's files in ``tmp_path``."""
    told = Machine(missing=["numba"], commands=[], fails=False, started=[])
    for name in ("constraints.txt", "pyproject.toml", "run.py"):
        (tmp_path / name).write_text(name)
    venv = tmp_path / ".venv"
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", venv)
    monkeypatch.setattr(bootstrap, "STAMP", venv / "stamp")
    monkeypatch.setattr(bootstrap, "PINS", tmp_path / "constraints.txt")
    monkeypatch.setattr(bootstrap, "_missing", lambda names: told.missing)
    monkeypatch.delenv("XIETIAO_NO_VENV", raising=False)

    def do(command: list[object], **_: object) -> SimpleNamespace:
        words = [str(word) for word in command]
        told.commands.append(words)
        if "venv" in words:
            (venv / "bin").mkdir(parents=True, exist_ok=True)
            (venv / "bin" / "python").write_text("")
        return SimpleNamespace(returncode=int(told.fails and "install" in words))

    monkeypatch.setattr(bootstrap.subprocess, "run", do)
    monkeypatch.setattr(bootstrap.os, "execv", lambda program, words: told.started.append(words[1:]))
    return told


def installs(machine: Machine) -> int:
    return sum("install" in command for command in machine.commands)


def made(machine: Machine) -> int:
    return sum("venv" in command for command in machine.commands)


def test_a_bare_machine_gets_an_environment_once(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    bootstrap.ensure(["run.py", "list", "measures"])
    assert (made(machine), installs(machine)) == (1, 1)
    assert machine.started == [[str(bootstrap.ROOT / "run.py"), "list", "measures"]]
    assert len(capsys.readouterr().err.splitlines()) == 1
    bootstrap.ensure(["run.py"])
    assert (made(machine), installs(machine)) == (1, 1)


def test_an_environment_left_half_made_is_made_anew(machine: Machine, tmp_path: Path) -> None:
    machine.fails = True
    with pytest.raises(SystemExit) as left:
        bootstrap.ensure(["run.py"])
    assert left.value.code == 2
    machine.fails = False
    (tmp_path / ".venv" / "debris").write_text("")
    bootstrap.ensure(["run.py"])
    assert (made(machine), installs(machine)) == (2, 2)
    assert not (tmp_path / ".venv" / "debris").exists()


def test_an_environment_somebody_else_made_is_only_added_to(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").write_text("")
    (tmp_path / ".venv" / "theirs").write_text("")
    bootstrap.ensure(["run.py"])
    assert (made(machine), installs(machine)) == (0, 1)
    assert (tmp_path / ".venv" / "theirs").exists()


def test_changed_pins_are_noticed_inside_the_environment(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap.ensure(["run.py"])
    monkeypatch.setattr(sys, "prefix", str(tmp_path / ".venv"))
    machine.missing = []
    bootstrap.ensure(["run.py"])
    assert installs(machine) == 1
    (tmp_path / "constraints.txt").write_text("numpy==3")
    bootstrap.ensure(["run.py"])
    bootstrap.ensure(["run.py"])
    assert installs(machine) == 2


@pytest.mark.parametrize("how", ["option", "variable"])
def test_no_environment_is_made_when_that_is_forbidden(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    arguments = ["run.py", "list", *(["--no-venv"] if how == "option" else [])]
    if how == "variable":
        monkeypatch.setenv("XIETIAO_NO_VENV", "1")
    with pytest.raises(SystemExit) as left:
        bootstrap.ensure(arguments)
    assert left.value.code == 2
    assert "numba" in capsys.readouterr().err
    assert arguments == ["run.py", "list"]
    assert machine.commands == []


def test_a_python_without_venv_is_told_which_package_to_install(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "find_spec", lambda name: None if name == "ensurepip" else find_spec(name))
    with pytest.raises(SystemExit):
        bootstrap.ensure(["run.py"])
    assert f"apt install python{sys.version_info[0]}.{sys.version_info[1]}-venv" in capsys.readouterr().err


def test_an_environment_of_the_users_own_with_everything_in_it_is_used_as_it_is(machine: Machine) -> None:
    machine.missing = []
    bootstrap.ensure(["run.py"])
    assert machine.commands == []
    assert machine.started == []


def test_the_pins_name_every_dependency_and_no_index() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {re.split(r"[=;]", line)[0].lower() for line in lines if not line.startswith("#")}
    assert {name.lower() for name in bootstrap.PACKAGES} <= pinned
    assert not [line for line in lines if "://" in line or line.startswith("-")]


def test_what_is_said_before_installing_names_the_folder() -> None:
    assert ".venv" in say("making", "en", folder=".venv")
    assert ".venv" in say("making", "zh", folder=".venv")


SWEPT = (
    SWEEP_HEAD
    + """\
replicates = 3
design.kind = "factorial"
[factors]
ticks = [60]
workload.arrivals = [0.4, 0.8]
"""
)


@pytest.fixture
def swept(tmp_path: Path) -> str:
    """A sweep that runs in no time."""
    (tmp_path / "swept.toml").write_text(SWEPT, encoding="utf-8")
    return "swept.toml"


def test_a_sweep_writes_and_shows_everything_and_again_runs_nothing(answer: Answer, swept: str, tmp_path: Path) -> None:
    status, shown, _ = answer("sweep", swept)
    assert status == 0
    assert "12 runs: 12 now" in shown
    assert "Time in the system, ‘Three at once" in shown
    folder = tmp_path / "results" / "swept"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert {"runs.duckdb", "points.csv", "summary.csv", "differences.csv", "report.html"} < set(manifest["sha256"])
    assert manifest["design"]["factors"] == {"ticks": [60.0, 60.0], "workload.arrivals": [0.4, 0.8]}
    status, shown, _ = answer("sweep", swept, "--lang", "zh")
    assert "共 12 次运行：本次 0 次" in shown
    assert "在办时间：" in shown
    status, shown, _ = answer("sweep", swept, "--json")
    told = json.loads(shown)
    assert (told["design"], told["points"], told["runs"]) == ("factorial", 2, 12)


def test_a_dry_run_tells_what_would_be_done_and_does_nothing(answer: Answer, swept: str, tmp_path: Path) -> None:
    status, shown, _ = answer("sweep", swept, "--dry-run")
    assert status == 0
    assert "Runs: 12." in shown
    assert not (tmp_path / "results").exists()
    assert json.loads(answer("sweep", swept, "--dry-run", "--json")[1])["runs"] == [12, 12]


@pytest.mark.usefixtures("undrawn")
def test_shards_are_kept_apart_and_put_together(answer: Answer, swept: str, tmp_path: Path) -> None:
    for part in ("1/2", "2/2"):
        status, shown, _ = answer("sweep", swept, "--shard", part)
        assert status == 0
        assert "merge" in shown
    folder = tmp_path / "results" / "swept"
    shards = [str(path) for path in sorted(folder.glob("shard-*"))]
    assert len(shards) == 2
    status, shown, _ = answer("merge", *shards, "--out", str(folder))
    assert (status, "2 folders hold 12 of 12 runs." in shown) == (0, True)
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert [session["runs"] for session in told["sessions"]] == [6, 6]
    assert "12 kept" in answer("sweep", swept)[1]


@pytest.mark.usefixtures("undrawn")
def test_the_tables_of_a_folder_are_exported(answer: Answer, swept: str, tmp_path: Path) -> None:
    import duckdb

    answer("sweep", swept)
    for form in ("csv", "parquet"):
        status, shown, _ = answer("export", "results/swept", "--format", form, "--out", f"out/runs.{form}")
        assert (status, "12 rows" in shown) == (0, True)
    rows = duckdb.sql(f"FROM '{tmp_path}/out/runs.parquet'").fetchall()
    again = duckdb.sql(f"FROM '{tmp_path}/out/runs.csv'").fetchall()
    assert len(rows) == len(again) == 12
    assert rows[0][:5] == (0, 60.0, 0.4, "multi3-before", 0)
    assert answer("export", "results/swept", "--format", "csv", "--table", "points", "--out", "p.csv")[0] == 0
    assert len((tmp_path / "p.csv").read_text().splitlines()) == 3
    for words in (("results/swept", "--format", "ocel"), ("teaching", "--format", "parquet")):
        status, _, error = answer("export", *words, "--out", "x")
        assert (status, not (tmp_path / "x").exists()) == (2, True)
        assert "needs" in error or "cannot stand" in error


@pytest.mark.usefixtures("undrawn")
def test_nothing_of_the_users_is_overwritten_or_removed(answer: Answer, swept: str, tmp_path: Path) -> None:
    for out in (".", str(tmp_path)):
        status, _, error = answer("sweep", swept, "--out", out)
        assert (status, "the folder of the sweep's own file" in error) == (2, True)
    answer("sweep", swept, "--replicates", "1")
    folder = tmp_path / "results" / "swept"
    (folder / "mine.csv").write_text("mine")
    status, _, error = answer("export", str(folder), "--format", "csv", "--out", str(folder / "runs.duckdb"))
    assert (status, "is the store itself" in error) == (2, True)
    status, _, error = answer("sweep", swept, "--fresh", "--cluster", "nowhere")
    assert (status, "no cluster answers" in error) == (2, True)
    assert "4 kept" in answer("sweep", swept, "--replicates", "1")[1]
    assert "0 kept" in answer("sweep", swept, "--replicates", "1", "--fresh")[1]
    assert (folder / "mine.csv").read_text() == "mine"


@pytest.mark.usefixtures("undrawn")
def test_a_folder_is_one_process_s_until_its_report_is_written(answer: Answer, swept: str, tmp_path: Path) -> None:
    from sim.store import held

    folder = tmp_path / "results" / "swept"
    answer("sweep", swept, "--replicates", "1")
    with held(folder):
        place = str(folder)
        for words in (("sweep", swept, "--fresh"), ("report", place), ("merge", place, "--out", place)):
            status, _, error = answer(*words)
            assert (status, "another process is writing" in error) == (2, True), words
    assert answer("report", str(folder))[0] == 0


@pytest.mark.usefixtures("undrawn")
def test_a_title_is_shown_as_it_is_written(answer: Answer, swept: str, tmp_path: Path) -> None:
    text = (tmp_path / swept).read_text(encoding="utf-8").replace('en = "A"', 'en = "[/b] of [red] things"')
    (tmp_path / swept).write_text(text, encoding="utf-8")
    status, shown, _ = answer("sweep", swept, "--replicates", "1")
    assert (status, "[/b] of [red] things" in shown) == (0, True)


def test_what_looks_into_runs_is_drawn_by_a_second_process_or_else_here(
    answer: Answer, short: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from analysis import outcome

    monkeypatch.setattr(outcome, "WORTH", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with monkeypatch.context() as patch:
        patch.setattr(outcome, "write_worlds", None)  # not needed here
        assert answer("compare", short, *SMALL)[0] == 0
    folder = tmp_path / "results" / "short" / "figures"
    drawn = {path.name: path.read_bytes() for path in folder.glob("[gln]*.png")}
    assert {"gantt.png", "leads.png", "network.png"} <= set(drawn)
    monkeypatch.setattr(outcome, "ROOT", tmp_path)  # where there is no program: the second process fails
    for path in folder.iterdir():
        path.unlink()
    assert answer("report", "results/short")[0] == 0
    assert {path.name: path.read_bytes() for path in folder.glob("[gln]*.png")} == drawn


@pytest.mark.usefixtures("undrawn")
def test_a_damaged_store_is_told_in_one_line(answer: Answer, swept: str, tmp_path: Path) -> None:
    answer("sweep", swept, "--replicates", "1")
    store = tmp_path / "results" / "swept" / "runs.duckdb"
    whole = store.read_bytes()
    for content in (whole[:5000], whole[: len(whole) // 2], b"not a store"):
        store.write_bytes(content)
        for words in (("report", "results/swept"), ("export", "results/swept", "--format", "csv", "--out", "x.csv")):
            status, _, error = answer(*words)
            assert (status, error.count("\n"), "runs.duckdb" in error) == (2, 1, True), error
            assert "another process" not in error


def test_a_report_is_written_anew(answer: Answer, swept: str, tmp_path: Path) -> None:
    answer("sweep", swept)
    page = tmp_path / "results" / "swept" / "report.html"
    before = page.read_bytes()
    page.unlink()
    assert answer("report", "results/swept")[0] == 0
    assert page.read_bytes() == before
    status, _, error = answer("report", "nowhere")
    assert (status, "no results here" in error) == (2, True)


def test_a_sensitivity_analysis_says_what_decides(answer: Answer, tmp_path: Path) -> None:
    words = ("sensitivity", "teaching", "--parameters", "rules.stall,workload.arr*", "--size", "2", "--replicates", "2")
    status, shown, _ = answer(*words)
    assert status == 0
    assert "Morris screening" in shown
    folder = tmp_path / "results" / "teaching-morris"
    assert (folder / "report.html").is_file()
    assert (folder / "figures").is_dir()
    for more, part in (
        (("--parameters", "rules.stal"), "did you mean 'rules.stall'?"),
        (("--method", "moris"), "did you mean 'morris'?"),
        (("--shard", "3/2"), "1 <= K <= N"),
        (("--cluster", "gone.json"), "no cluster answers"),
    ):
        status, _, error = answer("sensitivity", "teaching", *more)
        assert (status, part in error) == (2, True), error
