#pragma once
// The local Telegram data centre: transport, calls, world and control in one object with one
// thread.

#include "base/json.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

namespace testdc {

struct Options {
  std::filesystem::path schema_folder;  // node_modules/@mtcute/tl
  std::filesystem::path rsa_key;   // private key, PEM; the patched library holds its public half
  std::uint16_t socks_port = 0;    // 0: any free one
  std::uint16_t control_port = 0;  // 0: any free one
  bool control_http = true;
};

class DataCentre {
 public:
  /// Listens on 127.0.0.1 and serves from its own thread. Throws std::runtime_error when it cannot.
  explicit DataCentre(const Options& options);
  DataCentre(const DataCentre&) = delete;
  DataCentre& operator=(const DataCentre&) = delete;
  ~DataCentre();

  [[nodiscard]] std::uint16_t socks_port() const;
  [[nodiscard]] std::uint16_t control_port() const;

  /// Performs one operation of the control table (control/operations.hpp) on the data centre's
  /// thread and returns its answer: what `POST /<operation>` does over HTTP. From any thread but
  /// its own. Throws std::runtime_error with the reason when the operation is refused.
  tgpanel::Json control(std::string_view operation,
                        const tgpanel::Json& arguments = tgpanel::Json::object());

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace testdc
