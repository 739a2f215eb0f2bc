// What a client asks about the data centre itself.

#include "testdc/auth/state.hpp"

#include <functional>

namespace testdc {

namespace {

constexpr int day = 24 * 60 * 60;
constexpr int production_dcs = 5;
constexpr int test_dcs = 3;

int dc_of(const Caller& caller) {
  return caller.dc == 0 ? 1 : caller.dc;
}

/// Every data centre is this one. A client whose proxy was taken away dials these addresses: the
/// loopback, never Telegram.
Value dc_options(const Caller& caller) {
  Value options = Value::array();
  for (int id = 1; id <= (caller.test_mode ? test_dcs : production_dcs); ++id) {
    options.push_back({{"_", "dcOption"},
                       {"id", id},
                       {"ip_address", "127.0.0.1"},
                       {"port", 443},
                       {"static", true}});
  }
  return options;
}

/// Limits and times as Telegram's own answer had them.
Value config(const Caller& caller, int now) {
  return {{"_", "config"},
          {"date", now},
          {"expires", now + 3600},
          {"test_mode", caller.test_mode},
          {"this_dc", dc_of(caller)},  // any other: TDLib asks again without end
          {"dc_options", dc_options(caller)},
          {"dc_txt_domain_name", ""},
          {"chat_size_max", 200},
          {"megagroup_size_max", 200'000},
          {"forwarded_count_max", 100},
          {"online_update_period_ms", 210'000},
          {"offline_blur_timeout_ms", 5000},
          {"offline_idle_timeout_ms", 30'000},
          {"online_cloud_timeout_ms", 300'000},
          {"notify_cloud_delay_ms", 30'000},
          {"notify_default_delay_ms", 1500},
          {"push_chat_period_ms", 60'000},
          {"push_chat_limit", 2},
          {"edit_time_limit", 2 * day},
          {"revoke_time_limit", 0x7fffffff},
          {"revoke_pm_time_limit", 0x7fffffff},
          {"revoke_pm_inbox", true},
          {"rating_e_decay", 2'419'200},
          {"stickers_recent_limit", 200},
          {"channels_read_media_period", 7 * day},
          {"call_receive_timeout_ms", 20'000},
          {"call_ring_timeout_ms", 90'000},
          {"call_connect_timeout_ms", 30'000},
          {"call_packet_timeout_ms", 10'000},
          {"me_url_prefix", "https://t.me/"},
          {"caption_length_max", 1024},
          {"message_length_max", 4096},
          {"webfile_dc_id", dc_of(caller)},
          {"reactions_default", {{"_", "reactionEmoji"}, {"emoticon", "👍"}}}};
}

Value app_config(const AuthState& state, const Caller& caller, const Value& query) {
  Value values = state.freezes.app_config(caller.user_id);
  // Another content has another hash.
  const auto hash = static_cast<int>(std::hash<std::string>{}(values.dump()) & 0x7fff'fffeU) | 1;
  if (query.at("hash") == hash) return {{"_", "help.appConfigNotModified"}};
  return {{"_", "help.appConfig"},
          {"hash", hash},
          {"config", {{"_", "jsonObject"}, {"value", std::move(values)}}}};
}

}  // namespace

void add_config_methods(const AuthStatePtr& state) {
  Dispatcher& dispatcher = state->parts.dispatcher;
  dispatcher.add("help.getConfig", [state](const Caller& caller, const Value&) {
    return config(caller, state->now());
  });
  dispatcher.add("help.getNearestDc", [](const Caller& caller, const Value&) {
    return Value{{"_", "nearestDc"},
                 {"country", ""},
                 {"this_dc", dc_of(caller)},
                 {"nearest_dc", dc_of(caller)}};
  });
  dispatcher.add("help.getAppConfig", [state](const Caller& caller, const Value& query) {
    return app_config(*state, caller, query);
  });
  dispatcher.add("help.getCdnConfig", [](const Caller&, const Value&) {
    return Value{{"_", "cdnConfig"}, {"public_keys", Value::array()}};
  });
}

}  // namespace testdc
