#pragma once
// The history of the schema, and a row for every table that it ever had.

#include <array>

namespace tgpanel::storage {

// In the order in which they came into the program, which is not that of their numbers: each
// beginning of this list is a schema that somebody may have. A new step goes to the end.
inline constexpr std::array kHistory{
    "001_accounts.sql",
    "020_jobs.sql",
    "010_monitor.sql",
    "011_alert_channel.sql",
    "002_account_management.sql",
    "012_keyword_rules.sql",
    "040_contact_limits.sql",
    "021_job_control.sql",
    "003_freezes.sql",
    "004_known_groups.sql",
    "030_preferences.sql",
    "031_statistics.sql",
    "013_alert_digest.sql",
    "014_history_wait.sql",
    "041_stop_notices.sql",
    "042_wait_chat.sql",
};

struct Row {
  const char* table;
  const char* insert;  // of the columns that the table was made with
};

inline constexpr std::array kRows{
    Row{"account",
        "INSERT INTO account (id, user_id, name, username, masked_phone, folder, wrapped_key,"
        " state, reason, since_ms, added_ms) VALUES"
        " (7, 70, 'Ann', 'ann', '+1 ••67', 'f7', x'00FF', 'active', '', 5, 4),"
        " (9, 90, 'Bob', '', '+2 ••68', 'f9', x'01', 'banned', 'why', 6, 4)"},
    Row{"login", "INSERT INTO login (folder, wrapped_key, begun_ms) VALUES ('l1', x'02', 3)"},
    Row{"account_label",
        "INSERT INTO account_label (account_id, folded, label) VALUES (7, 'vip', 'VIP')"},
    Row{"account_notice",
        "INSERT INTO account_notice (admin_id, account_id, account_name, what, reason, at_ms)"
        " VALUES (1, 9, 'Bob', 'banned', 'why', 6)"},
    Row{"notice_chat", "INSERT INTO notice_chat VALUES (1, 4194304)"},
    Row{"known_group", "INSERT INTO known_group VALUES (7, -1001, 'Market')"},
    Row{"keyword",
        "INSERT INTO keyword (text, folded, added_ms) VALUES ('Bike +new', 'bike +new', 2)"},
    Row{"ignored", "INSERT INTO ignored (peer_id, name, added_ms) VALUES (55, 'Eve', 2)"},
    Row{"seen_message", "INSERT INTO seen_message VALUES (-1001, '77', 8)"},
    Row{"alert",
        "INSERT INTO alert (id, state, sender_id, sender_chat_id, sender_name, chat_id, body,"
        " created_ms, channel_id, sent_message_id) VALUES"
        " (3, 'done', 55, 0, 'Eve', -1001, '{}', 8, -1002, 4096),"
        " (4, 'pending', 55, 0, 'Eve', -1001, '{}', 9, 0, 0)"},
    Row{"chat_mark", "INSERT INTO chat_mark VALUES (0, -1001, 4096)"},
    Row{"alert_channel", "INSERT OR IGNORE INTO alert_channel VALUES (-1002, 4096)"},
    Row{"history_wait", "INSERT INTO history_wait VALUES (7, 99)"},
    Row{"job",
        "INSERT INTO job (id, state, kind, spec, started_by, created_ms)"
        " VALUES (11, 'running', 'reaction', '{\"a\":1}', 1, 12)"},
    Row{"job_item",
        "INSERT INTO job_item (job_id, position, account_id, account_name, state, reason,"
        " not_before_ms, attempts, epoch) VALUES (11, 0, 7, 'Ann', 'waiting', 'slow', 50, 2, 1)"},
    Row{"wait", "INSERT INTO wait VALUES (7, 'addMessageReaction', 50)"},
    Row{"rotation", "INSERT INTO rotation VALUES ('bulk', 7)"},
    Row{"contact", "INSERT INTO contact VALUES (11, 0, 7, 55, 13)"},
    Row{"contact_stop",
        "INSERT INTO contact_stop (account_id, since_ms, until_ms) VALUES (7, 1, 2)"},
    Row{"do_not_contact",
        "INSERT INTO do_not_contact (user_id, name, added_by, added_ms) VALUES (55, 'Eve', 1, 2)"},
    Row{"audit",
        "INSERT INTO audit (at_ms, admin_id, job_id, account_id, account_name, action, target,"
        " outcome, reason) VALUES (14, 1, 11, 7, 'Ann', 'react', 'x', 'done', '')"},
    Row{"preference", "INSERT INTO preference VALUES (0, 'digest', 5, 1, 2)"},
};

}  // namespace tgpanel::storage
