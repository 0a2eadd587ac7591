CREATE TABLE IF NOT EXISTS "summary_tables"."incident_log" (
    incident_id text,
    schema_name text,
    table_name text,
    kind text,
    about text,
    opened_at timestamp with time zone,
    opened_by text,
    causes text,
    reason text,
    failed_runs integer,
    last_run_id text,
    seen_at timestamp with time zone,
    reminded_at timestamp with time zone,
    live_at timestamp with time zone,
    places text,
    is_silent boolean,
    closed_at timestamp with time zone,
    closed_by text,
    PRIMARY KEY (incident_id)
)
;

CREATE INDEX ON "summary_tables"."incident_log" ("schema_name", "table_name", "opened_at")
;

CREATE UNIQUE INDEX ON "summary_tables"."incident_log" ("schema_name", "table_name", "about") WHERE closed_at IS NULL
;

COMMENT ON TABLE "summary_tables"."incident_log" IS 'What was wrong with summary tables, one row from the first failure to the next good build.'
;

COMMENT ON COLUMN "summary_tables"."incident_log".incident_id IS 'Tells the incidents apart.'
;

COMMENT ON COLUMN "summary_tables"."incident_log".schema_name IS 'Schema of the summary table.'
;

COMMENT ON COLUMN "summary_tables"."incident_log".table_name IS 'Name of the summary table.'
;

COMMENT ON COLUMN "summary_tables"."incident_log".kind IS 'What opened it. failed: a run failed. late: the table was not there when it had to be. waiting: other tables were late because of it. broken_file: its file could not be read.'
;

COMMENT ON COLUMN "summary_tables"."incident_log".about IS 'build: the table is not built. file: its file cannot be read. waiting: others wait for it, of whom the place that is named hears. One of each at most is open.'
;

COMMENT ON COLUMN "summary_tables"."incident_log".opened_at IS 'When it was seen first.'
;

COMMENT ON COLUMN "summary_tables"."incident_log".opened_by IS 'Airflow run that opened it; empty: none did.'
;

COMMENT ON COLUMN "summary_tables"."incident_log".causes IS 'What went wrong, as a JSON list of short names, in the order in which it was seen.'
;

COMMENT ON COLUMN "summary_tables"."incident_log".reason IS 'Why it was opened, in the words of the message: values of the table may be among them.'
;

COMMENT ON COLUMN "summary_tables"."incident_log".failed_runs IS 'How many runs have failed.'
;

COMMENT ON COLUMN "summary_tables"."incident_log".last_run_id IS 'The last of them.'
;

COMMENT ON COLUMN "summary_tables"."incident_log".seen_at IS 'When it was seen last.'
;

COMMENT ON COLUMN "summary_tables"."incident_log".reminded_at IS 'When people were last told that it goes on; empty: never.'
;

COMMENT ON COLUMN "summary_tables"."incident_log".live_at IS 'When the build was due that readers saw when it was opened; empty: none, or nobody knows.'
;

COMMENT ON COLUMN "summary_tables"."incident_log".places IS 'Where it is told, as a JSON list.'
;

COMMENT ON COLUMN "summary_tables"."incident_log".is_silent IS 'Nobody is told of it: a message about another table says it.'
;

COMMENT ON COLUMN "summary_tables"."incident_log".closed_at IS 'When it was over; empty: it is open.'
;

COMMENT ON COLUMN "summary_tables"."incident_log".closed_by IS 'Airflow run that closed it; empty: none did.'
;

CREATE TABLE IF NOT EXISTS "summary_tables"."message_log" (
    message_id text,
    incident_id text,
    schema_name text,
    table_name text,
    owner text,
    kind text,
    notifier text,
    conn_id text,
    channel text,
    mention text,
    notice text,
    recorded_at timestamp with time zone,
    not_before_at timestamp with time zone,
    claimed_at timestamp with time zone,
    claimed_by text,
    tries integer,
    problem text,
    thread text,
    told_at timestamp with time zone,
    done_at timestamp with time zone,
    PRIMARY KEY (message_id)
)
;

