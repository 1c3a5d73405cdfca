"""A passage to be masked: words as somebody copied or typed them, found again however they are written.

`pattern` makes one regular expression that means the same in Python and in PostgreSQL, in any locale: letters of either
case are written out, so that neither has to be told to disregard case, and so is what a letter is. What is asked and
what is replaced is therefore the same, in a row by the database and in a document by us.
"""

import re
from unicodedata import category

from base.swedish.text import DASHES, JOINERS, normalize_line

MASK = "[maskerat]"
LONGEST = 300
SHORTEST = 2

BLANK = "\t\n\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
UNSEEN = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff\u034f\U000e0020-\U000e007f"
DASH = DASHES.replace("-", "\\-")
LETTER = "0-9A-Za-zªµºÀ-ÖØ-öø-\u02af\u0300-\u033f\u0370-\u07ff"
"""Of the scripts that set blanks between words: where one of these goes on, a word has not ended."""

AROUND = " " + DASHES
SEPARATOR = re.compile(rf"([ {DASH}]+)")
UNSEEN_SIGN = re.compile(f"[{UNSEEN}{JOINERS}]")
SPECIAL = frozenset(".^$*+?{}[]\\|()")


class NoPassage(ValueError):
    """What was written is nothing that can be looked for; the sentence says why."""


def pattern(passage: str, *, longest: int = LONGEST) -> str:
    """The regular expression that finds the passage, for `re.search` and for PostgreSQL's `~`. Raises NoPassage.

    Any blanks and line breaks stand for blanks, any dash for a dash, with blanks around it or without. Signs that
    nobody sees may stand anywhere. It is whole words: "Anna" is not in "Annan", but in "Annas".
    """
    words = plain(passage)
    if sum(sign.isalnum() for sign in words) < SHORTEST:
        raise NoPassage(f"Skriv minst {SHORTEST} bokstäver eller siffror.")
    if len(words) > longest:
        raise NoPassage(f"Skriv högst {longest} tecken. Är det en hel text: maskera den där den står.")
    parts = "".join(_between(part) if SEPARATOR.fullmatch(part) else _word(part) for part in SEPARATOR.split(words))
    starts = f"(?<![{LETTER}])" if _is_letter(words[0]) else ""
    genitive = "[sS]?" if words[-1].isalpha() and words[-1] not in "sS" else ""
    ends = f"(?![{LETTER}])" if _is_letter(words[-1]) else ""
    whole = f"{starts}{parts}{genitive}{ends}"
    if re.search(whole, MASK):
        raise NoPassage(f"Så står det i stället för det som är maskerat: {MASK}.")
    return whole


def plain(passage: str) -> str:
    """The passage on one line, without what nobody sees and without blanks and dashes around it."""
    return normalize_line(UNSEEN_SIGN.sub("", passage.replace("\x00", " "))).strip(AROUND)


def masked(pattern: str, text: str) -> str:
    """The text with `MASK` wherever the passage stood."""
    return re.sub(pattern, MASK, text)


def _word(word: str) -> str:
    return f"[{UNSEEN}]*".join(_sign(sign) for sign in word)


def _sign(sign: str) -> str:
    if sign in SPECIAL:
        return "\\" + sign
    cases = {sign, sign.lower(), sign.upper(), sign.lower().upper(), sign.upper().lower()}
    letters = "".join(sorted(case for case in cases if len(case) == 1))
    return f"[{letters}]" if len(letters) > 1 else sign


def _between(separator: str) -> str:
    if separator.strip(" "):
        return f"[{BLANK}{UNSEEN}]*[{DASH}][{BLANK}{UNSEEN}{DASH}]*"
    return f"[{UNSEEN}]*[{BLANK}][{BLANK}{UNSEEN}]*"


def _is_letter(sign: str) -> bool:
    return category(sign)[0] in "LNM" and bool(re.match(f"[{LETTER}]", sign))
