"""A file at a meeting, without a way through the gate."""

from meetings.models import AgendaItem, Appendix, Meeting
from members.actor import Actor
from tests.base.files.made import passed
from tests.factories import reopened
from tests.the import the


def appended(
    meeting: Meeting, name: str = "Lägesbild.pdf", *, item: AgendaItem | None = None, content: bytes = b""
) -> Appendix:
    """Also of a meeting that has closed: then it came before."""
    with reopened(meeting):
        meeting.refresh_from_db()
        made = the(Appendix.add(meeting, passed(name, content), item=item, by=Actor.of(meeting.chair)))
    meeting.refresh_from_db()
    return made