CREATE INDEX ON "summary_tables"."message_log" ("incident_id", "recorded_at")
;

CREATE INDEX ON "summary_tables"."message_log" ("message_id") WHERE done_at IS NULL
;

COMMENT ON TABLE "summary_tables"."message_log" IS 'Messages about summary tables, one row for each place that is told.'
;

COMMENT ON COLUMN "summary_tables"."message_log".message_id IS 'Tells the messages apart.'
;

COMMENT ON COLUMN "summary_tables"."message_log".incident_id IS 'The incident, as in incident_log; empty: it belongs to none.'
;

COMMENT ON COLUMN "summary_tables"."message_log".schema_name IS 'Schema of the summary table.'
;

COMMENT ON COLUMN "summary_tables"."message_log".table_name IS 'Name of the summary table.'
;

COMMENT ON COLUMN "summary_tables"."message_log".owner IS 'Owner of the table; empty: nobody was named.'
;

COMMENT ON COLUMN "summary_tables"."message_log".kind IS 'first: something is wrong. change: it has another cause. reminder: it goes on. recovery: it is over. warning: a check warned. digest: several warnings in one.'
;

COMMENT ON COLUMN "summary_tables"."message_log".notifier IS 'How it is told, e.g. slack; empty: as the type of the connection says.'
;

COMMENT ON COLUMN "summary_tables"."message_log".conn_id IS 'Airflow connection of the place.'
;

COMMENT ON COLUMN "summary_tables"."message_log".channel IS 'Channel there; empty: the one of the connection.'
;

COMMENT ON COLUMN "summary_tables"."message_log".mention IS 'Who is called.'
;

COMMENT ON COLUMN "summary_tables"."message_log".notice IS 'What is said, as a JSON object: values of the table may be in it.'
;

COMMENT ON COLUMN "summary_tables"."message_log".recorded_at IS 'When it was written here.'
;

COMMENT ON COLUMN "summary_tables"."message_log".not_before_at IS 'When it may be told at the earliest.'
;

COMMENT ON COLUMN "summary_tables"."message_log".claimed_at IS 'When somebody began to tell it; empty: nobody does.'
;

COMMENT ON COLUMN "summary_tables"."message_log".claimed_by IS 'Who did, a name for this once.'
;

COMMENT ON COLUMN "summary_tables"."message_log".tries IS 'How often somebody began.'
;

COMMENT ON COLUMN "summary_tables"."message_log".problem IS 'Why it was not told at the last try; empty: it was.'
;

COMMENT ON COLUMN "summary_tables"."message_log".thread IS 'Where it stands, for the messages that follow it; empty: nobody can say.'
;

COMMENT ON COLUMN "summary_tables"."message_log".told_at IS 'When it was told; empty: it was not.'
;

COMMENT ON COLUMN "summary_tables"."message_log".done_at IS 'When it was told or given up; empty: it is to be told.'
;

SELECT pg_catalog.pg_advisory_xact_lock(3557080982400516911)
;

SELECT incident_id, schema_name, table_name, kind, about, opened_at, opened_by, causes, reason,
    failed_runs, last_run_id, seen_at, reminded_at, live_at, places, is_silent, closed_at, closed_by
FROM "summary_tables"."incident_log"
WHERE closed_at IS NULL
ORDER BY opened_at, incident_id
;

SELECT incident_id, schema_name, table_name, kind, about, opened_at, opened_by, causes, reason,
    failed_runs, last_run_id, seen_at, reminded_at, live_at, places, is_silent, closed_at, closed_by
FROM "summary_tables"."incident_log"
WHERE schema_name = 'analytics' AND table_name = 'nps_summary' AND closed_at IS NULL
ORDER BY opened_at
;

SELECT incident_id, schema_name, table_name, kind, about, opened_at, opened_by, causes, reason,
    failed_runs, last_run_id, seen_at, reminded_at, live_at, places, is_silent, closed_at, closed_by
FROM "summary_tables"."incident_log"
WHERE schema_name = 'analytics' AND table_name = 'nps_summary'
ORDER BY opened_at DESC
LIMIT 5
;

