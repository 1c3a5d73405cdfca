"""A letter as the mail that leaves: in plain text and in HTML, with what mail programs and servers ask of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from email.utils import parseaddr, quote
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac

from base.records.own_host import own_host
from base.swedish.words import listed, plural
from members.mail_form import in_both_forms
from members.models import Group, Member, Notice, Organisation
from members.outbox.kinds import NoticeWords
from members.outbox.letters import Letter
from members.outbox.unsubscribing import token_for

MOST_LINES = 20


def mail(letter: Letter) -> EmailMultiAlternatives:
    """The mail to its one receiver. Nothing in it is fetched from elsewhere."""
    group, unsubscribing, to_member = Group.current(), _unsubscribing(letter), isinstance(letter.receiver, Member)
    told: dict[str, Any] = {
        "subject": subject(letter, group),
        "told": _asking_once(letter.told[:MOST_LINES]),
        "more": len(letter.told) - MOST_LINES,
        "group": group,
        "address": settings.ADDRESS,
        "subjects": listed([subject.in_passing for subject in sorted(letter.subjects)]),
        "to_member": to_member,
        "to_mailbox": isinstance(letter.receiver, Organisation),
        "choices": to_member and letter.subjects and settings.ADDRESS + reverse("notice_choices"),
    }
    text, html = (render_to_string(f"mail/letter.{form}", told) for form in ("txt", "html"))
    message = in_both_forms(told["subject"], text, html, letter.address, headers=_headers(letter) | unsubscribing)
    message.from_email = _sender(group)
    message.reply_to = sorted({words.replies_to for words in letter.told} - {""})
    for file in (file for words in letter.told for file in words.files):
        message.attach(file.name, file.content, file.kind)
        if file.also_as:
            message.attach_alternative(file.content.decode(), file.also_as)
    return message


def _asking_once(told: Sequence[NoticeWords]) -> list[NoticeWords]:
    """With what stands below where it is said last; where the next one says the same it is not said yet."""
    following = [*((words.below, words.whom_to_ask) for words in told[1:]), ("", "")]
    return [
        replace(
            words,
            below="" if words.below == below else words.below,
            whom_to_ask="" if words.whom_to_ask == whom else words.whom_to_ask,
        )
        for words, (below, whom) in zip(told, following, strict=True)
    ]


def subject(letter: Letter, group: Group) -> str:
    """What is told when it is one thing, or what waits on the receiver, else how many things; on one line."""
    return " ".join(_subject(letter.told, group, is_about_one_thing=letter.is_about_one_thing).split())


def _subject(told: Sequence[NoticeWords], group: Group, *, is_about_one_thing: bool) -> str:
    if len(told) == 1:
        return told[0].headline
    waiting = [words for words in told if words.waits]
    if waiting or is_about_one_thing:
        return f"{[*waiting, *told][0].headline} och {plural(len(told) - 1, 'nyhet', 'nyheter')} till"
    return f"{plural(len(told), 'nyhet', 'nyheter')} från {group.name}"


def _sender(group: Group) -> str:
    """The address that the register has, by the name that the group signs with, where it has chosen one."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return f'"{quote(group.sender)}" <{address}>' if group.sender else settings.DEFAULT_FROM_EMAIL


def _headers(letter: Letter) -> dict[str, str]:
    """The Message-ID stays the same for each attempt with the same, so that one who gets it twice sees it once.

    It is of what happened and not of the row alone: after a restored backup the same number is another's.
    """
    first, told = letter.notices[0].pk, ",".join(_told_of(notice) for notice in letter.notices)
    seal = salted_hmac("members.notice", told, algorithm="sha256").hexdigest()[:16]
    return {
        "Message-ID": f"<{first}.{seal}@{own_host()}>",
        "List-Id": f"<aviseringar.{own_host()}>",
    }


def _told_of(notice: Notice) -> str:
    return f"{notice.pk} {notice.cause} {notice.cause.happened_at.timestamp()}"


def _unsubscribing(letter: Letter) -> dict[str, Any]:
    """By one press in the mail program (RFC 8058), but from no call; a mailbox is the samordnare's to take away."""
    if not isinstance(letter.receiver, Member) or not letter.subjects_of_a_list:
        return {}
    address = reverse("no_more_mail", args=[token_for(letter.receiver, letter.subjects_of_a_list)])
    return {
        "List-Unsubscribe": f"<{settings.ADDRESS}{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
