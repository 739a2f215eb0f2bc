-- The groups of each account as they were when an admin last asked for them, so that new and gone ones
-- are told also after a restart.
CREATE TABLE known_group (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  chat_id INTEGER NOT NULL,
  title TEXT NOT NULL,
  PRIMARY KEY (account_id, chat_id)
) STRICT, WITHOUT ROWID;
ALTER TABLE account ADD COLUMN groups_known_ms INTEGER NOT NULL DEFAULT 0;  -- when that was; 0: never
