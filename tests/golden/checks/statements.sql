-- at least 12 rows
SELECT COUNT(1) AS found FROM {schema}.temp_{table}

-- 12 to 1,000 rows in raw_data.nps
SELECT COUNT(1) AS found FROM "raw_data"."nps"

-- no empty value in date
SELECT
  COUNT(1) - COUNT("date") AS nulls_1
FROM {schema}.temp_{table}

-- no empty value in date, nps (raw_data.nps)
SELECT
  COUNT(1) - COUNT("date") AS nulls_1,
  COUNT(1) - COUNT("nps") AS nulls_2
FROM "raw_data"."nps"

-- one row for each date
SELECT COALESCE(SUM(found), 0) AS bad,
  MAX(CASE WHEN place = 1 THEN value END) AS sample_1,
  MAX(CASE WHEN place = 2 THEN value END) AS sample_2,
  MAX(CASE WHEN place = 3 THEN value END) AS sample_3,
  MAX(CASE WHEN place = 4 THEN value END) AS sample_4,
  MAX(CASE WHEN place = 5 THEN value END) AS sample_5
FROM (
  SELECT CAST("date" AS VARCHAR) AS value, 1 AS found,
         ROW_NUMBER() OVER (ORDER BY COUNT(1) DESC, "date") AS place
  FROM {schema}.temp_{table} AS checked
  WHERE "date" IS NOT NULL
  GROUP BY "date"
  HAVING COUNT(1) > 1
) AS bad_values

-- 하루에 한 행
SELECT COALESCE(SUM(found), 0) AS bad,
  MAX(CASE WHEN place = 1 THEN value END) AS sample_1,
  MAX(CASE WHEN place = 2 THEN value END) AS sample_2,
  MAX(CASE WHEN place = 3 THEN value END) AS sample_3,
  MAX(CASE WHEN place = 4 THEN value END) AS sample_4,
  MAX(CASE WHEN place = 5 THEN value END) AS sample_5
FROM (
  SELECT CAST("date" AS VARCHAR) || ', ' || CAST("channel" AS VARCHAR) AS value, 1 AS found,
         ROW_NUMBER() OVER (ORDER BY COUNT(1) DESC, "date", "channel") AS place
  FROM {schema}.temp_{table} AS checked
  WHERE "date" IS NOT NULL AND "channel" IS NOT NULL
  GROUP BY "date", "channel"
  HAVING COUNT(1) > 1
) AS bad_values

-- only A, "it's", 3, true in channel
SELECT COALESCE(SUM(found), 0) AS bad,
  MAX(CASE WHEN place = 1 THEN value END) AS sample_1,
  MAX(CASE WHEN place = 2 THEN value END) AS sample_2,
  MAX(CASE WHEN place = 3 THEN value END) AS sample_3,
  MAX(CASE WHEN place = 4 THEN value END) AS sample_4,
  MAX(CASE WHEN place = 5 THEN value END) AS sample_5
FROM (
  SELECT CAST("channel" AS VARCHAR) AS value, COUNT(1) AS found,
         ROW_NUMBER() OVER (ORDER BY COUNT(1) DESC, "channel") AS place
  FROM {schema}.temp_{table} AS checked
  WHERE "channel" NOT IN ('A', 'it''s', '3', 'true')
  GROUP BY "channel"
) AS bad_values

-- nps from -100 to 100
SELECT COALESCE(SUM(found), 0) AS bad,
  MAX(CASE WHEN place = 1 THEN value END) AS sample_1,
  MAX(CASE WHEN place = 2 THEN value END) AS sample_2,
  MAX(CASE WHEN place = 3 THEN value END) AS sample_3,
  MAX(CASE WHEN place = 4 THEN value END) AS sample_4,
  MAX(CASE WHEN place = 5 THEN value END) AS sample_5
FROM (
  SELECT CAST("nps" AS VARCHAR) AS value, COUNT(1) AS found,
         ROW_NUMBER() OVER (ORDER BY COUNT(1) DESC, "nps") AS place
  FROM {schema}.temp_{table} AS checked
  WHERE "nps" < -100 OR "nps" > 100
  GROUP BY "nps"
) AS bad_values

-- date at least 2019-01-01 (raw_data.nps)
SELECT COALESCE(SUM(found), 0) AS bad,
  MAX(CASE WHEN place = 1 THEN value END) AS sample_1,
  MAX(CASE WHEN place = 2 THEN value END) AS sample_2,
  MAX(CASE WHEN place = 3 THEN value END) AS sample_3,
  MAX(CASE WHEN place = 4 THEN value END) AS sample_4,
  MAX(CASE WHEN place = 5 THEN value END) AS sample_5
FROM (
  SELECT CAST("date" AS VARCHAR) AS value, COUNT(1) AS found,
         ROW_NUMBER() OVER (ORDER BY COUNT(1) DESC, "date") AS place
  FROM "raw_data"."nps" AS checked
  WHERE "date" < '2019-01-01'
  GROUP BY "date"
) AS bad_values

-- at most 5% empty values in nps
SELECT COUNT(1) - COUNT("nps") AS nulls, COUNT(1) AS found FROM {schema}.temp_{table}

-- month like ^\d{4}-\d{2}$
SELECT COALESCE(SUM(found), 0) AS bad,
  MAX(CASE WHEN place = 1 THEN value END) AS sample_1,
  MAX(CASE WHEN place = 2 THEN value END) AS sample_2,
  MAX(CASE WHEN place = 3 THEN value END) AS sample_3,
  MAX(CASE WHEN place = 4 THEN value END) AS sample_4,
  MAX(CASE WHEN place = 5 THEN value END) AS sample_5
