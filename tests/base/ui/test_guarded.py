"""What points out a person is asked about once before a form is saved: removed, or kept and remembered."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory

from base.records.freetext import FreeLineFormField, FreeTextFormField
from base.swedish.guard import Kind
from base.ui.forms import RegisterForm
from base.ui.found_words import MOST, SAID, FoundWords, found_in
from base.ui.models import KeptPassage, SentForm
from base.ui.once import posted, save_once
from base.ui.said_day import SaidDayField
from members.models import Member, Organisation
from tests.base.ui.requests import with_messages
from tests.days import in_days

PHONE = "070-174 06 05"
OTHER_PHONE = "070-174 06 06"
NAME = "Anna Svensson"


class LetterForm(RegisterForm):
    title = FreeLineFormField(label="Rubrik", max_length=30)
    text = FreeTextFormField(label="Berätta", required=False)

    def save(self) -> str:
        Organisation.objects.create(name=self.cleaned_data["title"], area=self.cleaned_data["text"])
        return "/tack/"


class PersonForm(LetterForm):
    about_persons = ("text",)


def sent(form: RegisterForm) -> dict[str, str]:
    """What the page that asks has, as the browser would send it when nothing is chosen."""
    return {one.name: "asked" for inside in form.found.values() for one in inside.all}


def post(member: Member, typed: dict[str, str], answers: dict[str, str] | None = None) -> HttpRequest:
    request = RequestFactory().post("/", {"title": "Torget"} | typed | (answers or {}))
    request.user = member
    return with_messages(request)


def send(member: Member, answers: dict[str, str] | None = None, **typed: str) -> LetterForm:
    request = post(member, typed, answers)
    form = LetterForm(posted(request))
    save_once(request, form)
    return form


def asked_of(form: RegisterForm) -> list[tuple[str, str]]:
    return [(name, one.words) for name, inside in form.found.items() for one in inside.all if one.is_asked]


def saved() -> list[str]:
    return list(Organisation.objects.filter(name="Torget").values_list("area", flat=True))


def test_a_text_with_nothing_in_it_is_saved_at_once(representative: Member) -> None:
    send(representative, text="Tre lampor är trasiga, diarienummer 2026-41.")

    assert saved() == ["Tre lampor är trasiga, diarienummer 2026-41."]


def test_what_is_found_is_asked_about_before_anything_is_saved(representative: Member) -> None:
    form = send(representative, text=f"Ring {PHONE} om lampan.")

    assert asked_of(form) == [("text", PHONE)]
    assert (form.guard_asks, form.errors, saved()) == (True, {}, [])
    assert form["text"].value() == f"Ring {PHONE} om lampan."
    assert not SentForm.objects.exists()


def test_what_is_removed_has_a_neutral_word_in_its_place(representative: Member) -> None:
    text = f"Ring {PHONE} om lampan."
    (name,) = sent(send(representative, text=text))

    send(representative, {name: "remove"}, text=text)

    assert saved() == ["Ring [telefonnummer] om lampan."]
    assert not KeptPassage.objects.exists()


def test_what_is_kept_is_saved_and_remembered_without_its_words(representative: Member) -> None:
    text = f"Ring {PHONE} om lampan."
    (name,) = sent(send(representative, text=text))

    send(representative, {name: "keep"}, text=text)

    assert saved() == [text]
    [kept] = KeptPassage.objects.all()
    assert (kept.by, kept.kind, kept.field) == (representative, "phone", "LetterForm.text")
    assert (len(kept.digest), "174" in kept.digest) == (64, False)


def test_sent_once_more_without_a_choice_it_is_saved_and_not_remembered_as_kept(representative: Member) -> None:
    text = f"Ring {PHONE} om lampan."
    form = send(representative, text=text)

    send(representative, sent(form), text=text)

    assert saved() == [text]
    assert KeptPassage.objects.count() == 0


def test_what_is_written_anew_while_one_answers_is_asked_about_too(representative: Member) -> None:
    (name,) = sent(send(representative, text=f"Ring {PHONE}."))

    form = send(representative, {name: "keep"}, text=f"Ring {PHONE} eller {OTHER_PHONE}.")

    assert asked_of(form) == [("text", OTHER_PHONE)]
    assert saved() == []
    assert [one.answer for one in form.found["text"].all] == ["keep", ""]


def test_what_is_removed_is_gone_from_the_page_that_asks_once_more(representative: Member) -> None:
    (name,) = sent(send(representative, text=f"Ring {PHONE}."))

    form = send(representative, {name: "remove"}, text=f"Ring {PHONE} eller {OTHER_PHONE}.")

    assert form["text"].value() == f"Ring [telefonnummer] eller {OTHER_PHONE}."
    [left] = form.found["text"].all
    assert (left.words, left.before) == (OTHER_PHONE, "Ring [telefonnummer] eller ")


def test_of_the_same_words_in_two_places_each_is_answered_by_itself(representative: Member) -> None:
    text = f"Ring {PHONE}. Igen: ring {PHONE}."
    first, second = sent(send(representative, text=text))

    send(representative, {first: "keep", second: "remove"}, text=text)

    assert saved() == [f"Ring {PHONE}. Igen: ring [telefonnummer]."]


def test_every_text_of_the_form_is_looked_at(representative: Member) -> None:
    form = send(representative, title=NAME, text=f"{NAME} har {PHONE}.")

    assert asked_of(form) == [("title", NAME), ("text", NAME), ("text", PHONE)]


def test_what_stood_there_before_is_not_asked_about(representative: Member) -> None:
    request = post(representative, {"text": f"Ring {PHONE} eller {OTHER_PHONE}."})
    form = LetterForm(posted(request), initial={"text": f"Ring {PHONE.replace('-', ' ')}."})
    save_once(request, form)

    assert asked_of(form) == [("text", OTHER_PHONE)]


def test_what_is_about_persons_is_not_guarded(representative: Member) -> None:
    request = post(representative, {"text": f"{NAME}, {PHONE}"})

    save_once(request, PersonForm(posted(request)))

    assert saved() == [f"{NAME}, {PHONE}"]


def test_a_name_that_she_has_kept_is_not_asked_about_again_in_such_a_text(
    representative: Member, coordinator: Member
) -> None:
    (name,) = sent(send(representative, text=f"{NAME} ringde."))
    send(representative, {name: "keep"}, text=f"{NAME} ringde.")

    assert asked_of(send(representative, title="Parken", text=f"Det var {NAME}.")) == []
    assert asked_of(send(representative, title=NAME)) == [("title", NAME)]
    assert asked_of(send(coordinator, text=f"Det var {NAME}.")) == [("text", NAME)]


def test_a_number_that_she_has_kept_is_asked_about_in_each_new_text(representative: Member) -> None:
    (name,) = sent(send(representative, text=f"Ring {PHONE}."))
    send(representative, {name: "keep"}, text=f"Ring {PHONE}.")

    assert asked_of(send(representative, text=f"Nås på {PHONE}.")) == [("text", PHONE)]


def test_a_neutral_word_that_has_no_room_is_told_and_nothing_is_saved(representative: Member) -> None:
    title = f"Lampan, ring {PHONE} nu"
    (name,) = sent(send(representative, title=title))

    form = send(representative, {name: "remove"}, title=title)

    assert form.errors == {"title": ["Texten är 1 tecken för lång. Det får plats 30."]}
    assert form["title"].value() == "Lampan, ring [telefonnummer] nu"


def test_what_is_found_beside_an_error_is_shown_with_it_and_asked_about_once(representative: Member) -> None:
    form = send(representative, title="", text=f"Ring {PHONE}.")
    assert (list(form.errors), asked_of(form)) == (["title"], [("text", PHONE)])

    send(representative, sent(form), text=f"Ring {PHONE}.")

    assert saved() == [f"Ring {PHONE}."]


def test_many_in_one_text_are_asked_about_together_after_the_first(representative: Member) -> None:
    text = " ".join(f"070-174 06 {number:02}," for number in range(5, 99))
    form = send(representative, text=text)
    inside = form.found["text"]
    assert (len(inside.each), len(inside.rest), len(sent(form))) == (MOST, 94 - MOST, MOST + 1)

    send(representative, sent(form) | {inside.rest[0].name: "remove"}, text=text)

    [kept] = saved()
    assert kept.count("[telefonnummer]") == 94 - MOST


@pytest.mark.parametrize("answer", ["", "nej", "x" * 500, "\x00"])
def test_an_answer_that_is_none_asks_once_more(representative: Member, answer: str) -> None:
    (name,) = sent(send(representative, text=f"Ring {PHONE}."))

    assert asked_of(send(representative, {name: answer}, text=f"Ring {PHONE}.")) == [("text", PHONE)]


class MovingForm(RegisterForm):
    wished = SaidDayField(label="Önskas klart")

    def save(self) -> str:
        Organisation.objects.create(name="Torget", area=self.cleaned_data["wished"].words)
        return "/tack/"


def test_a_day_in_words_is_looked_at_too(representative: Member) -> None:
    typed = {"wished": in_days(30).isoformat(), "wished_words": f"före {NAME}s flytt"}
    form = MovingForm(posted(post(representative, typed)))
    save_once(post(representative, typed), form)
    assert asked_of(form) == [("wished", f"{NAME}s")]
    ((name, _),) = sent(form).items()

    request = post(representative, typed, {name: "remove"})
    save_once(request, MovingForm(posted(request)))

    assert saved() == ["före [namn] flytt"]


# What is said of it


@pytest.mark.parametrize("kind", Kind)
def test_a_neutral_word_is_nothing_that_the_guard_finds(kind: Kind) -> None:
    neutral = SAID[kind].neutral

    text = f"Det var {neutral} som ringde, {neutral} heter {neutral}. {neutral} bor på {neutral}."

    assert found_in(text, "text") == []


@pytest.mark.django_db
def test_a_name_is_told_more_softly_and_a_home_as_an_address() -> None:
    found = found_in(f"{NAME} har {PHONE} och bor på Storgatan 4.", "text")

    assert [(one.words, one.why, one.said.neutral) for one in found] == [
        (NAME, "Kan vara ett namn.", "[namn]"),
        (PHONE, "Ser ut som ett telefonnummer.", "[telefonnummer]"),
        ("Storgatan 4", "Kan vara någons adress.", "[adress]"),
    ]


def test_the_words_are_shown_between_whole_words_of_the_text() -> None:
    far = "Det gäller den trasiga belysningen vid den norra gångtunneln"
    [found] = found_in(f"{far} så ring {PHONE} {far}", "text")

    assert (found.before, found.after) == (
        "… vid den norra gångtunneln så ring ",
        " Det gäller den trasiga belysningen …",
    )


def test_a_place_is_counted_as_a_browser_does() -> None:
    [found] = found_in(f"🔦 Ring {PHONE}", "text")

    assert (found.start, found.place) == (7, (8, 8 + len(PHONE)))


@pytest.mark.django_db
def test_the_same_words_have_one_digest_however_they_are_written() -> None:
    digests = {found_in(text, "text")[0].digest for text in ("Anna Svensson kom", "Det var Anna  Svenssons")}

    assert len(digests) == 1


@pytest.mark.django_db
def test_names_that_end_in_s_are_not_one_with_each_other() -> None:
    ross, ros = (found_in(f"Han heter Anders {name} och kom", "text")[0].digest for name in ("Ross", "Ros"))

    assert ross != ros


def test_the_fragment_names_the_words_why_and_the_two_answers() -> None:
    form: Any = LetterForm({"title": "Torget", "text": f"<b>Ring</b> {PHONE}"})
    form.is_valid()
    one: FoundWords = form.found["text"].all[0]

    markup = render_to_string("ui/_found.html", {"found": form.found["text"]})

    assert "&lt;b&gt;Ring&lt;/b&gt; </span><mark>070-174 06 05</mark>" in markup
    assert markup.count(f'name="{one.name}"') == 3
    assert 'data-kind="phone" data-start="12" data-end="25" data-neutral="[telefonnummer]"' in markup
