"""The base of all factories: the type checker learns that calling one gives a row."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Model
from factory.django import DjangoModelFactory

Rij = TypeVar("Rij", bound=Model)


class Fabriek(DjangoModelFactory[Rij]):
    """`FooFactory()` is a Foo: factory_boy does that in a metaclass, which a type checker cannot follow."""

    if TYPE_CHECKING:

        def __new__(cls, **velden: Any) -> Rij: ...  # type: ignore[misc]  # a factory on paper, a row in truth