INSERT INTO "summary_tables"."incident_log" (incident_id, schema_name, table_name, kind, about, opened_at, opened_by, live_at, causes, reason, failed_runs, last_run_id, seen_at, reminded_at, places, is_silent, closed_at, closed_by)
VALUES ('7c4f', 'analytics', 'nps_summary', 'failed', 'build', TIMESTAMPTZ '2026-11-20 03:04:05.000000+00',  E'scheduled\\it''s', TIMESTAMPTZ '2026-11-19 03:04:05.000000+00', '["output_check.at_least_12", "failed"]', 'Expected only "A", got 채널.', 1,  E'scheduled\\it''s', TIMESTAMPTZ '2026-11-20 03:04:05.000000+00', NULL, '[{"conn_id": "slack_default", "notifier": "slack", "channel": "", "mention": "<!here>"}]', FALSE, NULL, '')
;

UPDATE "summary_tables"."incident_log"
SET causes = '["output_check.at_least_12", "failed"]',
    reason = 'Expected only "A", got 채널.',
    failed_runs = 5,
    last_run_id =  E'scheduled\\it''s',
    seen_at = TIMESTAMPTZ '2026-11-20 03:04:05.000000+00',
    reminded_at = TIMESTAMPTZ '2026-11-21 03:04:05.000000+00',
    places = '[{"conn_id": "slack_default", "notifier": "slack", "channel": "", "mention": "<!here>"}]',
    is_silent = FALSE,
    closed_at = TIMESTAMPTZ '2026-11-21 03:04:05.000000+00',
    closed_by = 'manual'
WHERE incident_id = '7c4f'
;

INSERT INTO "summary_tables"."message_log" (message_id, incident_id, schema_name, table_name, owner, kind, notifier, conn_id, channel, mention, notice, recorded_at, not_before_at, tries, thread, told_at, done_at)
VALUES ('a1b2', '7c4f', 'analytics', 'nps_summary', 'growth', 'first', 'slack', 'slack_default', '#data', '<!here>',  E'{"sign": "❌", "headline": "Output check failed: analytics.nps_summary", "words": "It''s 100% C:\\\\dir", "explanation": "", "since": "", "live": "", "details": "", "lists": [], "facts": [{"name": "Owner", "pieces": [{"text": "growth", "is_code": false}]}], "query": "", "links": [], "context": [], "is_urgent": true}', (
    SELECT GREATEST(TIMESTAMPTZ '2026-11-20 03:04:05.000000+00', MAX(recorded_at) + INTERVAL '1 microsecond')
    FROM "summary_tables"."message_log"
    WHERE schema_name = 'analytics' AND table_name = 'nps_summary'
), TIMESTAMPTZ '2026-11-20 03:04:05.000000+00', 0, '', NULL, NULL)
;

INSERT INTO "summary_tables"."message_log" (message_id, incident_id, schema_name, table_name, owner, kind, notifier, conn_id, channel, mention, notice, recorded_at, not_before_at, tries, thread, told_at, done_at)
VALUES ('a1b2', '7c4f', 'analytics', 'nps_summary', 'growth', 'first', 'slack', 'slack_default', '#data', '<!here>',  E'{"sign": "❌", "headline": "Output check failed: analytics.nps_summary", "words": "It''s 100% C:\\\\dir", "explanation": "", "since": "", "live": "", "details": "", "lists": [], "facts": [{"name": "Owner", "pieces": [{"text": "growth", "is_code": false}]}], "query": "", "links": [], "context": [], "is_urgent": true}', (
    SELECT GREATEST(TIMESTAMPTZ '2026-11-20 03:04:05.000000+00', MAX(recorded_at) + INTERVAL '1 microsecond')
    FROM "summary_tables"."message_log"
    WHERE schema_name = 'analytics' AND table_name = 'nps_summary'
), TIMESTAMPTZ '2026-11-20 03:04:05.000000+00', 0, 'C1:1.2', TIMESTAMPTZ '2026-11-20 03:04:05.000000+00', TIMESTAMPTZ '2026-11-20 03:04:05.000000+00')
;

