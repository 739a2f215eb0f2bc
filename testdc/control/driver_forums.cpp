#include "testdc/control/driver_forums.hpp"

#include <stdexcept>

namespace testdc {

std::int64_t add_topic(Driver& driver, const ChatRef& chat, std::int64_t user,
                       std::string_view title) {
  return driver.call("add_topic", {{"chat", chat}, {"user", user}, {"title", title}}).at("id");
}

void close_topic(Driver& driver, const ChatRef& chat, std::int64_t user, std::int64_t topic,
                 bool closed) {
  driver.call("close_topic",
              {{"chat", chat}, {"user", user}, {"topic", topic}, {"closed", closed}});
}

std::int64_t write_in_topic(Driver& driver, const ChatRef& chat, std::int64_t user,
                            std::int64_t topic, std::string_view text) {
  return driver.send(user, chat, {{"text", text}, {"topic", topic}});
}

std::int64_t thread_of(Driver& driver, const ChatRef& chat, std::int64_t message) {
  const auto messages = driver.call("messages", {{"chat", chat}});
  for (const auto& seen : messages) {
    if (seen.at("id") == message) return seen.at("thread");
  }
  throw std::runtime_error("no message " + std::to_string(message));
}

}  // namespace testdc
