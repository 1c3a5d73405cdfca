"""Days, numbers and states in words."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

from base.swedish.words import (
    StateSentence,
    days_between,
    days_whole,
    in_words,
    listed,
    number_word,
    plural,
    relative_day,
    sentence,
    swedish_day,
    swedish_moment,
)

TODAY = date(2026, 11, 25)


def rendered(template: str, **context: object) -> str:
    return Template(template).render(Context(context))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 25), "onsdag 25 november"),
        (date(2026, 1, 1), "torsdag 1 januari"),
        (date(2027, 1, 29), "fredag 29 januari 2027"),
        (date(2025, 12, 31), "onsdag 31 december 2025"),
    ],
)
def test_a_day_says_its_year_when_it_is_another(day: date, words: str) -> None:
    assert swedish_day(day, today=TODAY) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 24), "i går"),
        (date(2026, 11, 25), "i dag"),
        (date(2026, 11, 26), "i morgon"),
        (date(2026, 11, 27), "fredag 27 november"),
    ],
)
def test_the_nearest_days_have_names_of_their_own(day: date, words: str) -> None:
    assert relative_day(day, today=TODAY) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 25, 6, 40, tzinfo=UTC), "i dag 07.40"),
        (datetime(2026, 11, 24, 8, 15, tzinfo=UTC), "i går 09.15"),
        (datetime(2026, 11, 19, 15, 30, tzinfo=UTC), "torsdag 19 november 16.30"),
        (datetime(2026, 11, 24, 23, 30, tzinfo=UTC), "i dag 00.30"),
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), "onsdag 1 juli 23.59"),
    ],
)
def test_a_moment_is_told_in_local_time(moment: datetime, words: str) -> None:
    assert swedish_moment(moment, today=TODAY) == words


def test_days_are_counted_whole_and_never_below_nought() -> None:
    assert days_between(date(2026, 11, 13), TODAY) == 12
    assert days_between(date(2026, 11, 26), TODAY) == 0


@pytest.mark.parametrize(("number", "words"), [(0, "noll"), (3, "tre"), (12, "tolv"), (13, "13"), (1908, "1\u202f908")])
def test_numbers_to_twelve_are_words(number: int, words: str) -> None:
    assert number_word(number) == words


def test_one_and_many() -> None:
    assert plural(1, "observation", "observationer") == "1 observation"
    assert plural(0, "observation", "observationer") == "0 observationer"
    assert in_words(1, "ärende", "ärenden", neuter=True) == "ett ärende"
    assert in_words(3, "observation", "observationer") == "tre observationer"


@pytest.mark.parametrize(
    ("names", "words"), [([], ""), (["A"], "A"), (["A", "B"], "A och B"), (["A", "B", "C"], "A, B och C")]
)
def test_names_are_listed_with_och(names: list[str], words: str) -> None:
    assert listed(names) == words


def test_a_state_is_a_glyph_a_verdict_and_who() -> None:
    sentence = StateSentence("waiting", "Väntar på svar sedan 12 dagar.", "Svaret skulle ha kommit 18 november.")

    page = rendered("{% state sentence %}", sentence=sentence)

    assert '<p class="state" data-state="waiting"><svg viewBox="0 0 20 20" aria-hidden="true">' in page
    assert "<strong>Väntar på svar sedan 12 dagar.</strong> Svaret skulle ha kommit 18 november." in page


def test_a_badge_says_the_same_in_fewer_words() -> None:
    long = StateSentence("new", "Nytt.", "Ska prioriteras på nästa möte.")
    short = StateSentence("waiting", "Väntar på svar sedan 12 dagar.", short="Väntar på svar, 12 dagar")

    assert rendered("{% badge sentence %}", sentence=long).strip().endswith("Nytt</span>")
    assert rendered("{% badge sentence %}", sentence=short).strip().endswith("Väntar på svar, 12 dagar</span>")


def test_what_people_have_written_is_text_in_a_state() -> None:
    page = rendered("{% state sentence %}", sentence=StateSentence("question", "<b>Fråga</b>", "<script>"))

    assert "<b>" not in page
    assert "<script>" not in page


def test_filters_say_nothing_of_nothing() -> None:
    template = "{{ x|swedish_day }}{{ x|short_day }}{% moment x %}{{ x|swedish_time }}"

    assert rendered(template, x=None) == ""


def test_filters_speak_of_days_and_numbers() -> None:
    assert rendered('{{ n|plural:"svar,svar" }} {{ n|in_words:"ärende,ärenden,ett" }}', n=1) == "1 svar ett ärende"
    assert rendered("{{ day|swedish_day|capital }}", day=date(2020, 2, 29)) == "Lördag 29 februari 2020"


def test_an_address_is_broken_after_its_at_sign_and_is_text() -> None:
    assert rendered("{{ x|mail_address }}", x="omar.prov@exempel.se") == "omar.prov@<wbr>exempel.se"
    assert rendered("{{ x|mail_address }}", x="<b>@x") == "&lt;b&gt;@<wbr>x"


def test_a_heading_does_not_break_between_the_day_and_its_month() -> None:
    assert (
        days_whole("Mötet är onsdag 9 december. 13 punkter.")
        == "Mötet är onsdag 9\N{NO-BREAK SPACE}december. 13 punkter."
    )
    assert days_whole("Mötet hölls 31 maj 2025.") == "Mötet hölls 31\N{NO-BREAK SPACE}maj 2025."
    assert days_whole("112 maj, 3 majblommor") == "112 maj, 3 majblommor"


@pytest.mark.parametrize(
    ("typed", "ended"),
    [
        ("Byt lamporna", "Byt lamporna."),
        ("Byt lamporna.", "Byt lamporna."),
        ("Byt lamporna..", "Byt lamporna."),
        ("Byt lamporna, ", "Byt lamporna."),
        ("Vilka?", "Vilka?"),
        ("Vilka?.", "Vilka?"),
        ("Nu!", "Nu!"),
        ("Vi får se …", "Vi får se …"),
        ("Vi får se...", "Vi får se..."),
        ("De sa ”nej”", "De sa ”nej”."),
        ("De sa: ”Nej.”", "De sa: ”Nej.”"),
        ("De sa: ”Varför?”", "De sa: ”Varför?”"),
        ("Lampan (se bilden)", "Lampan (se bilden)."),
        ("Lampor m.m.", "Lampor m.m."),
        (" ", ""),
    ],
)
def test_what_was_typed_ends_as_one_sentence(typed: str, ended: str) -> None:
    assert sentence(typed) == ended
