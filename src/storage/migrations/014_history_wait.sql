-- Until when Telegram asked an account not to ask for histories; obeyed over a restart.
CREATE TABLE history_wait (
  account_id INTEGER PRIMARY KEY,
  until_ms INTEGER NOT NULL
) STRICT;
