SELECT pg_catalog.current_setting('restrict_nonsystem_relation_kind', true) IS NULL OR EXISTS (
    SELECT 1
    FROM pg_catalog.pg_constraint k
    JOIN pg_catalog.pg_type t ON t.oid = k.contypid
    CROSS JOIN LATERAL pg_catalog.regexp_matches(k.conbin::text, ':(?:funcid|opfuncid|aggfnoid|winfnoid) (\d+)', 'g') AS called
    JOIN pg_catalog.pg_proc p ON p.oid = called[1]::pg_catalog.oid
    WHERE (
    CASE WHEN p.oid >= 16384
        THEN p.provolatile <> 'i' OR p.prolang <> (SELECT l.oid FROM pg_catalog.pg_language l WHERE l.lanname = 'c')
        ELSE (p.provolatile = 'v' AND p.proname NOT IN ('array_sample', 'array_shuffle', 'clock_timestamp', 'gen_random_uuid', 'random', 'random_normal', 'timeofday', 'uuidv4', 'uuidv7'))
            OR 'pg_catalog.cstring'::pg_catalog.regtype::pg_catalog.oid = ANY (p.proargtypes)
            OR p.proname IN ('pg_input_error_info', 'pg_input_is_valid', 'schema_to_xml', 'table_to_xml', 'database_to_xml')
    END
)
        AND NOT ((
    pg_catalog.pg_has_role(t.typowner, current_user, 'MEMBER') OR EXISTS (
        SELECT 1 FROM pg_catalog.pg_database d
        WHERE d.datname = pg_catalog.current_database() AND pg_catalog.pg_has_role(t.typowner, d.datdba, 'MEMBER')
    )
) AND (
    pg_catalog.pg_has_role(p.proowner, current_user, 'MEMBER') OR EXISTS (
        SELECT 1 FROM pg_catalog.pg_database d
        WHERE d.datname = pg_catalog.current_database() AND pg_catalog.pg_has_role(p.proowner, d.datdba, 'MEMBER')
    )
))
)
;

WITH RECURSIVE relations(oid) AS (
    SELECT '"summary_tables"."source__941f52972621e383e82ace11"'::pg_catalog.regclass::pg_catalog.oid
    UNION
    SELECT d.refobjid
    FROM relations
    JOIN pg_catalog.pg_class c ON c.oid = relations.oid AND c.relkind = 'v'
    JOIN pg_catalog.pg_rewrite r ON r.ev_class = c.oid
    JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = r.oid
        AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
), trees AS (
    SELECT pg_catalog.regexp_replace(r.ev_action::text, ':\w*location -?\d+', '', 'g') AS tree
    FROM relations
    JOIN pg_catalog.pg_class c ON c.oid = relations.oid AND c.relkind = 'v'
    JOIN pg_catalog.pg_rewrite r ON r.ev_class = c.oid
), named AS (
    SELECT DISTINCT number[1]::pg_catalog.oid AS oid
    FROM trees CROSS JOIN LATERAL pg_catalog.regexp_matches(tree, '\m[1-9]\d{4,9}\M', 'g') AS number
    WHERE number[1]::bigint BETWEEN 16384 AND 4294967295
), functions AS (
    SELECT oid FROM named
    UNION
    SELECT o.oprcode FROM pg_catalog.pg_operator o JOIN named ON named.oid = o.oid
    UNION
    SELECT called[1]::pg_catalog.oid
    FROM trees CROSS JOIN LATERAL pg_catalog.regexp_matches(tree, ':(?:funcid|opfuncid|aggfnoid|winfnoid) (\d+)', 'g') AS called
), called AS (
    SELECT p.* FROM pg_catalog.pg_proc p JOIN functions ON functions.oid = p.oid
), types(oid) AS (
    SELECT t.oid FROM pg_catalog.pg_type t JOIN named ON named.oid = t.oid
    UNION
    SELECT part.oid FROM types CROSS JOIN LATERAL (
    SELECT t.typelem AS oid FROM pg_catalog.pg_type t WHERE t.oid = types.oid
    UNION ALL
    SELECT t.typbasetype FROM pg_catalog.pg_type t WHERE t.oid = types.oid
    UNION ALL
    SELECT r.rngsubtype FROM pg_catalog.pg_range r WHERE types.oid IN (r.rngtypid, r.rngmultitypid)
    UNION ALL
    SELECT a.atttypid FROM pg_catalog.pg_type t
    JOIN pg_catalog.pg_attribute a ON a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE t.oid = types.oid AND t.oid >= 16384
) AS part
), of_people AS (
    SELECT t.* FROM pg_catalog.pg_type t JOIN types ON types.oid = t.oid WHERE t.oid >= 16384
)
SELECT EXISTS (SELECT 1 FROM called p WHERE (
    CASE WHEN p.oid >= 16384
        THEN p.provolatile <> 'i' OR p.prolang <> (SELECT l.oid FROM pg_catalog.pg_language l WHERE l.lanname = 'c')
        ELSE (p.provolatile = 'v' AND p.proname NOT IN ('array_sample', 'array_shuffle', 'clock_timestamp', 'gen_random_uuid', 'random', 'random_normal', 'timeofday', 'uuidv4', 'uuidv7'))
            OR 'pg_catalog.cstring'::pg_catalog.regtype::pg_catalog.oid = ANY (p.proargtypes)
            OR p.proname IN ('pg_input_error_info', 'pg_input_is_valid', 'schema_to_xml', 'table_to_xml', 'database_to_xml')
    END
))
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
            EXISTS (SELECT 1 FROM trees WHERE tree ~ '{JSON')
            OR EXISTS (
                SELECT 1 FROM called p JOIN pg_catalog.pg_type argument ON argument.oid = ANY (p.proargtypes)
                WHERE p.oid < 16384 AND p.proname LIKE '%json%' AND argument.typtype = 'p'
            )
        )
    ),
    ARRAY(SELECT DISTINCT p.proname::text FROM called p WHERE p.oid < 16384 ORDER BY 1)
