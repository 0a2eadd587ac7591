SELECT COUNT(*), COUNT(*) FILTER (WHERE pg_catalog.mod(pg_catalog.hash_record_extended(ROW(r."nps", r."share"), 0), 4) = 0) FROM "pg_temp"."summary_tables_rows" AS r
;

SELECT EXISTS (SELECT 1 FROM (SELECT 1 AS there, r."date" AS k1, CAST(r."größe ""1""" AS text) COLLATE pg_catalog."C" AS k2 FROM "analytics"."nps_summary" AS r) AS r WHERE k1 IS NULL OR k2 IS NULL)
    OR EXISTS (SELECT 1 FROM (SELECT 1 AS there, r."date" AS k1, CAST(r."größe ""1""" AS text) COLLATE pg_catalog."C" AS k2 FROM "analytics"."nps_summary" AS r) AS r GROUP BY k1, k2 HAVING COUNT(*) > 1)
;

EXPLAIN (FORMAT JSON)
SELECT 1
;

SELECT COUNT(*) FILTER (WHERE is_pair), COUNT(*) FILTER (WHERE is_new), COUNT(*) FILTER (WHERE is_gone),
    COUNT(*) FILTER (WHERE is_new AND (bk1 IS NULL OR bk2 IS NULL)),
    COUNT(*) FILTER (WHERE is_gone AND (ak1 IS NULL OR ak2 IS NULL)),
    COUNT(*) FILTER (WHERE is_pair AND (d1 OR d2 OR d3 OR d4 OR d5 OR d6)),
    CAST(MIN(bk1) FILTER (WHERE is_new) AS text), CAST(MAX(bk1) FILTER (WHERE is_new) AS text),
    CAST(MIN(bk2) FILTER (WHERE is_new) AS text), CAST(MAX(bk2) FILTER (WHERE is_new) AS text),
    CAST(MIN(ak1) FILTER (WHERE is_gone) AS text), CAST(MAX(ak1) FILTER (WHERE is_gone) AS text),
    CAST(MIN(ak2) FILTER (WHERE is_gone) AS text), CAST(MAX(ak2) FILTER (WHERE is_gone) AS text),
    COUNT(*) FILTER (WHERE is_pair AND d1), 0, CAST(MAX(CASE WHEN abs(CAST(a1 AS numeric)) < numeric 'Infinity' AND abs(CAST(b1 AS numeric)) < numeric 'Infinity' THEN abs(CAST(b1 AS numeric) - CAST(a1 AS numeric)) END) FILTER (WHERE is_pair AND d1) AS text), 0,
    COUNT(*) FILTER (WHERE is_pair AND d2), COUNT(*) FILTER (WHERE is_pair AND NOT d2 AND a2 IS DISTINCT FROM b2), CAST(MAX(CASE WHEN abs(a2) < 1e307 AND abs(b2) < 1e307 THEN abs(b2 - a2) END) FILTER (WHERE is_pair AND d2) AS text), 0,
    COUNT(*) FILTER (WHERE is_pair AND d3), 0, CAST(NULL AS text), 0,
    COUNT(*) FILTER (WHERE is_pair AND d4), COUNT(*) FILTER (WHERE is_pair AND d4 AND (SELECT pg_catalog.array_agg(e ORDER BY e) FROM pg_catalog.unnest(a4) AS e) = (SELECT pg_catalog.array_agg(e ORDER BY e) FROM pg_catalog.unnest(b4) AS e)), CAST(NULL AS text), 0,
    COUNT(*) FILTER (WHERE is_pair AND d5), COUNT(*) FILTER (WHERE is_pair AND d5 AND CASE WHEN jsonb_typeof(a5) = 'array' AND jsonb_typeof(b5) = 'array' THEN (SELECT pg_catalog.jsonb_agg(e ORDER BY e) FROM pg_catalog.jsonb_array_elements(a5) AS e) = (SELECT pg_catalog.jsonb_agg(e ORDER BY e) FROM pg_catalog.jsonb_array_elements(b5) AS e) ELSE FALSE END), CAST(NULL AS text), 0,
    COUNT(*) FILTER (WHERE is_pair AND d6), 0, CAST(NULL AS text), 0,
    COUNT(*) FILTER (WHERE is_pair AND d7), 0, CAST(MAX(CASE WHEN abs(EXTRACT(EPOCH FROM a7)) < numeric 'Infinity' AND abs(EXTRACT(EPOCH FROM b7)) < numeric 'Infinity' THEN abs(EXTRACT(EPOCH FROM b7) - EXTRACT(EPOCH FROM a7)) END) FILTER (WHERE is_pair AND d7) AS text), COUNT(*) FILTER (WHERE is_pair AND b7 IS NOT NULL)
