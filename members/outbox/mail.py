"""A letter as the mail that leaves: in plain text and in HTML, with what mail programs and servers ask of one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac

from base.records.own_host import own_host
from base.swedish.words import listed, plural
from members.models import Group, Member
from members.outbox.letters import Letter
from members.outbox.unsubscribing import token_for

MOST_LINES = 20


def mail(letter: Letter) -> EmailMultiAlternatives:
    """The mail to its one receiver. Nothing in it is fetched from elsewhere."""
    group, unsubscribing, to_member = Group.current(), _unsubscribing(letter), isinstance(letter.receiver, Member)
    told: dict[str, Any] = {
        "subject": subject(letter, group),
        "told": letter.told[:MOST_LINES],
        "more": len(letter.told) - MOST_LINES,
        "group": group,
        "address": settings.ADDRESS,
        "subjects": listed([subject.in_passing for subject in sorted(letter.subjects)]),
        "to_member": to_member,
        "choices": to_member and letter.subjects and settings.ADDRESS + reverse("notice_choices"),
    }
    message = EmailMultiAlternatives(
        told["subject"],
        render_to_string("mail/letter.txt", told),
        settings.DEFAULT_FROM_EMAIL,
        [letter.address],
        reply_to=sorted({words.replies_to for words in letter.told} - {""}),
        headers=_headers(letter) | unsubscribing,
    )
    message.attach_alternative(render_to_string("mail/letter.html", told), "text/html")
    for file in (file for words in letter.told for file in words.files):
        message.attach(file.name, file.content, file.kind)
        if file.also_as:
            message.attach_alternative(file.content.decode(), file.also_as)
    return message


def subject(letter: Letter, group: Group) -> str:
    """What is told when it is one thing, or what waits on the receiver, else how many things; on one line."""
    return " ".join(_subject(letter, group).split())


def _subject(letter: Letter, group: Group) -> str:
    first, *others = letter.told
    if not others:
        return first.headline
    if letter.is_about_one_thing or first.waits:
        return f"{first.headline} och {plural(len(others), 'nyhet', 'nyheter')} till"
    return f"{plural(len(letter.told), 'nyhet', 'nyheter')} från {group.name}"


def _headers(letter: Letter) -> dict[str, str]:
    """The Message-ID stays the same for each attempt with the same, so that one who gets it twice sees it once."""
    first, told = letter.notices[0].pk, ",".join(str(notice.pk) for notice in letter.notices)
    seal = salted_hmac("members.notice", told, algorithm="sha256").hexdigest()[:16]
    return {
        "Message-ID": f"<{first}.{seal}@{own_host()}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "List-Id": f"<aviseringar.{own_host()}>",
    }


def _unsubscribing(letter: Letter) -> dict[str, Any]:
    """By one press in the mail program (RFC 8058), but from no call; a mailbox is the samordnare's to take away."""
    if not isinstance(letter.receiver, Member) or not letter.subjects_of_a_list:
        return {}
    address = reverse("no_more_mail", args=[token_for(letter.receiver, letter.subjects_of_a_list)])
    return {
        "List-Unsubscribe": f"<{settings.ADDRESS}{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
