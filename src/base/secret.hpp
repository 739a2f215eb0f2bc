#pragma once
// A value that must not reach a log, an error or a metric: there is no formatter and no stream
// operator for it, and its memory is wiped when it goes away.

#include <string>
#include <utility>

namespace tgpanel {

class Secret {
 public:
  Secret() = default;

  explicit Secret(std::string value) : value_(std::move(value)) {}

  Secret(const Secret&) = default;

  Secret& operator=(const Secret& other) {
    Secret copy(other);
    swap(copy);
    return *this;
  }

  Secret(Secret&& other) noexcept : value_(std::move(other.value_)) { other.wipe(); }

  Secret& operator=(Secret&& other) noexcept {
    swap(other);
    other.wipe();
    return *this;
  }

  ~Secret() { wipe(); }

  [[nodiscard]] bool empty() const { return value_.empty(); }

  /// The value in clear: only for handing it to the one function that needs it.
  [[nodiscard]] const std::string& reveal() const { return value_; }

 private:
  void swap(Secret& other) noexcept { value_.swap(other.value_); }

  void wipe() noexcept;

  std::string value_;
};

}  // namespace tgpanel
