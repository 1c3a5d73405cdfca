"""Finds personnummer, samordningsnummer, phone numbers and registration plates in a folded text.

Each finder reads the text once: what it looks for has a longest length, so the time grows with the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import phonenumbers

from base.swedish.guard.found import Kind
from base.swedish.guard.words import words_of

Where = tuple[Kind, int, int]

NOT_OURS = re.compile(
    r"\b(?:faktura(?:nr)?|dnr|diarien(?:umme)?r|art(?:ikel)?\.?\s?(?:nr|nummer)?|bankgiro|plusgiro|ocr|ärende(?:nr|nummer)?|"
    r"(?:arbets)?order(?:nr|nummer)?|projekt(?:nr|nummer)?|serien(?:umme)?r|kostnadsställe|"
    r"mätar(?:en?|nr|nummer)|(?:kund|avtals)(?:nr|nummer)|anläggningsid|koordinat(?:er)?|(?:belysnings)?stolpe|elskåp|sweref|rt90|isbn|ean)"
    r"[\s:.#]{0,3}(?:nr|nummer)?[\s:.#]{0,3}$",
    re.IGNORECASE,
)
"""What stands before a number that belongs to a thing."""
MAYBE_NOT_OURS = re.compile(r"\b(?:konto|bild|filen?)[\s:.#]{0,3}(?:nr|nummer)?[\s:.#]{0,3}$", re.IGNORECASE)
"""What stands before such a number, or before a personnummer that is written with its dash."""
BEFORE = 30


def _is_a_thing(text: str, start: int, *, is_complete: bool = False) -> bool:
    before = text[max(0, start - BEFORE) : start]
    return bool(NOT_OURS.search(before)) or (not is_complete and bool(MAYBE_NOT_OURS.search(before)))


# Personnummer and samordningsnummer

_TWO = r"[\dOoIl]\n?[\dOoIl]"
PERSON = re.compile(
    r"(?:(?<![^\W_])(?<!-)|(?<=nr))(?:(?P<century>1[89]|20)[ \n]?)?"
    rf"(?P<birth>{_TWO}(?P<part>[-./ \n]?){_TWO}(?P<again>[-./ \n]?){_TWO})"
    r"(?P<sep>[ \t\n]{0,2}[-+/_][ \t\n]{0,2}|[ \t\n]{0,2})"
    r"(?P<last>[\dOoIlTRSUWXJKLMN][ \n]?[\dOoIl][ \n]?[\dOoIl][ \n]?[\dOoIl])"
    r"(?!\d|[-.]\d)"
)
"""Ten or twelve digits as people write them: with a dash, a plus, blanks, over two lines; a letter when interim."""
ONE_BY_ONE = re.compile(r"(?<![\w.,:/-])\d(?: \d){9}(?:(?: \d){2})?(?![ .,:/-]?\d)(?!\w)")
"""Ten or twelve digits with a blank between each."""
DIGITS = str.maketrans("OoIl", "0011")
BORN = re.compile(r"\b(?:pnr|person(?:nr|nummer)|samordnings(?:nr|nummer)|föd(?:d|da|elsenummer))\b", re.IGNORECASE)
"""What is said before a personnummer."""


def persons(text: str, today: date) -> Iterator[Where]:
    """Yield the personnummer and samordningsnummer; those with a wrong check digit or no day of birth are none.

    Source: Skatteverket, SKV 704 and 707: the day of a samordnare number is 60 more; the check digit is Luhn's.
    """
    end = 0
    for found in PERSON.finditer(text):
        is_part = not _is_complete(found) and (_continues(text, found.start(), end) or _is_listed(text, found))
        is_part = is_part or _is_glued(text, found)
        if not is_part and (kind := _person_kind(found, text, today)):
            end = found.end()
            yield kind, found.start(), end
    for spaced in ONE_BY_ONE.finditer(text):
        found_alone = PERSON.fullmatch(digits := spaced[0].replace(" ", ""))
        if found_alone and not _is_a_thing(text, spaced.start()) and (kind := _person_kind(found_alone, digits, today)):
            yield kind, spaced.start(), spaced.end()


def _is_complete(found: re.Match[str]) -> bool:
    """Whether it has its dash: whatever stands beside it is another number."""
    return bool(set("-+") & set(found["sep"]))


def _is_glued(text: str, found: re.Match[str]) -> bool:
    """Whether a word goes on where it ends, and it has neither dash nor century to tell it from another number."""
    return text[found.end() : found.end() + 1].isalpha() and not (_is_complete(found) or found["century"])


def _is_listed(text: str, found: re.Match[str]) -> bool:
    """Whether it stands close to other signs, as a part of a path, a decimal or a file's name."""
    before, after = text[max(0, found.start() - 1) : found.start()], text[found.end() : found.end() + 2]
    return before in (*".,/_",) or (len(after) == 2 and after[0] in "/,_" and after[1].isdigit())


def _continues(text: str, start: int, end: int) -> bool:
    """Whether it is the rest of a number that began before; what ended at `end` was one of its own."""
    return start >= 2 and start - 1 != end and text[start - 1] in " -./:," and text[start - 2].isdigit()


