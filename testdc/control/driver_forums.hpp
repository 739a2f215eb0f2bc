#pragma once
// Forums by a Driver: topics, and what is written in them. Each throws like the Driver's own.

#include "testdc/control/driver.hpp"

namespace testdc {

/// A topic of a supergroup, which becomes a forum with its first. Returns its id.
std::int64_t add_topic(Driver& driver, const ChatRef& chat, std::int64_t user,
                       std::string_view title);
void close_topic(Driver& driver, const ChatRef& chat, std::int64_t user, std::int64_t topic,
                 bool closed = true);
std::int64_t write_in_topic(Driver& driver, const ChatRef& chat, std::int64_t user,
                            std::int64_t topic, std::string_view text);
/// The topic (or the first message of the thread) that a message is in; 0: none.
std::int64_t thread_of(Driver& driver, const ChatRef& chat, std::int64_t message);

}  // namespace testdc
