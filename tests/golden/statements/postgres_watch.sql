CREATE TABLE IF NOT EXISTS "summary_tables"."watched_files" (
    file_name text NOT NULL,
    schema_name text NOT NULL,
    table_name text NOT NULL,
    digest text NOT NULL,
    document text NOT NULL,
    problems text NOT NULL,
    known_at timestamp with time zone NOT NULL,
    PRIMARY KEY (file_name)
)
;

COMMENT ON TABLE "summary_tables"."watched_files" IS 'The files of summary tables, as the DAG summary_tables_watch found them last.'
;

COMMENT ON COLUMN "summary_tables"."watched_files".file_name IS 'Name of the file in dag_configs/.'
;

COMMENT ON COLUMN "summary_tables"."watched_files".schema_name IS 'Schema of the summary table; empty: the file has never said it.'
;

COMMENT ON COLUMN "summary_tables"."watched_files".table_name IS 'Name of the summary table; empty: the file has never said it.'
;

COMMENT ON COLUMN "summary_tables"."watched_files".digest IS 'Tells one content of the file from another.'
;

COMMENT ON COLUMN "summary_tables"."watched_files".document IS 'What the last content that could be used says of times and people, as a JSON object.'
;

COMMENT ON COLUMN "summary_tables"."watched_files".problems IS 'Why the file cannot be used now, as a JSON list; empty: it can.'
;

COMMENT ON COLUMN "summary_tables"."watched_files".known_at IS 'When its times were found to be what they are.'
;

WITH RECURSIVE tables AS (
    (SELECT schema_name, table_name FROM "summary_tables"."build_log" ORDER BY schema_name, table_name LIMIT 1)
    UNION ALL
    SELECT following.* FROM tables t CROSS JOIN LATERAL (
        SELECT schema_name, table_name FROM "summary_tables"."build_log" l
        WHERE (l.schema_name, l.table_name) > (t.schema_name, t.table_name)
        ORDER BY schema_name, table_name LIMIT 1
    ) following
)
SELECT t.schema_name, t.table_name, b.run_id, b.run_at, b.started_at, b.published_at, b.strategy, b.row_count
FROM tables t
CROSS JOIN LATERAL (
    SELECT * FROM "summary_tables"."build_log" l
    WHERE l.schema_name = t.schema_name AND l.table_name = t.table_name AND published_at IS NOT NULL
    ORDER BY started_at DESC LIMIT 1
) b
;

SELECT file_name, schema_name, table_name, digest, document, problems, known_at
FROM "summary_tables"."watched_files"
;

DELETE FROM "summary_tables"."watched_files" WHERE file_name IN ('nps_summary.yaml',  E'new\\.yaml')
;

INSERT INTO "summary_tables"."watched_files" (file_name, schema_name, table_name, digest, document, problems, known_at)
VALUES
('nps_summary.yaml', 'analytics', 'nps_summary', '00ff', '{"owner": "it''s 채널"}', '', TIMESTAMPTZ '2026-11-20 03:04:05.000000+00'),
( E'new\\.yaml', '', '', '11ee', '', '["12:1: `ouput_check`"]', TIMESTAMPTZ '2026-11-20 03:04:05.000000+00')
;
