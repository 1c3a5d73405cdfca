"""The form kit: what it draws, what it says when something is wrong, and what it never falls over."""

import re
from typing import Any

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils import timezone

from base.records.freetext import FreeLineFormField, FreeTextFormField, ShortEnough
from base.ui.fields import ComingDay, DateField, TimeField, VersionField
from base.ui.forms import RegisterForm, at_field
from base.ui.widgets import ChoiceRadios, DateInput, SegmentsSelect, TilesSelect
from tests.base.ui.renders import templates_rendered


class ReportForm(RegisterForm):
    missing = {"title": "Skriv en rubrik."}

    category = forms.ChoiceField(
        label="Vad gäller det?", choices=[("lighting", "Belysning"), ("litter", "Skräp")], widget=TilesSelect
    )
    title = FreeLineFormField(label="Rubrik", max_length=20, help_text="Några ord.")
    day = DateField(label="Klart senast", required=False)
    unsafe = forms.ChoiceField(label="Otryggt?", choices=[("1", "Lite"), ("2", "Mycket")], widget=SegmentsSelect)
    cost = forms.ChoiceField(label="Kostnad", choices=[("", "---------"), ("a", "Liten")], required=False)
    text = FreeTextFormField(label="Berätta", widget=forms.Textarea, required=False)


FILLED = {"category": "lighting", "title": "Mörkt", "unsafe": "1"}


def errors_of(**data: str) -> ErrorDict:
    return ReportForm(FILLED | data).errors


@pytest.mark.parametrize(
    "unseen", ["\u200b\u200b", "\ufeff", "\u200d", " \u202e ", "\u00ad\x07", "\u3164", "\u2800 \u115f", "\U000e0041"]
)
def test_what_nobody_can_see_is_nothing(unseen: str) -> None:
    assert errors_of(title=unseen) == {"title": ["Skriv en rubrik."]}


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("\ufeff Lam\u200bpa\u00adn", "Lampan"),
        ("\u202egnilmalv\u202c", "gnilmalv"),
        ("👮🏽\u200d♀️ مرحبا", "👮🏽\u200d♀️ مرحبا"),
    ],
    ids=["copied", "turned around", "pictures and other scripts"],
)
def test_what_comes_along_unseen_is_left_out_and_all_else_is_kept(typed: str, taken: str) -> None:
    form = ReportForm(FILLED | {"title": typed})

    assert form.is_valid()
    assert form.cleaned_data["title"] == taken


def test_the_lines_of_a_text_are_kept_and_those_of_a_line_are_blanks() -> None:
    form = ReportForm(FILLED | {"title": "rad\r\nrad\tslut", "text": "rad\r\nrad\tslut"})

    assert form.is_valid()
    assert form.cleaned_data["title"] == "rad rad slut"
    assert form.cleaned_data["text"] == "rad\nrad\tslut"


def test_a_filled_form_is_valid() -> None:
    assert errors_of() == {}


def test_what_is_missing_is_said_in_swedish() -> None:
    errors = ReportForm({}).errors

    assert errors == {
        "category": ["Välj ett svar under ”Vad gäller det?”."],
        "title": ["Skriv en rubrik."],
        "unsafe": ["Välj ett svar under ”Otryggt?”."],
    }


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "x" * 27, "Texten är 7 tecken för lång. Det får plats 20."),
        ("title", "a\x00b", "Det finns ett tecken i texten som inte går att spara. Skriv om den."),
        ("day", "i morgon", "Skriv datumet som 2026-11-25."),
        ("day", "9999-12-31", "Året kan inte stämma. Skriv datumet som 2026-11-25."),
        ("category", "borta", "Det valet finns inte längre. Välj ett annat."),
        (
            "text",
            "å" * 1_000_000,
            "Texten är 980\u202f000 tecken för lång. Det får plats 20\u202f000.",
        ),
    ],
)
def test_what_cannot_be_taken_is_said_in_one_sentence(field: str, value: str, sentence: str) -> None:
    assert errors_of(**{field: value}) == {field: [sentence]}


def test_a_swedish_sentence_of_the_fields_own_stands() -> None:
    class OwnForm(RegisterForm):
        name = FreeLineFormField(error_messages={"required": "Vad heter platsen?"})

    assert OwnForm({}).errors == {"name": ["Vad heter platsen?"]}


