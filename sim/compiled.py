"""How the rules are compiled: one decorator, and a cache that cannot serve stale code.

Numba's own cache looks only at the file a function stands in, and serves a stale caller when a callee in another
file has changed.  The cache folder is therefore named by a hash of every source that is compiled.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import LoweringPass, register_pass
from numba.core.registry import CPUDispatcher
from numba.core.typed_passes import AnnotateTypes

F = TypeVar("F", bound=Callable[..., object])

_HERE = Path(__file__).parent
_FOLDERS_KEPT = 4
CHECKED = bool(os.environ.get("XIETIAO_CHECKED"))  # stop at a row that a table does not have: for tests, and slower


def _sources() -> list[Path]:
    """The files that hold compiled code, or decide the layout of what it works on."""
    names = ("compiled", "handing", "draws", "parameters", "world", "vocabulary", "schedule", "measures")
    drawing = sorted(_HERE.glob("draw_*.py"))
    return [_HERE / f"{name}.py" for name in names] + drawing + sorted((_HERE / "rules").glob("*.py"))


def _cache_root() -> Path:
    given = os.environ.get("XIETIAO_CACHE")
    if given:
        return Path(given)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "xietiao"


def cache_folder() -> Path:
    """The folder of this version's compiled code, made if need be; older versions' folders are removed."""
    digest = hashlib.sha256(f"{numba.__version__} {CHECKED}".encode())
    for source in _sources():
        digest.update(source.name.encode())
        digest.update(source.read_bytes())
    root = _cache_root()
    folder = root / digest.hexdigest()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        os.utime(folder)
        by_age = sorted((path for path in root.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime)
        for old in by_age[:-_FOLDERS_KEPT]:
            shutil.rmtree(old, ignore_errors=True)
    except OSError:  # a home that cannot be written: compile again each time rather than fail
        folder = Path(tempfile.mkdtemp(prefix="xietiao-"))
    return folder


COMPILES: bool = not numba.config.DISABLE_JIT  # type: ignore[attr-defined]
if COMPILES:
    numba.config.CACHE_DIR = str(cache_folder())  # type: ignore[attr-defined]


class _NoEngine:
    """Where a part, which is never run by itself, leaves what Numba would have it keep for running."""

    def set_env(self, name: str, environment: object) -> None:
        """Nothing: rules have no use for an environment."""


class _Part(JITCodeLibrary):
    """A function by itself: neither optimised together with what it calls nor made into machine code."""

    codegen = _NoEngine()

    def finalize(self) -> None:
        """Leave the rest to the wholes that it is linked into."""
        self._finalized = True

    def alone(self) -> Any:
        """The function without what it calls."""
        return super()._get_module_for_linking()

    def _get_module_for_linking(self) -> Any:
        """The function with all that it calls, for a caller that is compiled in Numba's own way, as in tests."""
        module = self.alone().clone()
        _link_called(self, module)
        return module


class _Whole(JITCodeLibrary):
    """An entry from Python, with every part that it calls, directly or not."""

    def finalize(self) -> None:
        """Link all parts, each once, and compile them together."""
        _link_called(self, self._final_module)
        self._linking_libraries = []
        super().finalize()

    def _optimize_final_module(self) -> None:
        """One pass at level 1 instead of two up to level 3: with all parts in line, as fast, for half the time."""
        manager, builder = self._codegen._module_pass_manager(opt=1)
        manager.run(self._final_module, builder)


def _link_called(library: Any, module: Any) -> None:
    """Link what a library calls, directly or not, into a module."""
    called = list(dict.fromkeys(library._linking_libraries))
    for each in called:  # which grows
        if isinstance(each, _Part):
            called.extend(other for other in each._linking_libraries if other not in called)
        module.link_in(each.alone() if isinstance(each, _Part) else each._get_module_for_linking(), preserve=True)


@register_pass(mutates_CFG=False, analysis_only=True)
class _Choose(LoweringPass):
    """Choose what a function is lowered into, before Numba does."""

    _name = "choose_library"

    def __init__(self) -> None:
        super().__init__()

    def run_pass(self, state: Any) -> bool:
        """Give a function without an entry from Python a library of its own kind."""
        kind = _Part if state.flags.no_cpython_wrapper else _Whole
        state.library = kind(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        return True


class _Compiler(CompilerBase):
    """Numba's own, but for the above."""

    def define_pipelines(self) -> list[Any]:
        """The passes, in order."""
        passes = DefaultPassBuilder.define_nopython_pipeline(self.state)
        passes.add_pass_after(_Choose, AnnotateTypes)
        passes.finalize()
        return [passes]


class _Entered(CPUDispatcher):
    """A function that is a whole where Python calls it, compiled only then, and a part where compiled code does."""

    part: Any

    def get_call_template(self, args: Any, kws: Any) -> Any:
        """What compiled code calls."""
        return self.part.get_call_template(args, kws)

    def get_overload(self, sig: Any) -> Any:
        """The same, when the call is lowered."""
        return self.part.get_overload(sig)


# IEEE arithmetic as written (no fast-math), without the interpreter lock.
_ALL: dict[str, Any] = {"nopython": True, "nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}
_RULE: dict[str, Any] = {**_ALL, "_nrt": False, "forceinline": True}


def compiled(function: F) -> F:
    """Compile a part of a rule, called from compiled code only, and there set in line.

    In line, because a call took as long as what most rules do.  Rules allocate nothing, so no reference is counted:
    counting the tables at every call took three quarters of a run.  A part is kept in no cache; what it is part of is
    (``docs/decisions/0002-record-arrays.md``).
    """
    return cast(F, _part(function, _RULE)) if COMPILES else function


def entered(function: F) -> F:
    """The same for what Python calls too: the rules of the schedule, draws, the parts of a world's drawing."""
    return _whole(function, _RULE)


def allocating(function: F) -> F:
    """The same for what makes arrays: drawing a world, and measuring one."""
    return _whole(function, _ALL)


def _part(function: Callable[..., object], options: dict[str, Any]) -> Any:
    return CPUDispatcher(function, targetoptions={**options, "no_cpython_wrapper": True}, pipeline_class=_Compiler)


def _whole(function: F, options: dict[str, Any]) -> F:
    if not COMPILES:
        return function
    whole = _Entered(function, targetoptions=options, pipeline_class=_Compiler)
    whole.part = _part(function, options)
    whole.enable_caching()
    return cast(F, whole)
