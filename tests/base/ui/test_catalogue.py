"""Django's own sentences in our words."""

import gettext
import re
from pathlib import Path

import django
import pytest
from django import forms
from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "locale" / "sv" / "LC_MESSAGES"
DJANGO = Path(django.__file__).parent / "conf" / "locale" / "sv" / "LC_MESSAGES" / "django.mo"

WRITTEN = dict(re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', (FOLDER / "django.po").read_text(), re.MULTILINE))


def sentences(compiled: Path) -> dict[str, str]:
    with compiled.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]  # not for everyone
    return {words: said for words, said in catalogue.items() if words}


def test_what_is_compiled_is_what_is_written() -> None:
    assert len(WRITTEN) == (FOLDER / "django.po").read_text().count("\nmsgid ") - 1
    assert sentences(FOLDER / "django.mo") == WRITTEN


def test_what_we_put_in_other_words_is_what_django_says() -> None:
    assert set(WRITTEN) - set(sentences(DJANGO)) == set()


class Plain(forms.Form):
    """A form that knows nothing of ours."""

    text = forms.CharField(required=False)
    address = forms.EmailField(required=False)
    number = forms.IntegerField(min_value=2, max_value=3, required=False)
    day = forms.DateField(required=False)
    clock = forms.TimeField(required=False)
    answer = forms.ChoiceField(choices=[("a", "A")], required=False)
    answers = forms.MultipleChoiceField(choices=[("a", "A")], required=False)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("text", "a\x00b", "Det finns ett tecken i texten som inte går att spara. Skriv om den."),
        ("address", "elin", "Skriv en hel e-postadress, till exempel namn@kommun.se."),
        ("number", "två", "Skriv ett helt tal med siffror."),
        ("number", "1", "Talet får inte vara mindre än 2."),
        ("number", "4", "Talet får inte vara större än 3."),
        ("day", "i morgon", "Skriv datumet som 2026-11-25."),
        ("clock", "snart", "Skriv klockslaget som 16:30."),
        ("answer", "b", "Det valet finns inte längre. Välj ett annat."),
        ("answers", "b", "Det valet finns inte längre. Välj ett annat."),
        ("answers", ["b"], "Det valet finns inte längre. Välj ett annat."),
    ],
)
def test_a_form_of_djangos_own_kind_speaks_as_we_do(field: str, typed: object, sentence: str) -> None:
    assert Plain({field: typed}).errors == {field: [sentence]}
