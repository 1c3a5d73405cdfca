"""Observations, issues, actions.      signed_out coordinator ordinary deputy colleague handler reader guest named"""

from tests.access.table import Row, row

ROWS: list[Row] = [
    row("issues:report", to="302 200 200 200 200 403 403 403 200"),
    row("issues:report", "POST", to="302 200 200 200 200 403 403 403 200"),
    row("issues:report_sent", pk="observation.pk", to="302 404 404 404 200 404 404 404 404"),
    row("issues:observation_list", to="302 200 200 200 200 200 200 200 200"),
    row("issues:observation_detail", pk="observation.pk", to="302 200 200 200 200 404 404 404 200"),
    row("issues:observation_detail", pk="shared_observation.pk", to="302 200 200 200 200 200 404 404 200"),
    row("issues:observation_detail", pk="restricted_observation.pk", to="302 404 404 404 404 404 404 404 200"),
    row("issues:observation_detail", pk="lone_restricted.pk", to="302 404 404 404 404 404 404 404 200"),
]