FROM (
  SELECT CAST("month" AS VARCHAR) AS value, COUNT(1) AS found,
         ROW_NUMBER() OVER (ORDER BY COUNT(1) DESC, "month") AS place
  FROM {schema}.temp_{table} AS checked
  WHERE "month" !~ ('^' || CHR(92) || 'd{4}-' || CHR(92) || 'd{2}$')
  GROUP BY "month"
) AS bad_values

-- 1 to 20 characters in channel
SELECT COALESCE(SUM(found), 0) AS bad,
  MAX(CASE WHEN place = 1 THEN value END) AS sample_1,
  MAX(CASE WHEN place = 2 THEN value END) AS sample_2,
  MAX(CASE WHEN place = 3 THEN value END) AS sample_3,
  MAX(CASE WHEN place = 4 THEN value END) AS sample_4,
  MAX(CASE WHEN place = 5 THEN value END) AS sample_5
FROM (
  SELECT CAST("channel" AS VARCHAR) AS value, COUNT(1) AS found,
         ROW_NUMBER() OVER (ORDER BY COUNT(1) DESC, "channel") AS place
  FROM {schema}.temp_{table} AS checked
  WHERE LENGTH("channel") < 1 OR LENGTH("channel") > 20
  GROUP BY "channel"
) AS bad_values

-- a row of raw_data.users with that id for each userid (raw_data.nps)
SELECT COALESCE(SUM(found), 0) AS bad,
  MAX(CASE WHEN place = 1 THEN value END) AS sample_1,
  MAX(CASE WHEN place = 2 THEN value END) AS sample_2,
  MAX(CASE WHEN place = 3 THEN value END) AS sample_3,
  MAX(CASE WHEN place = 4 THEN value END) AS sample_4,
  MAX(CASE WHEN place = 5 THEN value END) AS sample_5
FROM (
  SELECT CAST("userid" AS VARCHAR) AS value, COUNT(1) AS found,
         ROW_NUMBER() OVER (ORDER BY COUNT(1) DESC, "userid") AS place
  FROM "raw_data"."nps" AS checked
  WHERE "userid" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "raw_data"."users" AS related WHERE related."id" = checked."userid")
  GROUP BY "userid"
) AS bad_values

-- the newest created_at within 26 hours (raw_data.nps)
SELECT
  EXTRACT(EPOCH FROM CAST('{{ data_interval_end }}' AS TIMESTAMPTZ))
  - EXTRACT(EPOCH FROM CAST(newest AS TIMESTAMPTZ)) AS age_seconds,
  newest
FROM (
  SELECT CAST(MAX("created_at") AS VARCHAR) AS newest FROM "raw_data"."nps"
) AS newest_value

-- no day missing in date
SELECT COALESCE(SUM(next_day - day - 1), 0) AS missing,
  CAST(MIN(CASE WHEN next_day > day + 1 THEN day + 1 END) AS VARCHAR) AS first_missing,
  CAST(MAX(CASE WHEN next_day > day + 1 THEN next_day - 1 END) AS VARCHAR) AS last_missing
FROM (
  SELECT day, LEAD(day) OVER (ORDER BY day) AS next_day
  FROM (SELECT DISTINCT CAST("date" AS DATE) AS day FROM {schema}.temp_{table}) AS days
  WHERE day IS NOT NULL
) AS neighbours

-- the sum of x from 1 to 2
SELECT SUM("x") AS found FROM {schema}.temp_{table}

-- the average of x at most 2.5
SELECT AVG("x") AS found FROM {schema}.temp_{table}

-- the sum of x at most 10% lower than readers see now
SELECT (SELECT SUM("x") FROM {schema}.temp_{table}) AS found,
  (SELECT SUM("x") FROM {live_table} AS live) AS before

-- the average of a"b at least 1 and between 10% lower and 0.5% higher than readers see now
SELECT (SELECT AVG("a""b") FROM {schema}.temp_{table}) AS found,
  (SELECT AVG("a""b") FROM {live_table} AS live) AS before

-- as many rows as raw_data.orders
SELECT (SELECT COUNT(1) FROM {schema}.temp_{table}) AS found, (SELECT COUNT(1) FROM "raw_data"."orders") AS wanted

-- as many rows as raw_data.orders in raw_data.nps
SELECT (SELECT COUNT(1) FROM "raw_data"."nps") AS found, (SELECT COUNT(1) FROM "raw_data"."orders") AS wanted

-- rows between 10% fewer and 50% more than the previous build
SELECT checked.found, earlier.row_count, earlier.run_at
FROM (SELECT COUNT(1) AS found FROM {schema}.temp_{table}) AS checked
LEFT JOIN (
  SELECT row_count, run_at FROM {earlier_builds} AS builds
  ORDER BY run_at DESC, published_at DESC
  LIMIT 1
) AS earlier ON 1 = 1

-- rows no fewer than the previous build
SELECT checked.found, earlier.row_count, earlier.run_at
FROM (SELECT COUNT(1) AS found FROM {schema}.temp_{table}) AS checked
LEFT JOIN (
  SELECT row_count, run_at FROM {earlier_builds} AS builds
  ORDER BY run_at DESC, published_at DESC
  LIMIT 1
) AS earlier ON 1 = 1

-- rows at most 12.5% more than the last build of the same weekday
SELECT checked.found, earlier.row_count, earlier.run_at
FROM (SELECT COUNT(1) AS found FROM {schema}.temp_{table}) AS checked
LEFT JOIN (
  SELECT row_count, run_at FROM {earlier_builds} AS builds
  WHERE is_same_weekday
  ORDER BY run_at DESC, published_at DESC
  LIMIT 1
) AS earlier ON 1 = 1

-- no rows
SELECT date FROM {schema}.temp_{table} WHERE nps > 100

-- at least 12 rows
SELECT COUNT(1) FROM {schema}.temp_{table}
