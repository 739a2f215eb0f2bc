-- Accounts, and logins in progress. Full phone numbers are not stored; keys are wrapped by the master key.
CREATE TABLE account (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL UNIQUE,
  name TEXT NOT NULL,
  username TEXT NOT NULL,
  masked_phone TEXT NOT NULL,
  folder TEXT NOT NULL UNIQUE,          -- name inside <data>/sessions
  wrapped_key BLOB NOT NULL,            -- of the TDLib database in the folder
  state TEXT NOT NULL CHECK (state IN ('active', 'disabled', 'login_needed', 'banned',
                                       'duplicated_key', 'wrong_key', 'deleting')),
  reason TEXT NOT NULL DEFAULT '',      -- plain words; empty for active
  since_ms INTEGER NOT NULL,            -- of state, UTC milliseconds
  added_ms INTEGER NOT NULL
) STRICT;

-- Written before a login's client opens; gone once the folder is an account's, or removed.
CREATE TABLE login (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  folder TEXT NOT NULL UNIQUE,
  wrapped_key BLOB NOT NULL,
  begun_ms INTEGER NOT NULL
) STRICT;
