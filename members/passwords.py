"""What a password may be: told in Swedish, judged by how many guesses it takes, hashed in one form.

zxcvbn counts the guesses; here stand the words that it does not know, and what those who guess here would try.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from base.records.personal_data import known_names
from base.swedish.text import EMPTY_LETTERS
from members.models.group import Group
from members.models.password import LONGEST, as_kept, is_too_long

SHORTEST = 12
ENOUGH = 1e10
"""Guesses. A thousand computers that each try ten passwords in five minutes need nearly five years for half of them."""
ENOUGH_UNDIVIDED = 1e9
"""The same password without what stands between its words: a name and digits is no better for blanks in it."""
AT_ONCE = 32
"""Signs that are judged together, for the time to judge grows with their square."""
LONG_WORD = 20
"""Letters in a row that are no longer taken for one word."""
CAPITALS_OF_A_WORD = 2
"""Of the letters in a row, half are capitals where a machine has drawn them."""

DO = "Skriv några ord på rad som inte hör ihop."
WRITE_PASSWORD = "Skriv ditt lösenord."  # noqa: S105  what is said, not what is secret
TOO_SHORT = f"Lösenordet är för kort. Skriv minst {SHORTEST} tecken, till exempel några ord på rad."
TOO_LONG = f"Lösenordet är för långt. Det får vara högst {LONGEST} tecken."
UNUSABLE = "Det finns ett tecken i lösenordet som inte går att använda. Skriv bokstäver, siffror och vanliga tecken."
UNSEEN = (
    "Det finns ett osynligt tecken i lösenordet, och det går sällan att skriva en gång till. Det kan ha följt med när "
    "du klistrade in, eller höra till en bild. Skriv lösenordet för hand, utan bilder."
)
BLANK_FIRST = "Lösenordet börjar med ett mellanslag, som inte syns när du loggar in. Ta bort det."
BLANK_LAST = "Lösenordet slutar med ett mellanslag, som inte syns när du loggar in. Ta bort det."
ONLY_DIGITS = f"Ett lösenord av bara siffror är lätt att gissa. {DO}"
REPEATED = f"Samma tecken eller ord kommer igen, och då är lösenordet lätt att gissa. {DO}"
IN_ORDER = f"Tecknen följer ordningen på tangentbordet eller i alfabetet, och då är lösenordet lätt att gissa. {DO}"
KNOWN = f"Namn, årtal och vanliga ord är lätta att gissa, även med siffror efter. {DO}"
ONE_WORD = f"Ett enda ord eller namn är lätt att gissa, även med siffror efter. {DO}"
GUESSABLE = f"Lösenordet är lätt att gissa. {DO}"

SENTENCES = {
    "repeat": REPEATED,
    "spatial": IN_ORDER,
    "sequence": IN_ORDER,
    "dictionary": KNOWN,
    "date": KNOWN,
    "regex": KNOWN,
}
"""zxcvbn's pattern → what is said of it."""

