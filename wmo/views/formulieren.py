"""What every form of a case does: run one action, say what it did, or say why not."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

from wmo.actions.kader import Geweigerd


def probeer(request: HttpRequest, doe: Callable[[], str]) -> bool:
    """Run the action behind a button. `doe` returns the sentence of success; a refusal stands above the form."""
    try:
        messages.success(request, doe())
    except Geweigerd as fout:
        messages.error(request, fout.zin)
        return False
    return True
