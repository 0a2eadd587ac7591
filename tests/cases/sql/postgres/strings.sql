SELECT
    substring(email FROM '@(.*)$') AS domain,
    overlay(phone PLACING '***' FROM 4 FOR 3) AS masked_phone,
    position('@' IN email) AS at_position,
    trim(BOTH ' .' FROM name) || ' (' || upper(left(country, 2)) || ')' AS label,
    format('%s-%s', id, lpad(seq::text, 6, '0')) AS code,
    E'tab\tand ''quote''' AS escaped,
    U&'\0041' AS letter,
    $note$it's "free"$note$ AS note,
    name COLLATE "C" AS sort_name
FROM crm.customers
