"""allauth's form to sign in, in our words. The refusals themselves stand at the adapter, config/aanmelden.py."""

from typing import Any

from allauth.account.forms import LoginForm


class InlogForm(LoginForm):
    """Two fields; the link for a forgotten password stands under the button, not inside a hint."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mailadres"
        self.fields["login"].error_messages["required"] = "Vul uw e-mailadres in."
        self.fields["password"].help_text = ""
        self.fields["password"].error_messages["required"] = "Vul uw wachtwoord in."
