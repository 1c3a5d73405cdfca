"""By what a link in a mail tells to whom it was mailed: a seal of her address, which is not in it.

Who has another address since has another seal, so what lies in a mailbox that is no longer hers does nothing for her.
"""

from __future__ import annotations

from django.utils.crypto import constant_time_compare, salted_hmac

from members.models import Member

SALT = "members.mailed_to"


def seal_of(member: Member) -> str:
    return salted_hmac(SALT, f"{member.pk} {member.mail_address}", algorithm="sha256").hexdigest()[:16]


def is_mailed_to(member: Member, seal: str) -> bool:
    """Whether the seal is of the address that she has now."""
    return constant_time_compare(seal, seal_of(member))
