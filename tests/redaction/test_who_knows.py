"""Who learns of a masking: of one in what is restricted those named alone, of one's own report who made it."""

from __future__ import annotations

import pytest
from django.test import Client

from issues.models import AccessGrant, Event, Observation, Opening
from meetings.models import Meeting, Minutes
from members.models import Member, Organisation
from temagrupp.redaction.models import RedactedPlace, Redaction
from tests.factories import ActionFactory, ObservationFactory
from tests.meetings.meetings import words
from tests.meetings.test_minutes_frozen import Close, close
from tests.meetings.test_restricted_since import KORN, meeting, restrict
from tests.redaction.test_pages import mask

__all__ = ["close", "meeting"]

pytestmark = pytest.mark.django_db
SAID = "Vi har sett kornboden"


def test_of_a_masking_in_a_restricted_issue_that_minutes_tell_of_none_but_those_named_learns(
    as_coordinator: Client, as_representative: Client, representative: Member, meeting: Meeting, close: Close
) -> None:
    version, issue = close(), restrict(KORN, representative)

    mask(as_representative, "Vi har sett kornboden", about=f"?arende={issue.number}")

    assert "Vi har sett kornboden" not in str(Minutes.objects.get(pk=version.pk).as_masked)
    redaction = Redaction.objects.get()
    assert "Inget har maskerats." in as_coordinator.get("/maskeringar/").content.decode()
    assert as_coordinator.get(redaction.get_absolute_url()).status_code == 404
    assert as_representative.get(redaction.get_absolute_url()).status_code == 200


def test_where_only_what_minutes_tell_of_a_restricted_issue_has_it_those_named_mask_it_and_read_where(
    as_coordinator: Client, coordinator: Member, as_representative: Client, representative: Member, meeting: Meeting,
    close: Close,
) -> None:  # fmt: skip
    version, issue = close(), restrict(KORN, representative)
    about = f"?arende={issue.number}"
    mask(as_representative, SAID, about=about, offered_minutes=[version.pk], minutes=[])
    assert SAID in str(Minutes.objects.get(pk=version.pk).as_masked)
    before = list(Redaction.objects.values_list("pk", flat=True))

    assert "hittades inte" in mask(as_coordinator, SAID).content.decode()
    reply = mask(as_representative, SAID, about=about)

    assert SAID not in str(Minutes.objects.get(pk=version.pk).as_masked)
    redaction = Redaction.objects.exclude(pk__in=before).get()
    assert reply.redirect_chain[-1][0] == redaction.get_absolute_url()
    assert f"Det om ärende {issue.number} i mötesanteckningarna, {version}" in reply.content.decode()
    assert list(redaction.places.values_list("table", "key", "issue")) == [
        ("meetings_minutes", str(version.pk), issue.pk)
    ]
    assert list(Event.objects.filter(kind=Event.Kind.MASKED).values_list("issue", flat=True)) == [issue.pk] * 2
    assert "Inget har maskerats." in as_coordinator.get("/maskeringar/").content.decode()
    assert as_coordinator.get(redaction.get_absolute_url()).status_code == 404

    AccessGrant.objects.create(issue=issue, member=coordinator, updated_by=representative)

    assert str(version) in as_coordinator.get(redaction.get_absolute_url()).content.decode()


def test_the_copies_that_are_told_are_those_that_all_read(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, close: Close
) -> None:
    version = close()
    issue = restrict(KORN, coordinator)

    mask(as_coordinator, "kornboden")
    mask(as_coordinator, "tunneln")

    of_minutes = RedactedPlace.objects.filter(table="meetings_minutes").order_by("pk")
    assert [(place.key, place.issue, place.is_copy) for place in of_minutes] == [
        (str(version.pk), issue, False),
        (str(version.pk), None, True),
    ]
    page = words(as_coordinator.get(Redaction.objects.latest("pk").get_absolute_url()))
    told = "En maskerad kopia läses i stället för dem. Originalet är oförändrat och finns kvar hos samordnaren."
    assert page.count(f"I sparade minnesanteckningar {told} {version}") == 1
    assert page.count(str(version)) == 1


def test_who_reported_what_is_restricted_reads_of_her_own_masking(
    as_representative: Client, representative: Member
) -> None:
    own = ObservationFactory(text="Kim Fiktiv klottrar", reporter=representative, restricted=True)

    reply = mask(as_representative, "Kim Fiktiv", about=f"?observation={own.pk}")

    assert reply.status_code == 200
    assert "Beskrivningen av observationen" in reply.content.decode()


def test_a_samordnare_masks_in_what_she_reported_though_it_is_restricted(
    as_coordinator: Client, coordinator: Member, representative: Member
) -> None:
    own = ObservationFactory(text="Kim Fiktiv klottrar", reporter=coordinator, restricted=True)
    other = ObservationFactory(text="Kim Fiktiv ropar", restricted=True)
    AccessGrant.objects.create(observation=other, member=representative, updated_by=representative)

    mask(as_coordinator, "Kim Fiktiv")

    texts = dict(Observation.objects.values_list("pk", "text"))
    assert texts == {own.pk: "[maskerat] klottrar", other.pk: "Kim Fiktiv ropar"}


def test_those_named_read_that_it_was_opened_to_be_masked(as_representative: Client, representative: Member) -> None:
    own = ObservationFactory(text="Kim Fiktiv klottrar", reporter=representative, restricted=True)

    as_representative.get(f"/maskera/?observation={own.pk}")

    opened = Opening.objects.get()
    assert (opened.observation, opened.get_how_display()) == (own, "texterna för att maskera")


def test_a_handler_who_is_named_answers_and_does_not_mask(
    as_handler: Client, handler: Member, housing: Organisation
) -> None:
    issue = ActionFactory(assignment__organisation=housing, issue__restricted=True).issue
    AccessGrant.objects.create(issue=issue, member=handler, updated_by=handler)

    page = as_handler.get(issue.get_absolute_url())

    assert page.status_code == 200
    assert "Maskera" not in page.content.decode()
    assert as_handler.get(f"/maskera/?arende={issue.number}").status_code == 403


def test_a_handler_who_is_named_on_an_observation_reads_it_and_does_not_mask(
    as_handler: Client, handler: Member, housing: Organisation
) -> None:
    issue = ActionFactory(assignment__organisation=housing).issue
    observation = ObservationFactory(text="Kim Fiktiv klottrar", restricted=True, issue=issue, state="attached")
    AccessGrant.objects.create(observation=observation, member=handler, updated_by=handler)

    page = as_handler.get(observation.get_absolute_url())

    assert page.status_code == 200
    assert "Maskera" not in page.content.decode()
    assert as_handler.get(f"/maskera/?observation={observation.pk}").status_code == 403
