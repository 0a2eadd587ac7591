{
          'table': 'nps_summary',
          'schema': 'analytics',
          'description': 'Net Promoter Score per day.',
          'owner': 'growth',
          'schedule': '0 3 * * *',
          'main_sql': """
SELECT
  LEFT(created_at, 10) AS date,
  ROUND(
    100.0 * SUM(
      CASE
        WHEN score >= 9 THEN 1    -- promoters
        WHEN score <= 6 THEN -1   -- detractors
        ELSE 0
      END
    ) / COUNT(1),
    2
  ) AS nps
FROM raw_data.nps
GROUP BY 1;""",
          'input_check':
          [
            {
              'sql': 'SELECT COUNT(1) FROM raw_data.nps',
              'count': 150000
            },
          ],
          'output_check':
          [
            {
              'sql': 'SELECT COUNT(1) FROM {schema}.temp_{table}',
              'count': 12
            }
          ],
}