UPDATE "summary_tables"."message_log"
SET done_at = TIMESTAMPTZ '2026-11-21 03:04:05.000000+00', problem = 'It was over before this was told.'
WHERE done_at IS NULL AND kind <> 'recovery' AND incident_id IN (SELECT incident_id FROM "summary_tables"."incident_log" WHERE closed_at IS NOT NULL)
    AND (claimed_at IS NULL OR claimed_at < TIMESTAMPTZ '2026-11-20 03:04:05.000000+00')
;

UPDATE "summary_tables"."message_log"
SET claimed_by = 'me', claimed_at = TIMESTAMPTZ '2026-11-21 03:04:05.000000+00', tries = tries + 1
WHERE message_id = ANY (ARRAY(
    SELECT m.message_id FROM "summary_tables"."message_log" m
    WHERE m.done_at IS NULL AND m.not_before_at <= TIMESTAMPTZ '2026-11-21 03:04:05.000000+00'
    AND (m.claimed_at IS NULL OR m.claimed_at < TIMESTAMPTZ '2026-11-20 03:04:05.000000+00')
    AND NOT EXISTS (
        SELECT 1 FROM "summary_tables"."message_log" e
        WHERE e.incident_id = m.incident_id AND e.incident_id <> '' AND e.done_at IS NULL
        AND e.notifier = m.notifier AND e.conn_id = m.conn_id AND e.channel = m.channel
        AND (e.recorded_at < m.recorded_at
            OR e.recorded_at = m.recorded_at AND e.message_id < m.message_id)
    )
    ORDER BY m.recorded_at, m.message_id
    LIMIT 100
    FOR UPDATE SKIP LOCKED
))
;

SELECT m.message_id, m.incident_id, m.schema_name, m.table_name, m.owner, m.kind, m.notifier, m.conn_id, m.channel,
    m.mention, m.notice, m.recorded_at, m.not_before_at, m.tries, (
    SELECT MAX(f.thread) FROM "summary_tables"."message_log" f
    WHERE f.incident_id = m.incident_id AND f.incident_id <> '' AND f.kind = 'first'
    AND f.notifier = m.notifier AND f.conn_id = m.conn_id AND f.channel = m.channel
)
FROM "summary_tables"."message_log" m
WHERE m.claimed_by = 'me' AND m.done_at IS NULL
ORDER BY m.recorded_at, m.message_id
;

SELECT conn_id, COUNT(*), MAX(problem)
FROM "summary_tables"."message_log"
WHERE done_at IS NULL AND problem <> ''
GROUP BY conn_id
ORDER BY conn_id
;

UPDATE "summary_tables"."message_log"
SET told_at = TIMESTAMPTZ '2026-11-21 03:04:05.000000+00', done_at = TIMESTAMPTZ '2026-11-21 03:04:05.000000+00', problem = '', thread = 'C1:1.2'
WHERE message_id = 'a1b2' AND claimed_by = 'me'
;

UPDATE "summary_tables"."message_log"
SET problem = 'HTTP 500', claimed_at = NULL, claimed_by = NULL, not_before_at = TIMESTAMPTZ '2026-11-21 03:04:05.000000+00'
WHERE message_id = 'a1b2' AND claimed_by = 'me'
;

UPDATE "summary_tables"."message_log"
SET problem = 'HTTP 404', done_at = TIMESTAMPTZ '2026-11-21 03:04:05.000000+00'
WHERE message_id = 'a1b2' AND claimed_by = 'me'
;

UPDATE "summary_tables"."message_log"
SET claimed_at = NULL, claimed_by = NULL, tries = tries - 1
WHERE claimed_by = 'me' AND done_at IS NULL
;

DELETE FROM "summary_tables"."incident_log"
WHERE schema_name = 'analytics' AND table_name = 'nps_summary' AND closed_at < pg_catalog.clock_timestamp() - INTERVAL '400 days'
;

DELETE FROM "summary_tables"."message_log"
WHERE schema_name = 'analytics' AND table_name = 'nps_summary' AND done_at < pg_catalog.clock_timestamp() - INTERVAL '400 days'
;
