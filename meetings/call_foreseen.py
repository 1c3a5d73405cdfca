"""What calling a meeting would do now: who gets the mail, who does not, and what it says."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from base.swedish.words import in_words, listed
from meetings.attendance import rows
from meetings.calling import called_at, sits_for
from meetings.models import AgendaItem, Meeting, Presenter
from meetings.people import with_title
from meetings.running import who_run
from meetings.texts import calling as texts
from meetings.texts.attendance import not_mailed
from members.models import Member


@dataclass(frozen=True)
class ForeseenCall:
    """Those who get the call, each with title and organisation; `beside_words` who is called to an own item.

    `subject` and `lead` are the words of the mail to `reader`, the first of them.
    """

    called: list[str]
    not_mailed: str
    beside_words: str
    reader: str
    subject: str
    lead: list[str]

    @property
    def headline(self) -> str:
        """Skicka kallelsen till 13 personer?"""
        if not self.called:
            return "Ingen får kallelsen"
        return f"Skicka kallelsen till {in_words(len(self.called), 'person', 'personer')}?"


def foreseen_call(meeting: Meeting) -> ForeseenCall | None:
    """None where it cannot be called: it has been, or should have begun."""
    if meeting.starts_at <= timezone.now() or called_at(meeting):
        return None
    table = rows(meeting)
    expected = [row.expected.member for row in table if row.expected]
    unwanted = {member for row in table for member in row.without_mail}
    called = [one for one in dict.fromkeys([*expected, *who_run(meeting, table)]) if one not in unwanted]
    lead = texts.call_lead(meeting, called[0], sits_for(table, called[0])) if called else ""
    return ForeseenCall(
        called=_named(called),
        not_mailed=not_mailed([one for one in expected if one in unwanted]),
        beside_words=beside_words(_called_beside(meeting)),
        reader=_name(called),
        subject=texts.call_line(meeting).removesuffix("."),
        lead=lead.split("\n\n"),
    )


def _named(called: list[Member]) -> list[str]:
    """Each with title and organisation, in their order."""
    known = Member.objects.select_related("organisation").in_bulk([one.pk for one in called])
    return [with_title(known[one.pk]) for one in called]


def beside_words(presenting: list[tuple[str, int]]) -> str:
    """Who is called beside the group, each with an item: Per Modell och Anna Exempel föredrar var sin punkt …"""
    names, items = [*dict.fromkeys(name for name, _ in presenting)], {item for _, item in presenting}
    if not names:
        return ""
    mails = "egna mejl" if names[1:] else "ett eget mejl"
    if names[1:] and len(presenting) == len(names) == len(items):
        return f"{listed(names)} föredrar var sin punkt och kallas dit i {mails}."
    where = "den" if len(items) == 1 else "dem"
    return f"{listed(names)} föredrar {in_words(len(items), 'punkt', 'punkter')} och kallas till {where} i {mails}."


def _called_beside(meeting: Meeting) -> list[tuple[str, int]]:
    """Who present an item and are not of the group, with it: members who are guests, and those with a known address."""
    standing = AgendaItem.objects.at(meeting).on_agenda()
    presenting = Presenter.objects.filter(item__in=standing.values("pk")).order_by("item", "place")
    guests = presenting.guests().values_list("member__name", "item")
    contacts = presenting.filter(contact__isnull=False).exclude(contact__address="").values_list("name", "item")
    return [*guests, *contacts]


def _name(called: list[Member]) -> str:
    return str(called[0]) if called else ""
