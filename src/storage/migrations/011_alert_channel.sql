-- Where to look for an alert whose sending was not confirmed: message ids of a channel only grow.
CREATE TABLE alert_channel (
  channel_id INTEGER PRIMARY KEY,
  newest_message_id INTEGER NOT NULL    -- known when an alert was last handed over, or confirmed
) STRICT;
INSERT INTO alert_channel (channel_id, newest_message_id)
  SELECT channel_id, max(sent_message_id) FROM alert
  WHERE channel_id <> 0 AND sent_message_id <> 0 GROUP BY channel_id;

-- In the channel, before the last handing over: the alert has a greater id. 0: it was never asked for.
ALTER TABLE alert ADD COLUMN after_message_id INTEGER NOT NULL DEFAULT 0;
