SET application_name = 'summary_tables'
;

SELECT SYSDATE
;

BEGIN READ ONLY
;

DECLARE guard CURSOR FOR
SELECT day, count(*) AS n -- it's 100%
FROM raw_data.events GROUP BY 1;
;

SELECT * FROM (
SELECT day, count(*) AS n -- it's 100%
FROM raw_data.events GROUP BY 1
) AS described LIMIT 0
;

RESET ALL
;

SET application_name = 'summary_tables'
;
