#pragma once
// Opens a TDLib client on its folder: proxy first, then parameters.

#include "base/async.hpp"
#include "base/secret.hpp"
#include "telegram/client.hpp"
#include "telegram/proxy.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace tgpanel::telegram {

/// What all clients of the panel share.
struct ClientSettings {
  int api_id = 0;
  Secret api_hash;
  std::optional<Proxy> proxy;
  bool test_dc = false;
  std::string device = "Telegram Panel";  // as shown in Telegram's list of devices
  std::string version = "0.1.0";          // application_version
};

/// Opens `client` on `folder` (made with 0700 if needed) with the 32 random bytes `key` as database
/// encryption key; all three database flags off. The stored proxies become equal to the setting
/// before anything is dialled. Returns once TDLib has taken the parameters: the authorisation state
/// then follows as updates (updateAuthorizationState). Fails with code 401 and kWrongKey when the
/// folder does not open with this key, and with kDamagedSession, before TDLib sees the file, when
/// it would lose what is in it (binlog_check.hpp). The client stays the caller's: on failure, close
/// it.
Awaitable<std::expected<void, TdError>> open_client(std::shared_ptr<Client> client,
                                                    ClientSettings settings,
                                                    std::filesystem::path folder, Secret key);

/// TDLib's whole error string for a key that does not open the folder.
inline constexpr const char* kWrongKey = "Wrong database encryption key";
/// Ours, with code 500.
inline constexpr const char* kDamagedSession = "the session file is damaged";

}  // namespace tgpanel::telegram
