-- Every match is a row of alert, kept for good (only its text is erased): statistics count them by time.
CREATE INDEX alert_created ON alert (created_ms);
