SELECT
    regexp_replace(url, '^https?://([^/]+)/?.*$', '\1') AS host,
    (regexp_match(url, 'utm_source=([^&]+)'))[1] AS source,
    url ~* '\.(png|jpe?g)$' AS is_image,
    url !~ '^/admin' AS is_public,
    url SIMILAR TO '%/(a|b)/%' AS is_test,
    COUNT(*) AS hits
FROM logs.page_views
GROUP BY 1, 2, 3, 4, 5
