"""``NamedTuple``, as ``typing`` has it, for less time at every start.

``typing`` compiles every annotation and the constructor of every class when it is made: 150 µs a class, a tenth of a
start for all of ours. Here the constructor is made when it is first called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from operator import itemgetter

    try:
        from _collections import _tuplegetter as getter
    except ImportError:  # a Python that has none

        def getter(index, doc):
            """What reads the value at ``index``."""
            return property(itemgetter(index), doc=doc)

    class Record(tuple):
        """What all of them can do; each method is what ``collections.namedtuple`` gives its classes."""

        __slots__ = ()

        def __new__(cls, /, *values, **named):  # noqa: D102 -- makes the constructor and calls it
            own = next(one for one in cls.__mro__ if "_fields" in one.__dict__)
            fields = "".join(f"{field}, " for field in own._fields)
            # as the standard library writes it, for the same checks and messages and the speed of a function by hand
            made = eval(f"lambda _cls, {fields}: _new(_cls, ({fields}))", {"_new": tuple.__new__, "__builtins__": {}})
            made.__name__, made.__qualname__ = "__new__", f"{own.__name__}.__new__"
            made.__defaults__ = tuple(own._field_defaults.values())
            own.__new__ = made
            return made(cls, *values, **named)

        @classmethod
        def _make(cls, iterable):
            found = tuple.__new__(cls, iterable)
            if len(found) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(found)}")
            return found

        def _replace(self, /, **values):
            found = self._make(map(values.pop, self._fields, self))
            if values:
                raise ValueError(f"Got unexpected field names: {list(values)!r}")
            return found

        __replace__ = _replace  # for copy.replace

        def _asdict(self):
            return dict(zip(self._fields, self))

        def __repr__(self):
            return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in zip(self._fields, self))})"

        def __getnewargs__(self):
            return tuple(self)

    class _Maker(type):
        def __new__(cls, name, bases, namespace):
            if len(bases) > 1 or any(field.startswith("_") for field in namespace.get("__annotations__", ())):
                raise TypeError(f"{name}: a named tuple has no other base, and no field that begins with _")
            fields = tuple(namespace.get("__annotations__", ()))
            defaults = {field: namespace[field] for field in fields if field in namespace}
            if tuple(defaults) != fields[len(fields) - len(defaults) :]:
                raise TypeError(f"{name}: a field without a default follows one with a default")
            namespace |= {field: getter(index, field) for index, field in enumerate(fields)}
            namespace |= {"__slots__": (), "__match_args__": fields, "_fields": fields, "_field_defaults": defaults}
            return type(name, (Record,), namespace)

    class _Base:
        """To be named as the base of a class, like ``typing.NamedTuple``, which is no class either."""

        def __mro_entries__(self, bases):
            return (_MADE_BY,)

    _MADE_BY = type.__new__(_Maker, "NamedTuple", (), {})  # a base whose metaclass makes the class

    NamedTuple = _Base()
