"""The words by which the import of the group counts what it does."""

from __future__ import annotations

from base.imports.texts import Counted

COUNTED: Counted = {
    "organisations_new": ("ny organisation", "nya organisationer"),
    "organisations_changed": ("ändrad organisation", "ändrade organisationer"),
    "members_new": ("ny medlem", "nya medlemmar"),
    "members_changed": ("ändrad medlem", "ändrade medlemmar"),
    "seats_new": ("ny plats", "nya platser"),
    "handlers_new": ("ny handläggare", "nya handläggare"),
}
LEFT_WITH = "ett namn"
"""What a row has alone that is left out."""
