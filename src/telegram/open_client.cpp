#include "telegram/open_client.hpp"

#include "telegram/binlog_check.hpp"
#include "telegram/td_types.hpp"

#include <sodium.h>

#include <system_error>
#include <utility>
#include <vector>

namespace tgpanel::telegram {

namespace {

// Offline requests: TDLib answers them at once.
constexpr Millis kOfflineDeadline{30'000};
// Not the reader's: bots answer in it, and what the report check bot says is known in English
// alone.
constexpr const char* kLanguage = "en";

std::string base64(std::string_view bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // the terminating zero
  return text;
}

Json parameters(const ClientSettings& settings, const std::filesystem::path& folder,
                const Secret& key) {
  return {{"@type", "setTdlibParameters"},
          {"use_test_dc", settings.test_dc},
          {"database_directory", folder.string()},
          {"files_directory", folder.string()},
          {"database_encryption_key", base64(key.reveal())},
          {"use_file_database", false},
          {"use_chat_info_database", false},
          {"use_message_database", false},
          {"use_secret_chats", false},
          {"api_id", settings.api_id},
          {"api_hash", settings.api_hash.reveal()},
          {"system_language_code", kLanguage},
          {"device_model", settings.device},
          {"system_version", "Linux"},
          {"application_version", settings.version}};
}

std::expected<void, TdError> make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!error) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  }
  if (!error) return {};
  return std::unexpected(
      TdError{500, "the folder " + folder.string() + " cannot be made: " + error.message()});
}

// What was sent before the parameters is queued by TDLib, carried out in order right after them and
// answered then; so answers are collected later.
void send_queued(const std::shared_ptr<Client>& client, const Executor& executor, Json function) {
  auto ask = [](std::shared_ptr<Client> target, Json request) -> Awaitable<> {
    co_await target->request(std::move(request), kOfflineDeadline);
  };
  asio::co_spawn(executor, ask(client, std::move(function)), asio::detached);
}

// Removes every stored proxy that is not the setting's.
Awaitable<> forget_other_proxies(std::shared_ptr<Client> client, std::optional<Proxy> proxy) {
  Json get = {{"@type", "getProxies"}};
  const auto stored = co_await client->request(std::move(get), kOfflineDeadline);
  if (!stored) co_return;
  std::vector<std::int64_t> others;
  if (stored->contains("proxies")) {
    for (const Json& added : stored->at("proxies")) {
      if (proxy && is_same(object_field(added, "proxy"), *proxy)) continue;
      others.push_back(int_field(added, "id"));
    }
  }
  for (const auto id : others) {
    Json remove = {{"@type", "removeProxy"}, {"proxy_id", id}};
    co_await client->request(std::move(remove), kOfflineDeadline);
  }
}

}  // namespace

Awaitable<std::expected<void, TdError>> open_client(std::shared_ptr<Client> client,
                                                    ClientSettings settings,
                                                    std::filesystem::path folder, Secret key) {
  if (auto made = make_folder(folder); !made) co_return std::unexpected(std::move(made.error()));

  if (check_binlog(folder, settings.test_dc, key) == SessionFileState::damaged) {
    co_return std::unexpected(TdError{500, kDamagedSession});
  }

  const auto executor = co_await asio::this_coro::executor;
  if (settings.proxy) {
    Json proxy = to_td(*settings.proxy);
    Json add = {{"@type", "addProxy"}, {"proxy", std::move(proxy)}, {"enable", true}};
    send_queued(client, executor, std::move(add));
  } else {
    Json disable = {{"@type", "disableProxy"}};
    send_queued(client, executor, std::move(disable));
  }
  // co_spawn starts by post; yield so that the proxy is handed over before the parameters.
  co_await asio::post(executor, asio::use_awaitable);

  Json set = parameters(settings, folder, key);
  const auto taken = co_await client->request(std::move(set), kOfflineDeadline);
  if (!taken) co_return std::unexpected(taken.error());
  co_await forget_other_proxies(client, settings.proxy);
  co_return std::expected<void, TdError>();
}

}  // namespace tgpanel::telegram
