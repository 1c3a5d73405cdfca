"""Observations, issues, actions.

signed_out coordinator ordinary deputy colleague handler reader guest named secretary"""

from tests.access.table import Row, row

OBSERVATIONS: list[Row] = [
    row("issues:report", to="302 200 200 200 200 403 403 403 200 200"),
    row("issues:report", "POST", to="302 200 200 200 200 403 403 403 200 200"),
    row("issues:report_sent", pk="observation.pk", to="302 404 404 404 200 404 404 404 404 404"),
    row("issues:nil_report", pk="asked.pk", to="302 200 200 200 403 403 403 403 403 403"),
    row("issues:nil_report", "POST", pk="asked.pk", to="302 200 200 200 403 403 403 403 403 403"),
    row("issues:nil_report_withdraw", "POST", pk="nil_report.pk", to="302 403 302 302 403 403 403 403 403 403"),
    row("issues:observation_list", to="302 200 200 200 200 200 200 200 200 200"),
    row("issues:observation_detail", pk="observation.pk", to="302 200 200 200 200 404 404 404 200 200"),
    row("issues:observation_detail", pk="shared_observation.pk", to="302 200 200 200 200 200 404 404 200 200"),
    row("issues:observation_detail", pk="restricted_observation.pk", to="302 404 404 404 404 404 404 404 200 404"),
    row("issues:observation_detail", pk="lone_restricted.pk", to="302 404 404 404 404 404 404 404 200 404"),
    row("issues:observation_correct", pk="observation.pk", to="302 403 403 403 200 404 404 404 403 403"),
    row("issues:observation_correct", pk="shared_observation.pk", to="302 403 403 403 200 403 404 404 403 403"),
    row("issues:observation_correct", pk="lone_restricted.pk", to="302 404 404 404 404 404 404 404 200 404"),
    row("issues:observation_correct", "POST", pk="observation.pk", to="302 403 403 403 200 404 404 404 403 403"),
    row("issues:observation_correct", "POST", pk="lone_restricted.pk", to="302 404 404 404 404 404 404 404 200 404"),
    row("issues:triage", to="302 200 403 403 403 403 403 403 403 403"),
    row("issues:triage_marked", "POST", to="302 302 403 403 403 403 403 403 403 403"),
    row("issues:triage_issue", to="302 404 403 403 403 403 403 403 403 403"),
    row("issues:triage_issue", "POST", to="302 404 403 403 403 403 403 403 403 403"),
    row("issues:triage_attach", to="302 404 403 403 403 403 403 403 403 403"),
    row("issues:triage_attach", "POST", to="302 404 403 403 403 403 403 403 403 403"),
    row("issues:triage_reject", to="302 404 403 403 403 403 403 403 403 403"),
    row("issues:triage_reject", "POST", to="302 404 403 403 403 403 403 403 403 403"),
    row("issues:triage_put_back", "POST", to="302 302 403 403 403 403 403 403 403 403"),
    row("issues:observation_issue", "GET", pk="observation.pk", to="302 200 403 403 403 404 404 404 403 403"),
    row("issues:observation_issue", "GET", pk="shared_observation.pk", to="302 200 403 403 403 403 404 404 403 403"),
    row("issues:observation_issue", "GET", pk="lone_restricted.pk", to="302 404 404 404 404 404 404 404 403 404"),
    row("issues:observation_issue", "POST", pk="observation.pk", to="302 200 403 403 403 404 404 404 403 403"),
    row("issues:observation_issue", "POST", pk="shared_observation.pk", to="302 200 403 403 403 403 404 404 403 403"),
    row("issues:observation_issue", "POST", pk="lone_restricted.pk", to="302 404 404 404 404 404 404 404 403 404"),
    row("issues:observation_attach", "GET", pk="observation.pk", to="302 200 403 403 403 404 404 404 403 403"),
    row("issues:observation_attach", "GET", pk="shared_observation.pk", to="302 200 403 403 403 403 404 404 403 403"),
    row("issues:observation_attach", "GET", pk="lone_restricted.pk", to="302 404 404 404 404 404 404 404 403 404"),
    row("issues:observation_attach", "POST", pk="observation.pk", to="302 200 403 403 403 404 404 404 403 403"),
    row("issues:observation_attach", "POST", pk="shared_observation.pk", to="302 200 403 403 403 403 404 404 403 403"),
    row("issues:observation_attach", "POST", pk="lone_restricted.pk", to="302 404 404 404 404 404 404 404 403 404"),
    row("issues:observation_note", "POST", pk="observation.pk", to="302 302 403 403 403 404 404 404 403 403"),
    row("issues:observation_note", "POST", pk="shared_observation.pk", to="302 302 403 403 403 403 404 404 403 403"),
    row("issues:observation_note", "POST", pk="lone_restricted.pk", to="302 404 404 404 404 404 404 404 403 404"),
    row("issues:observation_reject", "GET", pk="observation.pk", to="302 200 403 403 403 404 404 404 403 403"),
    row("issues:observation_reject", "GET", pk="shared_observation.pk", to="302 200 403 403 403 403 404 404 403 403"),
    row("issues:observation_reject", "GET", pk="lone_restricted.pk", to="302 404 404 404 404 404 404 404 403 404"),
    row("issues:observation_reject", "POST", pk="observation.pk", to="302 200 403 403 403 404 404 404 403 403"),
    row("issues:observation_reject", "POST", pk="shared_observation.pk", to="302 200 403 403 403 403 404 404 403 403"),
    row("issues:observation_reject", "POST", pk="lone_restricted.pk", to="302 404 404 404 404 404 404 404 403 404"),
    row("issues:observation_put_back", "POST", pk="observation.pk", to="302 302 403 403 403 404 404 404 403 403"),
    row(
        "issues:observation_put_back", "POST", pk="shared_observation.pk", to="302 302 403 403 403 403 404 404 403 403"
    ),
    row("issues:observation_put_back", "POST", pk="lone_restricted.pk", to="302 404 404 404 404 404 404 404 403 404"),
]

