"""One word is planted wherever a text can be, masked through the page, and looked for everywhere.

Columns, tables and files are found by introspection: a new one is planted and searched as the others are. Only what has
been sent keeps the word, and its sums hold.
"""

from __future__ import annotations

import hashlib
from uuid import uuid4

import pytest
from django.core import mail
from django.db.models import Q
from django.test import Client

from issues.models import AccessGrant, Issue, Observation
from meetings.models import MinutesFile
from meetings.models.minutes import digest_of
from members.models import Member
from temagrupp.redaction.forms import MOST_UNASKED
from temagrupp.redaction.models import RedactedPlace, Redaction
from tests.access.world import World, make_world
from tests.redaction.planting import WORD, analyze, fill, freeze, keep_for_a_while, plant, tables_with
from tests.redaction.test_pages import shown_on, yes_on
from tests.the import the

pytestmark = pytest.mark.django_db(transaction=True)

SENT = {"meetings_minutes", "files"}
WHY = "Begärt av den som det gäller"


@pytest.fixture
def world() -> World:
    made = make_world()
    fill(made)
    return made


def mask(client: Client, about: str = "") -> None:
    page = client.post(f"/maskera/{about}", {"passage": WORD}).content.decode()
    shown = shown_on(page)
    chosen = {kind.removeprefix("offered_"): values for kind, values in shown.items()}
    form = {"key": str(uuid4()), "passage": WORD, "why": WHY, **shown, **chosen}
    if sum(map(len, chosen.values())) > MOST_UNASKED:
        form["sure"] = yes_on(client.post(f"/maskera/utfor/{about}", form).content.decode())
    answer = client.post(f"/maskera/utfor/{about}", form)
    assert answer.status_code == 302, answer.context["form"].errors.as_text()


def name_everywhere(member: Member) -> None:
    for issue in Issue.objects.filter(restricted=True):
        AccessGrant.objects.create(issue=issue, member=member, updated_by=member)
    for observation in Observation.objects.filter(restricted=True):
        AccessGrant.objects.create(observation=observation, member=member, updated_by=member)


def test_a_masked_word_is_nowhere_but_in_what_was_sent(world: World) -> None:
    coordinator = the(world.people["coordinator"])
    name_everywhere(coordinator)
    mask_something_else(world)
    assert plant() == set()
    minutes = freeze(world.things["held"], coordinator)
    keep_for_a_while(the(world.people["colleague"]))
    analyze()
    before = tables_with(WORD)
    assert {
        "pg_catalog.pg_stats",
        "sessions",
        "ui_sentform",
        "imports_import",
        "issues_issueevent",
        *SENT,
    } <= before.keys()
    sent, mails = list(MinutesFile.objects.order_by("pk").values()), len(mail.outbox)

    mask(world.client("coordinator"))

    assert tables_with(WORD).keys() == SENT
    minutes.refresh_from_db()
    assert minutes.digest == digest_of(minutes.content)
    assert WORD in str(minutes.content)
    assert list(MinutesFile.objects.order_by("pk").values()) == sent
    assert all(file.digest == hashlib.sha256(bytes(file.content)).hexdigest() for file in MinutesFile.objects.all())
    assert WORD not in str([message.message() for message in mail.outbox[mails:]])
    assert WORD not in world.client("coordinator").get("/sok/", {"q": "zåbra"}).content.decode()
    assert WORD not in world.client("coordinator").get(world.things["held"].get_absolute_url()).content.decode()
    assert [place.is_copy for place in Redaction.objects.latest("pk").places.all()].count(True) == 1


def mask_something_else(world: World) -> None:
    """A first redaction, whose reason can be masked as any other text."""
    issue = world.things["issue"]
    client, places = world.client("coordinator"), [f"issues_issue:title:{issue.pk}"]
    shown = shown_on(client.post("/maskera/", {"passage": "tunneln"}).content.decode())
    form = {"key": str(uuid4()), "passage": "tunneln", "places": places, "why": WHY, **shown}
    assert client.post("/maskera/utfor/", form).status_code == 302


def test_what_is_restricted_is_neither_listed_nor_touched_for_one_who_is_not_named(world: World) -> None:
    plant()
    analyze()
    named = the(world.people["named"])
    before = tables_with(WORD)
    issue, lone = world.things["restricted"], world.things["lone_restricted"]
    inside = Q(issue=issue) | Q(observation=lone) | Q(observation__issue=issue)

    mask(world.client("coordinator"))

    after = tables_with(WORD)
    assert not RedactedPlace.objects.filter(inside).exists()
    assert not Issue.objects.filter(restricted=True).exclude(title__contains=WORD).exists()
    assert Issue.objects.filter(restricted=False, title__contains=WORD).count() == 0
    for table in ("issues_observation", "issues_note", "issues_action", "meetings_agendaitem", "meetings_decision"):
        assert 0 < after[table] < before[table]
    assert Observation.objects.get(pk=lone.pk).text.startswith(WORD)

    name_everywhere_of(named, lone)
    for restricted in Issue.objects.filter(restricted=True):
        mask(world.client("named"), f"?arende={restricted.number}")
    mask(world.client("named"), f"?observation={lone.pk}")

    assert WORD not in str(list(Observation.objects.values_list("text", "where")))
    assert not {"issues_issue", "issues_note", "issues_action", "meetings_decision"} & tables_with(WORD).keys()


def name_everywhere_of(member: Member, observation: Observation) -> None:
    AccessGrant.objects.create(observation=observation, member=member, updated_by=member)
