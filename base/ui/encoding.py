"""Everything sent to the register is read as UTF-8, whatever the sender claims."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class Utf8Middleware:
    """Reads each request as UTF-8: our pages are, and browsers answer in kind.

    Another name in the request is a mistake or a try, and some of the names Python knows are no text encodings:
    reading with them would end in a fault of ours.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.encoding:
            request.encoding = "utf-8"
        return self.get_response(request)
