"""How a world is handed from Python to compiled code and on from function to function: by its address.

To Numba a NamedTuple is its parts.  A call would hand over some 180 values, and each function's name would spell out
every field of every table, 16,000 letters: that took half the time of compiling.
"""

import hashlib
import operator
from itertools import accumulate
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.core.imputils import impl_ret_borrowed
from numba.core.typing.templates import AbstractTemplate, AttributeTemplate, infer_getattr, infer_global, signature
from numba.extending import (
    NativeValue,
    lower_builtin,
    lower_getattr_generic,
    models,
    register_model,
    typeof_impl,
    unbox,
)  # fmt: skip
from numba.np.arrayobj import load_item, make_array

from sim.compiled import CHECKED
from sim.world import World

_BYTE = ir.IntType(8)
_WORD = ir.IntType(64)


class Rows(types.Array):
    """A table of a world.  Unlike other arrays it is never read from the end: -1 is no row.

    An access is then a multiplication and an addition, which makes a run a tenth faster and compiles in less time.
    """


register_model(Rows)(models.ArrayModel)


class WorldType(types.Type):
    """Numba's type of a world."""

    def __init__(self, parts: tuple[Rows, ...]) -> None:
        self.parts = dict(zip(World._fields, parts, strict=True))
        # An array is five words, and a length and a stride for each dimension.
        ends = list(accumulate(5 + 2 * part.ndim for part in parts))
        self.offsets = dict(zip(World._fields, [0, *ends[:-1]], strict=True))
        self.words = ends[-1]
        super().__init__(f"World({hashlib.sha256(repr(parts).encode()).hexdigest()[:8]})")


@typeof_impl.register(World)
def _type_of_world(world: World, context: Any) -> WorldType:
    parts = [typeof_impl(part, context) for part in world]
    return WorldType(tuple(Rows(part.dtype, part.ndim, part.layout) for part in parts))


@register_model(WorldType)
class _WorldModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: WorldType) -> None:
        super().__init__(manager, kind, _BYTE.as_pointer())


@unbox(WorldType)
def _unbox_world(kind: WorldType, given: Any, c: Any) -> NativeValue:
    """The arrays of a world, one after the other in a piece of memory that lives as long as the call.

    Where references are counted (in what makes arrays) an array is held while it is handed over, and let go after the
    call: else every run would leave its world behind.
    """
    memory = cgutils.alloca_once(c.builder, ir.ArrayType(_WORD, kind.words))
    world, failed, held = c.builder.bitcast(memory, _BYTE.as_pointer()), cgutils.false_bit, []
    for place, (name, part) in enumerate(kind.parts.items()):
        native = c.unbox(part, c.pyapi.tuple_getitem(given, place))
        c.builder.store(native.value, _address(c.context, c.builder, kind, world, name))
        failed = c.builder.or_(failed, native.is_error)
        held.append((part, native.value))

    def let_go() -> None:
        for part, value in reversed(held):
            c.context.nrt.decref(c.builder, part, value)

    return NativeValue(world, is_error=failed, cleanup=let_go if c.context.enable_nrt else None)


def _address(context: Any, builder: Any, kind: WorldType, world: Any, name: str) -> Any:
    at = builder.gep(world, [_WORD(8 * kind.offsets[name])], inbounds=True)
    return builder.bitcast(at, context.get_value_type(kind.parts[name]).as_pointer())


@infer_getattr
class _PartsOfWorld(AttributeTemplate):
    key = WorldType

    def generic_resolve(self, value: WorldType, attr: str) -> Any:  # type: ignore[override]
        return value.parts.get(attr)


@lower_getattr_generic(WorldType)
def _part(context: Any, builder: Any, kind: WorldType, world: Any, name: str) -> Any:
    found = builder.load(_address(context, builder, kind, world, name))
    return impl_ret_borrowed(context, builder, kind.parts[name], found)


@infer_global(operator.getitem)
class _RowOrCell(AbstractTemplate):
    """Brackets after a table.  For this target, so as to be asked first: Numba would try seven other meanings."""

    metadata = {"target": "cpu"}  # noqa: RUF012

    def generic(self, args: tuple[Any, ...], kws: dict[str, Any]) -> Any:
        kind, index = args
        if not isinstance(kind, Rows):
            return None
        if kind.ndim == 1 and isinstance(index, types.Integer):
            return signature(kind.dtype, kind, types.intp)
        if isinstance(index, types.UniTuple) and index.count == kind.ndim and isinstance(index.dtype, types.Integer):
            return signature(kind.dtype, kind, types.UniTuple(types.intp, kind.ndim))
        return None


@lower_builtin(operator.getitem, Rows, types.intp)
def _row(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    return _found(context, builder, sig.args[0], args[0], [args[1]])


@lower_builtin(operator.getitem, Rows, types.UniTuple)
def _cell(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    return _found(context, builder, sig.args[0], args[0], cgutils.unpack_tuple(builder, args[1]))


def _found(context: Any, builder: Any, kind: Rows, value: Any, indices: list[Any]) -> Any:
    array = make_array(kind)(context, builder, value)
    if CHECKED:
        for index, length in zip(indices, cgutils.unpack_tuple(builder, array.shape), strict=True):
            with builder.if_then(builder.icmp_unsigned(">=", index, length), likely=False):
                builder.call(builder.module.declare_intrinsic("llvm.trap", fnty=ir.FunctionType(ir.VoidType(), [])), [])
    return load_item(context, builder, kind, cgutils.get_item_pointer(context, builder, kind, array, indices))