SWEDISH = """
    lösenord lösenordet losenord losenordet hemlig hemligt hemlighet hemligheten välkommen valkommen välkomna
    inloggning logga konto användare administratör hejsan hejhej hallå älskling älskar alskar kärlek mamma pappa familj
    vår våren sommar sommaren sommartid höst hösten vinter vintern vårvinter jul julen julafton påsk midsommar semester
    januari februari mars april maj juni juli augusti september oktober november december
    måndag måndagen tisdag tisdagen onsdag onsdagen torsdag torsdagen fredag fredagen lördag lördagen söndag söndagen
    manda mandag lordag sondag host
    sverige svensk svenska stockholm göteborg malmö uppsala linköping örebro västerås jönköping norrköping helsingborg
    småland smaland skåne höglandet eksjö nässjö tranås sävsjö aneby växjö kalmar
    kommun kommunen kommunal förvaltning förvaltningen polis polisen räddningstjänst räddningstjänsten region regionen
    trygg trygghet tryggheten temagrupp temagruppen brott samverkan samordnare samordnaren register registret
    observation ärende åtgärd möte protokoll säkerhet skola skolan arbete jobbet kontor kontoret
    anna eva maria karin kristina lena sara kerstin emma ingrid malin jenny johanna annika susanne elin linnea julia
    lars anders mikael johan erik per karl peter jan thomas daniel fredrik andreas hans gustav magnus oskar mohammed
    andersson johansson karlsson nilsson eriksson larsson olsson persson svensson gustafsson pettersson jonsson
    djurgården hammarby elfsborg frölunda brynäs leksand ifkgöteborg malmöff hv71
    jansson hansson bengtsson jönsson lindberg jakobsson magnusson lindström olofsson lindqvist lindgren axelsson
    lundberg bergström lundgren mattsson berglund fredriksson sandberg henriksson forsberg sjöberg wallin engström
    danielsson håkansson lundin bergman gunnarsson wikström samuelsson isaksson fransson bergqvist nyström holmberg
    arvidsson löfgren söderberg nyberg blomqvist claesson nordström mårtensson lundström eliasson pålsson björklund
    sandström correcthorsebatterystaple
    fotboll hockey volvo ikea hund hunden katt katten qwertyuiopå asdfghjklöä
"""

LOOKS_LIKE = str.maketrans("аеорсухіјѕԁһкмтвнαενορτυχικßøıł", "aeopcyxijsdhkmtbhaevoptuxiksoil")
"""Letters of other alphabets that are taken for ours, in small letters."""
LEET_SIGNS = str.maketrans("@({[<!|$+%€", "acccciistxe")
LEET_DIGITS = [str.maketrans("4836910752", "abegg" + others) for others in ("iotsz", "lolsz")]
"""The digits that are taken for letters, in the two ways that 1 and 7 are."""
LEET_VOWELS = str.maketrans("4@310$5", "aaeioss")


def ensure_usable(password: str) -> None:
    """Check what is asked of any password that somebody types, before it is hashed. Raises ValidationError."""
    if is_too_long(password):
        raise ValidationError(TOO_LONG, code="too_long")
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in password):
        raise ValidationError(UNUSABLE, code="unusable")


def ensure_typable(kept: str) -> None:
    """Check that a new password, as it is kept, can be read off and typed once more. Raises ValidationError.

    RFC 8265 takes all of it, but what nobody saw her paste locks her out. An old password with it still works.
    """
    if any(sign in EMPTY_LETTERS or unicodedata.category(sign) == "Cf" for sign in kept):
        raise ValidationError(UNSEEN, code="unseen")
    if kept != kept.strip(" "):
        raise ValidationError(BLANK_FIRST if kept.startswith(" ") else BLANK_LAST, code="blank")


class PasswordValidator:
    """Django's validator of a new password: one sentence on what is wrong and what to do."""

    def validate(self, password: str, user: Any = None) -> None:
        ensure_usable(password)
        kept = as_kept(password)
        if len(kept) < SHORTEST:
            raise ValidationError(TOO_SHORT, code="min_length")
        if undivided(kept).isdecimal():
            raise ValidationError(ONLY_DIGITS, code="only_digits")
        if wrong := weakness(kept, words_known_to(user)):
            raise ValidationError(wrong, code="guessable")
        ensure_typable(kept)

    def get_help_text(self) -> str:
        return f"Minst {SHORTEST} tecken. Några ord på rad är lätta att minnas och svåra att gissa."


# Judging


def weakness(password: str, words: Iterable[str]) -> str:
    """The sentence on why few guesses are enough; empty for a good one."""
    judged = folded(password)
    whole = undivided(judged)
    known = {word: rank for rank, word in enumerate(words, 1)}
    for text, enough in {whole: ENOUGH_UNDIVIDED, judged: ENOUGH}.items():
        if pattern := _guessed_by(text, enough, known):
            return SENTENCES.get(pattern, GUESSABLE)
    return ONE_WORD if is_one_word(password) else ""


