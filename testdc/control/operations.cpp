#include "testdc/control/operations.hpp"

#include <boost/asio/steady_timer.hpp>

namespace testdc {

namespace asio = boost::asio;

struct Operations::Waiting {
  explicit Waiting(const tgpanel::Executor& executor) : timer(executor) {}

  asio::steady_timer timer;
  Done done;
};

Operations::Operations(tgpanel::Executor executor, ControlParts parts)
    : executor_(std::move(executor)), parts_(std::move(parts)) {
  add_seed();
  add_scripted();
  add_acts();
  add_presses();
  add_inspection();
  add_faults();
  add_waiting();
  parts_.world.on_change([this] { changed(); });
  parts_.dispatcher.on_record([this] { changed(); });
}

Operations::~Operations() {
  parts_.world.on_change({});
  parts_.dispatcher.on_record({});
  for (auto& [id, waiting] : waiting_) {
    waiting->timer.cancel();
    if (auto done = std::exchange(waiting->done, {})) {
      done(std::unexpected("the data centre is closing"));
    }
  }
}

void Operations::add(std::string name, Function function) {
  add_late(std::move(name),
           [function = std::move(function)](const Json& arguments, const Done& done) {
             done(function(arguments));
           });
}

void Operations::add_late(std::string name, LateFunction function) {
  table_.emplace(std::move(name), std::move(function));
}

void Operations::execute(std::string_view operation, const Json& arguments, const Done& done) {
  const auto it = table_.find(operation);
  if (it == table_.end()) {
    done(std::unexpected("no operation is called \"" + std::string(operation) + "\""));
    return;
  }
  // A refusal before the answer; `done` itself is not to throw.
  std::string refusal;
  try {
    it->second(arguments, done);
    return;
  } catch (const RpcError& error) {
    refusal = error.text;
  } catch (const std::exception& error) {
    refusal = error.what();
  }
  done(std::unexpected(std::string(operation) + ": " + refusal));
}

std::vector<std::string> Operations::names() const {
  std::vector<std::string> out;
  out.reserve(table_.size());
  for (const auto& [name, function] : table_) out.push_back(name);
  return out;
}

void Operations::changed() {
  ++version_;
  const auto waiting = std::exchange(waiting_, {});
  for (const auto& [id, one] : waiting) {
    one->timer.cancel();
    if (auto done = std::exchange(one->done, {})) done(Json{{"version", version_}});
  }
}

void Operations::add_waiting() {
  add("version", [this](const Json&) { return Json{{"version", version_}}; });
  // {since, timeout_ms} → {version}; the same version again when nothing happened in time.
  add_late("wait_change", [this](const Json& arguments, Done done) {
    const auto since = arguments.at("since").get<std::int64_t>();
    const auto timeout = std::chrono::milliseconds(arguments.value("timeout_ms", 10'000));
    if (version_ > since) {
      done(Json{{"version", version_}});
      return;
    }
    auto waiting = std::make_shared<Waiting>(executor_);
    waiting->done = std::move(done);
    const auto id = ++last_waiting_;
    waiting_.emplace(id, waiting);
    waiting->timer.expires_after(timeout);
    waiting->timer.async_wait([this, id, waiting](const boost::system::error_code& error) {
      if (error || !waiting->done) return;
      waiting_.erase(id);
      std::exchange(waiting->done, {})(Json{{"version", version_}});
    });
  });
  add("operations", [this](const Json&) { return Json(names()); });
}

}  // namespace testdc
