-- Accounts that Telegram has frozen: they may read and nothing else.
ALTER TABLE account ADD COLUMN frozen INTEGER NOT NULL DEFAULT 0 CHECK (frozen IN (0, 1));
ALTER TABLE account ADD COLUMN frozen_since_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN frozen_until_ms INTEGER NOT NULL DEFAULT 0;  -- deleted then; 0: not named
ALTER TABLE account ADD COLUMN appeal_link TEXT NOT NULL DEFAULT '';
