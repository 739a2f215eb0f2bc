#include "bot/catalogue_actions.hpp"

namespace tgpanel::bot {

std::string_view pattern_of_actions(Text key) {
  switch (key) {
    // Bulk
    case Text::bulk_hint:
      return "One action by several accounts.";
    case Text::reaction:
      return "Reaction";
    case Text::recent_jobs:
      return "Recent jobs";
    case Text::recent_jobs_n:
      return "Recent jobs ({0})";
    case Text::no_jobs:
      return "There was no job yet.";
    case Text::press_for_card:
      return "Press a job to see its card.";
    case Text::job_row:
      return "Job {0} · {1} · {2} · {3} of {4} done";
    case Text::job_button:
      return "Job {0}";
    case Text::ask_count:
      return "How many accounts shall act? {0} can act now. Choose, or send a number.";
    case Text::expected_count:
      return "Send a whole number from 1 to {0}, the number of accounts that can act now.";
    case Text::expected_one:
      return "Only one account can act now: press All (1), or send 1.";
    case Text::all_excluded:
      return "Every active account is excluded from operations: pick accounts by hand, or change "
             "that under "
             "Account Management.";
    case Text::no_active_account:
      return "No account can act now. Add one under Account Management, or see List accounts for "
             "what the others need.";
    case Text::all_accounts:
      return "All ({0})";
    case Text::ask_message_link:
      return "Send the link of the message, for example https://t.me/name/123.";
    case Text::expected_link:
      return "Send the link of the message as a text, for example https://t.me/name/123. In "
             "Telegram: press the message, then Copy Link.";
    case Text::ask_reaction:
      return "Choose the reaction.";
    case Text::expected_reaction:
      return "Choose one of the reactions below.";
    case Text::looking_up:
      return "Looking it up…";
    case Text::preview_what:
      return "{0} by accounts: {1}";
    case Text::and_more:
      return "… and {0} more";
    case Text::left_out:
      return "Left out:";
    case Text::takes_about:
      return "This takes about {0}.";
    case Text::start_job:
      return "Start";
    case Text::starting_job:
      return "Starting…";
    case Text::job_started:
      return "Job {0} has started. Its card is below.";
    // Actions, by one account or several
    case Text::individual:
      return "Individual";
    case Text::ask_account:
      return "Which account shall act?";
    case Text::individual_hint:
      return "What shall this account do?";
    case Text::account_not_active:
      return "This account cannot act now: {0}.";
    case Text::action_title:
      return "{0} › {1}";
    case Text::vote:
      return "Vote";
    case Text::join:
      return "Join";
    case Text::leave:
      return "Leave";
    case Text::block:
      return "Block";
    case Text::unblock:
      return "Unblock";
    case Text::message:
      return "Message";
    case Text::comment:
      return "Comment";
    case Text::pick_accounts:
      return "Pick accounts";
    case Text::ask_accounts:
      return "Press the accounts that shall act. Picked: {0}";
    case Text::these_accounts:
      return "Go on with {0}";
    case Text::none_picked:
      return "Pick at least one account that can act now.";
    case Text::ask_poll_link:
      return "Send the link of the message with the poll, for example https://t.me/name/123.";
    case Text::ask_poll_answer:
      return "Choose the answer.";
    case Text::ask_poll_answers:
      return "Choose one answer or several, then press Done.";
    case Text::ask_quiz_answer:
      return "Choose the answer. This is a quiz: Telegram takes one answer, once.";
    case Text::poll_answers_done:
      return "Done";
    case Text::ask_chat_to_join:
      return "Send the @name, the link or the invite link of the group or channel to join, for "
             "example @name or https://t.me/+AbCdEfGhIjK.";
    case Text::ask_chat_to_leave:
      return "Send the @name or a link of the group or channel to leave, for example @name or "
             "https://t.me/c/1234567890/5.";
    case Text::expected_chat:
      return "Send the name or link of the group or channel as a text, for example @name.";
    case Text::ask_user_to_block:
      return "Send the @name, the link or the id of the person to block, for example @name.";
    case Text::ask_user_to_unblock:
      return "Send the @name, the link or the id of the person to unblock, for example @name.";
    case Text::expected_user:
      return "Send the name, link or id of the person as a text, for example @name.";
    // Job cards
    case Text::job_title:
      return "Job {0} · {1}";
    case Text::job_state:
      return "State: {0}";
    case Text::job_running:
      return "running";
    case Text::job_cancelled:
      return "cancelled";
    case Text::job_done:
      return "finished";
    case Text::count_done:
      return "done {0}";
    case Text::count_failed:
      return "failed {0}";
    case Text::count_skipped:
      return "skipped {0}";
    case Text::count_working:
      return "working {0}";
    case Text::count_waiting:
      return "waiting {0}";
    case Text::count_queued:
      return "queued {0}";
    case Text::remaining:
      return "Remaining: {0} of {1}";
    case Text::job_took:
      return "It took {0}.";
    case Text::item_done:
      return "done";
    case Text::item_failed:
      return "failed";
    case Text::item_skipped:
      return "skipped";
    case Text::item_waiting:
      return "waiting";
    case Text::item_working:
      return "working";
    case Text::item_queued:
      return "queued";
    case Text::one_running_job:
      return "1 job is running";
    case Text::n_running_jobs:
      return "{0} jobs are running";
    case Text::job_stopping:
      return "The job is being cancelled.";
    case Text::job_over:
      return "That job has ended already.";
    case Text::job_gone:
      return "That job is not on record any more.";
    case Text::job_goes_on:
      return "Job {0} goes on after the restart.";
    case Text::seconds:
      return "{0} s";
    case Text::minutes:
      return "{0} min";
    case Text::hours_minutes:
      return "{0} h {1} min";
    // Messages, comments, people
    case Text::count_unknown:
      return "not known {0}";
    case Text::item_unknown:
      return "not known";
    case Text::ask_recipient:
      return "Who is written to? Send the @name, the link or the id of the person.";
    case Text::expected_recipient:
      return "Send the @name, the link or the id of the person as a text.";
    case Text::ask_comment_link:
      return "Send the link of the message. Below the post of a channel it becomes a "
             "comment in the channel's discussion group; in a group it becomes a reply.";
    case Text::ask_message_text:
      return "Send the text of the message, at most 4,096 characters. It is sent as it is, "
             "without formatting.";
    case Text::ask_comment_text:
      return "Send the text of the comment, at most 4,096 characters. It is sent as it is, "
             "without formatting.";
    case Text::expected_message_text:
      return "Send the text itself, not a picture, a file or a sticker.";
    case Text::do_not_contact:
      return "Do not contact";
    case Text::do_not_contact_hint:
      return "No account writes to the people on this list or answers their messages, "
             "whatever a job says.";
    case Text::do_not_contact_empty:
      return "Nobody is on the list.";
    case Text::press_to_take_off:
      return "Press somebody to take them off the list.";
    case Text::add_do_not_contact:
      return "Add somebody";
    case Text::ask_do_not_contact:
      return "Who must not be written to? Send the @name, the link or the id of the person.";
    case Text::do_not_contact_added:
      return "On the list now: {0}";
    case Text::do_not_contact_gone:
      return "That person is not on the list any more.";
    case Text::take_off_question:
      return "May this person be written to again?";
    case Text::taken_off:
      return "Off the list: {0}";
    case Text::stopped_accounts:
      return "Stopped accounts";
    case Text::stopped_accounts_n:
      return "Stopped accounts ({0})";
    case Text::no_stopped_account:
      return "No account is stopped.";
    case Text::stopped_hint:
      return "Telegram calls messages of these accounts to strangers unwanted (PEER_FLOOD). "
             "They write to nobody who has not written to them first.";
    case Text::stopped_row:
      return "{0}: ends by itself in {1}";
    case Text::end_stop_of:
      return "Let {0} write again";
    case Text::end_stop_question:
      return "Let this account write to people who have not written first? If Telegram "
             "still finds its messages unwanted, it may limit the account for longer.";
    case Text::yes_end_stop:
      return "Yes, let it write";
    case Text::stop_ended:
      return "The account may write again.";
    case Text::stop_over:
      return "This account may write again already.";
    default:
      return {};
  }
}

}  // namespace tgpanel::bot
