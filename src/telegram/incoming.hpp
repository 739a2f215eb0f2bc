#pragma once
// The first look at what TDLib's receive returns, before anything is built.

#include "base/json.hpp"

#include <cstdint>
#include <memory>
#include <string_view>

namespace tgpanel::telegram {

/// What the receive thread needs to know of one object.
struct Incoming {
  enum class Kind : std::uint8_t { dropped, update, closed, answer };
  Kind kind = Kind::dropped;
  int client_id = 0;
  std::uint64_t request = 0;  // for answer
};

/// Reads only "@type", "@client_id" and "@extra". `closed` is the update with
/// authorizationStateClosed. Used by one thread; keeps its buffers.
class IncomingReader {
 public:
  IncomingReader();
  IncomingReader(const IncomingReader&) = delete;
  IncomingReader& operator=(const IncomingReader&) = delete;
  ~IncomingReader();

  Incoming look(std::string_view json);
  /// What was looked at last, as Json::parse() would build it; null unless it was one object.
  /// Before anything is looked at: null.
  [[nodiscard]] Json build() const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace tgpanel::telegram
