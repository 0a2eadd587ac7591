"""Doubles of the server's own names in `public`, by somebody who may create there: none of them may ever be called.

Each operator of the server that answers yes or no, and each function whose name stands anywhere in our sources, has a
double with the same arguments; some fit what we write better than the server's own do. One that is called raises.
"""

import re
from pathlib import Path

import summary_tables
from summary_tables.sql.dialects.postgres.text import literal
from tests.warehouse.postgres.database import OTHER, Database

WORDS = "a double was called"
SEARCH_PATH = "public, pg_catalog"
"""Of a role that finds the doubles first."""

_LIBRARY = Path(summary_tables.__file__).parent
_BETTER = ("oid", "regclass", "name", "text", '"char"', "character varying", "integer")
_CREATE = """
GRANT CREATE ON SCHEMA public TO {owner};
SET ROLE {owner};
DO $do$
DECLARE
    double record;
    body text := format('LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION %L; END$$', {words});
BEGIN
    FOR double IN
        SELECT proname AS name, pg_get_function_identity_arguments(oid) AS arguments,
            CASE WHEN proretset THEN 'SETOF ' ELSE '' END || format_type(prorettype, NULL) AS result, prokind = 'a' AS a
        FROM pg_proc
        WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind IN ('f', 'a') AND proname = ANY ({names})
        UNION SELECT 'count', 'integer', 'bigint', true
    LOOP
        BEGIN
            IF double.a THEN
                EXECUTE format('CREATE FUNCTION public.adds(bigint%s) RETURNS bigint %s',
                    CASE WHEN double.arguments = '' THEN '' ELSE ', ' || double.arguments END, body);
            ELSE
                EXECUTE format('CREATE FUNCTION public.%I(%s) RETURNS %s %s',
                    double.name, double.arguments, double.result, body);
            END IF;
        EXCEPTION WHEN invalid_function_definition OR datatype_mismatch OR duplicate_function
                OR feature_not_supported OR undefined_object OR syntax_error THEN
            NULL;  -- of types for which nobody can write a function
        END;
        BEGIN
            IF double.a THEN
                EXECUTE format('CREATE AGGREGATE public.%I(%s) (SFUNC = public.adds, STYPE = bigint)', double.name,
                    CASE WHEN double.arguments = '' THEN '*' ELSE double.arguments END);
            END IF;
        EXCEPTION WHEN undefined_function OR invalid_function_definition OR feature_not_supported
                OR datatype_mismatch THEN
            NULL;
        END;
    END LOOP;
    FOR double IN
        SELECT oprname AS name, format_type(oprleft, NULL) AS l, format_type(oprright, NULL) AS r
        FROM pg_operator
        WHERE oprnamespace = 'pg_catalog'::regnamespace AND oprkind = 'b' AND oprresult = 'bool'::regtype
            AND NOT EXISTS (SELECT 1 FROM pg_type t WHERE t.oid IN (oprleft, oprright) AND t.typtype = 'p')
        UNION SELECT o, l, r FROM unnest({better}) l, unnest({better}) r, unnest('{{=,<>}}'::text[]) o
    LOOP
        EXECUTE format('CREATE OR REPLACE FUNCTION public.compares(%s, %s) RETURNS boolean %s',
            double.l, double.r, body);
        EXECUTE format('CREATE OPERATOR public.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = public.compares)',
            double.name, double.l, double.r);
    END LOOP;
END$do$;
RESET ROLE;
"""


def with_doubles(database: Database) -> None:
    """Everything that could be taken for the server's own."""
    words = {
        word for path in _LIBRARY.rglob("*.py") for word in re.findall(r"[a-z_]+", path.read_text("utf-8").lower())
    }
    statement = _CREATE.format(owner=OTHER, words=literal(WORDS), names=_array(words), better=_array(_BETTER))
    database.admin(statement)


def _array(texts: set[str] | tuple[str, ...]) -> str:
    return f"ARRAY[{', '.join(sorted(map(literal, texts)))}]"
