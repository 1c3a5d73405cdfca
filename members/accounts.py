"""Whose account an address is: asked by what counts a try, what judges it and what tells of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from base.records.address import normalize_address
from members.models import Member

ASKED = "_members_by_address"


def account_of(request: HttpRequest | None, address: str) -> Member | None:
    """The member with the address, or None; read once in a request."""
    address = normalize_address(address)
    asked: dict[str, Any] = request.__dict__.setdefault(ASKED, {}) if request else {}
    if address not in asked:
        asked[address] = Member.objects.filter(email=address).first()
    member: Member | None = asked[address]
    return member