FROM (
SELECT a.there IS NOT NULL AND b.there IS NOT NULL AS is_pair, a.there IS NULL AS is_new, b.there IS NULL AS is_gone,
    a.k1 AS ak1,
    a.k2 AS ak2,
    b.k1 AS bk1,
    b.k2 AS bk2,
    a.c1 AS a1, b.c1 AS b1,
    a.c2 AS a2, b.c2 AS b2,
    a.c4 AS a4, b.c4 AS b4,
    a.c5 AS a5, b.c5 AS b5,
    a.c7 AS a7, b.c7 AS b7,
    a.c1 IS DISTINCT FROM b.c1 AS d1,
    CASE WHEN a.c2 IS NOT DISTINCT FROM b.c2 THEN FALSE
        WHEN abs(a.c2) BETWEEN 1e-290 AND 1e290 AND abs(b.c2) BETWEEN 1e-290 AND 1e290 THEN abs(a.c2 - b.c2) > 1e-09 * abs(a.c2)
        ELSE TRUE END AS d2,
    a.c3 IS DISTINCT FROM b.c3 AS d3,
    a.c4 IS DISTINCT FROM b.c4 AS d4,
    a.c5 IS DISTINCT FROM b.c5 AS d5,
    a.c6 IS DISTINCT FROM b.c6 AS d6,
    a.c7 IS DISTINCT FROM b.c7 AS d7
FROM (SELECT 1 AS there, r."date" AS k1, CAST(r."größe ""1""" AS text) COLLATE pg_catalog."C" AS k2, r."nps" AS c1, r."share" AS c2, r."who" COLLATE pg_catalog."C" AS c3, r."tags" AS c4, CAST(r."data" AS jsonb) AS c5, CAST(r."mood" AS text) COLLATE pg_catalog."C" AS c6, r."old" AS c7 FROM "analytics"."nps_summary" AS r) AS a
FULL JOIN (SELECT 1 AS there, r."date" AS k1, CAST(r."größe ""1""" AS text) COLLATE pg_catalog."C" AS k2, r."nps" AS c1, r."share" AS c2, r."who" COLLATE pg_catalog."C" AS c3, r."tags" AS c4, CAST(r."data" AS jsonb) AS c5, CAST(r."mood" AS text) COLLATE pg_catalog."C" AS c6, r."new" AS c7 FROM "pg_temp"."summary_tables_rows" AS r) AS b ON a.k1 = b.k1 AND a.k2 = b.k2
OFFSET 0
) AS joined
;

