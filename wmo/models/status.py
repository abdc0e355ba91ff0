"""One door for every change of state: a conditional UPDATE that must hit exactly one row (ADR 0002)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class OngeldigeOvergang(Exception):
    """This state cannot follow that one: a programming error, since screens offer only what OVERGANGEN allows."""


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
        from wmo.actions.kader import IntussenGewijzigd

        if not self.kan_naar(status):
            raise OngeldigeOvergang(f"{self._meta.label}: {self.status} -> {status}")
        geraakt = type(self)._base_manager.filter(pk=self.pk, status=self.status).update(status=status, **velden)  # type: ignore[misc]
        if geraakt != 1:
            raise IntussenGewijzigd
        for naam, waarde in {"status": status, **velden}.items():
            setattr(self, naam, waarde)


def overgangen(tabel: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {str(van): frozenset(str(naar) for naar in naar_set) for van, naar_set in tabel.items()}
