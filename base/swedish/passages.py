"""A passage to be masked: words as somebody copied or typed them, found again however they are written.

`pattern` makes one regular expression that means the same in Python and in PostgreSQL, in any locale: letters of either
case are written out, so that neither has to be told to disregard case, and so is what a letter is. What is asked and
what is replaced is therefore the same, in a row by the database and in a document by us.
"""

import re
from unicodedata import category, digit

from base.swedish.text import DASHES, EMPTY_LETTERS, JOINERS, normalize_line

MASK = "[maskerat]"
SHORT_MASK = "…"
"""In a text that has no room for `MASK`. Shorter than any passage, so nothing of what stands around it is cut."""
LONGEST = 300
SHORTEST = 2

BLANK = "\t\n\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
UNSEEN = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff\u034f\U000e0020-\U000e007f"
UNSEEN += EMPTY_LETTERS
BLANK += EMPTY_LETTERS  # which look like one
MARKS = "\u0300-\u036f\u20d0-\u20f0"
"""What may stand on a digit: an accent, the frame of a key."""
DASH = DASHES.replace("-", "\\-")
LETTER = "0-9A-Za-zªµºÀ-ÖØ-öø-\u02af\u0300-\u033f\u0370-\u07ff"
"""Of the scripts that set blanks between words: where one of these goes on, a word has not ended."""

AROUND = " " + DASHES
SEPARATOR = re.compile(rf"([ {DASH}]+)")
WIDE = {0xFEE0 + sign: chr(sign) for sign in range(ord("!"), ord("~") + 1)}
"""The full-width forms of the signs of ASCII, by what they are."""
DIGITS = {sign: f"{of}" for sign in range(0x80, 0x20000) if (of := digit(chr(sign), None)) is not None}
"""Every other way to write a digit (１, ١, ①), by what it is."""
ALIKE = WIDE | DIGITS
WRITTEN = {sign: "".join(chr(other) for other, of in ALIKE.items() if of == sign) for sign in {*ALIKE.values()}}
"""How else a sign of ASCII may be written."""
DIGIT = "0-9" + "".join(map(chr, DIGITS))
UNSEEN_SIGN = re.compile(f"[{UNSEEN}{JOINERS}]")
SPECIAL = frozenset(".^$*+?{}[]\\|()")
APOSTROPHES = "'\u2018\u2019\u02bc"

# Numbers that point out a person, and plates: the same one is written in many ways.
PARTING = f"{DASH}+/()."
NOISE = re.compile(rf"[ {DASH}/().]|(?!^)\+")
PERSON = re.compile(r"(?:1[89]|20)?([0-9]{6}[0-9TRSUWXJKLMN][0-9]{3})")
HOME = re.compile(r"(?:(?:\+|00)460?|460?(?=7[0-9]{8}\Z)|0)([1-9][0-9]{5,11})")
ABROAD = re.compile(r"(?:\+|00)([1-9][0-9]{6,14})")
PLATE = re.compile(rf"([A-Z]{{3}})[ {DASH}]*([0-9]{{2}}[0-9A-Z])")
LONGEST_NUMBER = 17
"""Signs of one, with 00 before its country."""


class NoPassage(ValueError):
    """What was written is nothing that can be looked for; the sentence says why."""


def pattern(passage: str, *, longest: int = LONGEST) -> str:
    """The regular expression that finds the passage, for `re.search` and for PostgreSQL's `~`. Raises NoPassage.

    Any blanks and line breaks stand for blanks, any dash for a dash, with blanks around it or without. Signs that
    nobody sees may stand anywhere. It is whole words: "Anna" is not in "Annan", but in "Annas". A personnummer, a
    phone number or a plate is found however it is parted, with its century or its country or without.
    """
    words = plain(passage)
    if sum(sign.isalnum() for sign in words) < SHORTEST:
        raise NoPassage(f"Skriv minst {SHORTEST} bokstäver eller siffror.")
    if len(words) > longest:
        raise NoPassage(f"Skriv högst {longest} tecken. Är det en hel text: maskera den där den står.")
    if number := number_of(words):
        return _number(number)
    parts = "".join(_between(part) if SEPARATOR.fullmatch(part) else _word(part) for part in SEPARATOR.split(words))
    starts = f"(?<![{LETTER}])" if _is_letter(words[0]) else ""
    genitive = "[sS]?" if words[-1].isalpha() and words[-1] not in "sS" else ""
    ends = f"(?![{LETTER}])" if _is_letter(words[-1]) else ""
    whole = f"{starts}{parts}{genitive}{ends}"
    if re.search(whole, MASK):
        raise NoPassage(f"Så står det i stället för det som är maskerat: {MASK}.")
    return whole