WITH repeated AS MATERIALIZED (
SELECT k1, k2
FROM (
SELECT 1 AS side, k1, k2 FROM (SELECT 1 AS there, r."date" AS k1, CAST(r."größe ""1""" AS text) COLLATE pg_catalog."C" AS k2, r."nps" AS c1 FROM "analytics"."nps_summary" AS r WHERE pg_catalog.mod(pg_catalog.hash_record_extended(ROW(r."date", CAST(r."größe ""1""" AS text) COLLATE pg_catalog."C"), 0), 4) = 0) AS r
UNION ALL
SELECT 2 AS side, k1, k2 FROM (SELECT 1 AS there, r."date" AS k1, CAST(r."größe ""1""" AS text) COLLATE pg_catalog."C" AS k2, r."nps" AS c1 FROM "pg_temp"."summary_tables_rows" AS r WHERE pg_catalog.mod(pg_catalog.hash_record_extended(ROW(r."date", CAST(r."größe ""1""" AS text) COLLATE pg_catalog."C"), 0), 4) = 0) AS r
) AS x
GROUP BY k1, k2
HAVING COUNT(*) > 2 AND COUNT(*) FILTER (WHERE side = 1) > 0 AND COUNT(*) FILTER (WHERE side = 2) > 0
)
SELECT COUNT(*) FILTER (WHERE is_pair), COUNT(*) FILTER (WHERE is_new), COUNT(*) FILTER (WHERE is_gone),
    COUNT(*) FILTER (WHERE is_new AND (bk1 IS NULL OR bk2 IS NULL)),
    COUNT(*) FILTER (WHERE is_gone AND (ak1 IS NULL OR ak2 IS NULL)),
    COUNT(*) FILTER (WHERE is_pair AND (d1)),
    CAST(MIN(bk1) FILTER (WHERE is_new) AS text), CAST(MAX(bk1) FILTER (WHERE is_new) AS text),
    CAST(MIN(bk2) FILTER (WHERE is_new) AS text), CAST(MAX(bk2) FILTER (WHERE is_new) AS text),
    CAST(MIN(ak1) FILTER (WHERE is_gone) AS text), CAST(MAX(ak1) FILTER (WHERE is_gone) AS text),
    CAST(MIN(ak2) FILTER (WHERE is_gone) AS text), CAST(MAX(ak2) FILTER (WHERE is_gone) AS text),
    COUNT(*) FILTER (WHERE is_pair AND d1), 0, CAST(MAX(CASE WHEN abs(CAST(a1 AS numeric)) < numeric 'Infinity' AND abs(CAST(b1 AS numeric)) < numeric 'Infinity' THEN abs(CAST(b1 AS numeric) - CAST(a1 AS numeric)) END) FILTER (WHERE is_pair AND d1) AS text), 0
FROM (
SELECT a.there IS NOT NULL AND b.there IS NOT NULL AS is_pair, a.there IS NULL AS is_new, b.there IS NULL AS is_gone,
    a.k1 AS ak1,
    a.k2 AS ak2,
    b.k1 AS bk1,
    b.k2 AS bk2,
    a.c1 AS a1, b.c1 AS b1,
    a.c1 IS DISTINCT FROM b.c1 AS d1
FROM (SELECT * FROM (SELECT 1 AS there, r."date" AS k1, CAST(r."größe ""1""" AS text) COLLATE pg_catalog."C" AS k2, r."nps" AS c1 FROM "analytics"."nps_summary" AS r WHERE pg_catalog.mod(pg_catalog.hash_record_extended(ROW(r."date", CAST(r."größe ""1""" AS text) COLLATE pg_catalog."C"), 0), 4) = 0) AS x WHERE NOT EXISTS (SELECT 1 FROM repeated WHERE ARRAY[repeated.k1] = ARRAY[x.k1] AND ARRAY[repeated.k2] = ARRAY[x.k2])) AS a
FULL JOIN (SELECT * FROM (SELECT 1 AS there, r."date" AS k1, CAST(r."größe ""1""" AS text) COLLATE pg_catalog."C" AS k2, r."nps" AS c1 FROM "pg_temp"."summary_tables_rows" AS r WHERE pg_catalog.mod(pg_catalog.hash_record_extended(ROW(r."date", CAST(r."größe ""1""" AS text) COLLATE pg_catalog."C"), 0), 4) = 0) AS x WHERE NOT EXISTS (SELECT 1 FROM repeated WHERE ARRAY[repeated.k1] = ARRAY[x.k1] AND ARRAY[repeated.k2] = ARRAY[x.k2])) AS b ON ARRAY[a.k1] = ARRAY[b.k1] AND ARRAY[a.k2] = ARRAY[b.k2]
OFFSET 0
) AS joined
;