def _guessed_by(text: str, enough: float, known: dict[str, int]) -> str:
    """The pattern by which so few guesses find the text; empty when neither of its ends is found by as few.

    A long one is as good as the better of its ends: the second is judged only when the first is not enough.
    """
    best = (0.0, "repeat")
    for part in dict.fromkeys((text[:AT_ONCE], text[-AT_ONCE:])):
        best = max(best, _guesses(part, known))
        if best[0] >= enough:
            return ""
    return best[1]


def _guesses(text: str, known: dict[str, int]) -> tuple[float, str]:
    """How many guesses it takes, and the pattern of its longest part.

    zxcvbn's patterns and its sum, without its own reading of leet: that takes as many steps as there are ways to read
    all the signs together. Without its function for it all, too, which keeps the words of who asks for everybody.
    """
    from zxcvbn import matching, scoring  # its lists take 15 MB, and a password is chosen once a year

    if not text:
        return 0, "repeat"
    lists = {**matching.RANKED_DICTIONARIES, "known": known}
    found = [
        *matching.dictionary_match(text, lists),
        *matching.reverse_dictionary_match(text, lists),
        *matching.spatial_match(text),
        *matching.sequence_match(text),
        *matching.regex_match(text),
        *matching.date_match(text),
        # It judges what is repeated with the leet that is left, which is that of the digits.
        *({**match, "token": _at(match, text)} for match in matching.repeat_match(text.translate(LEET_SIGNS))),
    ]
    for digits in LEET_DIGITS:
        read = text.translate(LEET_SIGNS | digits)
        # As cheap to guess as the word itself: who guesses tries these first.
        found += [{**match, "token": _at(match, text)} for match in matching.dictionary_match(read, lists)]
    sequence = scoring.most_guessable_match_sequence(text, found)
    longest = max(sequence["sequence"], key=lambda match: len(match["token"]))
    return float(sequence["guesses"]), longest["pattern"]


def _at(match: dict[str, Any], text: str) -> str:
    """What the text itself has where something was found in a reading of it."""
    return text[match["i"] : match["j"] + 1]


def is_one_word(password: str) -> bool:
    """Whether it is a word that somebody could try, with or without what people put before and after one.

    Names and compounds are too many for any list. What a machine has made has digits, or many capitals, inside; a
    single digit for a vowel is what people do.
    """
    word = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", shown(password))
    if sum(not sign.isalpha() for sign in word) == 1:
        word = word.translate(LEET_VOWELS)
    capitals = sum(sign.isupper() for sign in word)
    return word.isalpha() and len(word) < LONG_WORD and (capitals <= CAPITALS_OF_A_WORD or word.isupper())


def shown(text: str) -> str:
    """The text without dots, accents, and signs that do not show."""
    marked = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text))
    return "".join(sign for sign in marked if unicodedata.category(sign) not in ("Mn", "Cf"))


def folded(text: str) -> str:
    """The text as one who guesses sees it: small letters without dots and accents, and no sign that does not show."""
    return shown(unicodedata.normalize("NFKC", text).lower()).translate(LOOKS_LIKE)


def undivided(text: str) -> str:
    """The text without what stands between words and numbers."""
    return re.sub(r"[\s.,_-]", "", text)


# Words


def words_known_to(user: Any) -> list[str]:
    """What one who guesses her password tries first: her names, those that everybody here knows, common words."""
    group = user.group if user else Group.current()
    hers = [getattr(user, "name", ""), getattr(user, "email", "").replace("@", " "), getattr(user, "title", "")]
    names = [group.name, *known_names()]
    tokens = [token for name in [*hers, *names] for token in re.split(r"[\s.,_-]+", name) if len(token) > 2]
    whole = [*hers, *names]
    words = [*tokens, *whole, *(undivided(name) for name in whole), *SWEDISH.split()]
    return [*dict.fromkeys(folded(word) for word in words if word)]
