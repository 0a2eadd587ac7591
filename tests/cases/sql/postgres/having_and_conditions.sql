SELECT campaign, COUNT(*) FILTER (WHERE clicked)::float8 / COUNT(*) AS click_rate
FROM crm.mails
WHERE sent_at >= now() - INTERVAL '90 days'
  AND subject NOT LIKE '%test%' ESCAPE '!'
  AND opened IS NOT UNKNOWN
  AND recipient ILIKE ANY (ARRAY['%@example.com', '%@example.org'])
GROUP BY campaign
HAVING COUNT(*) >= 100 AND MAX(sent_at) IS NOT NULL
