"""Days as people write them: what the words mean, what is kept of them, and when only a person knows the day."""

from datetime import date

import pytest

from base.swedish.said_days import NoSuchDay, Precision, ReadDay, SaidDay, read_day

TODAY = date(2026, 11, 25)
"""A Wednesday of week 48."""


def said(typed: str, today: date = TODAY) -> tuple[str, str, date | None]:
    read = read_day(typed, today=today)
    return str(read.precision), read.words, read.last


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("18 december", date(2026, 12, 18)),
        ("18 dec", date(2026, 12, 18)),
        ("18 dec.", date(2026, 12, 18)),
        ("senast den 18 december", date(2026, 12, 18)),
        ("fredag 18 december", date(2026, 12, 18)),
        ("18/12", date(2026, 12, 18)),
        ("18/12-27", date(2027, 12, 18)),
        ("18/12 2027", date(2027, 12, 18)),
        ("18.12.2027", date(2027, 12, 18)),
        ("2026-12-18", date(2026, 12, 18)),
        ("2026\N{EN DASH}12\N{EN DASH}18", date(2026, 12, 18)),
        ("20261218", date(2026, 12, 18)),
        ("3 mars", date(2027, 3, 3)),
        ("25 november", date(2026, 11, 25)),
        ("24 november", date(2027, 11, 24)),
        ("29 februari", date(2028, 2, 29)),
        ("i dag", date(2026, 11, 25)),
        ("imorgon", date(2026, 11, 26)),
        ("i övermorgon", date(2026, 11, 27)),
        ("på fredag", date(2026, 11, 27)),
        ("nu på fredag", date(2026, 11, 27)),
        ("senast tisdag", date(2026, 12, 1)),
        ("torsdag vecka 50", date(2026, 12, 10)),
        ("på torsdagen i v. 50", date(2026, 12, 10)),
        ("senast måndag v2", date(2027, 1, 11)),
        ("fredag vecka 50, 2027", date(2027, 12, 17)),
    ],
)
def test_a_day_is_the_next_of_its_name_and_needs_no_words(typed: str, day: date) -> None:
    assert read_day(typed, today=TODAY) == ReadDay(Precision.DAY, "", day, day)


@pytest.mark.parametrize(
    ("typed", "words", "last"),
    [
        ("vecka 50", "vecka 50 2026", date(2026, 12, 13)),
        ("Vecka 50", "vecka 50 2026", date(2026, 12, 13)),
        ("v 50", "vecka 50 2026", date(2026, 12, 13)),
        ("v.50", "vecka 50 2026", date(2026, 12, 13)),
        ("v. 50", "vecka 50 2026", date(2026, 12, 13)),
        ("v50", "vecka 50 2026", date(2026, 12, 13)),
        ("under vecka 50", "vecka 50 2026", date(2026, 12, 13)),
        ("vecka 50 2027", "vecka 50 2027", date(2027, 12, 19)),
        ("v 50 -27", "vecka 50 2027", date(2027, 12, 19)),
        ("v 50-51", "vecka 50\N{EN DASH}51 2026", date(2026, 12, 20)),
        ("vecka 48", "vecka 48 2026", date(2026, 11, 29)),
        ("vecka 47", "vecka 47 2027", date(2027, 11, 28)),
        ("vecka 53", "vecka 53 2026", date(2027, 1, 3)),
        ("nästa vecka", "vecka 49 2026", date(2026, 12, 6)),
    ],
)
def test_a_week_ends_on_its_sunday(typed: str, words: str, last: date) -> None:
    assert said(typed) == ("week", words, last)