def _person_kind(found: re.Match[str], text: str, today: date) -> Kind | None:
    if sum(sign in "OoIl" for sign in found[0]) > 2 or _is_a_thing(
        text, found.start(), is_complete=_is_complete(found)
    ):
        return None
    birth = re.sub(r"\D", "", found["birth"].translate(DIGITS))
    last = re.sub(r"\s", "", found["last"])
    interim = not last[0].isdigit() and last[0] not in "OoIl"
    separated = bool(set("-+/") & set(found["sep"]))
    parted = bool(found["part"] or found["again"]) or "\n" in found["birth"] + found["last"]
    if not separated and (interim or (parted and not found["century"] and not _is_told(found, text))):
        return None
    day = int(birth[4:])
    if not _is_day(found["century"], birth, day - 60 if day > 60 else day, today):
        return None
    if interim:
        return Kind.PERSONNUMMER
    last = last.translate(DIGITS)
    century = found["century"] or ("20" if found["sep"] == "_" and _is_day("20", birth, day, today) else None)
    if not separated and found["sep"] and _is_clock(century, last):
        return None
    if not _luhn(birth + last):
        return None
    if not separated and not found["century"] and _may_be_dialled(text, found):
        return None
    return Kind.SAMORDNINGSNUMMER if day > 60 else Kind.PERSONNUMMER


def _is_told(found: re.Match[str], text: str) -> bool:
    """Whether what is parted without its dash is one: so said before it, or a day with dashes and no time after it."""
    last = re.sub(r"\s", "", found["last"]).translate(DIGITS)
    is_day = found["part"] == found["again"] == "-" and not _is_clock("20", last)
    return is_day or bool(BORN.search(_sentence_before(text, found.start())))


CALL = re.compile(
    r"\b(?:ring|ringa|ringer|tel|tfn|telefon\w*|mobil\w*|mobilnr|sms|sms:a|nås|når|swish|jour\w*|växel\w*|samtal)\b",
    re.IGNORECASE,
)
"""What is said before a phone number."""


def _may_be_dialled(text: str, found: re.Match[str]) -> bool:
    """Whether ten digits in a row are rather a mobile's: where the day would be over 60, or one says to ring."""
    is_mobile = bool(MOBILE.match(found[0])) and found[0].isdigit()
    return is_mobile and (int(found["birth"][4:6]) > 60 or bool(CALL.search(_sentence_before(text, found.start()))))


def _is_day(century: str | None, birth: str, day: int, today: date) -> bool:
    """Whether somebody can have been born on it; without a century in either."""
    for years in [century] if century else ["20", "19"]:
        try:
            born = date(int(years + birth[:2]), int(birth[2:4]), day)
        except ValueError:
            continue
        if born <= today:
            return True
    return False


def _is_clock(century: str | None, last: str) -> bool:
    """Whether it is rather a day and a time: 20261014 2215, or in the name of a file 261014_2215."""
    return century == "20" and int(last[:2]) < 24 and int(last[2:]) < 60


def _luhn(digits: str) -> bool:
    doubled = (int(sign) * (2 - place % 2) for place, sign in enumerate(digits))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


# Phone numbers

PHONE = re.compile(
    r"(?:(?<![\w@=])|(?<=[Tt]el|[Tt]fn|[Mm]ob))"
    r"(?:\(?(?:\+|00)[ ]?(?P<land>[1-9])|46[ -]?\(?0?\)?7(?=[\d -]{8})|\(?0[1-9]|0 [1-9](?=(?: \d){7}))"
)
"""The beginning of one: +46, 0046, 46 7 … or a zero and an area code, perhaps in brackets."""
REST = re.compile(r"[\d() ./\-\n]{0,24}")
AREA = re.compile(r"\(?0\d{1,3}\)?[-/ .)]")
UNPARTED = re.compile(r"0\d{8,9}|0\d{4} \d{5}|0(?: \d){8,9}")
_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
A_DAY = re.compile(rf"{_DAY}[-./ ]{_MONTH}[-./ ](?:20|19)?\d{{2}}(?! ?\d)|0\d[-.](?:0\d|1[0-2])[-.][0-3]\d(?! ?\d)")
A_SPAN = re.compile(r"0\d[.:]\d\d ?- ?\d\d[.:]\d\d|0\d ?- ?\d\d(?!\d| ?\d)")
MOBILE = re.compile(r"0?7[02369]")
CERTAIN = re.compile(r"[+(]|0\d{1,3}-\d|07[02369]\d{7}(?!\d)|07[02369] \d{3} ?\d\d ?\d\d(?!\d)")
"""The beginning of what is a phone number also after another number: 112, 070-…"""
NOISE = re.compile(r"[^\d+]")
LONGEST, SHORTEST = 15, 8


def phones(text: str) -> Iterator[Where]:
    """Yield the phone numbers: what libphonenumber calls a valid number, as people in Sweden write them.

    Short numbers to authorities (112, 114 14, 1177) are none of anybody.
    """
    end = 0
    for begun in PHONE.finditer(text):
        start = begun.start()
        if start < end or _is_a_thing(text, start):
            continue
        found = _longest_phone(text, begun)
        goes_on = _continues(text, start, end)
        if found and not (goes_on and (text[start - 1] == "-" or not CERTAIN.match(text, start))):
            end = found
            yield Kind.PHONE, begun.start(), end


