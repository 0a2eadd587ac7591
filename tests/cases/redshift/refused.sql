-- What PostgreSQL has and Redshift refuses, one query a line, as people write it; `--` is a comment.
SELECT payload::jsonb AS p FROM raw.events
SELECT payload::json ->> 'name' AS name FROM raw.events
SELECT CAST(payload AS jsonb) AS p FROM raw.events
SELECT id::uuid AS id FROM raw.users
SELECT CAST(id AS UUID) AS id FROM raw.users
SELECT payload #>> '{a,b}' AS b FROM raw.events
SELECT payload -> 'a' -> 'b' AS b FROM raw.events
SELECT payload @> '{"a": 1}' AS has_a FROM raw.events
SELECT data::bytea AS data FROM raw.files
SELECT price::money AS price FROM raw.orders
SELECT ip::inet AS ip FROM raw.visits
SELECT tags::text[] AS tags FROM raw.posts
SELECT '{1,2}'::int[] AS numbers FROM raw.posts
SELECT ARRAY[1, 2, 3] AS numbers FROM raw.posts
SELECT ARRAY_AGG(name) AS names FROM raw.users
SELECT STRING_AGG(name, ', ') AS names FROM raw.users
SELECT string_agg(name, ', ' ORDER BY name) AS names FROM raw.users
SELECT unnest(tags) AS tag FROM raw.posts
SELECT unnest(string_to_array(tags, ',')) AS tag FROM raw.posts
SELECT array_to_string(tags, ',') AS tags FROM raw.posts
SELECT array_length(tags, 1) AS n FROM raw.posts
SELECT d FROM generate_series('2026-01-01'::date, '2026-01-31'::date, '1 day') AS d
SELECT jsonb_array_elements(items) AS item FROM raw.orders
SELECT e.value AS v FROM raw.orders o, jsonb_each(o.payload) AS e
SELECT jsonb_build_object('a', a) AS o FROM raw.t
SELECT json_agg(a) AS l FROM raw.t
SELECT jsonb_agg(a) AS l FROM raw.t
SELECT row_to_json(t) AS o FROM raw.t t
SELECT to_jsonb(a) AS o FROM raw.t
SELECT jsonb_typeof(a) AS o FROM raw.t
SELECT jsonb_extract_path_text(a, 'b') AS o FROM raw.t
SELECT DISTINCT ON (user_id) user_id, day FROM raw.visits ORDER BY user_id, day DESC
SELECT COUNT(*) FILTER (WHERE paid) AS paid FROM raw.orders
SELECT u.id, o.day FROM raw.users u JOIN LATERAL (SELECT day FROM raw.orders o WHERE o.u = u.id LIMIT 1) o ON TRUE
SELECT a FROM raw.t WHERE a IS DISTINCT FROM b
SELECT a FROM raw.t WHERE a IS NOT DISTINCT FROM b
SELECT v.a FROM (VALUES (1), (2)) AS v (a)
SELECT a FROM raw.t WHERE name ILIKE ANY (ARRAY['a%', 'b%'])
SELECT a FROM raw.t WHERE a = ANY (ARRAY[1, 2])
SELECT regexp_matches(name, 'a(b)') AS m FROM raw.t
SELECT regexp_split_to_table(name, ',') AS m FROM raw.t
SELECT (regexp_split_to_array(name, ','))[1] AS m FROM raw.t
SELECT corr(a, b) AS c FROM raw.t
SELECT regr_slope(a, b) AS c FROM raw.t
SELECT covar_pop(a, b) AS c FROM raw.t
SELECT every(a) AS c FROM raw.t
SELECT width_bucket(a, 0, 10, 5) AS c FROM raw.t
SELECT div(a, 2) AS c FROM raw.t
SELECT format('%s-%s', a, b) AS c FROM raw.t
SELECT encode(a, 'hex') AS c FROM raw.t
SELECT overlay(a PLACING 'x' FROM 1) AS c FROM raw.t
SELECT clock_timestamp() AS c FROM raw.t
SELECT justify_days(a) AS c FROM raw.t
SELECT to_tsvector(a) AS c FROM raw.t
SELECT a::tsvector AS c FROM raw.t
SELECT daterange(a, b) AS c FROM raw.t
SELECT a::daterange AS c FROM raw.t
SELECT a::hstore AS c FROM raw.t
SELECT xmlagg(a) AS c FROM raw.t
SELECT a::xml AS c FROM raw.t
SELECT cardinality(tags) AS c FROM raw.t
SELECT bit_length(a) AS c FROM raw.t
SELECT a::point AS c FROM raw.t
SELECT a::bit(3) AS c FROM raw.t
