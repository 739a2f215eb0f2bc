#include "bot/catalogue.hpp"

#include "bot/catalogue_actions.hpp"

#include <fmt/format.h>

namespace tgpanel::bot {

std::string_view pattern(Text key) {
  switch (key) {
    // Menus
    case Text::main_title:
      return "Telegram Panel";
    case Text::main_hint:
      return "Choose what to do.";
    case Text::account_management:
      return "Account Management";
    case Text::bulk:
      return "Bulk";
    case Text::monitor_mode:
      return "Monitor Mode";
    case Text::report_status:
      return "Report Status";
    case Text::back:
      return "‹ Back";
    case Text::cancel:
      return "Cancel";
    case Text::previous:
      return "‹ Previous";
    case Text::next:
      return "Next ›";
    case Text::refresh:
      return "Refresh";
    case Text::page_of:
      return "Page {0} of {1}";
    case Text::yes_remove:
      return "Yes, remove";
    // Account Management
    case Text::add_account:
      return "Add account";
    case Text::list_accounts:
      return "List accounts";
    case Text::no_accounts:
      return "There is no account yet. Press Back, then Add account.";
    case Text::one_account:
      return "1 account";
    case Text::n_accounts:
      return "{0} accounts";
    case Text::state_connecting:
      return "connecting";
    case Text::state_active:
      return "active";
    case Text::state_disabled:
      return "switched off";
    case Text::state_login_needed:
      return "login needed";
    case Text::state_banned:
      return "banned by Telegram";
    case Text::state_duplicated_key:
      return "session used in two places";
    case Text::state_wrong_key:
      return "session does not open with this master key";
    case Text::state_frozen:
      return "frozen by Telegram";
    case Text::state_limited:
      return "limited";
    case Text::state_limited_until:
      return "limited until {0}";
    case Text::state_waiting_until:
      return "waiting until {0}";
    case Text::state_since:
      return "{0}, since {1}";
    case Text::account_frozen:
      return "Telegram has frozen this account since {0}: it can read and nothing else.";
    case Text::account_frozen_until:
      return "Telegram deletes it on {0} unless the freeze is lifted.";
    case Text::account_appeal:
      return "Appeal in a Telegram app: {0}";
    case Text::account_waiting:
      return "Telegram asks it to wait with some actions until {0}.";
    case Text::groups_count:
      return "groups: {0}";
    case Text::update_groups:
      return "Update groups";
    case Text::update_groups_hint:
      return "Looks at the groups of all {0} accounts side by side, and shows what is new and what "
             "is "
             "gone since the last time.";
    case Text::update_groups_start:
      return "Look now";
    case Text::update_groups_busy:
      return "Looked at {0} of {1} accounts…";
    case Text::update_groups_done:
      return "Looked at {0} accounts.";
    case Text::groups_first:
      return "groups: {0}, looked at for the first time";
    case Text::groups_same:
      return "groups: {0}, as before";
    case Text::groups_changed:
      return "groups: {0}";
    case Text::groups_new:
      return "new: {0}";
    case Text::groups_gone:
      return "gone: {0}";
    case Text::groups_more:
      return "{0} and {1} more";
    case Text::groups_failed:
      return "not looked at: {0}";
    case Text::notice_frozen:
      return "frozen by Telegram";
    case Text::next_frozen:
      return "It can read and nothing else, so no action is given to it. Open its page for the way "
             "to "
             "appeal.";
    case Text::state_deleting:
      return "being deleted";
    case Text::search:
      return "Search";
    case Text::inactive_accounts:
      return "Inactive accounts";
    case Text::no_inactive:
      return "Every account is active.";
    case Text::ask_search:
      return "Send a part of the name, the username, the number or a label.";
    case Text::expected_search:
      return "Send a text with a letter or a digit: a part of the name, the username, the number "
             "or a label.";
    case Text::nothing_found:
      return "No account fits “{0}”. Send something else, or press Back.";
    case Text::one_found:
      return "1 account fits “{0}”.";
    case Text::n_found:
      return "{1} accounts fit “{0}”.";
    case Text::account_button:
      return "{0}. {1}";
    case Text::account_gone:
      return "That account is not there any more.";
    case Text::account_number:
      return "Number: {0}";
    case Text::account_state_since:
      return "State: {0}, since {1}";
    case Text::account_groups_n:
      return "Groups and channels: {0}";
    case Text::account_groups_unknown:
      return "Groups and channels: not known while it is not active";
    case Text::account_labels_are:
      return "Labels: {0}";
    case Text::no_labels:
      return "Labels: none";
    case Text::account_excluded:
      return "Excluded from operations: it acts only where it is picked by hand.";
    case Text::account_limited:
      return "Limited by Telegram, without a date";
    case Text::account_limited_until:
      return "Limited by Telegram until {0}";
    case Text::switch_off:
      return "Switch off";
    case Text::switch_on:
      return "Switch on";
    case Text::log_in_again:
      return "Log in again";
    case Text::logged_in_again:
      return "Logged in again";
    case Text::labels:
      return "Labels";
    case Text::add_label:
      return "Add label";
    case Text::ask_label:
      return "Send the label: a word or a few, at most 32 characters.";
    case Text::expected_label:
      return "Send the label as a text of at most 32 characters.";
    case Text::label_added:
      return "Added the label: {0}";
    case Text::label_removed:
      return "Removed the label: {0}";
    case Text::press_to_drop_label:
      return "Press a label to remove it.";
    case Text::exclude:
      return "Exclude from operations";
    case Text::include:
      return "Let it take part in operations";
    case Text::show_groups:
      return "Show groups";
    case Text::no_groups:
      return "It is in no group or channel, or they are not known yet.";
    case Text::delete_account:
      return "Delete account";
    case Text::delete_question:
      return "Delete this account from the panel? Its session is logged out at Telegram and "
             "removed from this machine; the Telegram account itself stays. To use it here again "
             "you have to log it in.";
    case Text::yes_delete:
      return "Yes, delete";
    case Text::switched_off:
      return "It is switched off, and stays so until you switch it on.";
    case Text::switched_on:
      return "It is switched on.";
    case Text::now_excluded:
      return "It is excluded from operations.";
    case Text::now_included:
      return "It takes part in operations again.";
    case Text::being_deleted:
      return "It is being deleted. You are told when that is done.";
    case Text::next_connecting:
      return "It becomes active by itself.";
    case Text::next_disabled:
      return "Open it and press Switch on.";
    case Text::next_login:
      return "Open it and press Log in again.";
    case Text::next_banned:
      return "Ask Telegram at recover@telegram.org, or delete it here.";
    case Text::next_wrong_key:
      return "Start the panel with the master key that the session was made with, or open it and "
             "press Log in again.";
    case Text::next_deleting:
      return "It goes away by itself once Telegram has confirmed the log out.";
    case Text::next_limited:
      return "Wait until Telegram lifts the limit; the account goes on with what it still may do.";
    case Text::what_to_do:
      return "What to do: {0}";
    case Text::open_account:
      return "Open account";
    case Text::notices_here:
      return "What happens to the accounts is told here.";
    case Text::notice_of:
      return "{0}: {1}";
    case Text::notice_limited:
      return "limited by Telegram";
    case Text::notice_deleted:
      return "deleted";
    case Text::check_report:
      return "Check report status";
    case Text::no_report_bot:
      return "No report check bot is set: see REPORT_CHECK_BOT.";
    case Text::report_hint:
      return "Each active account asks the report check bot whether Telegram limits it ({0} can "
             "ask now).";
    case Text::report_start:
      return "Ask now";
    case Text::report_asking:
      return "Asked {0} of {1}…";
    case Text::report_done:
      return "All {0} have asked.";
    case Text::report_nobody:
      return "No account is active, so none can ask.";
    case Text::report_clear:
      return "clear";
    case Text::report_limited:
      return "limited, without a date";
    case Text::report_limited_until:
      return "limited until {0}";
    case Text::report_unclear:
      return "unclear answer: {0}";
    case Text::report_no_answer:
      return "no answer";
    case Text::report_failed:
      return "could not ask: {0}";
    // Add account
    case Text::ask_method:
      return "How do you want to log the account in?\n\nThe QR code is the better way: no code is "
             "typed anywhere.";
    case Text::by_phone:
      return "By phone number";
    case Text::by_qr:
      return "By QR code";
    case Text::qr_instead:
      return "Use a QR code instead";
    case Text::asking_telegram:
      return "Asking Telegram…";
    case Text::ask_phone:
      return "Send the account's phone number in international form, for example +1 202 555 0123.";
    case Text::expected_phone:
      return "That is not a phone number. Send it with the country code, 7 to 15 digits, for "
             "example +1 202 555 0123.";
    case Text::ask_code:
      return "Telegram has sent a login code to {0} by {1}. Enter it with the buttons below and "
             "press OK.\n\nDo not type the code as a message: Telegram expires a code that is sent "
             "in a chat.";
    case Text::ask_word:
      return "Telegram has sent a login code to {0} by {1}. Such a code cannot be entered here, "
             "and "
             "Telegram expires a code that is sent in a chat. Use a QR code instead, or press "
             "Cancel and run “tgpanel account add” in a terminal on the server while the panel is "
             "stopped.";
    case Text::ask_flash_call:
      return "Telegram calls {0} and hangs up: the whole number that calls is the code. Such a "
             "code "
             "cannot be entered here. Use a QR code instead, or press Cancel and run “tgpanel "
             "account add” in a terminal on the server while the panel is stopped.";
    case Text::missed_call_hint:
      return "The number that calls begins with {0}; the code is its last {1} digits. If no call "
             "comes, use a QR code instead.";
    case Text::fragment_hint:
      return "This number is an anonymous one: the code is shown at {0} to whoever owns it. If you "
             "cannot look there, use a QR code instead.";
    case Text::resend_code:
      return "Send another code by {0}";
    case Text::resend_later:
      return "If it does not come: a button for another code by {0} appears here as soon as "
             "Telegram allows it.";
    case Text::ask_email:
      return "Telegram wants an e-mail address for this account before it sends a code. Send the "
             "address as a message; Telegram will use it for this account's logins from now on.";
    case Text::expected_email:
      return "That is not an e-mail address. Send it like this: name@example.com";
    case Text::ask_email_code:
      return "Telegram has sent a code to the e-mail address {0}. Enter it with the buttons below "
             "and press OK. Do not type the code as a message.";
    case Text::resend_email:
      return "Send the e-mail again";
    case Text::use_the_keypad:
      return "Enter the code with the buttons below, not as a message.";
    case Text::code_was_typed:
      return "Please do not send the code as a message: Telegram expires codes that are sent in a "
             "chat, so this one may not work any more. Enter it with the buttons; if it is "
             "refused, press Back and ask for a new one.";
    case Text::ask_password:
      return "This account has a two-step verification password. Send it as a message: it is "
             "deleted from this chat at once.\n\nIf you would rather not send it here, press "
             "Cancel and run “tgpanel account add” in a terminal on the server while the panel is "
             "stopped.";
    case Text::password_hint:
      return "Hint: {0}";
    case Text::expected_password:
      return "Send the two-step verification password as a text of at most 256 characters. It is "
             "deleted from this chat at once.";
    case Text::scan_qr:
      return "On the phone of the account open Telegram → Settings → Devices → Link Desktop Device "
             "and scan the picture below.\n\nThe picture is renewed by itself as long as this step "
             "is open.";
    case Text::qr_failed:
      return "The QR picture could not be sent. Press Back and try again, or log in by phone "
             "number.";
    case Text::account_added:
      return "Account added";
    case Text::account_user_id:
      return "User id:";
    // Monitor Mode
    case Text::monitor_hint:
      return "Messages that contain a keyword are reported in the channel.";
    case Text::add_keyword:
      return "Add keyword";
    case Text::list_keywords:
      return "List keywords";
    case Text::ignored_users:
      return "Ignored users";
    case Text::one_keyword:
      return "1 keyword";
    case Text::n_keywords:
      return "{0} keywords";
    case Text::one_ignored:
      return "1 ignored user";
    case Text::n_ignored:
      return "{0} ignored users";
    case Text::no_keywords:
      return "There is no keyword yet.";
    case Text::press_to_remove:
      return "Press a keyword to remove it.";
    case Text::remove_keyword_question:
      return "Remove this keyword?";
    case Text::keyword_gone:
      return "That keyword is not there any more.";
    case Text::keyword_removed:
      return "Removed the keyword: {0}";
    case Text::ask_keyword:
      return "Send the keyword: a word or a phrase of at most 200 characters. Several at once: one "
             "a "
             "line.\n\n"
             "bike — also within longer words\n"
             "\"red bike\" — whole words only\n"
             "bike -broken — not when the message contains that too\n"
             "-lottery — alone in a line: never report what contains it\n"
             "re:bi(ke|cycle)s? — a regular expression\n"
             "\\-5 — begins with a backslash: as it stands";
    case Text::expected_text:
      return "Send the keyword as a text of at most 200 characters.";
    case Text::keyword_is_command:
      return "That is a command, not a keyword. Send the keyword without the slash, or /cancel.";
    case Text::keyword_added:
      return "Added the keyword: {0}";
    case Text::no_ignored:
      return "Nobody is ignored.";
    case Text::press_to_hear_again:
      return "Press a user to stop ignoring them.";
    case Text::remove_ignored_question:
      return "Stop ignoring this user?";
    case Text::ignored_gone:
      return "That user is not ignored any more.";
    case Text::ignored_removed:
      return "Not ignored any more: {0}";
    case Text::keyword_existed:
      return "This keyword is in the list already: {0}";
    case Text::rule_whole_words:
      return "{0} (whole words)";
    case Text::rule_regex:
      return "{0} (regular expression)";
    case Text::rule_exclusion:
      return "{0} (exclusion for all keywords)";
    case Text::rules_refused:
      return "⚠ Not added: {0}";
    case Text::rules_added:
      return "Added: {0}";
    case Text::rules_existed:
      return "In the list already: {0}";
    case Text::rules_and_more:
      return "… and {0} more";
    case Text::ignore_somebody:
      return "Ignore somebody";
    case Text::ask_ignore:
      return "Whose messages are never to be reported? Send a user's or a whole chat's @name, id "
             "or "
             "link, for example @name, 123456789 or https://t.me/name. Of a private group, the "
             "link "
             "of one of its messages.";
    case Text::expected_ignore:
      return "Send a @name, an id or a link as a text, or /cancel.";
    case Text::ignored_added:
      return "Ignored from now on: {0} ({1})";
    // Alerts
    case Text::digest_title:
      return "{0} matches";
    case Text::alert_keyword:
      return "Keyword:";
    case Text::alert_account:
      return "Account:";
    case Text::alert_sender:
      return "Sender:";
    case Text::alert_sender_id:
      return "Sender id:";
    case Text::alert_chat:
      return "Chat:";
    case Text::view_message:
      return "View message";
    case Text::ignore_user:
      return "Ignore user";
    case Text::ignored_mark:
      return "✓ Ignored";
    case Text::no_sender_button:
      return "Alert {0}";
    case Text::no_sender:
      return "Alert {0}: this message has no sender who could be ignored.";
    case Text::now_ignored:
      return "Ignored from now on: {0}";
    case Text::ignored_before:
      return "This user is ignored already.";
    // What the chat says by itself
    case Text::cancelled:
      return "Cancelled.";
    case Text::nothing_to_cancel:
      return "There was nothing to cancel.";
    case Text::not_asked:
      return "Nothing was asked, so nothing was done with your message. Use the buttons.";
    case Text::use_the_buttons:
      return "Use the buttons of this step.";
    case Text::please_wait:
      return "One moment: Telegram is still being asked.";
    case Text::finish_first:
      return "First finish or cancel what is open.";
    case Text::outdated:
      return "That button was out of date. This is how things are now.";
    case Text::conversation_over:
      return "That conversation has ended, perhaps with a restart. Start again from the menu.";
    case Text::unknown_button:
      return "That button is not known.";
    case Text::was_away:
      return "The panel was not running when you wrote, so nothing was done with it. Use the "
             "buttons.";
    case Text::recovery_title:
      return "After the restart:";
    // Starting and stopping
    case Text::token_refused:
      return "BOT_TOKEN: Telegram refused the bot token. Copy it again from @BotFather (/mybots, "
             "then API Token), or make a new one there.";
    case Text::start_flood:
      return "Telegram asks the bot to wait {0} s before it logs in. Start again after that.";
    case Text::start_timeout:
      return "Telegram did not answer the bot in time. Check the network and TGPANEL_PROXY, then "
             "start again.";
    case Text::start_refused:
      return "Telegram refused the bot's login: {0}";
    case Text::bot_wrong_key:
      return "The bot's session does not open with this master key. Use the key it was made with "
             "(TGPANEL_KEY_FILE), or remove the bot's folder in the data folder: the bot then logs "
             "in again.";
    case Text::session_lost_twice:
      return "Telegram ended the bot's session twice in a row. Check BOT_TOKEN, then start again.";
    case Text::bot_lost:
      return "Telegram ended the bot's session: the token was revoked, or the session was ended "
             "elsewhere. Check BOT_TOKEN and start again.";
    case Text::no_channel:
      return "There is no alert channel (CHANNEL_ID=none).";
    case Text::channel_not_seen:
      return "CHANNEL_ID: the bot cannot see the chat {0}. Add the bot to the channel as an "
             "administrator who may post messages; the id of a channel begins with -100.";
    case Text::channel_no_rights:
      return "CHANNEL_ID: the bot may not post in {0}. Make it an administrator with the right to "
             "post messages.";
    case Text::channel_no_channel:
      return "CHANNEL_ID: {0} is neither a channel nor a group.";
    case Text::channel_opened:
      return "Alerts appear here from now on.";
    case Text::channel_unknown:
      return "CHANNEL_ID: the chat {0} could not be checked: {1}";
    default:
      return pattern_of_actions(key);
  }
}

std::string vtext(Text key, fmt::format_args args) {
  return fmt::vformat(pattern(key), args);
}

}  // namespace tgpanel::bot
