#pragma once
// TDLib's JSON interface without TDLib: a queue of what receive() returns.

#include "base/json.hpp"
#include "telegram/library.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace tgpanel::telegram::test {

class FakeTdJson final : public TdJson {
 public:
  /// Called (with the lock free) for every request; answers with put().
  std::function<void(FakeTdJson&, int client, const Json& request)> on_send;

  void put(int client, Json object, const Json& extra = {}) {
    object["@client_id"] = client;
    if (!extra.is_null()) object["@extra"] = extra;
    const std::lock_guard lock(mutex_);
    queue_.push_back(object.dump());
    changed_.notify_all();
  }

  int create_client_id() override { return ++last_client_; }

  void send(int client_id, const std::string& request) override {
    const Json parsed = Json::parse(request);
    if (client_id == 0) {
      put(0, {{"@type", "error"}, {"code", 400}, {"message", "Invalid TDLib instance specified"}});
      return;
    }
    {
      const std::lock_guard lock(mutex_);
      sent_.emplace_back(client_id, parsed);
    }
    if (on_send) on_send(*this, client_id, parsed);
  }

  const char* receive(double timeout_s) override {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::duration<double>(timeout_s),
                      [this] { return !queue_.empty(); });
    if (queue_.empty()) return nullptr;
    current_ = std::move(queue_.front());
    queue_.pop_front();
    return current_.c_str();
  }

  std::string execute(const std::string&) override { return {}; }

  [[nodiscard]] std::vector<std::pair<int, Json>> sent() const {
    const std::lock_guard lock(mutex_);
    return sent_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::string> queue_;
  std::string current_;
  std::vector<std::pair<int, Json>> sent_;
  int last_client_ = 0;
};

/// A TdJson that refers to one that the test keeps.
class SharedTdJson final : public TdJson {
 public:
  explicit SharedTdJson(FakeTdJson& td) : td_(td) {}

  int create_client_id() override { return td_.create_client_id(); }

  void send(int client_id, const std::string& request) override { td_.send(client_id, request); }

  const char* receive(double timeout_s) override { return td_.receive(timeout_s); }

  std::string execute(const std::string& request) override { return td_.execute(request); }

 private:
  FakeTdJson& td_;
};

}  // namespace tgpanel::telegram::test
