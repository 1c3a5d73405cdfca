"""What the application's role may do with each table, and all that it may not do beside."""

import pytest
from django.apps import apps
from django.db import connection, models
from pghistory.models import Event as History

from members.models import Organisation
from temagrupp.tools import postgres
from tests.tools.test_roles import A_TRIGGER, refused

pytestmark = pytest.mark.django_db

ALL = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"]
TABLES = """
account_emailaddress           select
account_emailconfirmation      select
auth_group                     select
auth_group_permissions         select
auth_permission                select
cache                          select insert update delete
django_content_type            select
django_migrations              select
django_session                 select insert update delete
issues_accessgrant             select insert delete
issues_action                  select insert update
issues_actionsupport           select insert
imports_import                 select insert update delete
issues_answer                  select insert update
issues_assignment              select insert update delete
issues_category                select insert
issues_closure                 select insert
issues_counter                 select insert update
issues_datechange              select insert
issues_escalation              select insert update
issues_escalationpath          select insert update
issues_event                   select insert
issues_follower                select insert delete
issues_issue                   select insert update
issues_note                    select insert update
issues_nilreport               select insert update delete
issues_observation             select insert update
issues_opening                 select insert
issues_place                   select insert
issues_progress                select insert update
issues_ruling                  select insert update
issues_tombstone               select insert
meetings_agendaitem            select insert update delete
meetings_agendatemplate        select insert update
meetings_annexpart             select insert
meetings_appendix              select insert update
meetings_appendixpart          select insert delete
meetings_approval              select insert
meetings_approver              select insert update
meetings_beforecorrection      select insert delete
meetings_calendarfeed          select insert update delete
meetings_callanswer            select insert update delete
meetings_decision              select insert update delete
meetings_heading               select insert update delete
meetings_itemdraft             select insert update delete
meetings_maskedannexpart       select insert update
meetings_maskedminutes         select insert update
meetings_meeting               select insert update
meetings_meetingchange         select insert
meetings_meetingseries         select insert update
meetings_minutes               select insert
meetings_minutescopy           select insert update delete
meetings_minutesfile           select insert
meetings_organisationatmeeting select insert update delete
meetings_originalopening       select insert
meetings_presence              select insert update delete
meetings_presencebefore        select insert delete
meetings_presenter             select insert update delete
meetings_proposedaction        select insert delete
meetings_registryentry         select insert
meetings_roundnote             select insert update delete
meetings_tableanswer           select insert update delete
members_answersfor             select insert delete
members_contactpoint           select insert update delete
members_group                  select insert update
members_invitation             select insert
members_logotype               select insert update delete
members_member                 select insert update
members_notice                 select insert update delete
members_noticecause            select insert update delete
members_noticechoice           select insert update
members_noticestep             select insert delete
members_organisation           select insert update
members_outsidecontact         select insert update
members_quiethours             select insert update
members_seat                   select insert update delete
pghistory_context              select
redaction_redactedplace        select
redaction_redaction            select
silenced                       select
ui_keptpassage                 select insert
ui_sentform                    select insert update delete
"""
"""Every table but those of the trigger history, which are only read."""


def allowed() -> dict[str, str]:
    """Each table, and what the role that asks may do with it or with any of its columns."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.relname, array_to_string(array(
                SELECT lower(p) FROM unnest(%s::text[]) p WHERE has_table_privilege(c.oid, p) OR (
                    p IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES') AND has_any_column_privilege(c.oid, p))
            ), ' ')
            FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind NOT IN ('i', 'S')
            """,
            [ALL],
        )
        return dict(cursor.fetchall())


def with_history() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, History)]


