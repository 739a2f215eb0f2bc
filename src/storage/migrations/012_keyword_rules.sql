-- Keywords became rules. What was stored before stays what it was: the whole text is plain words.
ALTER TABLE keyword ADD COLUMN form TEXT NOT NULL DEFAULT 'plain' CHECK (form IN ('plain', 'rule'));
