#pragma once
// One function per kind of value: it takes the value, or says what is wrong with it, as the end of
// a sentence that begins with the setting's name. None of them repeats a secret.

#include "app/settings.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tgpanel::app {

using Problem = std::optional<std::string>;

Problem take_api_id(std::string_view value, Settings& into);
Problem take_api_hash(std::string_view value, Settings& into);
Problem take_bot_token(std::string_view value, Settings& into);
Problem take_admins(std::string_view value, Settings& into);
Problem take_channel(std::string_view value, Settings& into);
Problem take_report_check_bot(std::string_view value, Settings& into);
Problem take_data_dir(std::string_view value, Settings& into);
Problem take_tdjson(std::string_view value, Settings& into);
Problem take_proxy(std::string_view value, Settings& into);
Problem take_test_dc(std::string_view value, Settings& into);
Problem take_key_file(std::string_view value, Settings& into);
Problem take_passphrase_file(std::string_view value, Settings& into);
Problem take_language(std::string_view value, Settings& into);
Problem take_time_zone(std::string_view value, Settings& into);
Problem take_messages_per_chat(std::string_view value, Settings& into);
Problem take_pace_scale(std::string_view value, Settings& into);
Problem take_log_level(std::string_view value, Settings& into);
Problem take_log_format(std::string_view value, Settings& into);

}  // namespace tgpanel::app
