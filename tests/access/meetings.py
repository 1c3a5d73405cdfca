"""Meetings.      signed_out coordinator ordinary deputy colleague handler reader guest named secretary"""

from tests.access.table import Row, row

PLANNED, UNDER_WAY, CLOSED = "planned.pk", "under_way.pk", "held.pk"

GROUP_AND_GUEST = "302 200 200 200 200 404 404 200 200 200"
GROUP_AND_READER = "302 200 200 200 200 404 200 404 200 200"
GROUP = "302 200 200 200 200 404 404 404 200 200"
NAMED = "302 404 404 404 404 404 404 404 200 404"
ORIGINAL = "302 200 403 403 403 404 403 404 403 403"
RUNS = "302 200 403 403 403 404 404 403 403 200"
RUNS_AND_RETURNS = "302 302 403 403 403 404 404 403 403 302"

ROWS: list[Row] = [
    row("meetings:list", to="302 200 200 200 200 200 200 200 200 200"),
    row("meetings:create", to="302 200 403 403 403 403 403 403 403 403"),
    row("meetings:create", "POST", to="302 200 403 403 403 403 403 403 403 403"),
    row("meetings:detail", pk=PLANNED, to=GROUP_AND_GUEST),
    row("meetings:detail", pk=UNDER_WAY, to=GROUP_AND_GUEST),
    row("meetings:detail", pk=CLOSED, to=GROUP_AND_READER),
    row("meetings:change", pk=PLANNED, to=RUNS),
    row("meetings:change", "POST", pk=PLANNED, to=RUNS),
    row("meetings:call", "POST", pk=PLANNED, to=RUNS_AND_RETURNS),
    row("meetings:start", "POST", pk=PLANNED, to=RUNS_AND_RETURNS),
    row("meetings:unstart", "POST", pk=UNDER_WAY, to=RUNS_AND_RETURNS),
    row("meetings:agenda_move", pk=PLANNED, key="planned_item.key", to=RUNS),
    row("meetings:agenda_move", pk=PLANNED, key="planned_restricted.key", to="302 404 403 403 403 404 404 403 403 404"),
    row("meetings:agenda_move", "POST", pk=PLANNED, key="planned_item.key", to=RUNS),
    row("meetings:agenda_remove", "POST", pk=PLANNED, to=RUNS_AND_RETURNS),
    row("meetings:agenda_restore", "POST", pk=PLANNED, to=RUNS_AND_RETURNS),
    row("meetings:agenda_add", "POST", pk=PLANNED, to=RUNS),
    row("meetings:agenda_present", pk=PLANNED, key="planned_item.key", to=RUNS),
    row("meetings:agenda_present", "POST", pk=PLANNED, key="planned_item.key", to=RUNS_AND_RETURNS),
    row("meetings:excuse", "POST", pk=PLANNED, to="302 302 302 302 302 404 404 403 302 302"),
    row("meetings:attendance", pk=UNDER_WAY, to=RUNS),
    row("meetings:attendance", "POST", pk=UNDER_WAY, to=RUNS_AND_RETURNS),
    row("meetings:item_detail", pk="planned_item.pk", to=GROUP),
    row("meetings:item_detail", pk="under_way_item.pk", to=GROUP),
    row("meetings:item_detail", pk="under_way_round.pk", to=GROUP),
    row("meetings:item_detail", pk="under_way_own.pk", to=GROUP_AND_GUEST),
    row("meetings:item_detail", pk="under_way_closed.pk", to=GROUP),
    row("meetings:item_detail", pk="under_way_restricted.pk", to=NAMED),
    row("meetings:item_detail", pk="held_item.pk", to=GROUP_AND_READER),
    row("meetings:item_detail", pk="held_restricted.pk", to=NAMED),
    row("meetings:item_detail", "POST", pk="under_way_item.pk", to="302 302 403 403 403 404 404 404 403 302"),
    row("meetings:item_detail", "POST", pk="under_way_own.pk", to=RUNS_AND_RETURNS),
    row("meetings:item_detail", "POST", pk="under_way_restricted.pk", to="302 404 404 404 404 404 404 404 403 404"),
    row("meetings:note_save", "POST", pk="under_way_item.pk", to="302 200 403 403 403 404 404 404 403 200"),
    row("meetings:note_save", "POST", pk="under_way_restricted.pk", to="302 404 404 404 404 404 404 404 403 404"),
    row(
        "meetings:nothing_to_report",
        "POST",
        pk="under_way_round.pk",
        organisation="asked.pk",
        to="302 302 403 403 403 404 404 404 403 302",
    ),
    row("meetings:close", pk=UNDER_WAY, to=RUNS),
    row("meetings:close", "POST", pk=UNDER_WAY, to=RUNS),
    row("meetings:unclose", "POST", pk=CLOSED, to="302 302 403 403 403 404 403 404 403 302"),
    row("meetings:minutes_detail", pk=PLANNED, to="302 404 404 404 404 404 404 404 404 404"),
    row("meetings:minutes_detail", pk=UNDER_WAY, to="302 200 404 404 404 404 404 404 404 200"),
    row("meetings:minutes_detail", pk=CLOSED, to=GROUP_AND_READER),
    row("meetings:minutes_pdf", pk=PLANNED, to="302 404 404 404 404 404 404 404 404 404"),
    row("meetings:minutes_pdf", pk=UNDER_WAY, to="302 200 404 404 404 404 404 404 404 200"),
    row("meetings:minutes_pdf", pk=CLOSED, to=GROUP_AND_READER),
    row("meetings:minutes_version_pdf", pk=CLOSED, version="1", to=GROUP_AND_READER),
    row("meetings:minutes_version_pdf", pk=CLOSED, version="2", to="302 404 404 404 404 404 404 404 404 404"),
    row("meetings:minutes_version_files", "POST", pk=CLOSED, version="1", to="302 302 403 403 403 404 403 404 403 302"),
    row("meetings:minutes_version_files", "POST", pk=CLOSED, version="2", to="302 404 403 403 403 404 403 404 403 404"),
    row("meetings:original", pk=CLOSED, version="1", to=ORIGINAL),
    row("meetings:original_text", pk=CLOSED, version="1", to=ORIGINAL),
    row("meetings:original_pdf", pk=CLOSED, version="1", to=ORIGINAL),
    row("meetings:original_word", pk=CLOSED, version="1", to=ORIGINAL),
    row("meetings:original", pk=CLOSED, version="2", to="302 404 404 404 404 404 404 404 404 404"),
    row("meetings:minutes_word", pk=PLANNED, to="302 404 404 404 404 404 404 404 404 404"),
    row("meetings:minutes_word", pk=UNDER_WAY, to="302 200 404 404 404 404 404 404 404 200"),
    row("meetings:minutes_word", pk=CLOSED, to=GROUP_AND_READER),
    row("meetings:agenda_pdf", pk=PLANNED, to=GROUP_AND_GUEST),
    row("meetings:agenda_pdf", pk=UNDER_WAY, to=GROUP_AND_GUEST),
    row("meetings:agenda_pdf", pk=CLOSED, to=GROUP_AND_READER),
    row("meetings:agenda_word", pk=PLANNED, to=GROUP_AND_GUEST),
    row("meetings:agenda_word", pk=UNDER_WAY, to=GROUP_AND_GUEST),
    row("meetings:agenda_word", pk=CLOSED, to=GROUP_AND_READER),
]
