"""Saying no to mail from the mail itself: a signed address for one member and the subjects of one letter.

It has no end, nor has the mail that it stands in; but it is hers who was mailed at that address and no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.core import signing

from members.actor import Actor
from members.models import How, Member, NoticeChoice, Subject
from members.models.notice_choice import UNLESS_CHOSEN
from members.outbox.kinds import calling
from members.outbox.mailed_to import is_mailed_to, seal_of

SALT = "members.unsubscribe"
NUMBERS = {Subject.MEETINGS: 1, Subject.ASKED: 2, Subject.ANSWERED: 3, Subject.FOLLOWED: 4, Subject.NAMED: 5}
"""What stands in the address for each: anybody who has the mail's headers can read it, and no word tells a secret."""

TAKEN = {how.value for how in How} - {How.NEVER.value}


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


def unsubscribe(member: Member, subjects: Sequence[Subject]) -> dict[Subject, How]:
    """End the mails about these. Returns how she has them then."""
    wanted = dict.fromkeys(subjects, How.NEVER)
    NoticeChoice.objects.choose(member, wanted, by=Actor.of(member))
    return wanted


def take_again(member: Member, subjects: Sequence[Subject], before: Sequence[str]) -> dict[Subject, How]:
    """Undo it: as she had them `before`, by the page that ended them, or as one has them who has not chosen."""
    known = dict(zip(subjects, before, strict=False))
    wanted = {each: How(known[each]) if known.get(each) in TAKEN else UNLESS_CHOSEN[each] for each in subjects}
    NoticeChoice.objects.choose(member, wanted, by=Actor.of(member))
    return wanted