WITH repeated AS MATERIALIZED (
SELECT k1, k2
FROM (
SELECT 1 AS side, k1, k2 FROM (SELECT 1 AS there, r."date" AS k1, CAST(r."größe ""1""" AS text) COLLATE pg_catalog."C" AS k2, r."nps" AS c1 FROM "analytics"."nps_summary" AS r WHERE pg_catalog.mod(pg_catalog.hash_record_extended(ROW(r."date", CAST(r."größe ""1""" AS text) COLLATE pg_catalog."C"), 0), 4) = 0) AS r
UNION ALL
SELECT 2 AS side, k1, k2 FROM (SELECT 1 AS there, r."date" AS k1, CAST(r."größe ""1""" AS text) COLLATE pg_catalog."C" AS k2, r."nps" AS c1 FROM "pg_temp"."summary_tables_rows" AS r WHERE pg_catalog.mod(pg_catalog.hash_record_extended(ROW(r."date", CAST(r."größe ""1""" AS text) COLLATE pg_catalog."C"), 0), 4) = 0) AS r
) AS x
GROUP BY k1, k2
HAVING COUNT(*) > 2 AND COUNT(*) FILTER (WHERE side = 1) > 0 AND COUNT(*) FILTER (WHERE side = 2) > 0
)
SELECT COALESCE(SUM(old), 0)::bigint, COALESCE(SUM(new), 0)::bigint,
    COALESCE(SUM(GREATEST(new - old, 0)), 0)::bigint, COALESCE(SUM(GREATEST(old - new, 0)), 0)::bigint
FROM (
    SELECT COUNT(*) FILTER (WHERE side = 1) AS old, COUNT(*) FILTER (WHERE side = 2) AS new
    FROM (
SELECT 1 AS side, k1, k2, c1 FROM (SELECT 1 AS there, r."date" AS k1, CAST(r."größe ""1""" AS text) COLLATE pg_catalog."C" AS k2, r."nps" AS c1 FROM "analytics"."nps_summary" AS r WHERE pg_catalog.mod(pg_catalog.hash_record_extended(ROW(r."date", CAST(r."größe ""1""" AS text) COLLATE pg_catalog."C"), 0), 4) = 0) AS r
UNION ALL
SELECT 2 AS side, k1, k2, c1 FROM (SELECT 1 AS there, r."date" AS k1, CAST(r."größe ""1""" AS text) COLLATE pg_catalog."C" AS k2, r."nps" AS c1 FROM "pg_temp"."summary_tables_rows" AS r WHERE pg_catalog.mod(pg_catalog.hash_record_extended(ROW(r."date", CAST(r."größe ""1""" AS text) COLLATE pg_catalog."C"), 0), 4) = 0) AS r
    ) AS x
    WHERE EXISTS (SELECT 1 FROM repeated WHERE ARRAY[repeated.k1] = ARRAY[x.k1] AND ARRAY[repeated.k2] = ARRAY[x.k2])
    GROUP BY k1, k2, c1
) AS same
;

SELECT COALESCE(SUM(GREATEST(more, 0)), 0)::bigint, COALESCE(SUM(GREATEST(-more, 0)), 0)::bigint
FROM (
SELECT c1, c2, COUNT(*) FILTER (WHERE side = 2) - COUNT(*) FILTER (WHERE side = 1) AS more
FROM (
SELECT 1 AS side, c1, c2 FROM (SELECT 1 AS there, r."nps" AS c1, r."share" AS c2 FROM "analytics"."nps_summary" AS r WHERE pg_catalog.mod(pg_catalog.hash_record_extended(ROW(r."nps", r."share"), 0), 4) = 0) AS r
UNION ALL
SELECT 2 AS side, c1, c2 FROM (SELECT 1 AS there, r."nps" AS c1, r."share" AS c2 FROM "pg_temp"."summary_tables_rows" AS r WHERE pg_catalog.mod(pg_catalog.hash_record_extended(ROW(r."nps", r."share"), 0), 4) = 0) AS r
) AS x
GROUP BY c1, c2
HAVING COUNT(*) FILTER (WHERE side = 2) <> COUNT(*) FILTER (WHERE side = 1)
) AS different
;

