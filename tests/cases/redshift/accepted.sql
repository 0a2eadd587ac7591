-- What Redshift has, some of it under names of PostgreSQL, one query a line; `--` is a comment.
SELECT JSON_EXTRACT_PATH_TEXT(payload, 'a', 'b') AS b FROM raw.events
SELECT JSON_PARSE(payload) AS p, JSON_SERIALIZE(s) AS t, JSON_TYPEOF(s) AS k FROM raw.events
SELECT e.payload.name::varchar AS name, e.items[0] AS first FROM raw.events e
SELECT item.id AS id FROM raw.orders o, o.items AS item
SELECT o.order_id, p.product FROM raw.orders o, UNNEST(o.products) AS p (product)
SELECT ARRAY(1, 'a', 3.14) AS list, ARRAY_CONCAT(a, b) AS c, GET_ARRAY_LENGTH(a) AS n, SPLIT_TO_ARRAY(t, ',') AS s FROM raw.t
SELECT ARRAY_FLATTEN(a) AS f, SUBARRAY(a, 1, 2) AS s, OBJECT('a', 1) AS o FROM raw.t
SELECT LISTAGG(name, ', ') WITHIN GROUP (ORDER BY name) AS names FROM raw.t
SELECT a, b FROM raw.t QUALIFY ROW_NUMBER() OVER (PARTITION BY a ORDER BY b) = 1
SELECT a, COUNT(DISTINCT b) AS n FROM raw.t GROUP BY GROUPING SETS ((a), ())
SELECT a FROM raw.t WHERE name SIMILAR TO '%(a|b)%' AND name ~ '^a' AND name ILIKE '%x%'
SELECT name || ' #1 ->> @> ARRAY[1] ::jsonb' AS words FROM raw.t
SELECT "json", "uuid", filter, "values" FROM raw.t
SELECT a::varchar(36) AS id, a::super AS s, a::varbyte AS v, a::timestamptz AS t, a::geometry AS g FROM raw.t
SELECT uuid, json, format, every FROM raw.t
SELECT tools.format(a) AS f, tools.div(a, b) AS d FROM raw.t
WITH format AS (SELECT a FROM raw.t), every (a) AS (SELECT a FROM format) SELECT a FROM every
SELECT STDDEV_SAMP(a) AS s, VAR_POP(a) AS v, MEDIAN(a) AS m, BOOL_AND(b) AS e, BIT_AND(c) AS c FROM raw.t
SELECT REGEXP_SUBSTR(a, 'b') AS s, REGEXP_COUNT(a, 'b') AS n, REGEXP_REPLACE(a, 'b', 'c') AS r, OCTET_LENGTH(a) AS o FROM raw.t
SELECT DATEADD(day, 1, d) AS a, DATEDIFF(day, a, b) AS b, DATE_TRUNC('month', d) AS c, GETDATE() - INTERVAL '1 day' AS e FROM raw.t
SELECT CONVERT(int, a) AS a, CAST(b AS DOUBLE PRECISION) AS b, CAST(c AS CHARACTER VARYING(10)) AS c FROM raw.t
SELECT COUNT(*) AS n FROM raw.t WHERE a IN (1, 2) AND (b, c) IN (SELECT b, c FROM raw.u)