# signed_out coordinator ordinary deputy colleague handler reader guest named secretary
ISSUES: list[Row] = [
    row("issues:list", to="302 200 200 200 200 200 200 200 200 200"),
    row("issues:create", to="302 200 403 403 403 403 403 403 403 403"),
    row("issues:create", "POST", to="302 200 403 403 403 403 403 403 403 403"),
    row("issues:detail", number="issue.number", to="302 200 200 200 200 404 200 404 200 200"),
    row("issues:detail", number="shared.number", to="302 200 200 200 200 200 200 404 200 200"),
    row("issues:detail", number="closed.number", to="302 200 200 200 200 404 200 404 200 200"),
    row("issues:detail", number="restricted.number", to="302 404 404 404 404 404 404 404 200 404"),
    row("issues:change", number="shared.number", to="302 200 403 403 403 403 403 404 403 403"),
    row("issues:change", "POST", number="shared.number", to="302 200 403 403 403 403 403 404 403 403"),
    row("issues:close", number="shared.number", to="302 200 403 403 403 403 403 404 403 403"),
    row("issues:close", "POST", number="shared.number", to="302 200 403 403 403 403 403 404 403 403"),
    row("issues:pause", number="shared.number", to="302 200 403 403 403 403 403 404 403 403"),
    row("issues:pause", "POST", number="shared.number", to="302 200 403 403 403 403 403 404 403 403"),
    row("issues:reopen", number="shared.number", to="302 200 403 403 403 403 403 404 403 403"),
    row("issues:reopen", "POST", number="shared.number", to="302 200 403 403 403 403 403 404 403 403"),
    row("issues:close", number="restricted.number", to="302 404 404 404 404 404 404 404 403 404"),
    row("issues:resume", "POST", number="shared.number", to="302 302 403 403 403 403 403 404 403 403"),
    row("issues:resume", "POST", number="restricted.number", to="302 404 404 404 404 404 404 404 403 404"),
]

# signed_out coordinator ordinary deputy colleague handler reader guest named secretary
ACTIONS: list[Row] = [
    row("issues:action_create", number="issue.number", to="302 200 403 403 403 404 403 404 403 403"),
    row("issues:action_create", "POST", number="closed.number", to="302 200 403 403 403 404 403 404 403 403"),
    row("issues:action_list", to="302 200 200 200 200 200 200 200 200 200"),
    row("issues:action_detail", pk="action.pk", to="302 200 200 200 200 404 200 404 200 200"),
    row("issues:action_detail", pk="shared_action.pk", to="302 200 200 200 200 200 200 404 200 200"),
    row("issues:action_detail", pk="draft.pk", to="302 200 404 404 404 404 404 404 404 404"),
    row("issues:action_detail", pk="restricted_action.pk", to="302 404 404 404 404 404 404 404 200 404"),
    row("issues:action_propose", "POST", pk="draft.pk", to="302 302 404 404 404 404 404 404 404 404"),
    row("issues:action_hand_over", "POST", pk="action.pk", to="302 200 403 403 403 404 403 404 403 403"),
    row("issues:action_cancel", "POST", pk="action.pk", to="302 200 403 403 403 404 403 404 403 403"),
    row("issues:action_start", "POST", pk="action.pk", to="302 200 200 200 403 404 403 404 403 403"),
    row("issues:action_finish", "POST", pk="shared_action.pk", to="302 200 403 403 403 200 403 404 403 403"),
    row("issues:action_change_date", "POST", pk="action.pk", to="302 200 200 200 403 404 403 404 403 403"),
    row("issues:assignment_accept", "POST", pk="action.current.pk", to="302 200 200 200 403 404 403 404 403 403"),
    row(
        "issues:assignment_decline", "POST", pk="shared_action.current.pk", to="302 200 403 403 403 200 403 404 403 403"
    ),
    row("issues:assignment_ask", "POST", pk="action.current.pk", to="302 200 200 200 403 404 403 404 403 403"),
    row("issues:assignment_pass_on", "POST", pk="action.current.pk", to="302 200 200 200 403 404 403 404 403 403"),
    row("issues:answer_withdraw", "POST", pk="action.current.pk", to="302 302 302 302 403 404 403 404 403 403"),
    row("issues:answer_withdraw", "POST", pk="shared_action.current.pk", to="302 302 403 403 403 302 403 404 403 403"),
]

ROWS: list[Row] = [*OBSERVATIONS, *ISSUES, *ACTIONS]
