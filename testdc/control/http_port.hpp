#pragma once
// The control port: `POST /<operation>` with a JSON body, on 127.0.0.1. 200 with the JSON answer,
// 400
// {"error": reason} when the operation is refused.

#include "base/async.hpp"

#include <cstdint>
#include <memory>

namespace testdc {

class Operations;

class HttpPort {
 public:
  /// Port 0: any free one. Throws std::system_error when it cannot listen. Executor: the data
  /// centre's one thread; `operations` must outlive the port.
  HttpPort(const tgpanel::Executor& executor, Operations& operations, std::uint16_t port);
  HttpPort(const HttpPort&) = delete;
  HttpPort& operator=(const HttpPort&) = delete;
  /// Closes the listener and every connection.
  ~HttpPort();

  [[nodiscard]] std::uint16_t port() const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace testdc
