import sys
from _operator import abs as abs, add as add, and_ as and_, concat as concat, contains as contains, countOf as countOf, delitem as delitem, eq as eq, floordiv as floordiv, ge as ge, getitem as getitem, gt as gt, iadd as iadd, iand as iand, iconcat as iconcat, ifloordiv as ifloordiv, ilshift as ilshift, imatmul as imatmul, imod as imod, imul as imul, index as index, indexOf as indexOf, inv as inv, invert as invert, ior as ior, ipow as ipow, irshift as irshift, is_ as is_, is_not as is_not, isub as isub, itruediv as itruediv, ixor as ixor, le as le, length_hint as length_hint, lshift as lshift, lt as lt, matmul as matmul, mod as mod, mul as mul, ne as ne, neg as neg, not_ as not_, or_ as or_, pos as pos, pow as pow, rshift as rshift, setitem as setitem, sub as sub, truediv as truediv, truth as truth, xor as xor
from typing import Any, Generic, TypeVar, final, overload
from typing_extensions import Self, TypeVarTuple, Unpack
_T = TypeVar('_T')
_T_co = TypeVar('_T_co')
_T1 = TypeVar('_T1')
_T2 = TypeVar('_T2')
_Ts = TypeVarTuple('_Ts')
from _operator import call as call
__lt__ = lt
__le__ = le
__eq__ = eq
__ne__ = ne
__ge__ = ge
__gt__ = gt
__not__ = not_
__abs__ = abs
__add__ = add
__and__ = and_
__floordiv__ = floordiv
__index__ = index
__inv__ = inv
__invert__ = invert
__lshift__ = lshift
__mod__ = mod
__mul__ = mul
__matmul__ = matmul
__neg__ = neg
__or__ = or_
__pos__ = pos
__pow__ = pow
__rshift__ = rshift
__sub__ = sub
__truediv__ = truediv
__xor__ = xor
__concat__ = concat
__contains__ = contains
__delitem__ = delitem
__getitem__ = getitem
__setitem__ = setitem
__iadd__ = iadd
__iand__ = iand
__iconcat__ = iconcat
__ifloordiv__ = ifloordiv
__ilshift__ = ilshift
__imod__ = imod
__imul__ = imul
__imatmul__ = imatmul
__ior__ = ior
__ipow__ = ipow
__irshift__ = irshift
__isub__ = isub
__itruediv__ = itruediv
__ixor__ = ixor
__call__ = call
class attrgetter(Generic[_T_co]):
    def __call__(self) -> _T_co: ...
class itemgetter(Generic[_T_co]):
    def __call__(self) -> Any: ...
class methodcaller:
    def __call__(self) -> Any: ...
