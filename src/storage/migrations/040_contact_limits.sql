-- Items that are done at most once: a state for an outcome that nobody knows, and where the chat stood
-- before the handing over.
CREATE TABLE job_item_rebuilt (
  job_id        INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
  position      INTEGER NOT NULL,
  account_id    INTEGER NOT NULL,
  account_name  TEXT    NOT NULL,
  state         TEXT    NOT NULL
    CHECK (state IN ('queued', 'claimed', 'handed', 'waiting', 'done', 'failed', 'skipped', 'unknown')),
  reason        TEXT    NOT NULL DEFAULT '',
  not_before_ms INTEGER NOT NULL DEFAULT 0,
  attempts      INTEGER NOT NULL DEFAULT 0,
  epoch         INTEGER NOT NULL DEFAULT 0,
  mark          TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (job_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO job_item_rebuilt (job_id, position, account_id, account_name, state, reason, not_before_ms,
                              attempts, epoch)
  SELECT job_id, position, account_id, account_name, state, reason, not_before_ms, attempts, epoch
  FROM job_item;
DROP TABLE job_item;
ALTER TABLE job_item_rebuilt RENAME TO job_item;

-- Unsolicited messages: written with the handing over, removed when Telegram certainly did not take it.
CREATE TABLE contact (
  job_id       INTEGER NOT NULL,
  position     INTEGER NOT NULL,
  account_id   INTEGER NOT NULL,
  recipient_id INTEGER NOT NULL,
  at_ms        INTEGER NOT NULL,
  PRIMARY KEY (job_id, position)
) STRICT, WITHOUT ROWID;

-- Accounts to which Telegram said PEER_FLOOD.
CREATE TABLE contact_stop (
  account_id INTEGER PRIMARY KEY,
  since_ms   INTEGER NOT NULL,
  until_ms   INTEGER NOT NULL,
  told       INTEGER NOT NULL DEFAULT 0
) STRICT;

-- People to whom no account writes. A user whose id is not known yet is met by the name.
CREATE TABLE do_not_contact (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id  INTEGER NOT NULL DEFAULT 0,
  username TEXT    NOT NULL DEFAULT '',
  name     TEXT    NOT NULL DEFAULT '',
  added_by INTEGER NOT NULL,
  added_ms INTEGER NOT NULL,
  CHECK (user_id <> 0 OR username <> '')
) STRICT;
CREATE UNIQUE INDEX do_not_contact_user ON do_not_contact (user_id) WHERE user_id <> 0;
CREATE UNIQUE INDEX do_not_contact_name ON do_not_contact (username) WHERE user_id = 0;

-- Every act of an account. Names stay when accounts and jobs go.
CREATE TABLE audit (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms        INTEGER NOT NULL,
  admin_id     INTEGER NOT NULL,
  job_id       INTEGER NOT NULL,
  account_id   INTEGER NOT NULL,
  account_name TEXT    NOT NULL,
  action       TEXT    NOT NULL,
  target       TEXT    NOT NULL,
  outcome      TEXT    NOT NULL,
  reason       TEXT    NOT NULL
) STRICT;
CREATE INDEX audit_by_time ON audit (at_ms);
