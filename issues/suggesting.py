"""The issues that observations seem to belong to: one suggested for each in the queue, and those to choose among.

Rules only suggest, and each says why. A restricted issue is suggested for restricted observations alone, to one who is
named on it; for an open one it is found by its number, by one who may know of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain, zip_longest
from operator import or_
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, Func, Q, TextField, Value, When
from django.db.models.functions import Lower

from base.records.search import content_words, has_word, number_in, plain
from base.swedish.stop_words import STOP_WORDS
from base.swedish.words import listed, number_word
from issues.models.issue import Issue, IssueQuerySet
from issues.models.issue_lists import search, with_row_facts, with_some_of
from issues.models.observation import Observation
from members.models import Member

NEAREST = 10  # open issues to choose among before anything is searched for
AT_LEAST = 5  # where few are alike: then the latest too
CLOSED = 3  # closed ones of the same place, that may be opened again
FOUND = 20
READ = 200  # issues that are compared; those of the place are read first, then the latest
WORD = re.compile(r"\w{5,}")
ALIKE = 2  # words in common with one text that say something, where one may be any word
FEW, SHARE = 5, 4  # a word that more issues have than these few, and than one in four, says nothing
ASKED_FOR = 20
SEARCHED_FOR = 8


@dataclass(frozen=True)
class Suggestion:
    """An issue that observations may belong to, with the rule that matched in words: "det gäller samma plats".

    Strong when place and category both fit: then it is what the register itself would do.
    """

    issue: Issue
    reason: str
    is_strong: bool = False


Part = Callable[[Observation | Issue], Any]


class Rule(NamedTuple):
    """What is the same in both, known in both."""

    reason: str
    parts: tuple[Part, ...]
    is_strong: bool = False

    def of(self, thing: Observation | Issue) -> tuple[Any, ...] | None:
        """What the rule compares of a thing; None where a part of it is not known."""
        compared = tuple(part(thing) for part in self.parts)
        return None if None in compared or "" in compared else compared


def _place(thing: Observation | Issue) -> int | None:
    return thing.place_id


def _words(thing: Observation | Issue) -> str:
    return thing.where.lower()


def _category(thing: Observation | Issue) -> int | None:
    return thing.category_id


def _tile(thing: Observation | Issue) -> int | None:
    """The upper category, which several may be under."""
    return thing.category.parent_id or thing.category_id if thing.category else None


SUGGESTED = (
    Rule("det gäller samma plats och samma kategori", (_place, _category), is_strong=True),
    Rule("platsen beskrivs med samma ord och kategorin är densamma", (_words, _category), is_strong=True),
    Rule("det gäller samma plats", (_place,)),
)
"""The first that fits any issue wins; among issues that fit it alike the latest."""

TO_CHOOSE = (
    *SUGGESTED[:2],
    Rule("det gäller samma plats och en närliggande kategori", (_place, _tile)),
    SUGGESTED[2],
    Rule("platsen beskrivs med samma ord", (_words,)),
    Rule("det gäller samma kategori", (_category,)),
    Rule("det gäller en närliggande kategori", (_tile,)),
)
"""In the order in which the issues stand. After them what has words in common, then the latest."""
LATEST = "det är ett av de senast aktuella ärendena"


def suggest(observations: Iterable[Observation], member: Member) -> dict[int, Suggestion]:
    """The best suggestion for each observation that has one, by its pk, in one query."""
    observations = list(observations)
    places = {observation.place_id for observation in observations} - {None}
    words = {_words(observation) for observation in observations}
    near = Issue.objects.visible_to(member).open().alias(words=Lower("where"))
    issues = list(near.filter(Q(place__in=places) | Q(words__in=words)).latest_first())
    # Found by what is the same in both: a queue of 25 beside a hundred open issues would be thousands of comparisons.
    unrestricted = [issue for issue in issues if not issue.restricted]
    latest = {False: _latest(unrestricted), True: _latest(issues)}
    found = {each.pk: _best(each, latest[each.restricted]) for each in observations}
    return {pk: suggestion for pk, suggestion in found.items() if suggestion}


def to_choose(observations: Sequence[Observation], member: Member) -> list[Suggestion]:
    """The issues to choose among for the observations, nearest first: open ones, then closed ones of their place."""
    issues = _suggestible(observations, member).defer("search_vector", "text").select_related("category")
    same_place, same_category = _at_same_place(observations), _in_same_category(observations)
    near_first = Case(When(same_place, then=0), When(same_category, then=1), default=2)
    texts = [_telling_words(each) for each in observations]
    words = _asked_for(texts)
    alike = _any_of(words)
    most_alike = SearchRank(F("search_vector"), alike).desc()
    compared = issues.alias(words=Lower("where")).annotate(met=_those_in(words))
    compared = compared.order_by(near_first, most_alike, "-happened_at", "-pk")
    likely = same_place | same_category | Q(search_vector=alike)
    nearest = _ranked(compared.open().filter(likely)[:READ], observations, texts)[:NEAREST]
    if len(nearest) < AT_LEAST:
        met = [each.issue.pk for each in nearest]
        further = issues.open().exclude(pk__in=met).order_by("-happened_at", "-pk")[: AT_LEAST - len(nearest)]
        nearest += [Suggestion(issue, LATEST) for issue in further]
    closed = compared.closed().filter(same_place)[:READ]
    return _with_facts([*nearest, *_ranked(closed, observations, texts)[:CLOSED]], member)


def found(words: str, observations: Sequence[Observation], member: Member) -> list[Suggestion]:
    """The issues that answer to the words, the open ones first; then those that answer to some of them, most first.

    A number finds also a restricted one she may know of.
    """
    words = plain(words)
    number = number_in(words)
    numbered = list(Issue.objects.visible_to(member).filter(number).latest_first()) if number else []
    if numbered:
        return _with_facts([Suggestion(issue, "numret stämmer") for issue in numbered], member)
    closed_last = Case(When(state=Issue.State.CLOSED, then=1), default=0)
    issues = _suggestible(observations, member)
    hits = search(issues, words, member).order_by(closed_last, F("nearness"), "-happened_at", "-pk")
    whole = [
        _told(issue, observations) or Suggestion(issue, "sökorden stämmer")
        for issue in hits.select_related("category")[:FOUND]
    ]
    further = issues.exclude(pk__in=[each.issue.pk for each in whole])
    some = _found_by_some(further, words, member) if len(whole) < FOUND else []
    return _with_facts([*whole, *some][:FOUND], member)


def _found_by_some(issues: IssueQuerySet, words: str, member: Member) -> list[Suggestion]:
    """Those that answer to some of the words: most of them first, of these the open ones, then the rarest."""
    asked = content_words(words)[:SEARCHED_FOR]
    if len(asked) < ALIKE:
        return []
    met = with_some_of(issues, asked, member, READ)
    number = Counter(chain.from_iterable(met.values()))
    nearest = sorted(met, key=lambda pk: (-len(met[pk]), min(number[word] for word in met[pk]), -pk))[:FOUND]
    known = issues.in_bulk(nearest)
    in_order = sorted(map(known.__getitem__, nearest), key=lambda issue: (-len(met[issue.pk]), issue.is_closed))
    return [Suggestion(issue, _some_words(met[issue.pk], asked)) for issue in in_order]


def _some_words(met: Sequence[str], asked: Sequence[str]) -> str:
    """How many of the words, and which: ett av två sökord stämmer: ”tunnel”."""
    number = f"{number_word(len(met), neuter=True)} av {number_word(len(asked), neuter=True)}"
    return f"{number} sökord stämmer: {_quoted(met)}"


# The rules


def _latest(issues: Sequence[Issue]) -> list[dict[Any, Issue]]:
    """For each rule the latest issue of what it compares."""
    return [{rule.of(issue): issue for issue in reversed(issues)} for rule in SUGGESTED]


def _best(observation: Observation, latest: list[dict[Any, Issue]]) -> Suggestion | None:
    for rule, issues in zip(SUGGESTED, latest, strict=True):
        compared = rule.of(observation)
        if compared and compared in issues:
            return Suggestion(issues[compared], rule.reason, rule.is_strong)
    return None


def _told(issue: Issue, observations: Sequence[Observation]) -> Suggestion | None:
    """The issue with the first rule by which it fits one of the observations."""
    for rule in TO_CHOOSE:
        compared = rule.of(issue)
        if compared and any(rule.of(observation) == compared for observation in observations):
            return Suggestion(issue, rule.reason, rule.is_strong)
    return None


def _ranked(issues: Iterable[Any], observations: Sequence[Observation], texts: Sequence[list[str]]) -> list[Suggestion]:
    """Those that fit, in the order of the rules; then those with words in common, the rarest first. Alike as they come.

    Each issue with the words that it has `met`. What many of them have is common, and counts for nothing.
    """
    reasons = [rule.reason for rule in TO_CHOOSE]
    issues = list(issues)
    having = Counter(word for issue in issues for word in issue.met)
    common = {word for word, number in having.items() if number > max(FEW, len(issues) / SHARE)}
    ranked: list[tuple[int, float, Suggestion]] = []
    for issue in issues:
        met = {*issue.met} - common
        shared = max(([word for word in text if word in met] for text in texts), key=len, default=[])
        rarity = sum(1 / having[word] for word in shared)
        if told := _told(issue, observations):
            ranked.append((reasons.index(told.reason), -rarity, told))
        elif len(shared) >= ALIKE:
            words = f"orden {_quoted(shared[:3])} finns i ärendet"
            ranked.append((len(reasons), -rarity, Suggestion(issue, words)))
    return [suggestion for *_, suggestion in sorted(ranked, key=lambda each: each[:2])]


def _quoted(words: Sequence[str]) -> str:
    return listed([f"”{word}”" for word in words])


# Asking the database


def _suggestible(observations: Sequence[Observation], member: Member) -> IssueQuerySet:
    issues: IssueQuerySet = Issue.objects.visible_to(member)
    return issues if all(observation.restricted for observation in observations) else issues.unrestricted()


def _at_same_place(observations: Sequence[Observation]) -> Q:
    """The condition that the place or the words for it are those of one of the observations; needs `words`."""
    places = {each.place_id for each in observations} - {None}
    return Q(place__in=places) | Q(words__in={_words(each) for each in observations})


def _in_same_category(observations: Sequence[Observation]) -> Q:
    tiles = {_tile(each) for each in observations}
    return Q(category__in={each.category_id for each in observations} | tiles) | Q(category__parent__in=tiles)


def _telling_words(observation: Observation) -> list[str]:
    """The longer words of the observation that say what it is about, in their order."""
    words = dict.fromkeys(WORD.findall(f"{observation.text} {observation.where}".lower()))
    return [word for word in words if word not in STOP_WORDS]


def _asked_for(texts: Sequence[list[str]]) -> list[str]:
    """The words to ask for: the first of each text, then the second of each, so that every text has its say."""
    by_turns = chain.from_iterable(zip_longest(*texts))
    return list(dict.fromkeys(word for word in by_turns if word))[:ASKED_FOR]


def _those_in(words: Sequence[str]) -> Func:
    """Those of the words that an issue has, as an array."""
    having = (Case(When(has_word(word), then=Value(word)), output_field=TextField()) for word in words)
    each = Func(*having, template="ARRAY[%(expressions)s]::text[]", output_field=ArrayField(TextField()))
    return Func(each, Value(None), function="array_remove", output_field=ArrayField(TextField()))


def _any_of(words: Iterable[str]) -> SearchQuery:
    """The question that answers to one of the words; without any it answers to nothing."""
    return reduce(or_, (SearchQuery(Value(word), config="swedish") for word in words), SearchQuery(Value("")))


def _with_facts(suggestions: Sequence[Suggestion], member: Member) -> list[Suggestion]:
    """The same, with all that a row tells of the issue."""
    rows = with_row_facts(Issue.objects.visible_to(member), member)
    known = rows.in_bulk([each.issue.pk for each in suggestions])
    return [
        Suggestion(known[each.issue.pk], each.reason, each.is_strong) for each in suggestions if each.issue.pk in known
    ]