SELECT COUNT(*),
    COUNT(*) - COUNT(c1),
    pg_catalog.left(CAST(MIN(c1) AS text), 60),
    pg_catalog.left(CAST(MAX(c1) AS text), 60),
    CAST(AVG(CAST(c1 AS numeric)) AS text),
    COUNT(*) - COUNT(c2),
    pg_catalog.left(CAST(MIN(c2) AS text), 60),
    pg_catalog.left(CAST(MAX(c2) AS text), 60),
    CAST(AVG(CAST(c2 AS numeric)) AS text),
    COUNT(*) - COUNT(c3),
    CAST(NULL AS text),
    CAST(NULL AS text),
    CAST(NULL AS text)
FROM (SELECT 1 AS there, r."date" AS k1, CAST(r."größe ""1""" AS text) COLLATE pg_catalog."C" AS k2, r."nps" AS c1, r."share" AS c2, r."who" COLLATE pg_catalog."C" AS c3, r."tags" AS c4, CAST(r."data" AS jsonb) AS c5, CAST(r."mood" AS text) COLLATE pg_catalog."C" AS c6, r."new" AS c7 FROM "pg_temp"."summary_tables_rows" AS r) AS r
;

WITH found AS MATERIALIZED (
SELECT c6 AS value, COUNT(*) AS n FROM (SELECT 1 AS there, r."date" AS k1, CAST(r."größe ""1""" AS text) COLLATE pg_catalog."C" AS k2, r."nps" AS c1, r."share" AS c2, r."who" COLLATE pg_catalog."C" AS c3, r."tags" AS c4, CAST(r."data" AS jsonb) AS c5, CAST(r."mood" AS text) COLLATE pg_catalog."C" AS c6, r."old" AS c7 FROM "analytics"."nps_summary" AS r) AS r GROUP BY c6
)
SELECT CAST(NULL AS text), (SELECT COUNT(value) FROM found)
UNION ALL
(SELECT pg_catalog.left(CAST(value AS text), 60), n FROM found ORDER BY n DESC, value LIMIT 5)
;

SELECT CAST(NULL AS text), COUNT(value) FROM (
SELECT c3 AS value FROM (SELECT 1 AS there, r."date" AS k1, CAST(r."größe ""1""" AS text) COLLATE pg_catalog."C" AS k2, r."nps" AS c1, r."share" AS c2, r."who" COLLATE pg_catalog."C" AS c3, r."tags" AS c4, CAST(r."data" AS jsonb) AS c5, CAST(r."mood" AS text) COLLATE pg_catalog."C" AS c6, r."new" AS c7 FROM "pg_temp"."summary_tables_rows" AS r) AS r GROUP BY c3
) AS found
;

