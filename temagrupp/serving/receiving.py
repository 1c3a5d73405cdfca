"""One client's connection: what waitress leaves open of how a request is received, and of how one is refused."""

from __future__ import annotations

import re
import time

from csp.utils import build_policy
from django.conf import settings
from django.template.loader import render_to_string
from waitress.buffers import OverflowableBuffer
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import ErrorTask, WSGITask
from waitress.utilities import BadRequest

from base.logs.translating import OUR_FAULT, tell_of_refusal
from base.ui.headers import standing_headers

LONGEST_LINE = 8_192
"""Bytes between the pieces of a body sent in pieces: a browser sends ten."""
LENGTHS = re.compile(rb"^(content-length|transfer-encoding):(.*)$", re.IGNORECASE | re.MULTILINE)
"""The two headers by which a request says where it ends."""
PAGES = {413: "413.html", 500: "500.html"}


class Body(OverflowableBuffer):  # type: ignore[misc]
    """A body as far as one may be long. Of a longer one nothing more is kept than how long it was.

    It is read to its end: a browser shows no answer before it has sent all, and the next request comes after it.
    """

    def __init__(self, overflow: int) -> None:
        super().__init__(overflow)
        self.length = 0

    def append(self, data: bytes) -> None:
        self.length += len(data)
        if self.length <= settings.MOST_BYTES_SENT:
            super().append(data)

    def __len__(self) -> int:
        return self.length


class Parser(HTTPRequestParser):  # type: ignore[misc]
    completed: bool

    def received(self, data: bytes) -> int:
        consumed: int = super().received(data)
        pieces = self.body_rcv if self.chunked and not self.completed else None
        if pieces is not None and len(pieces.control_line) + len(pieces.trailer) > LONGEST_LINE:
            self.error = BadRequest("No end of a line")
            self.completed = True
        return consumed

    def parse_header(self, header_plus: bytes) -> None:
        try:
            super().parse_header(header_plus)
        except ValueError as error:  # of more digits than Python takes for a number
            raise ParsingError("Content-Length is invalid") from error
        _ensure_one_end(header_plus)
        if self.body_rcv is not None:
            self.body_rcv.buf = Body(self.adj.inbuf_overflow)


def _ensure_one_end(head: bytes) -> None:
    """Refuse a request whose end a proxy in front may see elsewhere: the rest would be a request of its own.

    waitress itself takes the second of two, and any number of layers of pieces for one. Raises ParsingError.
    """
    said = [(name.lower(), value.strip().lower()) for name, value in LENGTHS.findall(head)]
    if len(said) > 1 or (b"transfer-encoding" in dict(said) and dict(said)[b"transfer-encoding"] != b"chunked"):
        raise ParsingError("More than one length")


class AnswerTask(WSGITask):  # type: ignore[misc]
    """An answer that tells the client when it is the last one on this connection."""

    def build_response_header(self) -> bytes:
        if self.channel.server.ending:
            self.set_close_on_finish()
        header: bytes = super().build_response_header()
        if self.request.command == "HEAD":
            self.chunked_response = False  # nor the empty piece that ends a body
        return header


class RefusalTask(ErrorTask):  # type: ignore[misc]
    """The answer to what is no request at all, as a page: what sent it may be somebody's browser or network."""

    def execute(self) -> None:
        error = self.request.error
        if error.code != OUR_FAULT:  # which waitress has told of
            tell_of_refusal(error.code)
        page = render_to_string(PAGES.get(error.code, "400.html")).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [("Content-Type", "text/html; charset=utf-8"), *standing_headers().items()]
        self.response_headers.append(("Content-Security-Policy", build_policy()))
        self.set_close_on_finish()
        self.content_length = len(page)
        self.write(page)


class ClientChannel(HTTPChannel):  # type: ignore[misc]
    task_class = AnswerTask
    error_task_class = RefusalTask
    parser_class = Parser
    began = 0.0
    """When the first of the request came that is being received."""

    def received(self, data: bytes) -> bool:
        before = self.request
        taken: bool = super().received(data)
        if self.request is not before:
            self.began = time.time()
        return taken

    def seconds_receiving(self) -> tuple[float, bool]:
        """For how long the request has been received, and whether its head is whole; 0 when there is none."""
        if self.request is None or self.requests:
            return 0, False
        return time.time() - self.began, self.request.headers_finished

    @property
    def is_owed(self) -> bool:
        """Whether the client waits for an answer, or for the rest of one."""
        return bool(self.requests or self.total_outbufs_len)
