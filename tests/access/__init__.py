"""The table of access: every route × every role → status, and the small world that it is asked of."""

from tests.access import account, issues, meetings, members, redaction, start
from tests.access.table import Row

TABLE: list[Row] = [*start.ROWS, *members.ROWS, *issues.ROWS, *meetings.ROWS, *redaction.ROWS, *account.ROWS]
PAGES = [row for row in TABLE if row.method == "GET" and 200 in row.statuses.values()]
"""What somebody may open and read."""
