-- Keywords, the ignore list, what was seen, the outbox of alerts, and how far each chat was read.
CREATE TABLE keyword (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  text TEXT NOT NULL,                   -- as the admin wrote it
  folded TEXT NOT NULL UNIQUE,          -- as it is matched
  added_ms INTEGER NOT NULL             -- UTC milliseconds, as every _ms
) STRICT;

CREATE TABLE ignored (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  peer_id INTEGER NOT NULL UNIQUE,      -- user (> 0) or chat (< 0)
  name TEXT NOT NULL,
  added_ms INTEGER NOT NULL
) STRICT;

-- Matched messages, so that each alerts once. identity: the message id in supergroups and channels;
-- in basic groups, where ids count per mailbox, sender, date and a hash of the text.
CREATE TABLE seen_message (
  chat_id INTEGER NOT NULL,
  identity TEXT NOT NULL,
  seen_ms INTEGER NOT NULL,
  PRIMARY KEY (chat_id, identity)
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_message_age ON seen_message (seen_ms);

-- The outbox. Written in one transaction with seen_message.
CREATE TABLE alert (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'done', 'refused')),
  sender_id INTEGER NOT NULL,           -- kept for the Ignore button after body is erased
  sender_chat_id INTEGER NOT NULL,
  sender_name TEXT NOT NULL,
  chat_id INTEGER NOT NULL,
  body TEXT NOT NULL,                   -- JSON: everything that is needed to write it; '' once erased
  created_ms INTEGER NOT NULL,
  attempt_ms INTEGER NOT NULL DEFAULT 0,  -- of the last handing over
  channel_id INTEGER NOT NULL DEFAULT 0,  -- the alert channel at that time
  sent_message_id INTEGER NOT NULL DEFAULT 0,  -- in that channel
  reason TEXT NOT NULL DEFAULT ''       -- for refused
) STRICT;
CREATE INDEX alert_unsent ON alert (id) WHERE state IN ('pending', 'sending');
CREATE INDEX alert_attempt ON alert (attempt_ms);
CREATE INDEX alert_sent ON alert (channel_id, sent_message_id);

-- Newest message up to which a chat was read without a hole. account_id: 0 in supergroups and
-- channels; the reader in basic groups.
CREATE TABLE chat_mark (
  account_id INTEGER NOT NULL,
  chat_id INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  PRIMARY KEY (account_id, chat_id)
) STRICT, WITHOUT ROWID;
