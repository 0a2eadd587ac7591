CREATE TABLE IF NOT EXISTS "summary_tables"."watched_files" (
    file_name varchar(65535) NOT NULL,
    schema_name varchar(65535) NOT NULL,
    table_name varchar(65535) NOT NULL,
    digest varchar(65535) NOT NULL,
    document varchar(65535) NOT NULL,
    problems varchar(65535) NOT NULL,
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

SELECT schema_name, table_name, run_id, run_at, started_at, published_at, strategy, row_count
FROM (
    SELECT schema_name, table_name, run_id, run_at, started_at, published_at, strategy, row_count,
        ROW_NUMBER() OVER (PARTITION BY schema_name, table_name ORDER BY started_at DESC) AS place
    FROM "summary_tables"."build_log"
    WHERE published_at IS NOT NULL
) AS published
WHERE place = 1
;

SELECT file_name, schema_name, table_name, digest, document, problems, known_at
FROM "summary_tables"."watched_files"
;

DELETE FROM "summary_tables"."watched_files" WHERE file_name IN ('nps_summary.yaml', 'new\\.yaml')
;

INSERT INTO "summary_tables"."watched_files" (file_name, schema_name, table_name, digest, document, problems, known_at)
VALUES
('nps_summary.yaml', 'analytics', 'nps_summary', '00ff', '{"owner": "it''s 채널"}', '', TIMESTAMPTZ '2026-11-20 03:04:05.000000+00'),
('new\\.yaml', '', '', '11ee', '', '["12:1: `ouput_check`"]', TIMESTAMPTZ '2026-11-20 03:04:05.000000+00')
;
