"""What is said beside every answer, also beside those that are made before Django is asked."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control


def standing_headers() -> dict[str, str]:
    """What every answer says beside its policy of content, be it a page, a file or a refusal."""
    return {
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in settings.PERMISSIONS_POLICY),
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }


def is_secret_address(request: HttpRequest) -> bool:
    """Whether the address alone lets one act, so that no cookie counts, and nobody else may learn it."""
    return request.path_info.startswith(settings.SECRET_ADDRESSES)


class HeadersMiddleware:
    """Says the standing headers of whatever is answered, also where nothing further in has been asked.

    At a secret address the answer, be it a page, a redirect or a fault, is stored by nobody and tells nobody of it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.standing = standing_headers()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, words in self.standing.items():
            response.setdefault(name, words)
        if is_secret_address(request):
            patch_cache_control(response, private=True, no_store=True)
            response["Referrer-Policy"], response["X-Robots-Tag"] = "no-referrer", "noindex"
        return response
