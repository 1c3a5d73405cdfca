"""The room: what is written on one item while it is spoken of."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from issues.models import Action
from meetings.agenda.ordering import remove_line
from meetings.minutes.writing import minutes_content
from meetings.models import AgendaItem, Decision, Meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.factories import ActionFactory
from tests.meetings.meetings import item_of, words, write
from tests.meetings.reopening import close
from tests.people import signed_in
from tests.the import the

pytestmark = pytest.mark.django_db


def test_one_button_saves_all_that_was_filled_in(
    as_coordinator: Client, item: AgendaItem, technical: Organisation, police: Organisation
) -> None:
    due = timezone.localdate() + timedelta(days=5)

    page = words(
        write(
            as_coordinator,
            item,
            note="Armaturerna är beställda.",
            text="Gruppen följer tunneln.",
            what="Tillfällig belysning",
            responsible=technical.pk,
            others=[technical.pk, police.pk],
            answer_due=due.isoformat(),
        )
    )

    assert "Punkten räknas som behandlad." in page
    item.refresh_from_db()
    assert (item.note, item.is_discussed) == ("Armaturerna är beställda.", True)
    assert [decision.text for decision in Decision.objects.order_by("pk")] == [
        "Gruppen följer tunneln.",
        "Gruppen föreslår Tekniska förvaltningen och Polisen: Tillfällig belysning.",
    ]
    assert {action.state for action in Action.objects.all()} == {"draft"}
    assert {action.current.answer_due for action in Action.objects.all()} == {due}


def test_saving_and_going_on_marks_the_item_and_shows_the_next(as_coordinator: Client, item: AgendaItem) -> None:
    response = write(as_coordinator, item, then="next")

    item.refresh_from_db()
    assert item.is_discussed
    assert response.redirect_chain[-1][0] == item_of(item.meeting, "Trasigt räcke").get_absolute_url()


def test_after_the_last_item_comes_the_end(as_coordinator: Client, item: AgendaItem) -> None:
    last = item.meeting.items.get(heading__key="next_meeting")

    response = write(as_coordinator, last, then="next")

    assert response.redirect_chain[-1][0] == reverse("meetings:close", args=[item.meeting_id])


def test_a_mark_can_be_taken_away(as_coordinator: Client, item: AgendaItem) -> None:
    write(as_coordinator, item, then="next")

    write(as_coordinator, item, then="unspoken")

    item.refresh_from_db()
    assert not item.is_discussed


def test_what_is_decided_on_has_been_spoken_of(as_coordinator: Client, item: AgendaItem) -> None:
    page = words(write(as_coordinator, item, kind="pause", text="Vi väntar till våren."))

    item.refresh_from_db()
    assert item.is_discussed
    assert "Punkten räknas som behandlad." in page
    assert "Inte behandlad" not in page
    assert "Det finns ett beslut på punkten" in words(write(as_coordinator, item, then="unspoken"))


def test_the_room_says_that_it_is_deferred_and_does_not_count_it_as_dealt_with(
    as_coordinator: Client, item: AgendaItem
) -> None:
    room = words(write(as_coordinator, item, kind="defer"))

    assert "Punkten är bordlagd till nästa möte." in room
    assert "räknas som behandlad" not in room
    assert ", ingen behandlad" in room
    assert f"{item.title} bordlagd" in room
    assert f"{item.title} bordlagd" in words(as_coordinator.get(item.meeting.get_absolute_url()))
    (told_in_draft,) = (
        each
        for heading in minutes_content(item.meeting, None)["headings"]
        for each in heading["items"]
        if each["title"] == item.title
    )
    assert (told_in_draft["deferred"], told_in_draft["discussed"]) == (True, False)


def test_a_decision_that_is_struck_leaves_the_mark_and_says_so(as_coordinator: Client, item: AgendaItem) -> None:
    write(as_coordinator, item, text="Gruppen följer tunneln.")

    page = words(write(as_coordinator, item, strike=Decision.objects.get().pk))

    item.refresh_from_db()
    assert item.is_discussed
    assert "Beslutet är struket. Punkten räknas ändå som behandlad" in page
    assert "Inte behandlad" in page


def test_a_decision_to_close_keeps_its_sentence_for_those_who_reported(
    as_coordinator: Client, item: AgendaItem
) -> None:
    write(as_coordinator, item, kind="close", outcome="solved", feedback="Det lyser igen.")

    decision = Decision.objects.get()
    assert (decision.text, decision.feedback) == ("Gruppen avslutar ärendet: åtgärdat.", "Det lyser igen.")


def test_a_decision_is_struck_without_losing_what_is_typed(as_coordinator: Client, item: AgendaItem) -> None:
    write(as_coordinator, item, text="Fel beslut")

    write(as_coordinator, item, strike=Decision.objects.get().pk, note="Ny text")

    item.refresh_from_db()
    assert item.note == "Ny text"
    assert not Decision.objects.exists()


def test_a_topic_in_words_becomes_an_issue_with_its_action(
    as_coordinator: Client, topic: AgendaItem, technical: Organisation
) -> None:
    write(as_coordinator, topic, title="Räcket vid ån", what="Laga räcket", responsible=technical.pk)

    topic.refresh_from_db()
    assert the(topic.issue).title == "Räcket vid ån"
    assert Action.objects.get().issue == topic.issue


def test_a_day_for_a_question_that_nobody_puts_stops_nobody(as_coordinator: Client, item: AgendaItem) -> None:
    write(as_coordinator, item, note="Vi återkommer.", answer_due="2020-01-01")

    item.refresh_from_db()
    assert item.note == "Vi återkommer."


TYPED = {"note": "Det jag skrev", "text": "Beslutet jag skrev", "what": "Åtgärden jag skrev"}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Välj vem som ska få frågan."),
        ({"what": "", "responsible": "{technical}"}, "Skriv vad som ska göras."),
        ({"responsible": "0"}, "Det valet finns inte längre."),
        ({"responsible": "{technical}", "answer_due": "2020-01-01"}, "Dagen har redan varit."),
        ({"responsible": "{technical}", "answer_due": "snart"}, "Skriv datumet som 2026-11-25."),
        ({"what": "x" * 161, "responsible": "{technical}"}, "Texten är 1 tecken för lång. Det får plats 160."),
        ({"what": "", "text": "x" * 2001}, "Texten är 1 tecken för lång. Det får plats 2 000."),
        ({"what": "", "note": "x" * 8001}, "Texten är 1 tecken för lång. Det får plats 8 000."),
        ({"what": "", "kind": "close"}, "Välj utfallet."),
        ({"what": "", "kind": "close", "outcome": "solved"}, "Skriv en mening till dem som rapporterat."),
        ({"what": "", "kind": "pause", "text": ""}, "Skriv varför gruppen avvaktar."),
        ({"what": "", "feedback": "Tack"}, "Utfall och återkoppling hör till ”Avsluta ärendet”."),
        ({"what": "", "kind": "propose"}, "Det valet finns inte längre."),
        ({"what": "", "strike": "999999"}, "Beslutet är redan struket."),
        ({"what": "", "note": "a\x00b"}, "Det finns ett tecken i texten som inte går att spara."),
    ],
)
def test_what_cannot_be_saved_is_said_and_all_that_was_typed_stands(
    as_coordinator: Client, item: AgendaItem, technical: Organisation, typed: dict[str, str], sentence: str
) -> None:
    facts = {name: value.replace("{technical}", str(technical.pk)) for name, value in {**TYPED, **typed}.items()}

    page = words(write(as_coordinator, item, **facts))

    assert sentence in page
    assert facts["text"] in page
    assert facts["what"] in page
    assert not Decision.objects.exists()
    item.refresh_from_db()
    assert item.note == ""


def test_an_issue_with_actions_under_way_closes_only_with_a_reason(as_coordinator: Client, item: AgendaItem) -> None:
    ActionFactory(issue=item.issue)
    facts = {"kind": "close", "outcome": "solved", "feedback": "Det lyser igen."}

    assert "Åtgärder är öppna. Skriv varför" in words(write(as_coordinator, item, **facts))

    write(as_coordinator, item, **facts, despite="Resten följs i loggen.")
    assert Decision.objects.get().despite == "Resten följs i loggen."


def test_an_action_in_an_issue_that_ends_is_refused_and_what_was_typed_stands(
    as_coordinator: Client, item: AgendaItem, technical: Organisation
) -> None:
    asked = {"what": "Tillfällig belysning", "responsible": technical.pk, "why": "Två lampor lyser."}
    write(as_coordinator, item, kind="close", outcome="solved", feedback="Det lyser igen.")

    page = words(write(as_coordinator, item, **asked))

    assert "Stryk det beslutet innan ni föreslår en åtgärd." in page
    assert "Tillfällig belysning" in page
    assert "Två lampor lyser." in page
    assert not Action.objects.exists()

    write(as_coordinator, item, **asked, strike=Decision.objects.get().pk)
    assert [decision.kind for decision in Decision.objects.all()] == ["propose"]


def test_an_action_and_the_end_in_one_sending_ask_why_it_ends_all_the_same(
    as_coordinator: Client, item: AgendaItem, technical: Organisation
) -> None:
    asked = {"what": "Tillfällig belysning", "responsible": technical.pk}
    ending = {"kind": "close", "outcome": "solved", "feedback": "Det lyser igen."}

    assert "Åtgärder är öppna. Skriv varför" in words(write(as_coordinator, item, **asked, **ending))
    assert not Action.objects.exists()

    write(as_coordinator, item, **asked, **ending, despite="Resten följs i loggen.")
    assert {decision.kind for decision in Decision.objects.all()} == {"close", "propose"}


def test_an_action_on_a_topic_asks_for_an_issue_first(
    as_coordinator: Client, topic: AgendaItem, technical: Organisation
) -> None:
    page = words(write(as_coordinator, topic, what="Laga räcket", responsible=technical.pk))

    assert "Punkten hör inte till något ärende. Gör ett ärende av den först." in page
    assert "Laga räcket" in page


def test_two_who_write_the_same_note_have_both_texts_before_them(
    as_coordinator: Client, item: AgendaItem, representative: Member
) -> None:
    item.write_note(text="Deras text", version=0, by=Actor.of(representative))

    page = words(write(as_coordinator, item, note="Min text", version="0"))

    assert "Så står det i registret: Deras text" in page
    assert "Min text" in page
    assert 'name="version" value="1"' in as_coordinator.get(item.get_absolute_url()).content.decode()

    write(as_coordinator, item, note="Deras text. Min text", version="1")
    item.refresh_from_db()
    assert item.note == "Deras text. Min text"


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 20, "9" * 5_000])
def test_a_broken_version_never_writes_over_another(
    as_coordinator: Client, item: AgendaItem, representative: Member, version: str
) -> None:
    item.write_note(text="Deras text", version=0, by=Actor.of(representative))

    write(as_coordinator, item, note="Min text", version=version)

    item.refresh_from_db()
    assert item.note == "Deras text"


@pytest.mark.parametrize("then", ["stay", "next", "skip", "back", "unspoken", "restore"])
@pytest.mark.parametrize("more", [{}, {"what": "Laga lampan"}, {"kind": "close"}], ids=["right", "half", "wrong"])
def test_what_is_written_after_the_meeting_has_closed_is_told_and_stands_to_be_copied(
    as_coordinator: Client, item: AgendaItem, representative: Member, then: str, more: dict[str, str]
) -> None:
    close(item.meeting, representative)

    response = write(as_coordinator, item, note="Det sista jag skrev", then=then, **more)

    page = words(response)
    assert "Det gick inte att spara Mötet är avslutat (Omar Prov, i dag " in page
    assert page.count("Det som skrivs på en punkt sparas bara medan mötet pågår.") == 1
    assert "Det här skrev du Kopiera det om du behöver skriva det igen. Det sista jag skrev" in page
    assert 'name="then"' not in response.content.decode()


@pytest.mark.parametrize(("then", "step"), [("back", -1), ("skip", 1)])
def test_an_old_page_still_leads_on_when_the_meeting_has_closed(
    as_coordinator: Client, item: AgendaItem, representative: Member, then: str, step: int
) -> None:
    close(item.meeting, representative)
    agenda = list(AgendaItem.objects.at(item.meeting).on_agenda())

    response = write(as_coordinator, item, then=then)

    assert response.redirect_chain == [(agenda[agenda.index(item) + step].get_absolute_url(), 302)]
    assert "Mötet är avslutat (Omar Prov, i dag " in words(response)


def test_a_note_on_an_item_that_was_removed_meanwhile_is_not_lost(
    as_coordinator: Client, item: AgendaItem, representative: Member
) -> None:
    remove_line(item.meeting, item.key, by=Actor.of(representative))

    page = words(write(as_coordinator, item, note="Det jag skrev"))

    item.refresh_from_db()
    assert item.note == ""
    assert "Punkten är borttagen från dagordningen (Omar Prov, i dag " in page
    assert "Sätt tillbaka den och spara igen." in page
    assert "Det jag skrev" in page
    assert "Spara och" not in page


def test_who_marked_it_stands_on_the_item(item: AgendaItem, representative: Member, coordinator: Member) -> None:
    item.mark_discussed(by=Actor.of(representative))
    assert AgendaItem.objects.get(pk=item.pk).updated_by == representative

    item.unmark_discussed(by=Actor.of(coordinator))
    assert AgendaItem.objects.get(pk=item.pk).updated_by == coordinator


def test_the_same_form_sent_twice_decides_once(as_coordinator: Client, item: AgendaItem) -> None:
    for _ in range(2):
        write(as_coordinator, item, text="Ett beslut", key="7c0c4b1e-8b0a-4f0e-9d6e-0d6a5b0f7c11")

    assert Decision.objects.count() == 1


def test_only_those_who_run_the_meeting_write(item: AgendaItem, representative: Member) -> None:
    assert write(signed_in(representative), item, note="Nej").status_code == 403

    Meeting.objects.update(secretary=representative)
    write(signed_in(representative), item, note="Ja")

    item.refresh_from_db()
    assert item.note == "Ja"


def test_an_action_from_the_room_carries_as_much_as_any_other(
    as_coordinator: Client, item: AgendaItem, technical: Organisation, police: Organisation
) -> None:
    wished = timezone.localdate() + timedelta(days=40)

    write(
        as_coordinator,
        item,
        what="Tillfällig belysning",
        responsible=technical.pk,
        why="Två lampor av sex lyser.",
        wished=wished.isoformat(),
        term="long",
        supporting=[police.pk],
    )

    action = Action.objects.get()
    assert (action.text, action.wished, action.term) == ("Två lampor av sex lyser.", wished, "long")
    assert list(action.supporting.all()) == [police]


def test_nobody_supports_her_own_question(as_coordinator: Client, item: AgendaItem, technical: Organisation) -> None:
    page = words(write(as_coordinator, item, what="Belysning", responsible=technical.pk, supporting=[technical.pk]))

    assert "Tekniska förvaltningen får själv frågan. Välj bara dem som stöder någon annan." in page
    assert not Action.objects.exists()


def test_a_closed_issue_is_neither_closed_again_nor_asked_about(
    as_coordinator: Client, item: AgendaItem, coordinator: Member
) -> None:
    the(item.issue).close(by=Actor.of(coordinator), outcome="solved", feedback="Det lyser igen.")

    page = words(as_coordinator.get(item.get_absolute_url()))
    assert "Avsluta ärendet" not in page
    assert "Vad ska göras" not in page
    assert "Kvarstår problemet? Öppna det igen …" in page

    page = words(write(as_coordinator, item, kind="close", outcome="solved", feedback="Igen."))
    assert "Ärendet är avslutat (Maja Exempel, i dag " in page
    assert "). Öppna det igen om något mer ska göras." in page
    assert not Decision.objects.exists()