def test_the_error_summary_says_how_much_there_is_to_put_right() -> None:
    class OwnForm(RegisterForm):
        name = FreeLineFormField()
        day = DateField()

    assert OwnForm({"name": "x"}).error_heading == "En sak behöver rättas"
    assert OwnForm({}).error_heading == "Två saker behöver rättas"

    refused = OwnForm({"name": "x", "day": "2026-11-25"})
    refused.refuse(ValidationError("Någon annan hann före."))
    assert refused.error_heading == "Det gick inte att spara"


def test_every_link_of_the_error_summary_leads_to_something() -> None:
    page = render_crispy_form(ReportForm({"ny-day": "x"}, prefix="ny"))

    links = re.findall(r'href="#([^"]+)"', page)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert links == ["id_ny-category_0", "id_ny-title", "id_ny-day", "id_ny-unsafe_0"]
    assert set(links) <= set(ids)
    assert len(ids) == len(set(ids))


class LongForm(RegisterForm):
    missing = {"reason": "Skriv skälet."}

    title = FreeLineFormField(label="Rubrik", max_length=20)
    where = FreeLineFormField(label="Var?", max_length=20)
    start = TimeField(label="Från kl.")
    reason = FreeTextFormField(label="Skäl")
    day = ComingDay(label="Svar senast")
    version = VersionField(validators=[ShortEnough(3)])
    nameless = FreeLineFormField(label="", max_length=20)

    def clean_day(self) -> Any:
        raise ValidationError("Svaret behövs före mötet.")


LONG = {
    "title": "x" * 27,
    "where": "y" * 28,
    "start": "snart",
    "day": "2999-11-25",
    "version": "12345",
    "nameless": "z" * 29,
}
LONG_BY_7 = "Texten är 7 tecken för lång. Det får plats 20."


def test_each_error_in_the_summary_is_understood_by_itself_and_stands_short_at_its_field() -> None:
    page = render_crispy_form(LongForm(LONG))

    assert re.findall(r"<li>(?:<a[^>]*>)?([^<]*)<", page) == [
        f"Rubrik: {LONG_BY_7}",
        "Var? Texten är 8 tecken för lång. Det får plats 20.",
        "Från kl: Skriv klockslaget som 16:30.",
        "Skriv skälet.",
        "Svar senast: Dagen ligger mer än 10 år bort. Se efter att året stämmer.",
        "Texten är 2 tecken för lång. Det får plats 3.",
        "Texten är 9 tecken för lång. Det får plats 20.",
    ]
    assert f'<p class="error" id="id_title_error">{LONG_BY_7}</p>' in page


def test_what_a_form_says_of_its_own_field_is_not_named_twice() -> None:
    page = render_crispy_form(LongForm(LONG | {"day": timezone.localdate().isoformat()}))

    assert '">Svaret behövs före mötet.</a>' in page


def test_a_form_that_has_its_own_words_for_a_slip_is_not_named_twice() -> None:
    class OwnWordsForm(RegisterForm):
        issue = forms.ChoiceField(
            label="Välj ärende", choices=[], error_messages={"invalid_choice": "Ärendet är borta."}
        )
        other = forms.ChoiceField(label="Annat", choices=[])
        number = forms.IntegerField(label="Antal", max_value=3, error_messages={"max_value": "Antalet är för stort."})

    assert OwnWordsForm({"issue": "7", "other": "7", "number": "4"}).sentences == [
        "Ärendet är borta.",
        "Annat: Det valet finns inte längre. Välj ett annat.",
        "Antalet är för stort.",
    ]


def test_what_is_told_without_the_fields_names_them() -> None:
    form = LongForm(LONG | {"reason": "x", "start": "12:00", "day": ""})
    form.add_error(None, "Någon annan hann före.")

    assert form.sentences[:3] == [
        "Någon annan hann före.",
        f"Rubrik: {LONG_BY_7}",
        "Var? Texten är 8 tecken för lång. Det får plats 20.",
    ]


def test_a_refusal_at_a_field_keeps_its_kind() -> None:
    with pytest.raises(ValidationError) as refused, at_field("start"):
        raise ValidationError("Den tiden har inte varit än.", code="invalid")
    form = LongForm(LONG)

    form.refuse(refused.value)

    assert "Från kl: Den tiden har inte varit än." in form.sentences


def test_the_summary_takes_focus_without_script() -> None:
    page = render_crispy_form(ReportForm({}))

    assert 'class="error-summary" role="alert" tabindex="-1" autofocus' in page


def test_a_field_points_at_its_hint_and_its_error() -> None:
    page = render_crispy_form(ReportForm({}))

    assert 'aria-invalid="true" aria-describedby="id_title_helptext id_title_error"' in page
    assert 'id="id_title_helptext"' in page
    assert 'id="id_title_error"' in page


