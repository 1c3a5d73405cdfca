"""Three meetings that are unlike each other, keyed in on the pages as a samordnare does, and read back whole.

A council that keeps a protokoll by § of the year, a group of five that writes a few lines and decides nothing, and a
day whose notice has times and breaks. All names are invented.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from meetings.models import AgendaTemplate, Heading, Meeting
from members.models import Member, Organisation
from tests.base.documents.reading import pdf_text, word_text
from tests.days import in_days
from tests.factories import MemberFactory, OrganisationFactory, SeatFactory
from tests.meetings.meetings import item_of, words, write

pytestmark = pytest.mark.django_db

PAUSE = {"fills": "break"}


def shown(client: Client, page: str) -> dict[str, Any]:
    """What the form of a page would send as it stands."""
    form = client.get(page).context["form"]
    values = {bound.html_name: bound.value() for bound in form if bound.name not in ("key", "then", "removed")}
    return {name: value for name, value in values.items() if value not in (None, False)}


def make_template(client: Client, name: str, headings: dict[str, dict[str, Any]], **facts: Any) -> AgendaTemplate:
    """A template with these headings, made of the standard thirteen: renamed, taken away and added to on its page."""
    client.post(reverse("meetings:template_create"), {"name": name})
    template: AgendaTemplate = AgendaTemplate.objects.get(name=name)
    page = template.get_absolute_url()
    keys = [heading.key for heading in template.headings.standing()]
    wanted = {label: typed for label, typed in headings.items() if typed != PAUSE and typed.get("fills") != "break"}
    for key in keys[len(wanted) :]:
        client.post(page, {**shown(client, page), "then": f"bort-{key}"})
    typed = {
        f"{key}-{field}": value
        for key, (label, about) in zip(keys, wanted.items(), strict=False)
        for field, value in {"label": label, "purpose": "", **about}.items()
    }
    client.post(page, {**shown(client, page), **typed, **facts})
    for place, (label, about) in enumerate(headings.items(), start=1):
        if about.get("fills") == "break":
            new = {"label": label, "place": place, **about}
            client.post(page, {**shown(client, page), **{f"ny-{field}": value for field, value in new.items()}})
    return template


def plan(client: Client, template: AgendaTemplate, **facts: Any) -> Meeting:
    page = reverse("meetings:create")
    typed = {"day": in_days(10).isoformat(), "starts": "13:00", "ends": "16:00", "template": template.pk}
    client.post(page, {**shown(client, page), **typed, **facts})
    meeting: Meeting = Meeting.objects.latest("pk")
    return meeting


def add(client: Client, meeting: Meeting, title: str, under: str, **typed: Any) -> None:
    heading = Heading.objects.of(meeting).get(label=under).key
    client.post(reverse("meetings:agenda_add", args=[meeting.pk]), {"title": title, "heading": heading, **typed})


def begin(client: Client, meeting: Meeting) -> None:
    client.post(reverse("meetings:start", args=[meeting.pk]), {"held": "today"})


def close(client: Client, meeting: Meeting) -> None:
    client.post(reverse("meetings:close", args=[meeting.pk]), {"day": "", "starts": ""})
    meeting.refresh_from_db()
    assert meeting.is_closed


def everywhere(client: Client, meeting: Meeting, *names: str) -> list[str]:
    """Its page and its two papers, as read by a person."""
    pdf, word = (client.get(reverse(f"meetings:{name}", args=[meeting.pk])).content for name in names)
    page = client.get(
        reverse("meetings:minutes_detail", args=[meeting.pk]) if meeting.is_closed else meeting.get_absolute_url()
    )
    return [" ".join(text.split()) for text in (words(page), pdf_text(pdf), word_text(word))]


def missing(told: list[str], facts: list[str]) -> list[tuple[int, str]]:
    """What is not found: in the page (0), the PDF (1) or the Word file (2)."""
    return [(where, fact) for where, text in enumerate(told) for fact in facts if fact not in text]


def test_a_council_keeps_its_protokoll_by_paragraphs_and_diarienummer(
    as_coordinator: Client, coordinator: Member, technical: Organisation, representative: Member, deputy: Member
) -> None:
    client = as_coordinator
    council = make_template(
        client,
        "Brottsförebyggande rådet",
        {
            "Mötets öppnande": {"fills": "attendance"},
            "Val av justerare": {"fills": "standing"},
            "Föregående protokoll": {"fills": "previous"},
            "Polisens lägesbild": {"fills": "free"},
            "Ärenden": {"fills": "new_issues"},
            "Information": {"fills": "free"},
            "Övriga frågor": {"fills": "free"},
            "Nästa sammanträde": {"fills": "next_meeting"},
        },
        numbering="year",
    )
    first = plan(client, council, registry_no="BRÅ 2026/1")
    begin(client, first)
    client.post(reverse("meetings:attendance", args=[first.pk]), {"expected": "ja"})
    close(client, first)

    meeting = plan(client, council, registry_no="BRÅ 2026/7", place="Kommunhuset, Utkiken")
    add(client, meeting, "Trygghetsmätningen", "Information", registry_no="KS 2026/112", minutes="15")
    add(client, meeting, "Kameror vid stationen", "Övriga frågor")
    begin(client, meeting)
    row = meeting.organisations.get(organisation=technical)
    seen = {"who": "ordinary", "first": "1", "last": "5", "then": "deputy", "version": row.version}
    client.post(
        reverse("meetings:attendance", args=[meeting.pk]),
        {f"{row.anchor}-{name}": value for name, value in seen.items()},
    )
    client.post(reverse("meetings:attendance", args=[meeting.pk]), {"expected": "ja"})
    write(client, item_of(meeting, "Val av justerare"), note="Ada Påhitt väljs att justera.", then="next")
    write(client, item_of(meeting, "Polisens lägesbild"), note="Lugnare än i fjol.", then="next")
    write(
        client,
        item_of(meeting, "Trygghetsmätningen"),
        note="Mätningen görs i mars.",
        kind="other",
        text="Rådet ställer sig bakom förslaget.",
    )
    write(client, item_of(meeting, "Trygghetsmätningen"), note="Mätningen görs i mars.", version=1, then="next")
    close(client, meeting)

    told = everywhere(client, meeting, "minutes_pdf", "minutes_word")

    assert (
        missing(
            told,
            [
                *("BRÅ 2026/7", "Kommunhuset, Utkiken", "§ 9 Mötets öppnande", "§ 10 Val av justerare"),
                *("Ada Påhitt väljs att justera.", "§ 12 Polisens lägesbild", "Lugnare än i fjol.", "§ 14 Information"),
                *("§ 14.1 Trygghetsmätningen", "Dnr KS 2026/112.", "Rådet ställer sig bakom förslaget."),
                *("§ 15.1 Kameror vid stationen", "Behandlades inte.", "§ 16 Nästa sammanträde"),
                *(f"{representative}", "§ 9–13", f"{deputy}", "från § 14"),
            ],
        )
        == []
    )


def test_five_people_write_a_few_lines_and_decide_nothing(
    as_coordinator: Client, coordinator: Member, technical: Organisation, representative: Member
) -> None:
    client = as_coordinator
    informal = make_template(
        client,
        "Arbetsgruppen",
        {"Sedan sist": {"fills": "free"}, "Vad gör vi?": {"fills": "free"}, "Vi ses igen": {"fills": "next_meeting"}},
    )
    meeting = plan(client, informal, place="Fiket", starts="15:00", ends="")
    begin(client, meeting)
    others = "Hilda Attrapp, fältassistent, Polisen\nRagnar Utkast, vaktmästare, Föreningen\nSia Låtsas\nBo Utkast"
    client.post(
        reverse("meetings:attendance", args=[meeting.pk]),
        {"expected": "ja", "fler-people": others, "fler-first": "1", "fler-last": "3"},
    )
    write(client, item_of(meeting, "Sedan sist"), note="Lyset lagat.\nInga klagomål sedan i maj.", then="next")
    write(client, item_of(meeting, "Vad gör vi?"), note="Alla frågar hemma.", then="next")
    close(client, meeting)

    told = everywhere(client, meeting, "minutes_pdf", "minutes_word")

    assert (
        missing(
            told,
            [
                *(str(representative), "Hilda Attrapp", "fältassistent", "Ragnar Utkast", "Sia Låtsas", "Bo Utkast"),
                *("Fiket", "1. Sedan sist", "Lyset lagat.", "Inga klagomål sedan i maj.", "2. Vad gör vi?"),
                *(
                    "Alla frågar hemma.",
                    "3. Vi ses igen",
                    "Tiden är inte bestämd.",
                    "Mötet föreslog inga nya åtgärder.",
                ),
            ],
        )
        == []
    )
    assert all("Beslut" not in text.replace("Beslut och", "") for text in told[1:])


def test_a_notice_has_times_and_breaks(as_coordinator: Client, coordinator: Member, technical: Organisation) -> None:
    client = as_coordinator
    SeatFactory(member=MemberFactory(name="Kent Platshållare", organisation=OrganisationFactory()))
    day = make_template(
        client,
        "Heldag",
        {
            "Välkomna": {"fills": "attendance", "minutes": "10", "text": "Kaffe finns."},
            "Årets lägesbild": {"fills": "free", "minutes": "50", "purpose": "information"},
            "Fika": {"fills": "break", "minutes": "15"},
            "Vad prioriterar vi?": {"fills": "free", "minutes": "45", "purpose": "decision"},
            "Avslutning": {"fills": "standing", "minutes": "10"},
        },
    )
    meeting = plan(client, day, place="Åsalen", starts="13:00", ends="15:15")
    add(client, meeting, "Skolvägarna", "Vad prioriterar vi?", minutes="20", people="Ester Exempel, rektor, Skolan")

    told = everywhere(client, meeting, "agenda_pdf", "agenda_word")

    assert (
        missing(
            told,
            [
                *(
                    "13.00",
                    "13.00–15.15",
                    "Åsalen",
                    "Välkomna",
                    "13.10",
                    "Årets lägesbild",
                    "14.00",
                    "Fika, 15 minuter",
                ),
                *(
                    "14.15",
                    "Vad prioriterar vi?",
                    "3.1 Skolvägarna",
                    "Ester Exempel, rektor, Skolan",
                    "15.00",
                    "Avslutning",
                ),
            ],
        )
        == []
    )
    assert missing(told[1:], ["2. Årets lägesbild (information)", "3. Vad prioriterar vi? (beslut)"]) == []