@pytest.mark.parametrize(
    ("typed", "words", "last"),
    [
        ("december", "december 2026", date(2026, 12, 31)),
        ("i december", "december 2026", date(2026, 12, 31)),
        ("dec", "december 2026", date(2026, 12, 31)),
        ("mars 2027", "mars 2027", date(2027, 3, 31)),
        ("mars -28", "mars 2028", date(2028, 3, 31)),
        ("februari", "februari 2027", date(2027, 2, 28)),
        ("början av mars", "början av mars 2027", date(2027, 3, 10)),
        ("i mitten av mars", "mitten av mars 2027", date(2027, 3, 20)),
        ("slutet av februari", "slutet av februari 2027", date(2027, 2, 28)),
        ("nästa månad", "december 2026", date(2026, 12, 31)),
    ],
)
def test_a_month_or_a_part_of_one_ends_on_its_last_day(typed: str, words: str, last: date) -> None:
    assert said(typed) == ("month", words, last)


@pytest.mark.parametrize(
    ("typed", "words", "last"),
    [
        ("hösten", "hösten 2026", date(2026, 11, 30)),
        ("hösten -27", "hösten 2027", date(2027, 11, 30)),
        ("hösten 2027", "hösten 2027", date(2027, 11, 30)),
        ("i höst", "hösten 2026", date(2026, 11, 30)),
        ("till våren", "våren 2027", date(2027, 5, 31)),
        ("våren 27", "våren 2027", date(2027, 5, 31)),
        ("sommaren", "sommaren 2027", date(2027, 8, 31)),
        ("vintern", "vintern 2026/27", date(2027, 2, 28)),
        ("vintern 2026/27", "vintern 2026/27", date(2027, 2, 28)),
        ("vintern 27-28", "vintern 2027/28", date(2028, 2, 29)),
        ("kvartal 2", "kvartal 2 2027", date(2027, 6, 30)),
        ("Q3", "kvartal 3 2027", date(2027, 9, 30)),
        ("fjärde kvartalet", "kvartal 4 2026", date(2026, 12, 31)),
        ("1:a kvartalet", "kvartal 1 2027", date(2027, 3, 31)),
        ("andra halvåret", "andra halvåret 2026", date(2026, 12, 31)),
        ("första halvåret 2028", "första halvåret 2028", date(2028, 6, 30)),
        ("2027", "under 2027", date(2027, 12, 31)),
        ("under 2027", "under 2027", date(2027, 12, 31)),
        ("nästa år", "under 2027", date(2027, 12, 31)),
    ],
)
def test_a_season_a_quarter_or_a_year_ends_on_its_last_day(typed: str, words: str, last: date) -> None:
    assert said(typed) == ("period", words, last)


@pytest.mark.parametrize(
    ("typed", "words", "last"),
    [
        ("Före skolavslutningen", "före skolavslutningen", None),
        ("innan jul", "innan jul", None),
        ("när budgeten är beslutad", "när budgeten är beslutad", None),
        ("KLG:s beslut", "KLG:s beslut", None),
        ("vintern 2027", "vintern 2027", None),
        ("vintern 2026/28", "vintern 2026/28", None),
        ("före mars", "före mars 2027", date(2027, 2, 28)),
        ("innan 18 december", "före 18 december 2026", date(2026, 12, 17)),
        ("före fredag", "före 27 november 2026", date(2026, 11, 26)),
    ],
)
def test_what_no_calendar_knows_is_an_event_whose_day_a_person_gives(typed: str, words: str, last: date | None) -> None:
    assert said(typed) == ("event", words, last)


@pytest.mark.parametrize("typed", ["löpande", "tills vidare", "fortlöpande", "löpande under 2027"])
def test_what_runs_on_has_no_end(typed: str) -> None:
    assert said(typed) == ("running", typed, None)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("vecka 53 2027", "Vecka 53 finns inte 2027."),
        ("vecka 60", "Vecka 60 finns inte."),
        ("31 juni", "31 juni finns inte i kalendern."),
        ("29 februari 2027", "29 februari 2027 finns inte i kalendern."),
    ],
)
def test_a_day_that_no_year_has_is_told(typed: str, sentence: str) -> None:
    with pytest.raises(NoSuchDay) as told:
        read_day(typed, today=TODAY)

    assert str(told.value) == sentence