def _longest_phone(text: str, begun: re.Match[str]) -> int:
    """Return where the longest valid number that begins there ends, or 0."""
    start, abroad = begun.start(), bool(begun["land"])
    rest = REST.match(text, begun.end())
    stop = rest.end() if rest else begun.end()
    if not abroad and (A_DAY.match(text, start) or A_SPAN.match(text, start)):
        return 0
    called = bool(CALL.search(_sentence_before(text, start)))
    ends = [place for place in range(start + SHORTEST, stop + 1) if _may_end(text, place)]
    for end in reversed(ends):
        written = text[start:end]
        if "\n\n" not in written and _is_phone(written, abroad=abroad, called=called):
            return end
    return 0


def _may_end(text: str, place: int) -> bool:
    """Whether a number may end before that place: after a digit, and before none."""
    after = text[place : place + 1]
    return text[place - 1].isdigit() and not after.isalnum() and after != "_" and not _goes_on(text, place)


def _goes_on(text: str, place: int) -> bool:
    """Whether the number goes on after a sign; a comma or a stroke and a nought begin another."""
    after = text[place : place + 2]
    return len(after) == 2 and after[0] in "-/.,:" and after[1].isdigit() and not (after[0] in "/," and after[1] == "0")


def _is_phone(written: str, *, abroad: bool, called: bool) -> bool:
    digits = NOISE.sub("", written.replace("(0)", "") if abroad or written.startswith("46") else written)
    if not SHORTEST <= len(digits) <= LONGEST:
        return False
    if written.startswith("46"):
        digits = "+" + digits.replace("460", "46", 1)
    elif not (abroad or called or MOBILE.match(digits) or AREA.match(written) or UNPARTED.fullmatch(written)):
        return False  # eight digits in a row are as often something else
    try:
        number = phonenumbers.parse(digits, "SE")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number)


# Registration plates

PLATE = re.compile(
    r"(?<![^\W_])(?<![/-])(?<!\d\.)([A-Za-z]{3})([ ]{0,2}|-)(\d{2}[\dA-Za-z])"
    r"(?!\w|[-/:]\w|[.,]\d|\.\w{2,3}(?!\w)|[ ]\d)"
)
NEVER = set("IQVÅÄÖ")
A_CAR = re.compile(
    r"\b(?:antecknade|noterade|reg|regnr|registrer\w*|nummer|nummerplåt\w*|skylt\w*|plåt\w*|bil|bils|bilen|bilens|bilar|bilarna|\w{1,20}bil|"
    r"\w{1,20}bilen|volvo\w*|saab|bmw|audi|toyota|skoda|golf|passat|moped\w*|mopp\w*|epa\w*|a-?traktor\w*|mc|motorcyk\w*|"
    r"släp\w*|husvagn\w*|fordon\w*|skåpare?n?|traktor\w*|buss\w*|taxi\w*|kombi\w*|crossen|cross|fyrhjuling\w*|scooter\w*|sprinter|transit|caddy|transporter|hiace|skåpbil\w*|pickup\w*|v70|v60|xc60|passaten|suv)\b",
    re.IGNORECASE,
)
"""What makes three letters and a number a plate."""
A_MODEL = re.compile(
    r"\b(?:armatur\w*|lamp\w*|typ|typen|modell\w*|philips|fabrikat|stolp\w*|\w{0,20}räknare\w*|mätare\w*|kabel\w*|skylt|kod)\b",
    re.IGNORECASE,
)
"""What makes them a model."""
NEARBY = 50
SENTENCE_ENDS = re.compile(r"[.!?]\s|\n")  # and not in reg.nr


def plates(text: str) -> Iterator[Where]:
    """Yield the registration plates, ABC 123 and ABC 12A; in small letters, or like a word, where a vehicle is told of.

    Source: Transportstyrelsen: I, Q and V and the letters with dots are never used, nor O as the last.
    Personal plates are words and are not guessed.
    """
    for found in PLATE.finditer(text):
        letters, last = found[1].upper(), found[3][-1].upper()
        if NEVER & set(letters + last) or last == "O" or letters in words_of("not_plates"):
            continue
        before = _sentence_before(text, found.start())
        looks_so = found[1].isupper() and not A_MODEL.search(before)
        if A_CAR.search(before) or ((looks_so or last.isalpha()) and _is_written_alike(found)):
            yield Kind.PLATE, found.start(), found.end()


def _is_written_alike(found: re.Match[str]) -> bool:
    """Whether all letters are of one case, as on a plate; "Hus 14b" and "LED 45w" are not."""
    letters = found[1] + found[3][2:].strip("0123456789")
    return letters.isupper() or letters.islower()


def _sentence_before(text: str, place: int) -> str:
    """What stands before the place in its sentence, as far as somebody reads it together."""
    return SENTENCE_ENDS.split(text[max(0, place - NEARBY) : place])[-1]