;

WITH RECURSIVE columns(place, oid) AS (
    SELECT place, oid FROM pg_catalog.unnest(ARRAY[23, 25]::pg_catalog.oid[]) WITH ORDINALITY AS given(oid, place)
), inside(place, oid) AS (
    SELECT place, oid FROM columns
    UNION
    SELECT inside.place, part.oid FROM inside CROSS JOIN LATERAL (
    SELECT t.typelem AS oid FROM pg_catalog.pg_type t WHERE t.oid = inside.oid
    UNION ALL
    SELECT t.typbasetype FROM pg_catalog.pg_type t WHERE t.oid = inside.oid
    UNION ALL
    SELECT r.rngsubtype FROM pg_catalog.pg_range r WHERE inside.oid IN (r.rngtypid, r.rngmultitypid)
    UNION ALL
    SELECT a.atttypid FROM pg_catalog.pg_type t
    JOIN pg_catalog.pg_attribute a ON a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE t.oid = inside.oid AND t.oid >= 16384
) AS part
), plain(place, oid, modifier, is_array) AS (
    SELECT place, oid, -1, false FROM columns
    UNION ALL
    SELECT plain.place, CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.typelem END, t.typtypmod,
        plain.is_array OR t.typtype <> 'd'
    FROM plain JOIN pg_catalog.pg_type t ON t.oid = plain.oid
    WHERE t.typtype = 'd' OR (t.typcategory = 'A' AND t.oid >= 16384 AND NOT plain.is_array)
)
SELECT columns.place, pg_catalog.format_type(columns.oid, NULL), pg_catalog.format_type(t.oid, NULL),
    pg_catalog.pg_get_userbyid(t.typowner)::text, (
        SELECT CASE WHEN p.oid < 16384 AND NOT (plain.is_array AND p.typcategory = 'A')
                THEN pg_catalog.format_type(p.oid, plain.modifier) ELSE 'text' END
            || CASE WHEN plain.is_array AND p.typcategory <> 'A' THEN '[]' ELSE '' END
        FROM plain JOIN pg_catalog.pg_type p ON p.oid = plain.oid
        WHERE plain.place = columns.place AND p.typtype <> 'd'
            AND NOT (p.typcategory = 'A' AND p.oid >= 16384 AND NOT plain.is_array)
    )
FROM columns
JOIN inside ON inside.place = columns.place
JOIN pg_catalog.pg_type t ON t.oid = inside.oid
WHERE t.oid >= 16384 AND NOT (
    pg_catalog.pg_has_role(t.typowner, current_user, 'MEMBER') OR EXISTS (
        SELECT 1 FROM pg_catalog.pg_database d
        WHERE d.datname = pg_catalog.current_database() AND pg_catalog.pg_has_role(t.typowner, d.datdba, 'MEMBER')
    )
)
ORDER BY columns.place, t.oid <> columns.oid, t.oid
LIMIT 1
;
