-- What admins changed in Settings. What is not here has its default.
CREATE TABLE preference (
  scope      INTEGER NOT NULL,  -- 0: the whole panel; else the admin whose own it is
  name       TEXT    NOT NULL,
  value      INTEGER NOT NULL,
  changed_by INTEGER NOT NULL,
  changed_ms INTEGER NOT NULL,  -- UTC
  PRIMARY KEY (scope, name)
) STRICT, WITHOUT ROWID;
