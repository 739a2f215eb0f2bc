#include "telegram/library.hpp"

#include "base/crypto.hpp"

#include <dlfcn.h>
#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <cstdlib>

namespace tgpanel::telegram {

const std::string_view kPinnedLibrarySha256 =
    "3d6ed76685e0edd8af0249fbd972b3f248c08cf2ff26484fef3bab37a135a69b";

namespace {

// td_json_client.h of TDLib 1.8.62.
using CreateClientId = int (*)();
using Send = void (*)(int, const char*);
using Receive = const char* (*)(double);
using Execute = const char* (*)(const char*);
using LogCallback = void (*)(int, const char*);
using SetLogCallback = void (*)(int, LogCallback);

// Called by TDLib on its own threads; must not call TDLib. spdlog's default logger is thread-safe.
void on_td_log(int level, const char* text) {
  std::string_view line(text);
  while (line.ends_with('\n')) line.remove_suffix(1);
  switch (level) {
    case 0:
      spdlog::critical("TDLib: {}", line);
      break;  // TDLib aborts the process next
    case 1:
      spdlog::error("TDLib: {}", line);
      break;
    case 2:
      spdlog::warn("TDLib: {}", line);
      break;
    default:
      spdlog::debug("TDLib: {}", line);
      break;
  }
}

class Library final : public TdJson {
 public:
  struct Functions {
    CreateClientId create_client_id = nullptr;
    Send send = nullptr;
    Receive receive = nullptr;
    Execute execute = nullptr;
    SetLogCallback set_log_callback = nullptr;
  };

  explicit Library(const Functions& functions) : functions_(functions) {}

  int create_client_id() override { return functions_.create_client_id(); }

  void send(int client_id, const std::string& request) override {
    functions_.send(client_id, request.c_str());
  }

  const char* receive(double timeout_s) override { return functions_.receive(timeout_s); }

  std::string execute(const std::string& request) override {
    const char* answer = functions_.execute(request.c_str());
    return answer == nullptr ? std::string() : std::string(answer);
  }

 private:
  Functions functions_;
};

// TDLib carries its own OpenSSL, zlib and C++ library and exports their names. Unless it looks at
// itself first, it is bound to the panel's, of other versions, and every one of its 100,000 names
// is looked for in some sixty libraries. Not so where a library that stands before the C library's
// functions has to see TDLib's calls too: a preloaded one, or a sanitizer's run time.
int binding() {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  if (std::getenv("LD_PRELOAD") == nullptr) return RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND;
#endif
  return RTLD_NOW | RTLD_LOCAL;
}

template <class F>
bool find(void* handle, const char* name, F& function) {
  function = reinterpret_cast<F>(dlsym(handle, name));
  return function != nullptr;
}

}  // namespace

Result<std::unique_ptr<TdJson>> load_library(const std::filesystem::path& file,
                                             std::string_view expected_sha256, int log_verbosity) {
  if (!expected_sha256.empty()) {
    const auto hash = crypto::file_sha256(file.string());
    if (!hash) {
      return fail(Errc::configuration, fmt::format("{} cannot be read", file.string()));
    }
    if (*hash != expected_sha256) {
      return fail(
          Errc::configuration,
          fmt::format("{} is not the TDLib library this program was made for (its SHA-256 is "
                      "{}). Install the packaged one, or name another on purpose with "
                      "TGPANEL_TDJSON.",
                      file.string(), *hash));
    }
  }
  void* handle = dlopen(file.c_str(), binding());
  if (handle == nullptr) {
    const char* reason = dlerror();
    return fail(Errc::configuration,
                fmt::format("the TDLib library {} cannot be loaded: {}", file.string(),
                            reason == nullptr ? "no reason given" : reason));
  }
  Library::Functions functions;
  if (!find(handle, "td_create_client_id", functions.create_client_id) ||
      !find(handle, "td_send", functions.send) || !find(handle, "td_receive", functions.receive) ||
      !find(handle, "td_execute", functions.execute) ||
      !find(handle, "td_set_log_message_callback", functions.set_log_callback)) {
    return fail(Errc::configuration,
                fmt::format("{} is not TDLib's JSON library (libtdjson.so)", file.string()));
  }
  // The callback replaces TDLib's own lines on standard error, which are switched off altogether.
  functions.set_log_callback(log_verbosity, &on_td_log);
  functions.execute(R"({"@type":"setLogStream","log_stream":{"@type":"logStreamEmpty"}})");
  const auto verbosity =
      fmt::format(R"({{"@type":"setLogVerbosityLevel","new_verbosity_level":{}}})", log_verbosity);
  functions.execute(verbosity.c_str());
  return std::make_unique<Library>(functions);
}

}  // namespace tgpanel::telegram
