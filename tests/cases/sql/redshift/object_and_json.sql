SELECT id,
       JSON_EXTRACT_PATH_TEXT(payload, 'device', 'os', true) AS os,
       JSON_PARSE(payload) AS document,
       OBJECT('id', id, 'n', 1) AS pair,
       ARRAY(1, 2, 3) AS numbers,
       ARRAY_CONCAT(ARRAY(1), ARRAY(2)) AS joined,
       GET_ARRAY_LENGTH(JSON_PARSE('[1,2]')) AS size
FROM raw_data.events
WHERE CAN_JSON_PARSE(payload)
