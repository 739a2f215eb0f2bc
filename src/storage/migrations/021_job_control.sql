-- A job that is held by an admin is running and paused: nothing of it begins. A retry of what failed
-- lets the same job go on; begun_ms is when it was started or retried last.
ALTER TABLE job ADD COLUMN paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1));
ALTER TABLE job ADD COLUMN retries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE job ADD COLUMN begun_ms INTEGER NOT NULL DEFAULT 0;
UPDATE job SET begun_ms = created_ms;
