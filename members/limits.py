"""How often one may try a password or ask for a link, so that nobody can try many and nobody can shut another out.

A stranger's tries are counted by the account *and* the address he comes from: they use up nobody's but those of his own
network. What comes from a known device (`devices`) is counted by it alone. The address alone has a limit too, wide
enough for a municipality behind one; who reaches it shuts its other new devices out for a minute, and no known one.

What this does not stop: many thousand addresses that each try a few passwords on one account. A limit by account alone
would, and with it anybody could shut anybody out; against that stands what a password has to be (`passwords`).

Our own and not allauth's: those take a lock and a dozen statements for each, and know no devices.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import cast

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import truncate_ip
from django.core.cache import caches
from django.http import HttpRequest

from base.logs import security
from base.logs.security import SecurityEvent
from base.postgresql.cache import CounterCache
from base.records.address import normalize_address
from members.accounts import account_of
from members.devices import known_device
from members.models import Member

MINUTE, HOUR, DAY = 60, 60 * 60, 60 * 60 * 24


@dataclass(frozen=True)
class Limit:
    """So many in so many seconds, of each thing that is counted."""

    name: str
    most: int
    seconds: int


WRONG_WHEN_SIGNED_IN = Limit("wrong_when_signed_in", 10, 5 * MINUTE)
WRONG_FROM_DEVICE = Limit("wrong_from_device", 10, 5 * MINUTE)
WRONG_FOR_ACCOUNT = Limit("wrong_for_account", 10, 5 * MINUTE)
WRONG_FROM_ADDRESS = Limit("wrong_from_address", 100, MINUTE)
TRIED_FROM_ADDRESS = Limit("tried_from_address", 600, MINUTE)
LINKS_FROM_DEVICE = Limit("links_from_device", 5, HOUR)
LINKS_FOR_ACCOUNT = Limit("links_for_account", 5, HOUR)
LINKS_FROM_ADDRESS = Limit("links_from_address", 100, MINUTE)
LINKS_TO_ACCOUNT = Limit("links_to_account", 10, DAY)
BROKEN_LINKS = Limit("broken_links", 300, MINUTE)

OF_A_NETWORK = {TRIED_FROM_ADDRESS, WRONG_FROM_ADDRESS, LINKS_FROM_ADDRESS, BROKEN_LINKS}
"""What one may meet for what others behind the same address do."""
OF_ONES_OWN = {WRONG_WHEN_SIGNED_IN, WRONG_FROM_DEVICE}
"""What one meets where one has signed in before: no other device of hers would be let in here."""


class LimitReached(Exception):
    """One limit is reached, which one says `limit`."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(limit.name)
        self.limit = limit


@dataclass
class Tries:
    """What a try was counted by, to be given back when it turns out to be no wrong one."""

    counted: list[tuple[Limit, str]] = field(default_factory=list)

    def give_back(self) -> None:
        for limit, key in self.counted:
            _counters().give_back(_named(limit, key), limit.most, limit.seconds)


def count_password(request: HttpRequest, account: str) -> Tries:
    """Count a try of the account's password before it is known to be wrong. Raises LimitReached."""
    account = normalize_address(account)
    if request.user.is_authenticated and request.user.email == account:
        return _count(request, request.user, (WRONG_WHEN_SIGNED_IN, str(request.user.pk)))
    member = account_of(request, account)
    if device := known_device(request, member):
        return _count(request, member, (WRONG_FROM_DEVICE, device))
    address = client_network(request)
    tries = _count(request, member, (WRONG_FOR_ACCOUNT, f"{account} {address}"), (WRONG_FROM_ADDRESS, address))
    try:
        _count(request, member, (TRIED_FROM_ADDRESS, address))  # right or wrong, and so not given back
    except LimitReached:
        tries.give_back()
        raise
    return tries


def count_link(request: HttpRequest, account: str) -> bool:
    """Count a wish for a link to a new password; False when none is to be sent. Raises LimitReached.

    Raised is what has nothing to do with the account, so that the answer tells nothing of it. Where none is sent there
    have been some already: they lie in her inbox, are valid for three days whether she signs in meanwhile or not, and
    she gets in by any of them. So the limit of mails to an account, which keeps her inbox from being filled, shuts
    nobody out. To use one makes the others void; then that device is known and has a limit of its own.
    """
    account = normalize_address(account)
    member = account_of(request, account)
    device, address = known_device(request, member), client_network(request)
    counted_by = [(LINKS_FROM_DEVICE, device)]
    if not device:
        _count(request, member, (LINKS_FROM_ADDRESS, address))
        counted_by = [(LINKS_FOR_ACCOUNT, f"{account} {address}"), (LINKS_TO_ACCOUNT, account)]
    try:
        _count(request, member, *counted_by)
    except LimitReached:
        return False
    return True


def count_broken_link(request: HttpRequest) -> None:
    """Count a link that is not valid; one that is opens, whatever others in the network do. Raises LimitReached.

    Only where something is sent by it: who opens one writes nothing, and learns no more.
    """
    if request.method != "POST":
        return
    _count(request, None, (BROKEN_LINKS, client_network(request)))


def client_network(request: HttpRequest) -> str:
    """The address that the request comes from; of IPv6 its /64, which one household has for itself."""
    return str(truncate_ip(get_adapter().get_client_ip(request)))


def _count(request: HttpRequest, member: Member | None, *by: tuple[Limit, str]) -> Tries:
    """Count by each, or by none of them where one is reached."""
    tries = Tries()
    for limit, key in by:
        if not _counters().take(_named(limit, key), limit.most, limit.seconds):
            tries.give_back()
            security.refused(SecurityEvent.LIMIT_REACHED, about=member.pk if member else None)
            raise LimitReached(limit)
        tries.counted.append((limit, key))
    return tries


def _named(limit: Limit, key: str) -> str:
    """What the counter is kept under: not whom it counts."""
    return f"{limit.name}:{sha256(key.encode()).hexdigest()}"


def _counters() -> CounterCache:
    return cast("CounterCache", caches["default"])
