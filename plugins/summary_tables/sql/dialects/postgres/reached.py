"""Questions to PostgreSQL's catalog: what could a query run, and on whose word?

A function that is the server's own and only computes can do no harm, whoever's tables it is used on. Everything else
that a query reaches may hold a function of somebody: views, row security, domains and what contains one, casts.
Trusted is who can act as our role, or rule the database, anyhow: superusers, the database's owner, our role itself,
and their members. A type of anybody else may change what it does at any time.
"""

from collections.abc import Sequence

# FirstNormalObjectId (access/transam.h): lower object ids are the server's own.
_FIRST_OF_PEOPLE = 16384
# As the server writes a tree, every function that it calls itself stands behind one of these.
_CALLED = ":(?:funcid|opfuncid|aggfnoid|winfnoid) (\\d+)"
# Clocks and dice: volatile, and nothing but computing.
_HARMLESS = (
    "'array_sample', 'array_shuffle', 'clock_timestamp', 'gen_random_uuid', 'random', 'random_normal', 'timeofday', "
    "'uuidv4', 'uuidv7'"
)
# Functions of the server that are not volatile and take what they run from a name or a text.
_BY_NAME = "'pg_input_error_info', 'pg_input_is_valid', 'schema_to_xml', 'table_to_xml', 'database_to_xml'"

_TRUSTED = """(
    pg_catalog.pg_has_role({owner}, current_user, 'MEMBER') OR EXISTS (
        SELECT 1 FROM pg_catalog.pg_database d
        WHERE d.datname = pg_catalog.current_database() AND pg_catalog.pg_has_role({owner}, d.datdba, 'MEMBER')
    )
)"""

# Functions written in C can be made by superusers only; one that is IMMUTABLE computes.
_ACTS = f"""(
    CASE WHEN p.oid >= {_FIRST_OF_PEOPLE}
        THEN p.provolatile <> 'i' OR p.prolang <> (SELECT l.oid FROM pg_catalog.pg_language l WHERE l.lanname = 'c')
        ELSE (p.provolatile = 'v' AND p.proname NOT IN ({_HARMLESS}))
            OR 'pg_catalog.cstring'::pg_catalog.regtype::pg_catalog.oid = ANY (p.proargtypes)
            OR p.proname IN ({_BY_NAME})
    END
)"""

# The types that a type is made of.
_PARTS = f"""(
    SELECT t.typelem AS oid FROM pg_catalog.pg_type t WHERE t.oid = {{type}}
    UNION ALL
    SELECT t.typbasetype FROM pg_catalog.pg_type t WHERE t.oid = {{type}}
    UNION ALL
    SELECT r.rngsubtype FROM pg_catalog.pg_range r WHERE {{type}} IN (r.rngtypid, r.rngmultitypid)
    UNION ALL
    SELECT a.atttypid FROM pg_catalog.pg_type t
    JOIN pg_catalog.pg_attribute a ON a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE t.oid = {{type}} AND t.oid >= {_FIRST_OF_PEOPLE}
)"""

RUNS_WHEN_READ = f"""\
SELECT pg_catalog.current_setting('restrict_nonsystem_relation_kind', true) IS NULL OR EXISTS (
    SELECT 1
    FROM pg_catalog.pg_constraint k
    JOIN pg_catalog.pg_type t ON t.oid = k.contypid
    CROSS JOIN LATERAL pg_catalog.regexp_matches(k.conbin::text, '{_CALLED}', 'g') AS called
    JOIN pg_catalog.pg_proc p ON p.oid = called[1]::pg_catalog.oid
    WHERE {_ACTS}
        AND NOT ({_TRUSTED.format(owner="t.typowner")} AND {_TRUSTED.format(owner="p.proowner")})
)"""
"""Could the mere reading of a query run a function of somebody who is not trusted?

The server turns `'x'::some_domain` into a value while it reads a statement, and asks the domain's CHECK. True also
where the server lacks the setting (it came with the minor releases of August 2024) that keeps it from planning anew.
"""


def reached(view: str) -> str:
    """One row about the query of `view` (a literal): could it run something else than the server's computing? And the
    names of the server's own functions that it calls, through other views as well.

    `named` are all numbers in the trees that may be object ids: whatever kind of node names an object, it is found.
    """
    return _REACHED.format(view=view)


