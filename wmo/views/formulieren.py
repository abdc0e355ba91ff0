"""What every form of a case does: run one action, say what it did, or say why not."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

from wmo.actions.kader import Geweigerd, IntussenGewijzigd


def gepost(request: HttpRequest) -> QueryDict | None:
    """What binds a form: the POST, also an empty one; None on a first look."""
    return request.POST if request.method == "POST" else None


def beurt(request: HttpRequest) -> int:
    """The counter the posted page was made with; -1, which no row ever has, when the page does not say it."""
    waarde = request.POST.get("bewerkt", "")
    return int(waarde) if waarde.isdecimal() and len(waarde) < 10 else -1


def probeer(request: HttpRequest, doe: Callable[[], str], form: BaseForm | None = None) -> bool:
    """Run the action behind a button. `doe` returns the sentence of success.

    A refusal stands above the page, or with the errors of `form` when that is given.
    """
    try:
        messages.success(request, doe())
    except Geweigerd as fout:
        if form is None:
            messages.error(request, fout.zin)
        else:
            form.add_error(None, fout.zin)
        request.META["formulier.status"] = 409 if isinstance(fout, IntussenGewijzigd) else 422
        return False
    return True


def antwoordstatus(request: HttpRequest) -> int:
    """200 on a first look, 409 when somebody else was first, 422 for everything else that is wrong."""
    return 200 if request.method != "POST" else request.META.get("formulier.status", 422)