def plain(passage: str) -> str:
    """The passage on one line, in signs of the usual width, without what nobody sees or blanks and dashes around it."""
    return normalize_line(UNSEEN_SIGN.sub("", passage.replace("\x00", " ")).translate(ALIKE)).strip(AROUND)


def number_of(words: str) -> str:
    """The one way to write what is a personnummer, a phone number or a plate by its shape; of all else nothing.

    Ten signs, a phone number from its nought or a foreign one from its plus, or a plate.
    """
    line = re.sub(f"(?<=[0-9])[{MARKS}]+", "", plain(words)).upper() if len(words) <= LONGEST else ""
    signs = NOISE.sub("", f"+{line}" if words.lstrip(" (").startswith("+") and line[:1] != "+" else line)
    if home := HOME.fullmatch(signs):
        return f"0{home[1]}"
    if person := PERSON.fullmatch(signs):
        return person[1]
    if abroad := ABROAD.fullmatch(signs):
        return f"+{abroad[1]}"
    plate = PLATE.fullmatch(line)
    return plate[1] + plate[2] if plate else ""


def has_mask(text: str) -> bool:
    """Whether something may have been masked in the text: the short one somebody can have written herself."""
    return MASK in text or SHORT_MASK in text


def masked(pattern: str, text: str) -> str:
    """The text with `MASK` wherever the passage stood."""
    return re.sub(pattern, MASK, text)


def _number(number: str) -> str:
    """However it is parted. A digit before it or after it makes it another."""
    if number[0].isalpha():
        plate = f"[{BLANK}{UNSEEN}{DASH}]*".join(map(_sign, number))
        return f"(?<![{LETTER}]){plate}(?![{LETTER}])"
    unseen, parting = f"[{BLANK}{UNSEEN}]*", f"[{BLANK}{UNSEEN}{MARKS}{PARTING}]*"
    zero, one, two, four, six = map(_sign, "01246")
    abroad = f"{_sign('+')}{unseen}|{zero}{parting}{zero}{parting}"
    signs = parting.join(map(_sign, number.lstrip("+")))
    if len(number) == 10 and number[0] != "+":
        century = f"{one}{parting}(?:{_sign('8')}|{_sign('9')})|{two}{parting}{zero}"
        signs = f"(?:(?:{century}){parting})?{signs}"
    if number[0] == "+":
        signs = f"(?:{abroad}){signs}"
    elif HOME.fullmatch(number):
        rest = parting.join(map(_sign, number[1:]))
        signs = f"(?:(?:{abroad})?{four}{parting}{six}{parting}(?:{zero}{parting})?{rest}|{signs})"
    return f"(?<![{DIGIT}]){signs}[{MARKS}\ufe0e\ufe0f]*(?![{DIGIT}])"


def _word(word: str) -> str:
    return f"[{UNSEEN}]*".join(_sign(sign) for sign in word)


def _sign(sign: str) -> str:
    if sign in SPECIAL:
        return f"[\\{sign}{WRITTEN[sign]}]"
    if sign in APOSTROPHES:
        return f"[{APOSTROPHES}]"
    cases = {sign, sign.lower(), sign.upper(), sign.lower().upper(), sign.upper().lower()}
    known = {case for case in cases if len(case) == 1}
    letters = "".join(sorted(known)) + "".join(WRITTEN.get(case, "") for case in sorted(known))
    return f"[{letters}]" if len(letters) > 1 else sign


def _between(separator: str) -> str:
    if separator.strip(" "):
        return f"[{BLANK}{UNSEEN}]*[{DASH}][{BLANK}{UNSEEN}{DASH}]*"
    return f"[{UNSEEN}]*[{BLANK}][{BLANK}{UNSEEN}]*"


def _is_letter(sign: str) -> bool:
    return category(sign)[0] in "LNM" and bool(re.match(f"[{LETTER}]", sign))
