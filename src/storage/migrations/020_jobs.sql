-- One action over several accounts. Accounts may be deleted later: history keeps their ids and names.
CREATE TABLE job (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  state       TEXT    NOT NULL CHECK (state IN ('running', 'cancelled', 'done')),
  kind        TEXT    NOT NULL,
  spec        TEXT    NOT NULL CHECK (json_valid(spec)),
  started_by  INTEGER NOT NULL,
  created_ms  INTEGER NOT NULL,
  finished_ms INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX job_unfinished ON job (id) WHERE finished_ms = 0;

CREATE TABLE job_item (
  job_id        INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
  position      INTEGER NOT NULL,
  account_id    INTEGER NOT NULL,
  account_name  TEXT    NOT NULL,
  state         TEXT    NOT NULL
    CHECK (state IN ('queued', 'claimed', 'handed', 'waiting', 'done', 'failed', 'skipped')),
  reason        TEXT    NOT NULL DEFAULT '',
  not_before_ms INTEGER NOT NULL DEFAULT 0,
  attempts      INTEGER NOT NULL DEFAULT 0,
  epoch         INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (job_id, position)
) STRICT, WITHOUT ROWID;

-- The run of the panel that owns claimed and handed items; an item of an earlier run is reconciled.
CREATE TABLE job_owner (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  epoch    INTEGER NOT NULL
) STRICT;
INSERT INTO job_owner (only_row, epoch) VALUES (1, 0);

-- Until when an account must not call a method; a wall-clock time, so that a restart keeps it.
CREATE TABLE wait (
  account_id INTEGER NOT NULL,
  method     TEXT    NOT NULL,
  until_ms   INTEGER NOT NULL,
  PRIMARY KEY (account_id, method)
) STRICT, WITHOUT ROWID;

-- The account that was chosen last, so that it is not always the same first few.
CREATE TABLE rotation (
  name            TEXT    PRIMARY KEY,
  last_account_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
