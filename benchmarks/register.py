"""Makes the register that is measured, and tells what is in it and where its pages are.

`python -m benchmarks.register N`, in a process of its own, which has the database's address in its environment.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import django


def make(observations: int) -> dict[str, Any]:
    """A migrated database with the story, so many observations more, and a meeting under way beside the next one."""
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.protecting import Masking
    from benchmarks.sizes import fill
    from demo.story.telling import tell_story
    from temagrupp import roles

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    tell_story()
    size = fill(observations)
    with roles.owner():
        Masking().fill(observations)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as autovacuum does in its own time
    return {"size": vars(size), "words": str(size), "addresses": addresses()}


def addresses() -> dict[str, str]:
    """The pages of single things: those with the most to read."""
    from django.db.models import Count
    from django.urls import reverse
    from django.utils import timezone

    from demo.story import people
    from issues.models import Category, Issue, Observation, Opening
    from meetings.models import MaskedMinutes, Meeting, Minutes
    from meetings.starting import start_meeting
    from members.actor import Actor
    from members.models import Member, Organisation

    issue = Issue.objects.open().unrestricted().annotate(n=Count("events")).order_by("-n", "pk")[0]
    coming = Meeting.objects.coming()[0]
    by = Actor.of(Member.objects.get(name=people.COORDINATOR))
    under_way = Meeting.plan(starts_at=timezone.now(), by=by, is_extra=True)
    start_meeting(under_way, by=by)
    items = under_way.items.filter(issue__isnull=False, action=None, removed=False)
    category, organisation = Category.objects.order_by("position")[0], Organisation.objects.order_by("pk")[0]
    minutes = Minutes.objects.order_by("-made_at", "-pk")[0]
    opened = Opening.objects.values("issue").exclude(issue=None).annotate(n=Count("pk")).order_by("-n")[0]["issue"]
    seen = Observation.objects.filter(restricted=True).order_by("-pk")[0]
    copy = MaskedMinutes.objects.select_related("minutes").order_by("-minutes")[0].minutes
    return {
        "openings": reverse("issues:openings", args=[Issue.objects.get(pk=opened).number]),
        "openings_of_observation": reverse("issues:observation_openings", args=[seen.pk]),
        "original": reverse("meetings:original", args=[copy.meeting_id, copy.version]),
        "maskings": reverse("redaction:list"),
        "issue": issue.get_absolute_url(),
        "agenda": coming.get_absolute_url(),
        "item": items.order_by("heading__number", "position", "pk")[0].get_absolute_url(),
        "minutes": minutes.get_absolute_url(),
        "year": reverse("meetings:year", args=[minutes.meeting.day.year]),
        **{
            f"{what}_{kind}": reverse(f"meetings:{what}_{kind}", args=[meeting])
            for what, meeting in (("agenda", coming.pk), ("minutes", minutes.meeting_id))
            for kind in ("pdf", "word")
        },
        "filtered": f"{reverse('issues:list')}?lage=alla&kategori={category.pk}&organisation={organisation.pk}",
        "category": str(category.pk),
    }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(make(int(sys.argv[1]))))
