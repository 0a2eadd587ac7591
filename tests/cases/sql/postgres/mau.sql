SELECT
    TO_CHAR(B.ts, 'YYYY-MM') AS month,
    COUNT(DISTINCT A.userid) AS mau
FROM raw_data.user_session_channel A
JOIN raw_data.session_timestamp B ON A.sessionid = B.sessionid
GROUP BY 1
