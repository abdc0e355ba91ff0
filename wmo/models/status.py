"""One door for every change of state: a conditional UPDATE that must hit exactly one row (ADR 0002)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from wmo.actions.kader import IntussenGewijzigd


class OngeldigeOvergang(IntussenGewijzigd):
    """This state cannot follow that one. Screens offer only what OVERGANGEN allows: the page was of a moment ago.

    Where no person is involved it is a bug; the note says which step was tried.
    """

    def __init__(self, stap: str) -> None:
        super().__init__("Dit kan niet meer. Ververs de pagina en kijk hoe het nu staat.")
        self.add_note(stap)


class MetStatus(models.Model):
    """Mixin. The model has a `status` field and a table OVERGANGEN: status -> states that may follow."""

    status: Any
    OVERGANGEN: ClassVar[dict[str, frozenset[str]]]

    class Meta:
        abstract = True

    def kan_naar(self, status: str) -> bool:
        return status in self.OVERGANGEN.get(self.status, frozenset())

    def zet_status(self, status: str, **velden: Any) -> None:
        """Go to `status` and set `velden` in the same UPDATE.

        Raises OngeldigeOvergang when the table does not allow it and IntussenGewijzigd when somebody else was first.
        """
        if not self.kan_naar(status):
            raise OngeldigeOvergang(f"{self._meta.label}: {self.status} -> {status}")
        geraakt = type(self)._base_manager.filter(pk=self.pk, status=self.status).update(status=status, **velden)  # type: ignore[misc]
        if geraakt != 1:
            raise IntussenGewijzigd
        for naam, waarde in {"status": status, **velden}.items():
            setattr(self, naam, waarde)


def overgangen(tabel: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {str(van): frozenset(str(naar) for naar in naar_set) for van, naar_set in tabel.items()}
