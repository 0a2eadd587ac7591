SELECT u.id, u.signed_up_at
FROM raw_data.users u
WHERE NOT EXISTS (SELECT FROM raw_data.visits v WHERE v.user_id = u.id)
  AND u.id NOT IN (SELECT user_id FROM raw_data.blocked WHERE user_id IS NOT NULL)
  AND (u.country, u.plan) IN (SELECT country, plan FROM crm.campaigns)
  AND u.score >= ALL (SELECT threshold FROM crm.limits)
