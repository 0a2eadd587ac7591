CREATE TEMPORARY VIEW summary_tables_source AS
SELECT day, count(*) AS n -- it's 100%
FROM raw_data.events GROUP BY 1;
;

CREATE TEMPORARY TABLE summary_tables_rows ON COMMIT DROP AS
SELECT * FROM pg_temp.summary_tables_source WITH NO DATA
;

DROP VIEW pg_temp.summary_tables_source
;

SAVEPOINT read_only
;

SET TRANSACTION READ ONLY
;

INSERT INTO pg_temp.summary_tables_rows
SELECT day, count(*) AS n -- it's 100%
FROM raw_data.events GROUP BY 1;
;

RELEASE SAVEPOINT read_only
;

SELECT * FROM pg_temp.summary_tables_rows
;
