"""The function by which the application masks: the owner's, and the only way past guards and history triggers.

It is made anew by each `migrate` out of the columns of free text that there are, so it can reach these and no others.
What a hole could do with it: docs/adr/0027.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from django.apps import apps
from django.db import connection, models
from pghistory.models import Event as History

from base.imports.models import Import
from base.records.freetext import LONGEST_TEXT, freetext_fields
from base.records.guards import REFUSAL
from base.swedish.passages import MASK, SHORT_MASK

UNKNOWN = "Den texten går inte att maskera. Inget är ändrat."
NOTHING_LEFT = "Det stod inte kvar där. Inget är ändrat."
TOO_WIDE = "Det går inte att söka efter ingenting. Inget är ändrat."

LOCKED_IN_ORDER = (
    "members.Organisation",
    "meetings.Meeting",
    "issues.NilReport",
    "issues.Observation",
    "issues.Action",
    "issues.Issue",
)
"""The order in which every verb locks rows, and what hangs on them after: none waits for another that waits for it."""

FUNCTION = """
    CREATE OR REPLACE FUNCTION public.redact(
        places jsonb, expression text, who bigint, moment timestamptz, reason text, digests text[], copies jsonb
    ) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp SET standard_conforming_strings = on AS $redact$
    DECLARE
        known CONSTANT jsonb := {known};
        mask CONSTANT text := {mask};
        short CONSTANT text := {short};
        redaction bigint;
        place record;
        of_table jsonb;
        size int;
        version text;
        stamp text;
        stands text;
        masked text;
        left_version int;
        whose bigint;
        in_row int;
        in_history int;
        touched text[] := ARRAY['ui_sentform', 'django_session', 'redaction_redaction', 'redaction_redactedplace'];
        name text;
        this_transaction CONSTANT xid := pg_current_xact_id()::xid;  -- what it wrote in savepoints is younger
    BEGIN
        IF '' ~ expression THEN RAISE EXCEPTION USING MESSAGE = {too_wide}, ERRCODE = {refusal}; END IF;
        LOCK TABLE public.silenced IN EXCLUSIVE MODE;  -- one at a time
        INSERT INTO public.silenced VALUES (pg_current_xact_id());
        PERFORM set_config('temagrupp.redacting', 'on', true);
        INSERT INTO public.redaction_redaction (by_id, at, why, kind, digests)
            VALUES (who, moment, reason, CASE WHEN expression IS NULL THEN 'whole' ELSE 'passage' END, digests)
            RETURNING id INTO redaction;
        FOR place IN
            SELECT t, c, k, min(issue) AS issue, min(observation) AS observation
            FROM jsonb_to_recordset(places) AS p(t text, c text, k text, issue bigint, observation bigint)
            GROUP BY t, c, k ORDER BY (known -> t ->> 'rank')::int NULLS LAST, t, length(k), k, c
        LOOP
            IF place.t = {waiting} THEN
                DELETE FROM public.imports_import WHERE id = place.k::bigint RETURNING member_id INTO whose;
                INSERT INTO public.redaction_redactedplace
                    (redaction_id, "table", "column", key, in_row, in_history, member_id)
                    SELECT redaction, place.t, 'content', place.k, true, 0, whose WHERE whose IS NOT NULL;
                CONTINUE;
            END IF;
            of_table := known -> place.t;
            IF of_table -> 'columns' ? place.c IS NOT TRUE THEN
                RAISE EXCEPTION USING MESSAGE = {unknown}, ERRCODE = {refusal};
            END IF;
            size := of_table -> 'columns' ->> place.c;
            stamp := of_table -> 'stamps' ->> place.c;
            version := of_table -> 'versions' ->> place.c;
            left_version := NULL;
            in_row := 0;
            in_history := 0;
            EXECUTE format('SELECT %I FROM public.%I WHERE %s FOR NO KEY UPDATE',
                    place.c, place.t, replace(of_table ->> 'is', '$k', '$1'))
                INTO stands USING place.k;
            masked := CASE WHEN expression IS NOT NULL THEN regexp_replace(stands, expression, mask, 'g')
                WHEN stands <> '' THEN mask END;
            IF expression IS NOT NULL AND length(masked) > size THEN
                masked := regexp_replace(stands, expression, short, 'g');
            END IF;
            IF masked <> stands THEN
                BEGIN
                    EXECUTE format('UPDATE public.%I SET %I = $1 %s WHERE %s RETURNING %s',
                        place.t, place.c, stamp, replace(of_table ->> 'is', '$k', '$4'), version)
                        INTO left_version USING masked, moment, who, place.k;
                EXCEPTION WHEN unique_violation OR exclusion_violation OR check_violation THEN
                    -- two that only differed in what is masked
                    masked := left(masked, size - length(place.k) - 1) || ' ' || place.k;
                    EXECUTE format('UPDATE public.%I SET %I = $1 %s WHERE %s RETURNING %s',
                        place.t, place.c, stamp, replace(of_table ->> 'is', '$k', '$4'), version)
                        INTO left_version USING masked, moment, who, place.k;
                END;
                in_row := 1;
            END IF;
            IF of_table ? 'history' THEN
                IF expression IS NULL THEN
                    EXECUTE format('UPDATE public.%I SET %I = $1 WHERE pgh_obj_id = %s AND %I NOT IN ($1, '''')',
                        of_table ->> 'history', place.c, replace(of_table ->> 'key', '$k', '$2'), place.c)
                        USING mask, place.k;
                ELSE
                    EXECUTE format('UPDATE public.%1$I SET %2$I = regexp_replace(%2$I, $1,
                            CASE WHEN length(regexp_replace(%2$I, $1, $2, ''g'')) > $3 THEN $5 ELSE $2 END, ''g'')
                        WHERE pgh_obj_id = %3$s AND %2$I ~ $1', of_table ->> 'history', place.c,
                        replace(of_table ->> 'key', '$k', '$4'))
                        USING expression, mask, size, place.k, short;
                END IF;
                GET DIAGNOSTICS in_history = ROW_COUNT;
                touched := touched || (of_table ->> 'history');
            END IF;
            CONTINUE WHEN in_row + in_history = 0;
            touched := touched || place.t;
            INSERT INTO public.redaction_redactedplace
                (redaction_id, "table", "column", key, in_row, in_history, version, issue_id, observation_id)
                VALUES (redaction, place.t, place.c, place.k, in_row = 1, in_history, left_version,
                    place.issue, place.observation);
        END LOOP;
        INSERT INTO public.redaction_redactedplace
            (redaction_id, "table", "column", key, in_row, in_history, issue_id)
            SELECT redaction, 'meetings_minutes', 'content', k, true, 0, issue
            FROM jsonb_to_recordset(copies) AS copy(k text, issue bigint);
        IF EXISTS (
                SELECT FROM jsonb_to_recordset(copies) AS copy(k text, issue bigint) WHERE NOT EXISTS (
                    SELECT FROM public.meetings_maskedminutes AS said
                    WHERE said.minutes_id = copy.k::bigint AND age(said.xmin) <= age(this_transaction)
                        AND CASE WHEN copy.issue IS NULL THEN said.masked_at = moment AND said.masked_by_id = who
                        ELSE jsonb_path_exists(said.content, '$.** ? (@.of == $i)', jsonb_build_object('i', copy.issue))
                        END
                    UNION ALL
                    SELECT FROM public.meetings_maskedannexpart AS said
                    JOIN public.meetings_annexpart AS part ON part.id = said.part_id
                    WHERE part.minutes_id = copy.k::bigint AND part.issue_id = copy.issue
                        AND age(said.xmin) <= age(this_transaction)
                )
            ) OR NOT EXISTS (
                SELECT FROM public.redaction_redactedplace WHERE redaction_id = redaction
            ) THEN
            RAISE EXCEPTION USING MESSAGE = {nothing_left}, ERRCODE = {refusal};
        END IF;
        DELETE FROM public.silenced;
        PERFORM set_config('temagrupp.redacting', '', true);
        FOR name IN SELECT DISTINCT unnest(touched) ORDER BY 1 LOOP  -- what the planner remembers are words too
            EXECUTE format('ANALYZE public.%I', name);
        END LOOP;
        RETURN redaction;
    END $redact$
"""


def install() -> None:
    """Make the function anew. Called by `migrate`, as the owner of the tables."""
    words = {
        "mask": MASK,
        "short": SHORT_MASK,
        "unknown": UNKNOWN,
        "nothing_left": NOTHING_LEFT,
        "too_wide": TOO_WIDE,
        "refusal": REFUSAL,
        "waiting": Import._meta.db_table,
    }
    with connection.cursor() as cursor:
        cursor.execute(FUNCTION.format(known=_quoted(json.dumps(redactable())), **_all_quoted(words)))


def redactable() -> dict[str, dict[str, Any]]:
    """Each table with free text: its columns and how long they may be, its history, what a change moves on and what
    is then the version of the text, where it has one of its own.

    How long is what a form takes, so that a text can be edited when it has masks.
    """
    tables: dict[str, dict[str, Any]] = defaultdict(lambda: {"columns": {}, "stamps": {}, "versions": {}})
    for model, field in freetext_fields():
        of_table = tables[model._meta.db_table]
        of_table["key"] = f"$k::{model._meta.pk.db_type(connection)}"
        of_table["is"] = f"{model._meta.pk.column} = {of_table['key']}"
        of_table["columns"][field.column] = field.max_length or LONGEST_TEXT
        if model._meta.label in LOCKED_IN_ORDER:
            of_table["rank"] = LOCKED_IN_ORDER.index(model._meta.label)
        names = {other.name: other.column for other in model._meta.local_fields}
        version = names.get(f"{field.name}_version") or names.get("version")
        of_table["versions"][field.column] = version or "NULL::int"
        of_table["stamps"][field.column] = "".join(
            [
                ", updated_at = $2" if "updated_at" in names else "",
                ", updated_by_id = $3" if "updated_by" in names else "",
                f", {version} = {version} + 1" if version else "",
            ]
        )
        if history := history_of(model):
            of_table["history"] = history._meta.db_table
    return dict(tables)


def history_of(model: type[models.Model]) -> type[models.Model] | None:
    """The table in which the triggers keep the model's rows as they were."""
    kept = (each for each in apps.get_models() if issubclass(each, History))
    return next((each for each in kept if getattr(each, "pgh_tracked_model", None) is model), None)


def _all_quoted(words: dict[str, str]) -> dict[str, str]:
    return {name: _quoted(each) for name, each in words.items()}


def _quoted(words: str) -> str:
    return "'{}'".format(words.replace("'", "''"))
