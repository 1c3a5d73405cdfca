"""Finds names by what introduces them: heter, kallas, son till, bor på, an initial, a noun for a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from base.swedish.guard.words import (
    common_given_names,
    endings_of,
    is_given,
    is_noun,
    is_surname,
    is_thing,
    is_word_too,
    words_of,
)

Span = tuple[int, int]
Match = re.Match[str]

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
MOST = 8
"""Names in one list."""

# What a name looks like, and what stands before it

_LARGE = r"[A-ZÅÄÖÉÜ][^\W\d_]*(?:['’-][^\W\d_]+)*"
_NAME = rf"(?P<name>{_LARGE}(?: (?:(?:von|van|af|de|der|al|el) )?{_LARGE}){{0,2}})"
_SURNAME = "[A-ZÅÄÖ][a-zåäöéü]{1,30}"
_CALLED = (
    r"(?:heter|hette|kallas|kallad|kallade|kallades|kallar|vid namn|smeknamn(?:et)?(?: är)?|"
    r"namnet(?: på \w+)? (?:är|var)|namn (?:är|var)|presenterade sig som|lystrar till|alias)"
    r"(?: (?:sig|för|honom|henne|han|hon|visst|nog|tydligen|troligen|väl|också|bara|i förnamn|i efternamn)){0,3}"
    r":? [\"”']?"
)
_NEAR = (
    "son|dotter|man|fru|hustru|make|maka|bror|syster|granne|pojke|flicka|grabb|tjej|kille|mamma|pappa|mor|far|mormor|"
    "morfar|farmor|farfar|kompis|sambo|barnbarn|kusin|vän|chef"
)
_KIN = (
    f"{_NEAR}|sonen|dottern|barn|barnen|brodern|brorsan|systern|mamman|pappan|modern|fadern|förälder|föräldrar|föräldrarna|"
    "vårdnadshavare|vårdnadshavaren|sambon|frun|maken|kompisen|kompisar|grannen|pojkvän|flickvän|umgänge|anhörig|anhöriga"
)
_ASKED = (
    r"kontakta|kontaktade|kontaktat|ring|ringde|fråga|frågade|tacka|tackade|mejla|mejlade|hälsa|sök|prata med|"
    r"pratade med|pratat med|talade med|talat med|träffade|träffat|mötte|hämtade|enligt|hälsningar(?: från)?|hälsn|"
    r"hälsar|mvh|vh"
)

CALLED = re.compile(rf"\b(?i:{_CALLED}){_NAME}")
CALLED_SMALL = re.compile(rf"\b(?i:{_CALLED})(?P<name>[a-zåäöé][^\W\d_]*)")
KIN = re.compile(rf"\b(?i:(?:{_KIN}) till|kretsen kring|umgänget kring) {_NAME}")
OURS = re.compile(rf"\b(?i:min|mitt|vår|vårt|hans|hennes|deras|din|er) (?:[^\W\d_]{{1,20}} )?(?:{_NEAR}) {_NAME}")
ASKED = re.compile(rf"(?i:\b(?:{_ASKED})[:,]? ?\n?|(?<!\S)/{{1,2}} ?){_NAME}")
ROLE = re.compile(rf"(?<![\w-])(?P<role>[^\W\d_]{{3,20}})\.?(?: \(|, | )(?P<name>{_LARGE})(?![\w@_/-])")
SMALL = re.compile(r"(?<![\w.@/-])(?P<name>[a-zåäöé]{4,20}(?:-[a-zåäöé]{2,20})?)(?![\w@/-])")
_STOREY = "(?:vånings|entré|mark|gatu|botten|källar|mellan|vinds|halv)?plan"
LIVES = re.compile(
    r"\b(?i:bor|bodde|bott|boende|skriven|folkbokförd|hemma|bosatt)"
    r"(?: (?:han|hon|hen|de|dom|kvar|ensam|numera|nu|alltid|själv)){0,2} "
    rf"(?:på|i|vid) (?:(?i:{_STOREY}) \d{{1,2}}(?:,| på| i)? )?(?!(?i:{_STOREY}) \d)"
    r"(?P<name>(?:(?:[A-ZÅÄÖ][\w'’-]{1,30} ){1,2}[\w-]{0,30}|[\w-]{1,30})"  # a street has a name: plan 2 is a storey
    r"(?i:gatan|vägen|gata|väg|gränd|gränden|stigen|stig|backen|torget|allén|plan|liden) \d{1,4}(?: ?[A-Ha-h](?!\w))?)"
)
INITIAL = re.compile(
    rf"(?<![\w.])(?:[A-ZÅÄÖ]\. ?(?:[A-ZÅÄÖ]\. ?)?|[A-ZÅÄÖ]-[A-ZÅÄÖ]\.? )(?:(?:von|van|van der|af|de|al) )?"
    rf"(?P<name>{_SURNAME}(?:-{_SURNAME})?)(?!\w)"
)
FURTHER = re.compile(rf"(?:, ?| och | o | eller | & |/){_NAME}")


def introduced(text: str) -> Iterator[Span]:
    """Yield where a name stands that something before it introduces."""
    for pattern, names in RULES:
        for found in pattern.finditer(text):
            yield from names(found)


# What each pattern asks of what it met


def _called(found: Match) -> Iterator[Span]:
    before = found.string[max(0, found.start() - 60) : found.start()]
    return _listed(found) if is_given(_first(found)) or not _is_of_a_thing(before) else iter(())


def _in_small_letters(found: Match) -> Iterator[Span]:
    if is_given(found["name"]) and not is_word_too(found["name"]):
        yield found.span("name")


def _common(found: Match) -> Iterator[Span]:
    name = found["name"]
    genitive = name[:-1] if name.endswith("s") and len(name) > 5 else name
    if {name, genitive} & common_given_names() and not is_thing(name):
        yield found.span("name")


def _after_a_role(found: Match) -> Iterator[Span]:
    is_one = found["role"].lower() in words_of("roles") and not is_noun(found["name"]) and not found["name"].isupper()
    return _listed(found) if is_one else iter(())


def _asked(found: Match) -> Iterator[Span]:
    return _listed(found) if is_given(_first(found)) and not _first(found).isupper() else iter(())


def _as_it_stands(found: Match) -> Iterator[Span]:
    yield found.span("name")


def _with_initial(found: Match) -> Iterator[Span]:
    begins = found.start() == 0 or found.string[found.start() - 1] == "\n"
    if not is_thing(found["name"]) and (is_surname(found["name"]) or not begins):
        yield found.span()


def _listed(found: Match) -> Iterator[Span]:
    """Yield the name that a pattern met and those that are listed with it: heter Lisa, Kalle och Per."""
    match: Match | None = found
    for _ in range(MOST):
        if match is None or _is_place(_first(match)) or _goes_on(match) or _is_anothers(match):
            return
        yield match.span("name")
        match = FURTHER.match(found.string, match.end("name"))
        if match and is_noun(_first(match)) and not is_given(_first(match)):
            return


RULES: tuple[tuple[re.Pattern[str], Callable[[Match], Iterator[Span]]], ...] = (
    (CALLED, _called),
    (CALLED_SMALL, _in_small_letters),
    (SMALL, _common),
    (ROLE, _after_a_role),
    (ASKED, _asked),
    (KIN, _listed),
    (OURS, _listed),
    (LIVES, _as_it_stands),
    (INITIAL, _with_initial),
)
"""A pattern, and what yields the names in what it met."""


def _first(found: Match) -> str:
    return found["name"].split()[0]


def _is_place(word: str) -> bool:
    return is_thing(word) and not is_given(word, exactly=True)


def _is_anothers(found: Match) -> bool:
    """Whether the name is a street's or a firm's: Per Albins stig, Svenssons Bygg."""
    name, after = found["name"], WORD.match(found.string, found.end("name") + 1)
    if " " in name and name.split()[-1].lower() in words_of("of_a_thing"):
        return True
    return name.endswith("s") and after is not None and after[0].lower() in words_of("of_a_place")


def _goes_on(found: Match) -> bool:
    """Whether the word is the beginning of something else: IMG_2026, AB1."""
    after = found.string[found.end("name") : found.end("name") + 1]
    return after.isdigit() or after in {"_", "@"}


PRONOUNS = frozenset({"han", "hon", "hen", "dem", "de", "som", "jag"})
BETWEEN = frozenset({"som", "här", "där", "nu", "i", "folkmun", "ofta", "vi", "ungdomarna", "ibland", "också"})


def _is_of_a_thing(before: str) -> bool:
    """Whether what is called so is a place or a thing, and no person is told of: "Parken som ", "Lekplatsen "."""
    words = WORD.findall(before[max(before.rfind(sign) for sign in ".!?\n") + 1 :].lower())
    while words and words[-1] in BETWEEN:
        words.pop()
    of_a_person = bool(set(words) & (words_of("roles") | PRONOUNS))
    return bool(words) and not of_a_person and words[-1].endswith(endings_of("called"))
