-- Slow mode has an account wait in one chat alone. chat_id 0: wherever it calls the method.
CREATE TABLE wait_rebuilt (
  account_id INTEGER NOT NULL,
  method     TEXT    NOT NULL,
  chat_id    INTEGER NOT NULL,
  until_ms   INTEGER NOT NULL,
  PRIMARY KEY (account_id, method, chat_id)
) STRICT, WITHOUT ROWID;
INSERT INTO wait_rebuilt (account_id, method, chat_id, until_ms)
  SELECT account_id, method, 0, until_ms FROM wait;
DROP TABLE wait;
ALTER TABLE wait_rebuilt RENAME TO wait;
