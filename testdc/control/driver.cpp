#include "testdc/control/driver.hpp"

#include "testdc/control/driver_http.hpp"
#include "testdc/data_centre.hpp"

#include <algorithm>
#include <stdexcept>

namespace testdc {

Driver::Driver(Send send) : send_(std::move(send)) {}

Driver Driver::local(DataCentre& dc) {
  return Driver([&dc](std::string_view operation, const Json& arguments) {
    return dc.control(operation, arguments);
  });
}

Driver Driver::remote(std::uint16_t control_port) {
  return Driver([control_port](std::string_view operation, const Json& arguments) {
    return post_operation(control_port, operation, arguments);
  });
}

Json Driver::call(std::string_view operation, const Json& arguments) {
  return send_(operation, arguments);
}

std::vector<std::string> Driver::operations() {
  return call("operations", Json::object()).get<std::vector<std::string>>();
}

std::int64_t Driver::version() {
  return call("version", Json::object()).at("version").get<std::int64_t>();
}

std::int64_t Driver::wait_change(std::int64_t since, std::chrono::milliseconds deadline) {
  return call("wait_change", {{"since", since}, {"timeout_ms", deadline.count()}})
      .at("version")
      .get<std::int64_t>();
}

void Driver::wait_until(std::string_view what, const std::function<bool()>& done,
                        std::chrono::milliseconds deadline) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + deadline;
  for (;;) {
    // The version first: what changes during the look is seen by the next one.
    const auto seen = version();
    if (done()) return;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    if (left.count() <= 0) {
      throw std::runtime_error(std::string(what) + ": not within " +
                               std::to_string(deadline.count()) + " ms");
    }
    wait_change(seen, left);
  }
}

SeenMessage Driver::wait_message(const ChatRef& chat, std::int64_t viewer,
                                 const std::function<bool(const SeenMessage&)>& fits,
                                 std::string_view what, std::chrono::milliseconds deadline) {
  SeenMessage found;
  const auto look = [&] {
    auto all = messages(chat, viewer);
    const auto it = std::find_if(all.rbegin(), all.rend(), fits);
    if (it == all.rend()) return false;
    found = std::move(*it);
    return true;
  };
  wait_until(what, look, deadline);
  return found;
}

}  // namespace testdc
