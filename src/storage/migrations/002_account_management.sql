-- What admins decide about an account, how far its deletion is, and what they are to be told.
ALTER TABLE account ADD COLUMN excluded INTEGER NOT NULL DEFAULT 0 CHECK (excluded IN (0, 1));
ALTER TABLE account ADD COLUMN limited INTEGER NOT NULL DEFAULT 0 CHECK (limited IN (0, 1));
ALTER TABLE account ADD COLUMN limited_until_ms INTEGER NOT NULL DEFAULT 0;  -- 0: Telegram named no date
-- While state is 'deleting': the state before it, or 'logged_out' once Telegram has confirmed.
ALTER TABLE account ADD COLUMN deleting_from TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN deleting_for INTEGER NOT NULL DEFAULT 0;  -- the admin to tell; 0: nobody

-- The account that this login is to replace the session of; 0: a new account.
ALTER TABLE login ADD COLUMN account_id INTEGER NOT NULL DEFAULT 0;

CREATE TABLE account_label (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  folded TEXT NOT NULL,                 -- equal for what people read as the same
  label TEXT NOT NULL,
  PRIMARY KEY (account_id, folded)
) STRICT, WITHOUT ROWID;

-- Written with the change that it tells of; gone once the admin was told.
CREATE TABLE account_notice (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  admin_id INTEGER NOT NULL,
  account_id INTEGER NOT NULL,
  account_name TEXT NOT NULL,
  what TEXT NOT NULL,                   -- a state of an account, 'limited' or 'deleted'
  reason TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  after_message_id INTEGER NOT NULL DEFAULT 0  -- in the admin's chat, before the handing over; 0: not yet
) STRICT;

-- Where to look for a notice whose sending was not confirmed.
CREATE TABLE notice_chat (
  admin_id INTEGER PRIMARY KEY,
  newest_message_id INTEGER NOT NULL
) STRICT;
