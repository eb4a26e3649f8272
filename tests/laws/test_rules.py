"""Every rule can be found: from its id to the page that says what it does, and to where it stands in the code."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "sim" / "rules").glob("[a-z]*.py"))
_ID = re.compile(r"^\[([A-Z]{3}-[A-Z]+)\] ")


def functions(file: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.parse(file.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)]


def ids() -> dict[str, str]:
    found: dict[str, str] = {}
    for file in FILES:
        for function in functions(file):
            match = _ID.match(ast.get_docstring(function) or "")
            if match:
                assert match[1] not in found, f"{match[1]} stands twice"
                found[match[1]] = f"{file.name}:{function.name}"
    return found


@pytest.mark.parametrize("name", ["theory.md", "odd.md"])
def test_every_rule_id_stands_on_the_page_and_no_other_does(name: str) -> None:
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    named = set(re.findall(r"\b[A-Z]{3}-[A-Z]+\b", page))
    assert named == set(ids())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_file_of_rules_names_its_source_and_every_function_says_what_it_does(file: Path) -> None:
    module = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    assert "Source: " in module
    for function in functions(file):
        assert ast.get_docstring(function), f"{function.name} says nothing"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_rules_use_the_index_letters_of_the_project(file: Path) -> None:
    letters = {"o", "u", "v", "m", "p", "k", "b", "s", "a", "t", "w", "x", "n"}
    for function in functions(file):
        single = {argument.arg for argument in function.args.args if len(argument.arg) == 1}
        assert single <= letters, f"{function.name}: {single - letters}"
