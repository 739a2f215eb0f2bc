#pragma once
// TDLib's C JSON interface (td_json_client.h), loaded at run time.

#include "base/result.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace tgpanel::telegram {

/// The functions of TDLib's C JSON interface. Abstract, so that Hub is tested without the library.
class TdJson {
 public:
  TdJson() = default;
  TdJson(const TdJson&) = delete;
  TdJson& operator=(const TdJson&) = delete;
  virtual ~TdJson() = default;

  virtual int create_client_id() = 0;
  /// From any thread. A client comes to life with the first request sent to it.
  virtual void send(int client_id, const std::string& request) = 0;
  /// From one thread only. The text is valid until the next call; nullptr when nothing came in
  /// time.
  virtual const char* receive(double timeout_s) = 0;
  /// Synchronous requests only (setLogVerbosityLevel and the like). Empty when there is no answer.
  virtual std::string execute(const std::string& request) = 0;
};

/// SHA-256 of libtdjson.so in npm @prebuilt-tdlib/linux-x64-glibc 0.1008062.0, in lower-case hex.
extern const std::string_view kPinnedLibrarySha256;

/// Loads the library and sends TDLib's own log (up to `log_verbosity`, 0..5; TDLib's scale: 0
/// fatal, 1 errors, 2 warnings) to spdlog. `expected_sha256`: checked before the file is loaded;
/// empty: any file. configuration: no such file, another checksum, or not a TDLib. The library is
/// never unloaded: TDLib's threads live as long as the process. What it was built with it takes
/// from itself (RTLD_DEEPBIND, dlopen(3)), unless LD_PRELOAD is set or a sanitizer is built in.
Result<std::unique_ptr<TdJson>> load_library(const std::filesystem::path& file,
                                             std::string_view expected_sha256,
                                             int log_verbosity = 1);

}  // namespace tgpanel::telegram