@pytest.mark.parametrize(
    ("typed", "today", "last"),
    [
        ("vecka 53", date(2027, 1, 2), date(2027, 1, 3)),
        ("v 52", date(2028, 1, 1), date(2028, 1, 2)),
        ("vecka 53", date(2027, 1, 4), date(2033, 1, 2)),
        ("vecka 1", date(2024, 12, 30), date(2025, 1, 5)),
        ("31 december", date(2027, 1, 1), date(2027, 12, 31)),
    ],
)
def test_the_week_that_runs_at_new_year_is_the_one_that_is_meant(typed: str, today: date, last: date) -> None:
    assert said(typed, today)[2] == last


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("måndag 15 december", "15 december 2026 är en tisdag, inte en måndag. Skriv den dag som menas."),
        ("senast fredagen den 16/12", "16 december 2026 är en onsdag, inte en fredag. Skriv den dag som menas."),
        ("före onsdag 15 december", "15 december 2026 är en tisdag, inte en onsdag. Skriv den dag som menas."),
    ],
)
def test_a_day_with_the_name_of_another_is_no_day(typed: str, sentence: str) -> None:
    with pytest.raises(NoSuchDay) as told:
        read_day(typed, today=TODAY)

    assert str(told.value) == sentence


@pytest.mark.parametrize(
    "typed",
    [
        *("onsdag", "på onsdag", "senast nu på onsdag", "före onsdag", "nästa fredag", "på nästa fredag"),
        *("om två veckor", "om 14 dagar", "inom en månad", "om ett par veckor", "nästa vår", "till nästa höst"),
        *("om ett halvår", "till helgen", "i helgen", "före helgen", "till nästa helg"),
    ],
)
def test_what_is_counted_from_today_keeps_no_words_and_a_person_gives_the_day(typed: str) -> None:
    assert read_day(typed, today=TODAY) == ReadDay(Precision.DAY)


def test_what_is_kept_says_the_same_another_year() -> None:
    read = read_day("vecka 2", today=TODAY)

    assert read_day(read.words, today=date(2026, 1, 1)) == read


@pytest.mark.parametrize(
    ("day", "shown", "clock"),
    [
        (SaidDay(date(2026, 12, 18)), "18 december", ""),
        (SaidDay(date(2027, 12, 18)), "18 december 2027", ""),
        (SaidDay(date(2026, 12, 13), "week", "vecka 50 2026"), "vecka 50", "senast 13 december"),
        (SaidDay(date(2027, 11, 30), "period", "hösten 2027"), "hösten 2027", "senast 30 november 2027"),
        (SaidDay(date(2026, 12, 31), "period", "under 2026"), "under 2026", "senast 31 december"),
        (SaidDay(date(2026, 12, 10), "event", "före lucia"), "före lucia", "senast 10 december"),
        (SaidDay(date(2027, 3, 3), "running", "löpande"), "löpande", "stäms av 3 mars 2027"),
    ],
)
def test_the_words_are_shown_with_the_day_they_mean_beside_them(day: SaidDay, shown: str, clock: str) -> None:
    assert (day.shown(today=TODAY), day.clock(today=TODAY)) == (shown, clock)


@pytest.mark.parametrize(
    ("day", "promised", "wished"),
    [
        (SaidDay(date(2026, 12, 13), "week", "vecka 50 2026"), "planerat klart vecka 50", "önskas klart vecka 50"),
        (SaidDay(date(2026, 12, 31), "month", "december 2026"), "planerat klart i december", "önskas klart i december"),
        (
            SaidDay(date(2027, 3, 31), "month", "slutet av mars 2027"),
            "planerat klart i slutet av mars 2027",
            "önskas klart i slutet av mars 2027",
        ),
        (
            SaidDay(date(2026, 12, 3), "running", "löpande"),
            "löpande, stäms av 3 december",
            "önskas löpande, stäms av 3 december",
        ),
    ],
)
def test_a_day_is_told_inside_a_sentence(day: SaidDay, promised: str, wished: str) -> None:
    assert (day.promised(today=TODAY), day.wished(today=TODAY)) == (promised, wished)
