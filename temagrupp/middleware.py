from typing import Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from pghistory.middleware import HistoryMiddleware as PlainHistoryMiddleware


class HistoryMiddleware(PlainHistoryMiddleware):  # type: ignore[misc]
    """Tells the trigger history who acted and on which kind of address.

    The address is kept as its pattern and number, never as typed: an address may carry a one-time key.
    """

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return {"user": request.user.pk, "route": None}
        numbers = {name: value for name, value in match.kwargs.items() if isinstance(value, int)}
        return {"user": request.user.pk, "route": match.route, **numbers}
