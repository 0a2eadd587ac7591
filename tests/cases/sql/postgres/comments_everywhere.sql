/* who: growth /* nested */ */
SELECT -- the day; not the month
    day, /* n = count(*) */ COUNT(*) AS "n -- of visits"
FROM raw_data.visits -- ' " { %
WHERE path <> '/*' AND note <> '--' AND note <> '{"a": {1}}'
GROUP BY day;
