"""Known devices: browsers where a member has signed in before, told by a signed cookie.

A known device is no way in. Its tries are counted by themselves, so that no stranger can use up the tries of one who
sits where she always does. On a shared computer the cookie knows each who has signed in there.
"""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_urlsafe

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, update_session_auth_hash
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from members.models import Member

COOKIE = f"{settings.COOKIE_PREFIX}device"
SALT = "members.devices"
A_YEAR = 60 * 60 * 24 * 365
MOST_MEMBERS = 8
"""Who signed in last on a shared computer; a cookie has room for no more than some."""


@dataclass(frozen=True)
class Device:
    """One member's mark in a browser: its own number, and what makes it void with her sessions."""

    member: int
    nonce: str
    seal: str


def known_device(request: HttpRequest, member: Member | None) -> str:
    """The number of the device when it is known as hers, or nothing; never to one who has left."""
    if not member or not member.is_active:
        return ""
    seal = _seal(member)
    hers = (device for device in _devices(request) if device.member == member.pk)
    return next((device.nonce for device in hers if constant_time_compare(device.seal, seal)), "")


def remember(request: HttpRequest, response: HttpResponse, member: Member) -> None:
    """Make the browser known as hers: after a sign-in, or when what sealed it has changed in it."""
    nonce = known_device(request, member) or token_urlsafe(12)
    others = [device for device in _devices(request) if device.member != member.pk]
    devices = [Device(member.pk, nonce, _seal(member)), *others][:MOST_MEMBERS]
    told = signing.dumps([[device.member, device.nonce, device.seal] for device in devices], salt=SALT)
    response.set_cookie(
        COOKIE, told, max_age=A_YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


def stay_signed_in(request: HttpRequest, response: HttpResponse, member: Member) -> None:
    """Keep her session and her browser where she herself has changed what they are checked against; hers alone."""
    if member == request.user and member.get_session_auth_hash() != request.session.get(HASH_SESSION_KEY):
        update_session_auth_hash(request, member)
        remember(request, response, member)


def _devices(request: HttpRequest) -> list[Device]:
    """Those told by the cookie; what is not told as we tell it today, an older release may have signed, is none."""
    try:
        told = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=A_YEAR)
    except signing.BadSignature:
        return []
    devices = []
    for part in told if isinstance(told, list) else []:
        match part:
            case [int(member), str(nonce), str(seal)]:
                devices.append(Device(member, nonce, seal))
    return devices


def _seal(member: Member) -> str:
    """Void when her sessions are: after a changed password or address."""
    return salted_hmac(SALT, member.get_session_auth_hash(), algorithm="sha256").hexdigest()[:32]
