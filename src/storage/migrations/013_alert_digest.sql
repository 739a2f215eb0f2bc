-- Several alerts may be sent as one message: the first of them; 0: it is sent alone.
ALTER TABLE alert ADD COLUMN digest_id INTEGER NOT NULL DEFAULT 0;
