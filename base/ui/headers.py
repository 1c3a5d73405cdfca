"""What is said beside every answer, also beside those that are made before Django is asked."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def standing_headers() -> dict[str, str]:
    """What every answer says beside its policy of content, be it a page, a file or a refusal."""
    return {
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in settings.PERMISSIONS_POLICY),
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }


class HeadersMiddleware:
    """Says the standing headers of whatever is answered, also where nothing further in has been asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.standing = standing_headers()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, words in self.standing.items():
            response.setdefault(name, words)
        return response
