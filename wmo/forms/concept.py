"""Fields of something that is still being written."""

from typing import Any


class MagNogLeeg:
    """Mixin: obligatory in the end, so no "(niet verplicht)" beside it, but empty may be saved for now.

    Whoever closes the whole (a `clean`, an action) says what is missing.
    """

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:  # type: ignore[attr-defined]
            super().validate(value)  # type: ignore[misc]
