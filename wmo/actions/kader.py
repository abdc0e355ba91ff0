"""The frame of every action: one transaction, a checked right, at least one line in the logboek."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction

from wmo.permissions import Recht

P = ParamSpec("P")
T = TypeVar("T")

_logregels: ContextVar[int] = ContextVar("logregels_in_deze_actie", default=0)


class Geweigerd(Exception):
    """The domain says no. The message is a Dutch sentence for the person: what is wrong and what to do next.

    `reden` is a stable code for tests and for the screen that wants to react to this refusal in particular.
    """

    def __init__(self, zin: str, *, reden: str = "") -> None:
        super().__init__(zin)
        self.zin = zin
        self.reden = reden


class IntussenGewijzigd(Geweigerd):
    """Somebody else was first: the row no longer is in the state this action started from."""

    def __init__(self, zin: str = "Iemand anders was eerder. Bekijk wat er nu staat en probeer het opnieuw.") -> None:
        super().__init__(zin, reden="INTUSSEN_GEWIJZIGD")


def tel_logregel() -> None:
    """Called by `logboek.noteer`."""
    _logregels.set(_logregels.get() + 1)


def actie(recht: Recht) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Turn a function into an action.

    It runs in one transaction with what it calls, raises PermissionDenied when `door` lacks `recht`, and raises
    AssertionError when it wrote no line in the logboek: an action that leaves no trace is a bug, not a choice.
    """

    def versier(functie: Callable[P, T]) -> Callable[P, T]:
        @wraps(functie)
        def uitgevoerd(*args: P.args, **kwargs: P.kwargs) -> T:
            if not kwargs["door"].mag(recht):  # type: ignore[attr-defined]
                raise PermissionDenied(f"Hiervoor is het recht '{recht}' nodig.")
            with transaction.atomic():
                vooraf = _logregels.get()
                uitkomst = functie(*args, **kwargs)
                if _logregels.get() == vooraf:
                    raise AssertionError(f"{functie.__module__}.{functie.__name__} schreef geen regel in het logboek")
            return uitkomst

        uitgevoerd.recht = recht  # type: ignore[attr-defined]
        return uitgevoerd

    return versier


def binnen_actie(functie: Callable[P, T]) -> Callable[P, T]:
    """Mark a part that several actions share: it takes `door` but checks no right and writes no line of its own.

    Outside a transaction it raises AssertionError, so that no screen can call it instead of an action.
    """

    @wraps(functie)
    def deel(*args: P.args, **kwargs: P.kwargs) -> T:
        if not transaction.get_connection().in_atomic_block:
            raise AssertionError(f"{functie.__module__}.{functie.__name__} hoort in een actie")
        return functie(*args, **kwargs)

    return deel