def test_a_group_of_answers_carries_its_own_error() -> None:
    page = render_crispy_form(ReportForm({}))

    group = re.search(r'<fieldset[^>]*id="id_category"[^>]*>', page)
    assert group is not None
    assert 'role="radiogroup"' in group[0]
    assert 'aria-invalid="true"' in group[0]
    assert 'aria-describedby="id_category_error"' in group[0]


def test_what_may_be_left_out_says_so_and_nothing_is_cut_in_silence() -> None:
    page = render_crispy_form(ReportForm())

    assert page.count("(valfritt)") == 3
    assert "required" not in page
    assert "maxlength" not in page


def test_where_one_of_two_is_needed_neither_is_called_optional() -> None:
    class EitherForm(ReportForm):
        one_of = ("day", "cost")

    page = render_crispy_form(EitherForm())

    assert re.findall(r">([^<]*) <span class=\"optional\">", page) == ["Berätta"]


def test_what_is_needed_in_some_case_says_when() -> None:
    class PlaceForm(ReportForm):
        needed = {"cost": "för ett ja"}

    page = render_crispy_form(PlaceForm())

    assert re.findall(r">([^<]*) <span class=\"optional\">([^<]*)<", page) == [
        ("Klart senast", "(valfritt)"),
        ("Kostnad", "(behövs för ett ja)"),
        ("Berätta", "(valfritt)"),
    ]


def test_a_day_is_shown_as_the_browser_wants_it() -> None:
    page = render_crispy_form(ReportForm({"day": "2026-11-25"}))

    assert '<input type="date" name="day" value="2026-11-25"' in page


def test_a_tile_has_its_picture() -> None:
    page = render_crispy_form(ReportForm())

    assert page.count('<svg class="icon"') == 2


def test_a_required_question_offers_no_empty_answer() -> None:
    class Reason(RegisterForm):
        reason = forms.ChoiceField(choices=[("", "---------"), ("a", "Annat")], widget=ChoiceRadios)

    assert render_crispy_form(Reason()).count('type="radio"') == 1


def test_a_plain_control_is_drawn_without_a_template_and_what_people_wrote_is_escaped() -> None:
    class Plain(forms.Form):
        who = forms.ChoiceField(choices=[("", "Ingen"), ("Bolag", [(7, "Njudung & Co"), (8, "Witalabostäder")])])
        text = forms.CharField(widget=forms.Textarea({"rows": 4}))
        day = forms.DateField(widget=DateInput)
        sum = forms.IntegerField(min_value=1)
        yes = forms.BooleanField(widget=forms.CheckboxInput({"hidden": False}), required=False)

    form = Plain({"who": "7", "text": "\n<b>Släckt</b>", "day": '"', "yes": "on"}, use_required_attribute=False)
    with templates_rendered() as names:
        controls = [str(field) for field in form]

    assert names.total() == 0
    assert controls == [
        (
            '<select name="who" id="id_who"><option value="">Ingen</option><optgroup label="Bolag">'
            '<option value="7" selected>Njudung &amp; Co</option><option value="8">Witalabostäder</option>'
            "</optgroup></select>"
        ),
        '<textarea name="text" cols="40" rows="4" id="id_text">\n\n&lt;b&gt;Släckt&lt;/b&gt;</textarea>',
        '<input type="date" name="day" value="&quot;" aria-invalid="true" aria-describedby="id_day_error" id="id_day">',
        '<input type="number" name="sum" min="1" aria-invalid="true" aria-describedby="id_sum_error" id="id_sum">',
        '<input type="checkbox" name="yes" id="id_yes" checked>',
    ]


def test_the_key_is_new_for_each_form_shown_and_the_same_when_it_comes_back() -> None:
    key = str(ReportForm()["key"].value())

    assert key != str(ReportForm()["key"].value())
    assert f'value="{key}"' in render_crispy_form(ReportForm({"key": key}))


def test_a_broken_key_is_replaced() -> None:
    form = ReportForm(FILLED | {"key": "trasig"}, prefix=None)

    assert form.is_valid()
    assert len(str(form.cleaned_data["key"])) == 36
    assert "trasig" not in render_crispy_form(form)


def test_what_a_verb_refuses_stands_at_its_field_or_on_top() -> None:
    form = ReportForm(FILLED)
    form.is_valid()

    form.refuse(ValidationError({"title": "Rubriken är tagen.", "state": "Ärendet är redan avslutat."}))

    assert form.errors == {"title": ["Rubriken är tagen."], "__all__": ["Ärendet är redan avslutat."]}
