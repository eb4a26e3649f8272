"""How ``python3 run.py`` works on a bare machine: a virtual environment beside it, made once.  Standard library only.

A stamp in ``.venv`` says what it was made from.  While packages are being installed the stamp says so instead, and an
environment found in that state is made anew; one that somebody else made is only added to.
"""

import hashlib
import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

from sim.messages import language, say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "xietiao.stamp"
PINS = ROOT / "constraints.txt"
PACKAGES = (
    "SALib", "click", "duckdb", "jinja2", "matplotlib", "mesa", "networkx", "numba", "numpy", "pandas", "pydantic",
    "rich", "scipy", "starlette", "uvicorn",
)  # fmt: skip
DEV = ("distributed", "hypothesis", "importlinter", "mypy", "playwright", "pytest", "ruff", "xdist")
_UNFINISHED = "unfinished"
_PIP = ("-m", "pip", "--disable-pip-version-check")


def ensure(arguments: list[str]) -> None:
    """Return if the packages are there; else make or update ``.venv`` and start again in it.

    ``arguments`` are ``sys.argv``, the program first.  ``--no-venv`` (which is taken out of them) or
    ``XIETIAO_NO_VENV=1`` forbids that.  Leaves with exit status 2 and one message if the packages cannot be had.
    """
    lang = language(arguments)
    forbidden = os.environ.get("XIETIAO_NO_VENV", "") not in ("", "0")
    if "--no-venv" in arguments:
        arguments.remove("--no-venv")
        forbidden = True
    missing = _missing(PACKAGES)
    if forbidden:
        if missing:
            _leave(say("missing", lang, names=", ".join(missing), command=f"pip install -c {PINS.name} -e ."))
    elif _inside():
        if missing or _stamp() not in (_wanted(), ""):
            print(say("updating", lang, folder=VENV.name), file=sys.stderr, flush=True)
            _install("" if _missing(DEV) else "[dev]", lang)
    elif missing:
        if _stamp() in ("", _UNFINISHED) or not _python().exists():
            _make(lang)
        _restart(arguments[1:])


def ensure_dev(lang: str) -> None:
    """What the tests need: installed into our own ``.venv`` if missing, asked for elsewhere."""
    missing = _missing(DEV)
    if not missing:
        return
    if not _inside():
        _leave(say("missing", lang, names=", ".join(missing), command=f'pip install -c {PINS.name} -e ".[dev]"'))
    print(say("installing_dev", lang), file=sys.stderr)
    _install("[dev]", lang)


def _inside() -> bool:
    return VENV.exists() and Path(sys.prefix).resolve() == VENV.resolve()


def _missing(names: Sequence[str]) -> list[str]:
    return [name for name in names if find_spec(name) is None]


def _python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _works() -> bool:
    """Whether the environment can be installed into: its interpreter starts and has pip."""
    if not _python().exists():  # also true of a link to a Python that has been removed
        return False
    return subprocess.run([_python(), *_PIP, "--version"], capture_output=True, check=False).returncode == 0


def _stamp() -> str:
    return STAMP.read_text(encoding="utf-8") if STAMP.is_file() else ""


def _wanted() -> str:
    """What the environment should have been made from: the pins, the dependencies, and the place."""
    digest = hashlib.sha256(str(ROOT).encode())
    for path in (PINS, ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _make(lang: str) -> None:
    if find_spec("venv") is None or find_spec("ensurepip") is None:
        _leave(say("no_venv_module", lang, version=".".join(map(str, sys.version_info[:2]))))
    print(say("making", lang, folder=VENV.name), file=sys.stderr, flush=True)
    if _stamp() == _UNFINISHED:
        shutil.rmtree(VENV)
    if not _works():
        VENV.mkdir(exist_ok=True)
        STAMP.write_text(_UNFINISHED, encoding="utf-8")
        if subprocess.run([sys.executable, "-m", "venv", VENV], check=False).returncode:
            _leave(say("install_failed", lang))
    _install("", lang)


def _install(extras: str, lang: str) -> None:
    """Install the project and its pinned packages into the environment, and stamp it."""
    command = [str(_python()), *_PIP, "install", "--quiet", "-c", str(PINS), "-e", f"{ROOT}{extras}"]
    if subprocess.run(command, check=False).returncode:
        _leave(say("install_failed", lang))
    STAMP.write_text(_wanted(), encoding="utf-8")
    importlib.invalidate_caches()


def _restart(arguments: Sequence[str]) -> NoReturn:
    """Go on in the environment, with the same arguments."""
    sys.stderr.flush()
    command = [str(_python()), str(ROOT / "run.py"), *arguments]
    if os.name == "nt":  # which has no exec that keeps the console
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(command[0], command)


def _leave(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    sys.exit(2)
