"""Saying no to mail from the mail itself: a signed address for one member and the subjects of one letter.

It has no end, nor has the mail that it stands in; but it is hers who was mailed at that address and no other.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.core import signing

from members.actor import Actor
from members.models import How, Member, NoticeChoice, Subject
from members.outbox.kinds import calling
from members.outbox.mailed_to import is_mailed_to, seal_of

SALT = "members.unsubscribe"
NUMBERS = {Subject.MEETINGS: 1, Subject.ASKED: 2, Subject.ANSWERED: 3, Subject.FOLLOWED: 4, Subject.NAMED: 5}
"""What stands in the address for each: anybody who has the mail's headers can read it, and no word tells a secret."""


def token_for(member: Member, subjects: Iterable[Subject]) -> str:
    return signing.dumps([member.pk, seal_of(member), *sorted(NUMBERS[subject] for subject in subjects)], salt=SALT)


def read(token: str) -> tuple[Member, list[Subject]] | None:
    """Whose it is and what of, less what calls her; None where it is none of ours, or she has another address since."""
    try:
        key, seal, *numbers = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    member = Member.objects.active().filter(pk=key).first()
    if not member or not is_mailed_to(member, seal):
        return None
    ended = [subject for subject, number in NUMBERS.items() if number in numbers and subject not in calling()]
    return (member, ended) if ended else None


def unsubscribe(member: Member, subjects: Iterable[Subject]) -> None:
    NoticeChoice.objects.choose(member, dict.fromkeys(subjects, How.NEVER), by=Actor.of(member))
