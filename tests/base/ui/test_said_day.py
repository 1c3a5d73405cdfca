"""One question asks for a day, as a date or in words; what it cannot know or does not believe it says."""

from datetime import date

import pytest

from base.swedish.said_days import SaidDay
from base.ui.forms import RegisterForm
from base.ui.said_day import SaidDayField, SaidDayInput
from base.ui.templatetags.house import error_target

TODAY = date(2026, 11, 25)


class Wish(RegisterForm):
    wished = SaidDayField(label="Önskas klart", required=False)


@pytest.fixture(autouse=True)
def a_wednesday_in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


def wish(day: str = "", words: str = "") -> Wish:
    return Wish({"wished": day, "wished_words": words})


@pytest.mark.parametrize(
    ("day", "words", "said"),
    [
        ("", "", None),
        ("2026-12-18", "", SaidDay(date(2026, 12, 18))),
        ("", "18/12", SaidDay(date(2026, 12, 18))),
        ("2026-12-18", "18 december", SaidDay(date(2026, 12, 18))),
        ("2026-12-18", ".", SaidDay(date(2026, 12, 18))),
        ("2026-12-18", "\u200b. .", SaidDay(date(2026, 12, 18))),
        ("2026-12-18", "före jul .", SaidDay(date(2026, 12, 18), "event", "före jul")),
        ("", ".", None),
        ("", "V 50", SaidDay(date(2026, 12, 13), "week", "vecka 50 2026")),
        ("2026-12-13", "vecka 50", SaidDay(date(2026, 12, 13), "week", "vecka 50 2026")),
        ("", "hösten -27", SaidDay(date(2027, 11, 30), "period", "hösten 2027")),
        ("2027-06-10", "Före skolavslutningen", SaidDay(date(2027, 6, 10), "event", "före skolavslutningen")),
        ("2027-03-03", "löpande", SaidDay(date(2027, 3, 3), "running", "löpande")),
        ("", "på fredag", SaidDay(date(2026, 11, 27))),
        ("2026-12-09", "Om två veckor", SaidDay(date(2026, 12, 9))),
    ],
)
def test_a_day_or_its_words_are_enough(day: str, words: str, said: SaidDay | None) -> None:
    form = wish(day, words)

    assert form.errors == {}
    assert form.cleaned_data["wished"] == said


@pytest.mark.parametrize(
    ("day", "words", "sentence"),
    [
        (
            "",
            "före skolavslutningen",
            "Skriv också vilket datum det gäller senast. ”före skolavslutningen” står inte i registrets kalender.",
        ),
        (
            "",
            "Om två veckor",
            "Skriv också vilket datum det gäller senast. ”Om två veckor” står inte i registrets kalender.",
        ),
        ("", "måndag 15 december", "15 december 2026 är en tisdag, inte en måndag."),
        ("", "löpande", "Skriv också dagen då det ska stämmas av, i fältet för datum."),
        (
            "2026-12-18",
            "vecka 50",
            "Orden ”vecka 50” betyder senast 13 december 2026, men datumet är 18 december 2026.",
        ),
        ("2026-12-18", "19 december", "Orden ”19 december” betyder senast 19 december 2026"),
        ("", "våren 2026", "Dagen har redan varit."),
        ("2026-11-24", "", "Dagen har redan varit."),
        ("2026-11-24", "före mötet", "Dagen har redan varit."),
        ("", "2040", "Dagen ligger mer än 10 år bort."),
        ("", "vecka 53 2027", "Vecka 53 finns inte 2027."),
        ("", "vecka 52 9999", "Vecka 52 finns inte 9999."),
        ("", "före 31/12 9999", "Dagen ligger mer än 10 år bort."),
        ("", "före 1 januari 0001", "Så långt räcker inte kalendern."),
        ("", "innan 1/1 0001", "Så långt räcker inte kalendern."),
        ("", "före vecka 1 0001", "Så långt räcker inte kalendern."),
        ("", "före våren 0001", "Dagen har redan varit."),
        ("", "våren 0000", "Så långt räcker inte kalendern."),
        ("", "1 januari 0000", "1 januari 0 finns inte i kalendern."),
        ("i vår", "", "Skriv datumet som 2026-11-25."),
        ("", "x" * 81, "Texten är 1 tecken för lång."),
    ],
)
def test_what_is_missing_contradicts_or_has_been_is_said_once(day: str, words: str, sentence: str) -> None:
    errors = wish(day, words).errors["wished"]

    assert [sentence in error for error in errors] == [True]


@pytest.mark.parametrize(
    "said",
    [
        SaidDay(date(2026, 12, 18)),
        SaidDay(date(2026, 12, 13), "week", "vecka 50 2026"),
        SaidDay(date(2027, 6, 10), "event", "före skolavslutningen"),
        SaidDay(date(2027, 3, 3), "running", "löpande"),
    ],
)
def test_what_the_field_shows_of_a_day_gives_the_same_day(said: SaidDay) -> None:
    day, words = SaidDayInput().decompress(said)

    assert wish(day.isoformat() if day else "", words).fields["wished"].clean([day, words]) == said


def test_the_date_and_the_words_have_labels_of_their_own_under_one_question() -> None:
    page = str(Wish()["wished"])

    assert '<label for="id_wished_0">Datum</label>' in page
    assert '<input type="date" name="wished" id="id_wished_0">' in page
    assert '<label for="id_wished_1">Eller i ord</label>' in page


def test_the_words_are_described_by_the_hint_over_them() -> None:
    page = str(Wish()["wished"])

    assert 'id="id_wished_1_hint">Till exempel vecka 50' in page
    assert 'id="id_wished_1" aria-describedby="id_wished_1_hint">' in page


def test_an_error_leads_to_the_date_and_not_to_the_frame_of_the_two() -> None:
    assert error_target(wish(words="våren 2026")["wished"]) == "id_wished_0"


class Promise(RegisterForm):
    planned = SaidDayField(label="Klart i stället")

    missing = {"planned": "Skriv det nya datumet."}


@pytest.mark.parametrize("words", ["", ".", " . . "])
def test_a_full_stop_alone_is_no_answer(words: str) -> None:
    assert Promise({"planned": "", "planned_words": words}).errors == {"planned": ["Skriv det nya datumet."]}
