"""The form of every mail of the register: plain text and HTML in seven bits, and marked as a machine's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email import charset
from email.header import Header
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from base.records.own_host import own_host

SEVEN_BITS = charset.Charset("utf-8")
SEVEN_BITS.body_encoding = charset.QP
"""There are mail servers that take no others."""
LINK = re.compile(r"https?://\S+")


class Mail(EmailMultiAlternatives):
    """A mail whose subject begins on its own line: some programs show one that is folded before that badly."""

    def message(self, *args: Any, **kwargs: Any) -> Any:
        message = super().message(*args, **kwargs)
        folded = Header(str(self.subject), SEVEN_BITS, header_name="Subject").encode()
        message.replace_header("Subject", folded)  # as it stands: what is set anew may have no fold
        return message


def in_both_forms(
    subject: str, text: str, html: str, to: str, *, headers: Mapping[str, str] | None = None
) -> EmailMultiAlternatives:
    """The mail to one receiver. No absence is answered by it, but a bounce is."""
    ours = {
        "Message-ID": make_msgid(domain=own_host()),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
    }
    message = Mail(subject, text, settings.DEFAULT_FROM_EMAIL, [to], headers=ours | dict(headers or {}))
    message.encoding = SEVEN_BITS
    message.attach_alternative(html, "text/html")
    return message


def in_plain_words(subject: str, text: str, to: str) -> EmailMultiAlternatives:
    """A mail that is said in paragraphs; one that is an address alone is a link in its HTML."""
    paragraphs = [(words, bool(LINK.fullmatch(words))) for words in text.split("\n\n")]
    html = render_to_string("mail/plain_words.html", {"subject": subject, "paragraphs": paragraphs})
    return in_both_forms(subject, text, html, to)
