"""What a scenario holds: defaults from the parameter table, values set, and digests that tell scenarios apart."""

import json
import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import parameters
from sim.errors import RequestError
from sim.reading import key_lines
from sim.scenario import FOLDER, GROUPS, load_scenario, scenario_names

ROWS = [row for row in parameters.ALL if row.path.split(".")[0] in GROUPS]
DISTRICT = load_scenario("district")


def test_what_is_not_set_has_its_default() -> None:
    written = DISTRICT.model_dump(exclude_unset=True)
    assert 0 < sum(len(written.get(group, {})) for group in GROUPS) < len(ROWS) / 10
    for row in ROWS:
        if row.name not in written.get(row.group.split(".")[0], {}):
            assert DISTRICT.value(row.path) == row.default


@given(st.sampled_from(ROWS), st.sampled_from(["low", "high"]))
def test_every_parameter_can_be_set_to_what_a_sensitivity_analysis_explores(
    row: parameters.Parameter, end: str
) -> None:
    if row.path.startswith(("workload.deadline", "workload.band")):
        return  # tied to each other; tested by their own mistakes
    value = np.float64(getattr(row, end))
    changed = DISTRICT.with_strategies(["unified-before-meeting"]).with_values({row.path: value})
    assert changed.value(row.path) == value
    assert (changed.run_digest == DISTRICT.run_digest) == (value == DISTRICT.value(row.path))


def test_a_value_out_of_bounds_is_refused_by_its_path() -> None:
    with pytest.raises(RequestError, match=r"organisation\.department_hours: must .*got -3"):
        DISTRICT.with_values({"organisation.department_hours": -3})
    with pytest.raises(RequestError, match=r"did you mean 'workload\.arrivals'"):
        DISTRICT.with_values({"workload.arival": 1})
    with pytest.raises(RequestError, match="unknown parameter"):
        DISTRICT.value("strategy.effort")
    with pytest.raises(RequestError, match=r"organisation\.departments: must be a whole number"):
        DISTRICT.with_values({"organisation.departments": 2.5})


def test_the_run_settings_can_be_set_and_do_not_decide_a_run() -> None:
    changed = DISTRICT.with_values({"replicates": 3, "seed": 9})
    assert (changed.ticks, changed.replicates, changed.seed) == (500, 3, 9)
    assert changed.run_digest == DISTRICT.run_digest
    assert changed.digest != DISTRICT.digest
    assert DISTRICT.with_values({"ticks": 99}).run_digest != DISTRICT.run_digest


def test_other_strategies_keep_or_replace_the_baseline() -> None:
    assert DISTRICT.with_strategies(["adaptive", "unified-before-meeting"]).baseline == "unified-before-meeting"
    assert DISTRICT.with_strategies(["adaptive", "committee"]).baseline == "adaptive"
    assert DISTRICT.with_strategies(["adaptive", "committee"], "committee").baseline == "committee"
    with pytest.raises(RequestError, match="did you mean 'adaptive'"):
        DISTRICT.with_strategies(["adaptve"])
    with pytest.raises(RequestError, match="strategies"):
        DISTRICT.with_strategies([])


def test_a_resolved_scenario_is_json_and_holds_every_parameter() -> None:
    resolved = json.loads(json.dumps(DISTRICT.resolved()))
    for row in ROWS:
        found = resolved
        for name in row.path.split("."):
            found = found[name]
        assert found == DISTRICT.value(row.path)


def test_scenarios_and_strategies_can_be_sent_to_other_processes() -> None:
    changed = DISTRICT.with_values({"organisation.departments": 5, "ticks": 9})
    assert pickle.loads(pickle.dumps(changed)) == changed
    assert pickle.loads(pickle.dumps(changed)).digest == changed.digest
    for name in DISTRICT.strategies:
        strategy = DISTRICT.load_strategy(name)
        assert pickle.loads(pickle.dumps(strategy)) == strategy


def test_a_digest_depends_on_what_is_meant_and_not_on_how_it_is_written(tmp_path: Path) -> None:
    text = (FOLDER / "district.toml").read_text(encoding="utf-8")
    hours = parameters.BY_PATH["workload.hours"].default
    more = text.replace("[workload]\n", f"[workload]  # more\nhours = {hours:g}\n")
    assert more != text
    (tmp_path / "district.toml").write_text(more, encoding="utf-8")
    assert load_scenario(tmp_path / "district.toml").digest == DISTRICT.digest


@pytest.mark.parametrize("name", scenario_names())
def test_a_scenario_that_comes_with_the_program_explains_itself(name: str) -> None:
    scenario = load_scenario(name)
    for text in (scenario.title, scenario.purpose, scenario.expectation):
        assert text.of("en").isascii()
        assert any("一" <= sign <= "鿿" for sign in text.of("zh"))
    group = ""
    for line in (FOLDER / f"{name}.toml").read_text(encoding="utf-8").splitlines():
        group = line.strip("[]") if line.startswith("[") else group
        path = f"{group}.{line.split(' =')[0]}"
        if path in parameters.BY_PATH:
            assert scenario.value(path) != parameters.BY_PATH[path].default
            assert " # " in line, f"{path} departs from its default without a reason"


def test_lines_of_keys_are_found_in_any_form_toml_allows() -> None:
    text = '''# a = 1
a = 1
"b c" = { d = 2, 'e' = { f = [1,
  2, # two
  { g = 3 } ] } }
long = """
h = 1
\\"""" # i = 2
raw = \'\'\'
j = 1\'\'\'
[k.l]
m.n = 2000-01-01T00:00:00Z
[[o]]
"p\\u0071" = "x # y"
[ "r.s" . t ]
u = -1.5e+3
'''
    lines = key_lines(text)
    place = {("a",): 2, ("b c",): 3, ("b c", "d"): 3, ("b c", "e", "f"): 3, ("b c", "e", "f", "1"): 4}
    place |= {("b c", "e", "f", "2", "g"): 5, ("long",): 6, ("raw",): 9, ("k", "l"): 11, ("k", "l", "m", "n"): 12}
    place |= {("o",): 13, ("o", "0", "pq"): 14, ("r.s", "t"): 15, ("r.s", "t", "u"): 16}
    assert {key: lines[key] for key in place} == place
    assert not {key for key in lines if key[-1] in "hij"}


def test_a_strategy_of_ones_own_stands_beside_the_scenario_or_is_named_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = (FOLDER / "strategies" / "adaptive.toml").read_text(encoding="utf-8").replace('"adaptive"', '"before"', 1)
    (tmp_path / "mine.toml").write_text(mine.replace('mode = "adaptive"', 'mode = "talks"'), encoding="utf-8")
    text = (FOLDER / "teaching.toml").read_text(encoding="utf-8").replace('"self-first"', '"mine.toml"')
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    scenario = load_scenario(tmp_path / "own.toml")
    assert scenario.load_strategy("mine.toml").name == "mine"
    monkeypatch.chdir(tmp_path)
    chosen = DISTRICT.with_strategies(["adaptive", "mine.toml"], "mine.toml")
    assert [chosen.load_strategy(name).name for name in chosen.strategies] == ["adaptive", "mine"]
    assert chosen.load_strategy(chosen.baseline).digest == scenario.load_strategy("mine.toml").digest
