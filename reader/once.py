"""Values that are worked out when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801 - used as a decorator, as `property` is
    """A property that is worked out once; its class has no `__slots__`.

    `functools.cached_property` of Python 3.11 holds one lock for all instances while it works, so
    that threads wait for one another's articles. Here two threads may both work the same out.
    """

    def __init__(self, work: Callable[[Any], T]) -> None:
        self.__doc__ = work.__doc__
        self._work = work

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> once[T]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> T | once[T]:
        if instance is None:
            return self
        # From now on the value is found before this descriptor, which sets nothing.
        value: T = self._work(instance)
        instance.__dict__[self._name] = value
        return value
