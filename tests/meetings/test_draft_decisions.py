"""What a meeting under way has decided is a draft: for those who write it, by whatever way one asks."""

import pytest
from django.urls import reverse

from meetings.models import AgendaItem, Decision, Meeting
from members.models import Member
from tests.factories import AgendaItemFactory, IssueFactory, MemberFactory, SeatFactory, have_closed
from tests.people import signed_in
from tests.presenting import let_present
from tests.the import the

pytestmark = pytest.mark.django_db

DRAFT = "Gruppen hyr in nattvandrare."


@pytest.fixture
def item(representative: Member, deputy: Member) -> AgendaItem:
    """Of a meeting under way that two of the group lead, with something decided."""
    leads = {"meeting__chair": representative, "meeting__secretary": deputy}
    facts = {"meeting__state": Meeting.State.UNDER_WAY, "issue": IssueFactory(title="Oro på torget")}
    item = AgendaItemFactory(title="Oro på torget", **facts, **leads)
    Decision.objects.create(item=item, issue=item.issue, text=DRAFT, decided_by=deputy)
    return item


def reads(member: Member) -> bool:
    return Decision.objects.visible_to(member).exists()


def test_a_draft_is_read_by_the_samordnare_and_those_who_lead_the_meeting(
    item: AgendaItem, coordinator: Member, representative: Member, deputy: Member
) -> None:
    assert [reads(member) for member in (coordinator, representative, deputy)] == [True, True, True]


def test_a_draft_is_read_by_nobody_else_until_the_meeting_has_closed(
    item: AgendaItem, officer: Member, reader: Member, handler: Member, outsider: Member
) -> None:
    let_present(AgendaItem.objects.all(), outsider)
    assert [reads(member) for member in (officer, reader, handler, outsider)] == [False] * 4

    have_closed()
    assert [reads(member) for member in (officer, reader, handler, outsider)] == [True, True, False, True]


def test_one_who_leads_the_meeting_and_has_left_the_group_reads_no_draft(
    item: AgendaItem, representative: Member
) -> None:
    representative.seats.all().delete()

    assert not reads(Member.objects.get(pk=representative.pk))


def test_no_page_shows_a_draft_to_a_representative_who_does_not_lead(item: AgendaItem, officer: Member) -> None:
    another = MemberFactory(name="Eva Skiss", organisation=officer.organisation)
    SeatFactory(member=another, role="deputy")
    addresses = [
        item.get_absolute_url(),
        item.meeting.get_absolute_url(),
        the(item.issue).get_absolute_url(),
        reverse("meetings:list"),
        reverse("start"),
        "/sok/?q=nattvandrare",
        "/sok/?q=nattvandrare&bland=beslut",
        reverse("members:organisation_detail", args=[officer.organisation_id]),
    ]

    for member in (officer, another):
        pages = [signed_in(member).get(address) for address in addresses]
        assert [page.status_code for page in pages] == [200] * len(addresses)
        assert [page.request["PATH_INFO"] for page in pages if DRAFT in page.content.decode()] == []
    for noun in ("minnesanteckningar/", "anteckningar.pdf", "anteckningar.docx", "avslut/"):
        assert signed_in(officer).get(f"/moten/{item.meeting_id}/{noun}").status_code in {403, 404}


def test_the_room_shows_a_draft_to_those_who_lead(item: AgendaItem, representative: Member, deputy: Member) -> None:
    for member in (representative, deputy):
        assert DRAFT in signed_in(member).get(item.get_absolute_url()).content.decode()
