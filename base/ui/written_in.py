"""The row and the column that a text is written in, as a page says it to be asked about while it is written."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core import signing

SIGNER = signing.Signer(salt="written-in")


def signed_place(row: Any, name: str) -> str:
    """The place, signed: of another row than those she was shown to write in nobody can ask what was masked there."""
    return SIGNER.sign_object([row._meta.label, row.pk, name])


def place_of(signed: str, *, to: Any) -> tuple[Any, str]:
    """The row and the column, or none where it is not signed or she no longer sees it."""
    try:
        label, key, name = SIGNER.unsign_object(signed)
    except signing.BadSignature:
        return None, ""
    rows = apps.get_model(label)._default_manager.all()
    known = rows.visible_to(to) if hasattr(rows, "visible_to") else rows
    return known.filter(pk=key).first(), name
