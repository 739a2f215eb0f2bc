#pragma once
// Every sentence that the bot writes, by key. Another language is another table.

#include <fmt/core.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tgpanel::bot {

enum class Text : std::uint8_t {
  // Menus
  main_title,
  main_hint,
  account_management,
  bulk,
  monitor_mode,
  report_status,
  back,
  cancel,
  previous,
  next,
  refresh,
  page_of,
  yes_remove,

  // Account Management
  add_account,
  list_accounts,
  no_accounts,
  one_account,
  n_accounts,
  state_connecting,
  state_active,
  state_disabled,
  state_login_needed,
  state_banned,
  state_duplicated_key,
  state_wrong_key,
  state_deleting,

  // Add account
  ask_method,
  by_phone,
  by_qr,
  qr_instead,
  asking_telegram,
  ask_phone,
  expected_phone,
  ask_code,
  ask_word,
  use_the_keypad,
  code_was_typed,
  ask_password,
  password_hint,
  expected_password,
  scan_qr,
  qr_failed,
  account_added,
  account_user_id,

  // Monitor Mode
  monitor_hint,
  add_keyword,
  list_keywords,
  ignored_users,
  one_keyword,
  n_keywords,
  one_ignored,
  n_ignored,
  no_keywords,
  press_to_remove,
  remove_keyword_question,
  keyword_gone,
  keyword_removed,
  ask_keyword,
  expected_text,
  keyword_is_command,
  keyword_added,
  no_ignored,
  press_to_hear_again,
  remove_ignored_question,
  ignored_gone,
  ignored_removed,
  keyword_existed,
  rule_whole_words,
  rule_regex,
  rule_exclusion,
  rules_refused,
  rules_added,
  rules_existed,
  rules_and_more,
  ignore_somebody,
  ask_ignore,
  expected_ignore,
  ignored_added,

  // Bulk
  bulk_hint,
  reaction,
  recent_jobs,
  recent_jobs_n,
  no_jobs,
  press_for_card,
  job_row,
  job_button,
  bulk_reaction_title,
  ask_count,
  expected_count,
  expected_one,
  no_active_account,
  all_accounts,
  ask_message_link,
  expected_link,
  ask_reaction,
  expected_reaction,
  looking_up,
  preview_what,
  and_more,
  left_out,
  takes_about,
  start_job,
  starting_job,
  job_started,

  // Job cards
  job_title,
  job_state,
  job_running,
  job_cancelled,
  job_done,
  count_done,
  count_failed,
  count_skipped,
  count_working,
  count_waiting,
  count_queued,
  remaining,
  job_took,
  item_done,
  item_failed,
  item_skipped,
  item_waiting,
  item_working,
  item_queued,
  one_running_job,
  n_running_jobs,
  job_stopping,
  job_over,
  job_gone,
  job_goes_on,
  seconds,
  minutes,
  hours_minutes,

  // Alerts
  alert_keyword,
  alert_account,
  alert_sender,
  alert_sender_id,
  alert_chat,
  view_message,
  ignore_user,
  ignored_mark,
  no_sender_button,
  no_sender,
  now_ignored,
  ignored_before,

  // What the chat says by itself
  cancelled,
  nothing_to_cancel,
  not_asked,
  use_the_buttons,
  please_wait,
  finish_first,
  outdated,
  conversation_over,
  unknown_button,
  was_away,
  recovery_title,

  // Starting and stopping
  token_refused,
  start_flood,
  start_timeout,
  start_refused,
  bot_wrong_key,
  session_lost_twice,
  bot_lost,
  no_channel,
  channel_not_seen,
  channel_no_rights,
  channel_no_channel,
  channel_opened,
  channel_unknown,
};

/// The pattern of a key, with fmt's positional fields ({0}, {1}, ...).
[[nodiscard]] std::string_view pattern(Text key);
[[nodiscard]] std::string vtext(Text key, fmt::format_args args);

template <class... Args>
[[nodiscard]] std::string text(Text key, const Args&... args) {
  return vtext(key, fmt::make_format_args(args...));
}

/// "1 account", "5 accounts": `one` for exactly 1, else `many` with the number as {0}.
[[nodiscard]] inline std::string counted(Text one, Text many, std::size_t n) {
  return n == 1 ? text(one) : text(many, n);
}

}  // namespace tgpanel::bot