SELECT kind, v0, v1, v2, v3, v4, v5
FROM (
SELECT CASE WHEN is_new THEN 'added' WHEN is_gone THEN 'removed' ELSE 'changed' END AS kind, pg_catalog.left(CAST(COALESCE(ak1, bk1) AS text), 200) AS v0,
    pg_catalog.left(CAST(COALESCE(ak2, bk2) AS text), 200) AS v1,
    pg_catalog.left(CAST(a1 AS text), 200) AS v2,
    pg_catalog.left(CAST(a2 AS text), 200) AS v3,
    pg_catalog.left(CAST(b1 AS text), 200) AS v4,
    pg_catalog.left(CAST(b2 AS text), 200) AS v5,
    ROW_NUMBER() OVER (PARTITION BY CASE WHEN is_new THEN 'added' WHEN is_gone THEN 'removed' ELSE 'changed' END ORDER BY CASE WHEN is_new OR is_gone THEN 0 ELSE GREATEST(CASE WHEN d1 THEN COALESCE(CAST(CASE WHEN abs(CAST(a1 AS numeric)) < numeric 'Infinity' AND abs(CAST(b1 AS numeric)) < numeric 'Infinity' THEN abs(CAST(b1 AS numeric) - CAST(a1 AS numeric)) END AS numeric) / CAST('0.4' AS numeric), 1) ELSE 0 END, CASE WHEN d2 THEN 1 ELSE 0 END, CASE WHEN d4 THEN 0.5 ELSE 0 END, CASE WHEN d5 THEN 0.5 ELSE 0 END, CASE WHEN d6 THEN 0.5 ELSE 0 END, CASE WHEN d7 THEN 1 ELSE 0 END) END DESC, COALESCE(ak1, bk1), COALESCE(ak2, bk2)) AS place
FROM (
SELECT a.there IS NOT NULL AND b.there IS NOT NULL AS is_pair, a.there IS NULL AS is_new, b.there IS NULL AS is_gone,
    a.k1 AS ak1,
    a.k2 AS ak2,
    b.k1 AS bk1,
    b.k2 AS bk2,
    a.c1 AS a1, b.c1 AS b1,
    a.c2 AS a2, b.c2 AS b2,
    a.c4 AS a4, b.c4 AS b4,
    a.c5 AS a5, b.c5 AS b5,
    a.c7 AS a7, b.c7 AS b7,
    a.c1 IS DISTINCT FROM b.c1 AS d1,
    CASE WHEN a.c2 IS NOT DISTINCT FROM b.c2 THEN FALSE
        WHEN abs(a.c2) BETWEEN 1e-290 AND 1e290 AND abs(b.c2) BETWEEN 1e-290 AND 1e290 THEN abs(a.c2 - b.c2) > 1e-09 * abs(a.c2)
        ELSE TRUE END AS d2,
    a.c3 IS DISTINCT FROM b.c3 AS d3,
    a.c4 IS DISTINCT FROM b.c4 AS d4,
    a.c5 IS DISTINCT FROM b.c5 AS d5,
    a.c6 IS DISTINCT FROM b.c6 AS d6,
    a.c7 IS DISTINCT FROM b.c7 AS d7
FROM (SELECT 1 AS there, r."date" AS k1, CAST(r."größe ""1""" AS text) COLLATE pg_catalog."C" AS k2, r."nps" AS c1, r."share" AS c2, r."who" COLLATE pg_catalog."C" AS c3, r."tags" AS c4, CAST(r."data" AS jsonb) AS c5, CAST(r."mood" AS text) COLLATE pg_catalog."C" AS c6, r."old" AS c7 FROM "analytics"."nps_summary" AS r) AS a
FULL JOIN (SELECT 1 AS there, r."date" AS k1, CAST(r."größe ""1""" AS text) COLLATE pg_catalog."C" AS k2, r."nps" AS c1, r."share" AS c2, r."who" COLLATE pg_catalog."C" AS c3, r."tags" AS c4, CAST(r."data" AS jsonb) AS c5, CAST(r."mood" AS text) COLLATE pg_catalog."C" AS c6, r."new" AS c7 FROM "pg_temp"."summary_tables_rows" AS r) AS b ON a.k1 = b.k1 AND a.k2 = b.k2
OFFSET 0
) AS joined
WHERE is_new OR is_gone OR (d1 OR d2 OR d3 OR d4 OR d5 OR d6)
) AS ranked
WHERE place <= 5
ORDER BY kind <> 'changed', kind, place
;

SELECT kind, v0
FROM (
SELECT CASE WHEN more > 0 THEN 'added' ELSE 'removed' END AS kind, pg_catalog.left(CAST(c1 AS text), 200) AS v0,
    ROW_NUMBER() OVER (PARTITION BY more > 0 ORDER BY c1, c2) AS place
FROM (
SELECT c1, c2, COUNT(*) FILTER (WHERE side = 2) - COUNT(*) FILTER (WHERE side = 1) AS more
FROM (
SELECT 1 AS side, c1, c2 FROM (SELECT 1 AS there, r."nps" AS c1, r."share" AS c2 FROM "analytics"."nps_summary" AS r WHERE pg_catalog.mod(pg_catalog.hash_record_extended(ROW(r."nps", r."share"), 0), 4) = 0) AS r
UNION ALL
SELECT 2 AS side, c1, c2 FROM (SELECT 1 AS there, r."nps" AS c1, r."share" AS c2 FROM "pg_temp"."summary_tables_rows" AS r WHERE pg_catalog.mod(pg_catalog.hash_record_extended(ROW(r."nps", r."share"), 0), 4) = 0) AS r
) AS x
GROUP BY c1, c2
HAVING COUNT(*) FILTER (WHERE side = 2) <> COUNT(*) FILTER (WHERE side = 1)
) AS different
) AS ranked
WHERE place <= 5
ORDER BY kind, place
;
