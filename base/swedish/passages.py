"""A passage to be masked: words as somebody copied or typed them, found again however they are written.

`pattern` makes one regular expression that means the same in Python and in PostgreSQL, in any locale: letters of either
case are written out, so that neither has to be told to disregard case, and so is what a letter is. What is asked and
what is replaced is therefore the same, in a row by the database and in a document by us.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import category

from base.swedish.alike import ALIKE, AS_DIGITS, MARKS, OTHER_ALPHABETS, WRITTEN, among
from base.swedish.guard.addresses import AT_WORDS, CLOSES, DOT_WORDS, OPENS, address_in, with_signs
from base.swedish.text import EMPTY_LETTERS, normalize_line

MASK = "[maskerat]"
SHORT_MASK = "…"
"""In a text that has no room for `MASK`. Shorter than any passage, so nothing of what stands around it is cut."""
LONGEST = 300
SHORTEST = 2


def _written(signs: str) -> str:
    """The signs, and however else they are written."""
    return signs + "".join(WRITTEN.get(sign, "") for sign in signs)


# Signs as they stand between the brackets of a regular expression
BLANKS = "\t\n\r " + WRITTEN["\n"] + WRITTEN[" "] + EMPTY_LETTERS  # which look like one
BLANK = among(BLANKS)
UNSEEN = among(WRITTEN[""])
ON_SIGN = among(WRITTEN[""] + MARKS)
"""What may come after a sign of ours, in a text of NFC also an accent that makes no letter with it."""
ON_LAST = among({*WRITTEN[""], *MARKS} - {*BLANKS})
"""The same before a blank, so that no sign can be read in two ways."""
DASH = among(_written("-"))
DIGIT = among(_written("0123456789"))
LETTER = "0-9A-Za-zªµºÀ-ÖØ-öø-\u02af\u0300-\u033f\u0370-\u07ff"
LETTER += among(sign for of, signs in WRITTEN.items() if of.isalpha() and re.match(f"[{LETTER}]", of) for sign in signs)
"""Of the scripts that set blanks between words: where one of these goes on, a word has not ended."""

OURS = "0-9A-Za-zÀ-\u024f"
AROUND = " -"
SEPARATOR = re.compile(r"([ -]+)")
LOOSE_MARKS = re.compile(f"(?<=[{OURS}])[{among(MARKS)}]+")
AS_OURS = {code: of for code, of in ALIKE.items() if code not in OTHER_ALPHABETS}
"""As `ALIKE`, but a letter of another alphabet stays one: its small letter is another than that of ours."""
APOSTROPHES = "'\u2018\u2019\u02bc"

# Numbers that point out a person, and plates: the same one is written in many ways.
PARTED_BY = "-+/()._"
PARTING = among(_written(PARTED_BY))
NOISE = re.compile(r"[- /()._]|(?!^)\+")
PERSON = re.compile(r"(?:1[89]|20)?([0-9]{6}[0-9TRSUWXJKLMN][0-9]{3})")
HOME = re.compile(r"(?:(?:\+|00)460?|460?(?=7[0-9]{8}\Z)|0)([1-9][0-9]{5,11})")
ABROAD = re.compile(r"(?:\+|00)([1-9][0-9]{6,14})")
PLATE = re.compile(r"([A-Z]{3})[ -]*([0-9]{2}[0-9A-Z])")
FEWEST_DIGITS = 8
"""Of a personnummer, where a letter or two are typed for a digit."""
LONGEST_NUMBER = 17
"""Signs of one, with 00 before its country."""


class NoPassage(ValueError):
    """What was written is nothing that can be looked for; the sentence says why."""


def pattern(passage: str, *, longest: int = LONGEST) -> str:
    """The regular expression that finds the passage, for `re.search` and for PostgreSQL's `~`. Raises NoPassage.

    Any blanks and line breaks stand for blanks, any dash for a dash, with blanks around it or without. Signs that
    nobody sees may stand anywhere. It is whole words: "Anna" is not in "Annan", but in "Annas". A personnummer, a
    phone number or a plate is found however it is parted, with its century or its country or without, and an e-mail
    address also where its at-sign or its full stops are spelled out.
    """
    words = plain(passage)
    if sum(sign.isalnum() for sign in words) < SHORTEST:
        raise NoPassage(f"Skriv minst {SHORTEST} bokstäver eller siffror.")
    if len(words) > longest:
        raise NoPassage(f"Skriv högst {longest} tecken. Är det en hel text: maskera den där den står.")
    if number := number_of(words):
        return _number(number)
    if address := address_in(words.translate(ALIKE)):
        parts = _address(address)
    else:
        parts = "".join(_between(part) if SEPARATOR.fullmatch(part) else _word(part) for part in SEPARATOR.split(words))
    starts = f"(?<![{LETTER}])" if _is_letter(words[0]) else ""
    genitive = f"[{ON_SIGN}]*{_sign('s')}?" if words[-1].isalpha() and words[-1] not in "sS" else ""
    ends = f"(?![{LETTER}])" if _is_letter(words[-1]) else ""
    whole = f"{starts}{parts}{genitive}{ends}"
    if re.search(whole, MASK):
        raise NoPassage(f"Så står det i stället för det som är maskerat: {MASK}.")
    return whole


def plain(passage: str) -> str:
    """The passage on one line, in signs of the usual width, without what nobody sees or blanks and dashes around it."""
    line = normalize_line(passage.replace("\x00", " ").translate(AS_OURS))
    return LOOSE_MARKS.sub("", line).strip(AROUND)


def compared(text: str) -> str:
    """The text as another spelling of it is compared with it: plain, letters that look alike one, in one case.

    An address has its signs, also where they are spelled out.
    """
    return with_signs(plain(text).translate(ALIKE)).upper().translate(ALIKE).lower()


def number_of(words: str) -> str:
    """The one way to write what is a personnummer, a phone number or a plate by its shape; of all else nothing.

    Ten signs, a phone number from its nought or a foreign one from its plus, or a plate.
    """
    line = plain(words).translate(ALIKE) if len(words) <= LONGEST else ""
    signs = NOISE.sub("", f"+{line}" if line.lstrip(" (").startswith("+") else line)
    digits = signs.translate(AS_DIGITS)
    if home := HOME.fullmatch(signs):
        return f"0{home[1]}"
    if sum(map(str.isdigit, signs)) >= FEWEST_DIGITS and (person := PERSON.fullmatch(digits.upper())):
        return person[1]
    if abroad := ABROAD.fullmatch(signs):
        return f"+{abroad[1]}"
    plate = PLATE.fullmatch(line.upper())
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
        plate = f"[{BLANK}{ON_SIGN}{DASH}]*".join(map(_sign, number))
        return f"(?<![{LETTER}{DIGIT}]){plate}[{ON_SIGN}]*(?![{LETTER}{DIGIT}])"
    unseen, parting = f"[{BLANK}{ON_SIGN}]*", f"[{BLANK}{ON_SIGN}{PARTING}]*"
    zero, one, two, four, six = map(_sign, "01246")
    abroad = f"{_sign('+')}{unseen}|{zero}{parting}{zero}{parting}"
    signs = parting.join(map(_sign, number.lstrip("+")))
    if len(number) == 10 and number[0] != "+":
        century = f"{one}{parting}(?:{_sign('8')}|{_sign('9')})|{two}{parting}{zero}"
        signs = f"(?:(?:{century}){parting})?{parting.join(map(_typed, number))}"
    if number[0] == "+":
        signs = f"(?:{abroad}){signs}"
    elif HOME.fullmatch(number):
        rest = parting.join(map(_sign, number[1:]))
        signs = f"(?:(?:{abroad})?{four}{parting}{six}{parting}(?:{zero}{parting})?{rest}|{signs})"
    return f"(?<![{DIGIT}]){signs}[{ON_SIGN}]*(?![{DIGIT}])"


def _address(address: str) -> str:
    """With its signs, or with words for them: anna (at) exempel punkt se."""
    before, after = (_apart(signs) for signs in (OPENS, CLOSES))
    dot = f"(?:[{ON_SIGN}]*{_sign('.')}[{ON_SIGN}]*|{before}{_any(DOT_WORDS)}{after})"
    at = f"(?:[{BLANK}{ON_SIGN}]*{_sign('@')}[{BLANK}{ON_SIGN}]*|{before}{_any(AT_WORDS)}{after})"
    return at.join(dot.join(map(_word, part.split("."))) for part in address.split("@"))


def _apart(signs: str) -> str:
    """One blank or one of the signs at least, whatever stands on them."""
    apart = f"{BLANK}{among(_written(signs))}"
    return f"[{ON_LAST}]*[{apart}][{apart}{ON_SIGN}]*"


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(_word, words))})"


def _word(word: str) -> str:
    return "".join(f"{_sign(sign)}[{_after(sign)}]*" for sign in word[:-1]) + _sign(word[-1:])


@lru_cache(maxsize=1024)
def _after(sign: str) -> str:
    return ON_SIGN if re.match(f"[{OURS}]", sign) else UNSEEN


@lru_cache(maxsize=1024)
def _sign(sign: str, also: str = "") -> str:
    """The sign in either case, and whatever is read as it; of a letter of another alphabet also ours like it."""
    if sign in APOSTROPHES:
        return f"[{among(APOSTROPHES)}]"
    known = _cases(sign)
    known = {*also}.union(known, *(_cases(each.translate(ALIKE)) for each in known))
    signs = _written("".join(known))
    return f"[{among(signs)}]" if len(signs) > 1 or not sign.isalnum() else sign


def _cases(sign: str) -> set[str]:
    cases = {sign, sign.lower(), sign.upper(), sign.lower().upper(), sign.upper().lower()}
    return {case for case in cases if len(case) == 1}


def _typed(digit: str) -> str:
    """A digit of a personnummer, also as the letter that is typed for it."""
    return _sign(digit, "".join(chr(letter) for letter, of in AS_DIGITS.items() if of == ord(digit)))


def _between(separator: str) -> str:
    if separator.strip(" "):
        return f"[{BLANK}{ON_SIGN}]*[{DASH}][{BLANK}{UNSEEN}{DASH}]*"
    return f"[{ON_LAST}]*[{BLANK}][{BLANK}{UNSEEN}]*"


def _is_letter(sign: str) -> bool:
    return category(sign)[0] in "LNM" and bool(re.match(f"[{LETTER}]", sign))
