"""The samordnare makes a series, plans a year from it, changes it and ends it."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from base.swedish.clock import moment_of
from meetings.models import Meeting, MeetingSeries
from meetings.rhythm import SATURDAY
from members.actor import Actor
from members.models import Member
from tests.days import in_days
from tests.factories import MemberFactory
from tests.meetings.meetings import under_way, undo, words
from tests.meetings.reopening import close
from tests.meetings.series import a_series
from tests.the import the

pytestmark = pytest.mark.django_db


def typed(by: Member, **facts: Any) -> dict[str, Any]:
    rhythm = {"name": "Månadsmöten", "rhythm": "monthly", "nth": "2", "weekday": "3", "every": "4"}
    held = {"on_holiday": "after", "starts": "13:00", "ends": "15:00", "place": "Åsalen", "pauses": ["6", "7"]}
    return {**rhythm, **held, "chair": by.pk, "secretary": by.pk, **facts}


def test_a_series_is_made_and_its_year_planned(as_coordinator: Client, coordinator: Member) -> None:
    page = as_coordinator.post(reverse("meetings:series_create"), typed(coordinator), follow=True)

    assert "Serien är sparad. Välj nu vilka möten som ska planeras." in words(page)
    assert "Månadsmöten: andra torsdagen i månaden, 13.00–15.00, inte i juni och juli." in words(page)
    offered = [day for day, _ in page.context["form"].fields["days"].choices]
    address = reverse("meetings:series_plan", args=[MeetingSeries.objects.get().pk])
    page = as_coordinator.post(address, {"days": offered[:3]}, follow=True)
    assert "Tre möten är planerade." in words(page)
    assert Meeting.objects.count() == 3

    page = as_coordinator.get(address)
    assert [day for day, _ in page.context["form"].fields["days"].choices] == offered[3:]
    assert "Står redan i kalendern" in words(page)


def test_what_is_ticked_and_was_planned_meanwhile_is_told(as_coordinator: Client, coordinator: Member) -> None:
    address = reverse("meetings:series_plan", args=[a_series(coordinator).pk])
    offered = [day for day, _ in as_coordinator.get(address).context["form"].fields["days"].choices]
    as_coordinator.post(address, {"days": offered[:1]})

    page = words(as_coordinator.post(address, {"days": offered[:1]}))

    assert "Det valet finns inte längre." in page
    assert Meeting.objects.count() == 1
    assert "Kryssa i minst ett möte." in words(as_coordinator.post(address, {"days": []}))


def test_the_planner_leads_instead_of_who_has_left_the_group_and_that_is_said(
    as_coordinator: Client, coordinator: Member
) -> None:
    gone = MemberFactory(name="Gun Prototyp")
    address = reverse("meetings:series_plan", args=[a_series(coordinator, chair=gone).pk])
    offered = [day for day, _ in as_coordinator.get(address).context["form"].fields["days"].choices]

    page = words(as_coordinator.post(address, {"days": offered[:1]}, follow=True))

    assert "Ett möte är planerat. Gun Prototyp är inte längre med i gruppen, så ordförande är du." in page
    assert "sekreterare är du" not in page
    assert Meeting.objects.get().chair == coordinator


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"name": ""}, "Skriv vad serien heter."),
        ({"ends": "12:00"}, "Mötet slutar innan det börjar."),
        ({"rhythm": "weeks"}, "Välj den dag som veckorna räknas från."),
        ({"rhythm": "weeks", "every": "", "from_day": "2026-12-02"}, "Skriv hur ofta, i veckor."),
        ({"nth": ""}, "Välj vilken i månaden."),
        ({"rhythm": "weeks", "every": "0", "from_day": "2026-12-02"}, "Talet får inte vara mindre än 1."),
        (
            {"rhythm": "weeks", "from_day": "2026-11-28"},
            "Välj en vardag att räkna från: gruppen träffas inte på en lör",
        ),
        ({"pauses": [str(month) for month in range(1, 13)]}, "Någon månad behöver ha ett möte."),
        ({"pauses": ["13"]}, "Det valet finns inte längre."),
        ({"weekday": "6"}, "Det valet finns inte längre."),
    ],
)
def test_what_cannot_be_a_series_is_said_and_stands(
    as_coordinator: Client, coordinator: Member, facts: dict[str, Any], sentence: str
) -> None:
    page = words(as_coordinator.post(reverse("meetings:series_create"), typed(coordinator, **facts)))

    assert sentence in page
    assert "Åsalen" in page
    assert not MeetingSeries.objects.exists()


@pytest.mark.parametrize(
    ("facts", "usual"),
    [
        ({"every": "", "from_day": ""}, "andra torsdagen i månaden"),
        ({"rhythm": "weeks", "from_day": "2026-12-02", "nth": "", "weekday": ""}, "var fjärde vecka, på en onsdag"),
    ],
)
def test_what_belongs_to_the_other_rhythm_may_be_left_out(
    as_coordinator: Client, coordinator: Member, facts: dict[str, Any], usual: str
) -> None:
    page = words(as_coordinator.get(reverse("meetings:series_create")))
    as_coordinator.post(reverse("meetings:series_create"), typed(coordinator, **facts))

    assert "Veckodag (behövs för en veckodag i månaden)" in page
    assert "Räknat från (behövs för var … vecka)" in page
    assert MeetingSeries.objects.get().usual == usual


def test_a_series_is_changed_and_a_colleague_who_was_first_is_named(
    as_coordinator: Client, coordinator: Member
) -> None:
    series = a_series(coordinator)
    shown = as_coordinator.get(series.get_absolute_url()).context["form"]["version"].value()

    facts = typed(coordinator, version=shown)
    assert "Serien är ändrad." in words(as_coordinator.post(series.get_absolute_url(), facts, follow=True))
    page = words(as_coordinator.post(series.get_absolute_url(), facts | {"name": "Andra"}))

    series.refresh_from_db()
    assert (series.nth, series.weekday, series.pauses) == (2, 3, [6, 7])
    assert "medan du skrev" in page


def test_a_series_is_ended_and_that_is_undone(as_coordinator: Client, coordinator: Member) -> None:
    series = a_series(coordinator)

    page = as_coordinator.post(reverse("meetings:series_end", args=[series.pk]), follow=True)
    assert "Serien ”Månadsmöten” är avslutad. De möten som står i kalendern är kvar." in words(page)
    assert "Planera året" not in words(page)
    again = as_coordinator.post(reverse("meetings:series_end", args=[series.pk]), follow=True)
    assert "Serien är redan avslutad." in words(again)
    assert "Serien ”Månadsmöten” fortsätter." in words(undo(as_coordinator, page))
    again = as_coordinator.post(reverse("meetings:series_resume", args=[series.pk]), follow=True)

    assert "Serien pågår redan." in words(again)


def test_the_form_of_a_meeting_begins_with_the_day_of_the_series(as_coordinator: Client, coordinator: Member) -> None:
    a_series(coordinator, rhythm="weeks", every=1, from_day=in_days(-in_days(0).weekday()))

    form = as_coordinator.get(reverse("meetings:create")).context["form"]

    assert form.fields["day"].help_text.startswith("Förslag: ")


def test_the_meeting_after_one_that_closes_is_as_its_series_has_it(
    as_coordinator: Client, coordinator: Member, representative: Member
) -> None:
    meeting = under_way(coordinator, place="Skolan")
    a_series(coordinator, starts=time(8, 15), ends=time(9, 45))

    form = as_coordinator.get(reverse("meetings:close", args=[meeting.pk])).context["form"]
    proposed = {name: form.initial[name] for name in ("day", "starts")}
    assert (proposed["starts"], "Platsen blir Åsalen." in form.fields["day"].help_text) == (time(8, 15), True)
    close(meeting, coordinator, next_starts_at=moment_of(proposed["day"], time(9)))

    following = the(meeting.following())
    assert following.place == "Åsalen"
    assert the(following.ends_at) - following.starts_at == timedelta(minutes=90)


def test_a_series_without_a_day_stops_neither_planning_nor_closing(as_coordinator: Client, coordinator: Member) -> None:
    meeting = under_way(coordinator)
    a_series(coordinator, nth=-1, pauses=list(range(1, 12)), on_holiday="skip")

    pages = [
        as_coordinator.get(reverse("meetings:create")),
        as_coordinator.get(reverse("meetings:close", args=[meeting.pk])),
    ]

    assert [page.status_code for page in pages] == [200, 200]


def test_an_occasion_that_new_year_moves_to_the_day_of_the_next_is_told(
    as_coordinator: Client, coordinator: Member
) -> None:
    """On one of the weekdays, which differs from year to year."""
    told = []
    for first in (day for day in map(in_days, range(7)) if day.weekday() < SATURDAY):
        weekly = a_series(coordinator, rhythm="weeks", every=1, from_day=first, on_holiday="after", pauses=[])
        page = as_coordinator.get(reverse("meetings:series_plan", args=[weekly.pk]))
        told += [page] if page.context["year"].together else []
        weekly.end(by=Actor.of(coordinator))

    assert told
    for page in told:
        assert "Då har serien redan ett möte." in words(page)
        days = [each.day for each in page.context["year"].free]
        assert len(days) == len({*days})
