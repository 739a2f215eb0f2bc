// A transcript of every sentence that the modules below the bot say, so that it is read in both
// languages.

#include "golden.hpp"
#include "words/catalogue.hpp"
#include "words/errors_accounts.hpp"
#include "words/errors_actions.hpp"
#include "words/errors_common.hpp"
#include "words/errors_jobs.hpp"
#include "words/errors_links.hpp"
#include "words/errors_monitor.hpp"
#include "words/errors_panel.hpp"
#include "words/menus.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace tgpanel::bot {
namespace {

using namespace words;

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define PHRASE(name, en, fa) &words::name,
constexpr std::array kAccounts{
#include "words/errors_accounts.def"
};
constexpr std::array kActions{
#include "words/errors_actions.def"
};
constexpr std::array kCommon{
#include "words/errors_common.def"
};
constexpr std::array kJobs{
#include "words/errors_jobs.def"
};
constexpr std::array kLinks{
#include "words/errors_links.def"
};
constexpr std::array kMonitor{
#include "words/errors_monitor.def"
};
constexpr std::array kPanel{
#include "words/errors_panel.def"
};
#undef PHRASE

struct Part {
  const char* file;
  std::span<const Phrase* const> phrases;
};

constexpr std::array kParts{
    Part{"errors_common.def", kCommon},   Part{"errors_accounts.def", kAccounts},
    Part{"errors_panel.def", kPanel},     Part{"errors_jobs.def", kJobs},
    Part{"errors_actions.def", kActions}, Part{"errors_links.def", kLinks},
    Part{"errors_monitor.def", kMonitor},
};

/// Those with gaps, filled as the modules fill them.
const std::vector<Sentence>& filled() {
  static const std::vector<Sentence> all{
      {both_sentences, item_not_known, no_such_account},
      {named_reason, "علی رضایی", is_banned},
      {asks_to_wait_s, 30},
      {disk_low, 28},
      {for_seconds, 45},
      {for_minutes, 5},
      {for_hours, 3},
      {for_min, 5},
      {for_h, 24},
      {login_wait, Sentence(for_minutes, 5)},
      {login_refused, ask_of_code, "PHONE_CODE_HASH_INVALID"},
      {code_again_in, Sentence(for_seconds, 45)},
      {login_cannot_open, "Can't open the database"},
      {enter_n_code_digits, 5},
      {login_without_profile, "INTERNAL"},
      {login_of_another, "Sara Miller", "علی رضایی"},
      {account_here_as, "علی رضایی"},
      {login_interrupted_added, "Sara Miller"},
      {login_interrupted_why, session_expired},
      {folder_does_not_open, "Can't open the database"},
      {account_has_to_wait, Sentence(for_minutes, 5)},
      {telegram_refused, "CHAT_RESTRICTED"},
      {text_too_long, 5'000, 4'096},
      {account_chosen_twice, "علی رضایی"},
      {account_still_connecting, "Sara Miller"},
      {reaction_unknown, "👍 🎉 💯"},
      {account_stopped, Sentence(for_h, 3)},
      {account_at_limit, 20, 20, Sentence(for_h, 3)},
      {person_at_limit, 3, 3, Sentence(for_min, 50)},
      {remark_person_limit, 3, 2},
      {remark_account_limit, 20, Sentence(for_h, 24)},
      {limit_of_person_bounds, 100},
      {limit_of_account_bounds, 1'000},
      {limit_of_stop_bounds, 1, 720},
      {send_message_link, link_no_link},
      {send_chat_link, link_no_link},
      {send_user_link, link_no_link},
      {link_this_is, link_is_proxy},
      {link_this_is_no_message, link_is_invite},
      {nobody_has_name, "@durov"},
      {name_wait, 30},
      {keyword_too_long, 250, 200},
      {rule_piece_empty, "…"},
      {keyword_file_no_text, 7},
      {keywords_not_prepared, "Not enough memory."},
      {regex_refused, regex_too_slow},
      {regex_other, "Pattern is too large"},
      {regex_too_big, 1'000},
      {regex_number_too_big, 100},
      {regex_backwards, "{5,2}"},
      {regex_zero, "{0}"},
      {regex_nothing_before, "*"},
      {regex_escape_unknown, "p"},
      {regex_several_letters, "ﷲ"},
      {choose_up_to, 12},
      {no_account_active, account_management},
      {label_too_long, 32},
  };
  return all;
}

/// Parts of sentences are shown in one.
Sentence whole(const Phrase& phrase) {
  const std::string_view name = phrase.name;
  const auto found = std::ranges::find(filled(), &phrase, &Sentence::phrase);
  Sentence sentence = found == filled().end() ? Sentence(phrase) : *found;
  if (name.starts_with("ask_of_")) return {login_refused, sentence, "INTERNAL"};
  if (name.starts_with("link_is_")) return {link_this_is_no_message, sentence};
  if (name.starts_with("regex_") && &phrase != &regex_refused) return {regex_refused, sentence};
  return sentence;
}

TEST_P(Golden, Errors) {
  for (const auto& part : kParts) {
    note(part.file);
    for (const auto* phrase : part.phrases) {
      const auto sentence = whole(*phrase);
      ASSERT_EQ(sentence.gaps().size(), gaps_in(sentence.phrase()->en))
          << phrase->name << " has gaps: say above how they are filled";
      print(sentence);
    }
  }
}

}  // namespace
}  // namespace tgpanel::bot
