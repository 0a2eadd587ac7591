-- one row for each date
SELECT COUNT(1) AS bad
FROM (
  SELECT 1 AS found
  FROM {schema}.temp_{table} AS checked
  WHERE "date" IS NOT NULL
  GROUP BY "date"
  HAVING COUNT(1) > 1
) AS bad_values

-- 하루에 한 행
SELECT COUNT(1) AS bad
FROM (
  SELECT 1 AS found
  FROM {schema}.temp_{table} AS checked
  WHERE "date" IS NOT NULL AND "channel" IS NOT NULL
  GROUP BY "date", "channel"
  HAVING COUNT(1) > 1
) AS bad_values

-- only A, "it's", 3, true in channel
SELECT COUNT(1) AS bad FROM {schema}.temp_{table} AS checked WHERE "channel" NOT IN ('A', 'it''s', '3', 'true')

-- nps from -100 to 100
SELECT COUNT(1) AS bad FROM {schema}.temp_{table} AS checked WHERE "nps" < -100 OR "nps" > 100

-- date at least 2019-01-01 (raw_data.nps)
SELECT COUNT(1) AS bad FROM "raw_data"."nps" AS checked WHERE "date" < '2019-01-01'

-- month like ^\d{4}-\d{2}$
SELECT COUNT(1) AS bad FROM {schema}.temp_{table} AS checked WHERE "month" !~ ('^' || CHR(92) || 'd{4}-' || CHR(92) || 'd{2}$')

-- 1 to 20 characters in channel
SELECT COUNT(1) AS bad FROM {schema}.temp_{table} AS checked WHERE LENGTH("channel") < 1 OR LENGTH("channel") > 20

-- a row of raw_data.users with that id for each userid (raw_data.nps)
SELECT COUNT(1) AS bad FROM "raw_data"."nps" AS checked WHERE "userid" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "raw_data"."users" AS related WHERE related."id" = checked."userid")

-- the newest created_at within 26 hours (raw_data.nps)
SELECT
  EXTRACT(EPOCH FROM CAST('{{ data_interval_end }}' AS TIMESTAMPTZ))
  - EXTRACT(EPOCH FROM CAST(newest AS TIMESTAMPTZ)) AS age_seconds
FROM (
  SELECT CAST(MAX("created_at") AS VARCHAR) AS newest FROM "raw_data"."nps"
) AS newest_value

-- no day missing in date
SELECT COALESCE(SUM(next_day - day - 1), 0) AS missing
FROM (
  SELECT day, LEAD(day) OVER (ORDER BY day) AS next_day
  FROM (SELECT DISTINCT CAST("date" AS DATE) AS day FROM {schema}.temp_{table}) AS days
  WHERE day IS NOT NULL
) AS neighbours

-- no rows
SELECT COUNT(1) AS found FROM (
SELECT date FROM {schema}.temp_{table} WHERE nps > 100
) AS found_rows
