"""Members.      signed_out coordinator ordinary deputy colleague handler reader guest named secretary"""

from tests.access.table import Row, row

OF_THE_GROUP = "302 200 200 200 200 403 403 403 200 200"
DONE_BY_THE_COORDINATOR = "302 302 403 403 403 403 403 403 403 403"
OF_THE_COORDINATOR = "302 200 403 403 403 403 403 403 403 403"
LOOKED_AFTER_BY_THE_COORDINATOR = "302 302 404 404 404 404 404 404 404 404"

OF_ALL = "302 200 200 200 200 200 200 200 200 200"

ROWS: list[Row] = [
    row("members:group", to=OF_THE_GROUP),
    row("members:organisation_detail", pk="asked.pk", to=OF_THE_GROUP),
    row("members:member_detail", pk="handler.pk", to=OF_THE_GROUP),
    row("members:group_change", to=OF_THE_COORDINATOR),
    row("members:group_change", "POST", to=OF_THE_COORDINATOR),
    row("members:privacy_change", to=OF_THE_COORDINATOR),
    row("members:privacy_change", "POST", to=DONE_BY_THE_COORDINATOR),
    row("members:contact_point_create", to=OF_THE_COORDINATOR),
    row("members:contact_point_create", "POST", to=OF_THE_COORDINATOR),
    row("members:contact_point_change", pk="point.pk", to=OF_THE_COORDINATOR),
    row("members:contact_point_change", "POST", pk="point.pk", to=OF_THE_COORDINATOR),
    row("members:contact_point_remove", pk="point.pk", to=OF_THE_COORDINATOR),
    row("members:contact_point_remove", "POST", pk="point.pk", to=DONE_BY_THE_COORDINATOR),
    row("members:undelivered", to=OF_ALL),
    row("members:notice_send_again", "POST", pk="notice.pk", to=LOOKED_AFTER_BY_THE_COORDINATOR),
    row("members:notice_let_be", "POST", pk="notice.pk", to=LOOKED_AFTER_BY_THE_COORDINATOR),
    row("members:invitations", to=OF_THE_COORDINATOR),
    row("members:invite_all", "POST", to=DONE_BY_THE_COORDINATOR),
    row("members:member_invite", "POST", pk="ordinary.pk", to=DONE_BY_THE_COORDINATOR),
    row("members:import_create", to=OF_THE_COORDINATOR),
    row("members:import_create", "POST", to=OF_THE_COORDINATOR),
    row("members:import_template", to=OF_THE_COORDINATOR),
    row("members:import_columns", pk="read.pk", to=OF_THE_COORDINATOR),
    row("members:import_columns", "POST", pk="read.pk", to=OF_THE_COORDINATOR),
    row("members:import_detail", pk="read.pk", to=OF_THE_COORDINATOR),
    row("members:import_detail", "POST", pk="read.pk", to=OF_THE_COORDINATOR),
    row("members:import_wrong", pk="read.pk", to=OF_THE_COORDINATOR),
    row("members:logotype", to=OF_ALL),
    row("members:logotype_change", to=OF_THE_COORDINATOR),
    row("members:logotype_change", "POST", to=OF_THE_COORDINATOR),
    row("members:logotype_remove", to=OF_THE_COORDINATOR),
    row("members:logotype_remove", "POST", to=DONE_BY_THE_COORDINATOR),
    row("members:organisation_create", to=OF_THE_COORDINATOR),
    row("members:organisation_create", "POST", to=OF_THE_COORDINATOR),
    row("members:organisation_change", pk="asked.pk", to=OF_THE_COORDINATOR),
    row("members:organisation_change", "POST", pk="asked.pk", to=OF_THE_COORDINATOR),
    row("members:seat_create", pk="asked.pk", to=OF_THE_COORDINATOR),
    row("members:seat_create", "POST", pk="asked.pk", to=OF_THE_COORDINATOR),
    row("members:seat_end", pk="seat.pk", to=OF_THE_COORDINATOR),
    row("members:seat_end", "POST", pk="seat.pk", to=OF_THE_COORDINATOR),
    row("members:member_create", to=OF_THE_COORDINATOR),
    row("members:member_create", "POST", to=OF_THE_COORDINATOR),
    row("members:member_change", pk="ordinary.pk", to=OF_THE_COORDINATOR),
    row("members:member_change", "POST", pk="ordinary.pk", to=OF_THE_COORDINATOR),
]
