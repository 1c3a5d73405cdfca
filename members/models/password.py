"""How a password is kept: in one form, and within a length that can be hashed."""

import re
import unicodedata

LONGEST = 200


def as_kept(password: str) -> str:
    """The password as it is hashed: the same whether a Mac makes its å of two signs or a phone another blank.

    As RFC 8265 has it for passwords (OpaqueString).
    """
    blanks = re.sub(r"[^\S\t-\r\x1c-\x1f\x85]", " ", password)
    return unicodedata.normalize("NFC", blanks)


def is_too_long(password: str) -> bool:
    """Whether it is longer than any that is kept; one far beyond is not even normalized."""
    return len(password) > 4 * LONGEST or len(as_kept(password)) > LONGEST