def test_the_application_does_with_each_table_what_a_verb_does() -> None:
    told = dict(line.split(maxsplit=1) for line in TABLES.strip().splitlines())

    assert allowed() == told | {model._meta.db_table: "select" for model in with_history()}


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO members_organisationevent SELECT * FROM members_organisationevent",
        "INSERT INTO members_organisationevent (name) VALUES ('Ingen')",
        "UPDATE members_organisationevent SET name = 'Någon annan'",
        "DELETE FROM members_organisationevent",
        "MERGE INTO issues_event e USING issues_issue i ON e.issue_id = i.id WHEN MATCHED THEN DELETE",
        "INSERT INTO issues_closure SELECT * FROM issues_closure ON CONFLICT (id) DO UPDATE SET feedback = 'Nej.'",
        "DELETE FROM issues_observation",
        "DELETE FROM issues_issue",
        "DELETE FROM issues_event",
        "DELETE FROM members_member",
        "UPDATE issues_event SET text = 'Nej.'",
        "UPDATE issues_issue SET id = id + 1000",
        "UPDATE cache SET cache_key = 'x'",
        "UPDATE members_member SET id = DEFAULT",
        "MERGE INTO issues_issue i USING issues_place p ON true WHEN MATCHED THEN UPDATE SET id = p.id",
        "UPDATE issues_category SET name = 'Nej'",
        "UPDATE meetings_minutes SET content = '{}'",
        "DELETE FROM django_migrations",
        "UPDATE auth_permission SET name = 'Nej'",
        "LOCK TABLE issues_event IN ACCESS EXCLUSIVE MODE",
        "LOCK TABLE issues_issue IN SHARE ROW EXCLUSIVE MODE",
        "SELECT setval('issues_observation_id_seq', 1)",
        "ALTER SEQUENCE issues_observation_id_seq RESTART",
        "SELECT last_value FROM issues_observation_id_seq",
        "CREATE TEMP TABLE issues_event (id int)",
        "CREATE SCHEMA elsewhere",
        "CREATE FUNCTION public.now() RETURNS timestamptz LANGUAGE sql AS 'SELECT NULL::timestamptz'",
        "CREATE OPERATOR public.= (LEFTARG = text, RIGHTARG = text, FUNCTION = pg_catalog.texteq)",
        "CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(name) RETURNS bool LANGUAGE sql AS 'SELECT true'",
        "SELECT public._pgtrigger_should_ignore('x')",
        "CREATE EXTENSION IF NOT EXISTS citext",
        "SELECT lo_create(0)",
        "SELECT lo_from_bytea(0, 'x')",
        "SELECT lo_put(1, 0, 'x')",
        "SELECT lo_open(1, 131072)",
        "SELECT loread(0, 1)",
        "SELECT lo_get(1)",
        "SELECT lo_import('/etc/passwd')",
        "SELECT lo_export(1, '/tmp/x')",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT pg_ls_dir('.')",
        "SELECT pg_stat_file('/etc/passwd')",
        "COPY issues_issue TO PROGRAM 'cat'",
        "COPY issues_issue TO '/tmp/issues'",
        "COPY issues_event (text) FROM '/etc/passwd'",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> current_user LIMIT 1",
        "SELECT rolpassword FROM pg_authid",
        # what would silence a trigger
        "SET session_replication_role = replica",
        "ALTER TABLE members_organisation DISABLE TRIGGER USER",
        f"DROP TRIGGER {A_TRIGGER} ON issues_answer",
        "CREATE TRIGGER mine BEFORE UPDATE ON issues_issue EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "ALTER FUNCTION public._pgtrigger_should_ignore(name) SECURITY DEFINER",
        f"SET ROLE {postgres.OWNER}",
        f"SET SESSION AUTHORIZATION {postgres.OWNER}",
        f"ALTER ROLE {postgres.OWNER} SET pgtrigger.ignore = '{{}}'",
        "ALTER ROLE CURRENT_USER SET pgtrigger.ignore = '{}'",
        f"GRANT {postgres.OWNER} TO CURRENT_USER",
    ],
)
def test_what_no_verb_does_is_refused(sql: str) -> None:  # fmt: skip
    Organisation.objects.create(name="Tekniska förvaltningen")
    assert refused(sql)
