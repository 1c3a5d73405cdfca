"""Masking: looking for a passage, masking it, what has been masked.

signed_out coordinator ordinary deputy colleague handler reader guest named secretary"""

from tests.access.table import Row, row

TEXT = {"table": "issues_issue", "column": "title"}

ROWS: list[Row] = [
    row("redaction:redact", to="302 200 403 403 403 403 403 403 403 403"),
    row("redaction:redact", "POST", to="302 200 403 403 403 403 403 403 403 403"),
    row("redaction:save", "POST", to="302 200 403 403 403 403 403 403 403 403"),
    row("redaction:redact_text", **TEXT, key="issue.pk", to="302 200 403 403 403 403 403 403 403 403"),
    row("redaction:redact_text", "POST", **TEXT, key="issue.pk", to="302 200 403 403 403 403 403 403 403 403"),
    row("redaction:redact_text", **TEXT, key="restricted.pk", to="302 404 403 403 403 403 403 403 403 403"),
    row("redaction:list", to="302 200 403 403 403 403 403 403 403 403"),
    row("redaction:detail", pk="redaction.pk", to="302 200 404 404 404 404 404 404 404 404"),
    row("redaction:detail", pk="restricted_redaction.pk", to="302 404 404 404 404 404 404 404 200 404"),
]
