"""An extract of the minutes tells of one issue, or of what one organisation is asked, and of nothing else."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.swedish.passages import pattern
from issues.restricting import restrict
from meetings.minutes.editions import Edition
from meetings.minutes.extract import Extract, Offered
from meetings.minutes.masking import mask_versions
from meetings.models import AgendaItem, Meeting, Minutes, RoundNote
from members.actor import Actor
from members.models import Member, Organisation
from tests.base.documents.reading import pdf_text, word_text
from tests.factories import OrganisationFactory
from tests.issues.restricted import WHY
from tests.meetings.meetings import words
from tests.meetings.reopening import close
from tests.the import the

pytestmark = pytest.mark.django_db


def edition_of(meeting: Meeting) -> Edition:
    return Edition.of(Minutes.objects.of(meeting).latest_first()[0])


def paper(client: Client, meeting: Meeting, name: str, **about: Any) -> str:
    response = client.get(reverse(f"meetings:{name}", kwargs={"pk": meeting.pk, "version": 1, **about}))
    read = pdf_text if name.endswith("pdf") else word_text
    return " ".join(read(response.content).split())


def number_of(meeting: Meeting, title: str) -> str:
    return the(AgendaItem.objects.get(meeting=meeting, issue__title=title, action=None).issue).number


def test_of_an_issue_it_has_the_point_with_its_decision_and_action_and_who_was_there(
    closed: Meeting, as_representative: Client, technical: Organisation
) -> None:
    lamp = number_of(closed, "Lampan")

    for name in ("issue_extract_pdf", "issue_extract_word"):
        told = paper(as_representative, closed, name, number=lamp)

        assert "Utdrag ur minnesanteckningar" in told
        assert f"Ärende {lamp}, Lampan" in told
        assert "Laga lampan" in told
        assert str(technical) in told
        assert "Version 1, sparad" in told
        assert "Räcket" not in told
        assert "Parken" not in told
        assert "Nattvandring" not in told
        assert "Nästa möte" not in told


def test_of_an_issue_without_actions_no_list_says_that_nothing_was_proposed(
    closed: Meeting, as_representative: Client
) -> None:
    told = paper(as_representative, closed, "issue_extract_pdf", number=number_of(closed, "Räcket"))

    assert "Räcket är lagat." in told
    assert "Åtgärdslista" not in told


def test_of_an_organisation_it_has_what_it_is_asked(
    closed: Meeting, as_representative: Client, technical: Organisation
) -> None:
    for name in ("organisation_extract_pdf", "organisation_extract_word"):
        told = paper(as_representative, closed, name, organisation=technical.pk)

        assert f"Gäller {technical}" in told
        assert "Laga lampan" in told
        assert "Räcket" not in told


def test_of_an_organisation_it_has_its_own_words_in_the_round_and_nobody_elses(
    closed: Meeting, technical: Organisation
) -> None:
    police = OrganisationFactory(name="Polisen Höglandet")
    silent = OrganisationFactory(name="Stadshus AB")
    edition = edition_of(closed)
    content = copy.deepcopy(edition.content)
    content["headings"][0]["said"] = [
        {"key": technical.pk, "organisation": str(technical), "text": "Två lampor är trasiga."},
        {"organisation": str(police), "text": "Lugnt i centrum."},  # as it was frozen before keys were kept
    ]
    edition = replace(edition, content=content)

    told = [repr(the(Extract.of_organisation(edition, one)).document) for one in (technical, police)]

    assert [["Två lampor" in text, "Lugnt i centrum" in text] for text in told] == [[True, False], [False, True]]
    assert ["Laga lampan" in text for text in told] == [True, False]
    assert Extract.of_organisation(edition, silent) is None
    assert {*Offered.of(edition).organisations} == {technical, police}


def test_what_was_written_in_the_round_is_in_the_extract_of_who_said_it(
    decided: Meeting, coordinator: Member, as_representative: Client, technical: Organisation, by: Actor
) -> None:
    around = AgendaItem.objects.get(meeting=decided, heading__rule="round", kind="heading")
    police = OrganisationFactory(name="Polisen Höglandet")
    RoundNote.write(around, technical, text="Två lampor är trasiga.", version=0, by=by)
    RoundNote.write(around, police, text="Lugnt i centrum.", version=0, by=by)
    close(decided, coordinator)

    for name in ("organisation_extract_pdf", "organisation_extract_word"):
        told = {one.pk: paper(as_representative, decided, name, organisation=one.pk) for one in (technical, police)}
        assert "Två lampor är trasiga." in told[technical.pk]
        assert "Lugnt i centrum." not in told[technical.pk]
        assert "Lugnt i centrum." in told[police.pk]
        assert "Två lampor är trasiga." not in told[police.pk]


def test_an_organisation_that_has_another_name_since_is_known_by_its_key_and_in_older_ones_by_its_name(
    closed: Meeting, technical: Organisation
) -> None:
    edition = edition_of(closed)
    older = copy.deepcopy(edition.content)
    for action in older["actions"]:
        del action["responsible"], action["supports"]
    of_old = Edition(edition.minutes, older)
    assert Extract.of_organisation(of_old, technical)
    assert Offered.of(of_old).organisations == [technical]

    technical.name = "Samhällsbyggnad"
    technical.save()

    assert Extract.of_organisation(edition, technical)
    assert Offered.of(edition).organisations == [technical]
    assert Extract.of_organisation(of_old, technical) is None


def test_it_is_offered_on_the_page_for_all_that_the_minutes_tell_of(
    closed: Meeting, as_representative: Client, technical: Organisation
) -> None:
    page = as_representative.get(reverse("meetings:minutes_detail", args=[closed.pk])).content.decode()

    for title in ("Lampan", "Räcket", "Parken"):
        address = [closed.pk, 1, number_of(closed, title)]
        assert reverse("meetings:issue_extract_pdf", args=address) in page
        assert reverse("meetings:issue_extract_word", args=address) in page
    assert reverse("meetings:organisation_extract_pdf", args=[closed.pk, 1, technical.pk]) in page


def test_there_is_none_of_what_the_minutes_do_not_tell_of(
    closed: Meeting, as_representative: Client, police: Organisation
) -> None:
    nobody = OrganisationFactory(name="Ingen frågad")
    for name, about in (
        ("issue_extract_pdf", {"number": "2009-1"}),
        ("organisation_extract_pdf", {"organisation": nobody.pk}),
        ("organisation_extract_word", {"organisation": 10**9}),
    ):
        address = reverse(f"meetings:{name}", kwargs={"pk": closed.pk, "version": 1, **about})
        assert as_representative.get(address).status_code == 404


def test_what_is_restricted_since_is_in_none(
    closed: Meeting, as_representative: Client, coordinator: Member, technical: Organisation
) -> None:
    lamp = the(AgendaItem.objects.get(meeting=closed, issue__title="Lampan", action=None).issue)
    restrict(lamp, reason=WHY, named=[], by=Actor.of(coordinator))

    of_issue = reverse("meetings:issue_extract_pdf", args=[closed.pk, 1, lamp.number])
    assert as_representative.get(of_issue).status_code == 404
    of_organisation = reverse("meetings:organisation_extract_pdf", args=[closed.pk, 1, technical.pk])
    assert as_representative.get(of_organisation).status_code == 404
    assert "Lampan" not in words(as_representative.get(reverse("meetings:minutes_detail", args=[closed.pk])))


def test_what_is_masked_is_masked_in_it_and_it_says_so(
    closed: Meeting, as_representative: Client, coordinator: Member
) -> None:
    versions = [*Minutes.objects.of(closed)]
    mask_versions(versions, pattern("Räcket är lagat"), by=Actor.of(coordinator), at=timezone.now())

    told = paper(as_representative, closed, "issue_extract_pdf", number=number_of(closed, "Räcket"))

    assert "Räcket är lagat" not in told
    assert "Uppgifter är maskerade" in told
