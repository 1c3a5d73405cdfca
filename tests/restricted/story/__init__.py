"""A small register, with restricted things in every corner of it: some from the start, some that became so later.

What may be known is told with the restricted in between, as it happens in life: the restricted takes numbers, stands
at the same places, is asked of the same organisations and is spoken of at the same meetings.
"""

from tests.restricted.story import hidden, known, meetings, people, reports, taken_back
from tests.restricted.telling import Story, known_to_all, restricted

__all__ = ["NOT_NAMED", "STORY", "WORDS"]

NOT_NAMED = (
    *("signed_out", "coordinator", "ordinary", "deputy", "colleague"),
    *("handler", "neighbour", "reader", "guest", "secretary"),
)
"""`ordinary` and `deputy` sit for an organisation that is asked in what is restricted, `handler` answers for another,
`neighbour` for one that is not, `colleague` sits for a third; `secretary` writes the minutes. The handler is no longer
welcomed: that ends with her first answer, and hers is in what was restricted afterwards."""

WORDS = ("tjärfack", "långrev", "kvast", "järnek", "vassrugg", "vassvik", "rökring", "vårdkas", "bärga")
"""Of each of the restricted texts some stand here: they are nowhere else."""

STORY = Story(
    [
        known_to_all(people.numbers),
        known_to_all(people.people),
        known_to_all(people.places),
        known_to_all(known.dark_tunnel),
        known_to_all(known.not_reached),
        restricted(hidden.fishing),
        restricted(hidden.not_reached),
        known_to_all(known.closed_issues),
        restricted(hidden.torches),
        known_to_all(known.open_issues),
        restricted(taken_back.struck),
        restricted(taken_back.restored),
        restricted(reports.reports),
        restricted(reports.withdrawn_report),
        restricted(reports.moved_report),
        known_to_all(known.queue),
        known_to_all(meetings.held_meeting),
        restricted(hidden.beacons),
        restricted(meetings.spoken_of),
        known_to_all(meetings.closing),
        restricted(meetings.since_then),
        restricted(hidden.restricted_since),
        restricted(taken_back.masked),
        restricted(taken_back.masked_in_minutes),
        known_to_all(meetings.running_meeting),
        restricted(meetings.spoken_of_again),
    ]
)