_REACHED = f"""\
WITH RECURSIVE relations(oid) AS (
    SELECT {{view}}::pg_catalog.regclass::pg_catalog.oid
    UNION
    SELECT d.refobjid
    FROM relations
    JOIN pg_catalog.pg_class c ON c.oid = relations.oid AND c.relkind = 'v'
    JOIN pg_catalog.pg_rewrite r ON r.ev_class = c.oid
    JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = r.oid
        AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
), trees AS (
    SELECT pg_catalog.regexp_replace(r.ev_action::text, ':\\w*location -?\\d+', '', 'g') AS tree
    FROM relations
    JOIN pg_catalog.pg_class c ON c.oid = relations.oid AND c.relkind = 'v'
    JOIN pg_catalog.pg_rewrite r ON r.ev_class = c.oid
), named AS (
    SELECT DISTINCT number[1]::pg_catalog.oid AS oid
    FROM trees CROSS JOIN LATERAL pg_catalog.regexp_matches(tree, '\\m[1-9]\\d{{{{4,9}}}}\\M', 'g') AS number
    WHERE number[1]::bigint BETWEEN {_FIRST_OF_PEOPLE} AND 4294967295
), functions AS (
    SELECT oid FROM named
    UNION
    SELECT o.oprcode FROM pg_catalog.pg_operator o JOIN named ON named.oid = o.oid
    UNION
    SELECT called[1]::pg_catalog.oid
    FROM trees CROSS JOIN LATERAL pg_catalog.regexp_matches(tree, '{_CALLED}', 'g') AS called
), called AS (
    SELECT p.* FROM pg_catalog.pg_proc p JOIN functions ON functions.oid = p.oid
), types(oid) AS (
    SELECT t.oid FROM pg_catalog.pg_type t JOIN named ON named.oid = t.oid
    UNION
    SELECT part.oid FROM types CROSS JOIN LATERAL {_PARTS.format(type="types.oid")} AS part
), of_people AS (
    SELECT t.* FROM pg_catalog.pg_type t JOIN types ON types.oid = t.oid WHERE t.oid >= {_FIRST_OF_PEOPLE}
)
SELECT EXISTS (SELECT 1 FROM called p WHERE {_ACTS})
    OR EXISTS (
        SELECT 1 FROM pg_catalog.pg_class c JOIN relations ON relations.oid = c.oid WHERE c.relrowsecurity
    )
    OR EXISTS (
        SELECT 1 FROM of_people t
        WHERE t.typtype IN ('d', 'r', 'm')
            OR (t.typtype = 'c' AND NOT EXISTS (
                SELECT 1 FROM pg_catalog.pg_class c JOIN relations ON relations.oid = c.oid WHERE c.reltype = t.oid
            ))
    )
    OR (
        EXISTS (SELECT 1 FROM of_people t WHERE t.typelem = 0) AND (
            EXISTS (SELECT 1 FROM trees WHERE tree ~ '{{{{JSON')
            OR EXISTS (
                SELECT 1 FROM called p JOIN pg_catalog.pg_type argument ON argument.oid = ANY (p.proargtypes)
                WHERE p.oid < {_FIRST_OF_PEOPLE} AND p.proname LIKE '%json%' AND argument.typtype = 'p'
            )
        )
    ),
    ARRAY(SELECT DISTINCT p.proname::text FROM called p WHERE p.oid < {_FIRST_OF_PEOPLE} ORDER BY 1)"""


def untrusted_types(types: Sequence[int]) -> str:
    """The first of the columns of these types that holds a type of somebody who is not trusted, if there is one.

    Its place from 1, the type of the column, the type that is not trusted, its owner, and the type of the server's own
    to which its values can be cast: that of a domain, or text.
    """
    return _UNTRUSTED_TYPES.format(types=f"ARRAY[{', '.join(map(str, types))}]::pg_catalog.oid[]")


_UNTRUSTED_TYPES = f"""\
WITH RECURSIVE columns(place, oid) AS (
    SELECT place, oid FROM pg_catalog.unnest({{types}}) WITH ORDINALITY AS given(oid, place)
), inside(place, oid) AS (
    SELECT place, oid FROM columns
    UNION
    SELECT inside.place, part.oid FROM inside CROSS JOIN LATERAL {_PARTS.format(type="inside.oid")} AS part
), plain(place, oid, modifier, is_array) AS (
    SELECT place, oid, -1, false FROM columns
    UNION ALL
    SELECT plain.place, CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.typelem END, t.typtypmod,
        plain.is_array OR t.typtype <> 'd'
    FROM plain JOIN pg_catalog.pg_type t ON t.oid = plain.oid
    WHERE t.typtype = 'd' OR (t.typcategory = 'A' AND t.oid >= {_FIRST_OF_PEOPLE} AND NOT plain.is_array)
)
SELECT columns.place, pg_catalog.format_type(columns.oid, NULL), pg_catalog.format_type(t.oid, NULL),
    pg_catalog.pg_get_userbyid(t.typowner)::text, (
        SELECT CASE WHEN p.oid < {_FIRST_OF_PEOPLE} AND NOT (plain.is_array AND p.typcategory = 'A')
                THEN pg_catalog.format_type(p.oid, plain.modifier) ELSE 'text' END
            || CASE WHEN plain.is_array AND p.typcategory <> 'A' THEN '[]' ELSE '' END
        FROM plain JOIN pg_catalog.pg_type p ON p.oid = plain.oid
        WHERE plain.place = columns.place AND p.typtype <> 'd'
            AND NOT (p.typcategory = 'A' AND p.oid >= {_FIRST_OF_PEOPLE} AND NOT plain.is_array)
    )
FROM columns
JOIN inside ON inside.place = columns.place
JOIN pg_catalog.pg_type t ON t.oid = inside.oid
WHERE t.oid >= {_FIRST_OF_PEOPLE} AND NOT {_TRUSTED.format(owner="t.typowner")}
ORDER BY columns.place, t.oid <> columns.oid, t.oid
LIMIT 1"""
