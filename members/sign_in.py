from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in for those the samordnare has entered: nobody signs up by herself."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
