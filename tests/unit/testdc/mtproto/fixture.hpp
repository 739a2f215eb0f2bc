#pragma once
// A server with a scripted CallSink, on a thread of its own.

#include "testdc/mtproto/server.hpp"
#include "unit/testdc/mtproto/client.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

#include <future>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace testdc::mtproto {

inline const tl::Schema& schema() {
  static const auto loaded = tl::Schema::load(TGPANEL_SCHEMA_DIR);
  return *loaded;
}

/// Answers account.updateStatus and the size that help.getNearestDc was told to have; keeps the
/// answers of everything else until release().
class ScriptedSink final : public CallSink {
 public:
  void on_call(const Caller& caller, Value query, Reply reply) override {
    const std::string method = query.at("_").get<std::string>();
    calls.emplace_back(caller, method);
    if (method == "account.updateStatus") {
      reply(Value(true));
    } else if (method == "help.getNearestDc") {
      reply(Value{{"_", "nearestDc"},
                  {"country", std::string(country_size, 'x')},
                  {"this_dc", caller.dc},
                  {"nearest_dc", 1}});
    } else {
      held.push_back(std::move(reply));
    }
  }

  void on_online(std::uint64_t auth_key_id, bool online) override {
    changes.emplace_back(auth_key_id, online);
  }

  void on_trouble(const std::string& what) override { troubles.push_back(what); }

  std::size_t country_size = 2;
  std::vector<std::pair<Caller, std::string>> calls;
  std::vector<Reply> held;
  std::vector<std::pair<std::uint64_t, bool>> changes;
  std::vector<std::string> troubles;
};

class MtprotoServer : public testing::Test {
 protected:
  MtprotoServer() {
    server = std::make_unique<Server>(context.get_executor(),
                                      Server::Parts{shared_schema(), clock, sink}, rsa, 0);
    port = server->port();
    thread = std::thread([this] { context.run(); });
  }

  MtprotoServer(const MtprotoServer&) = delete;
  MtprotoServer& operator=(const MtprotoServer&) = delete;

  /// Runs `work` on the server's thread and returns what it returns.
  template <class Work>
  auto on_server(Work work) {
    // Shared: the server's thread still uses it when the result is there.
    using Task = std::packaged_task<std::invoke_result_t<Work>()>;
    const auto task = std::make_shared<Task>(std::move(work));
    auto result = task->get_future();
    boost::asio::post(context, [task] { (*task)(); });
    return result.get();
  }

  ~MtprotoServer() override {
    on_server([this] { server.reset(); });
    guard.reset();
    thread.join();
  }

  Client client() { return Client(schema(), rsa, port); }

  /// A client with a key, an initialised session and its first answer.
  void log_on(Client& client) {
    client.connect();
    client.make_key();
    initialise(client);
  }

  static void initialise(Client& client) {
    client.receive_answer(
        client.send(init(Value{{"_", "account.updateStatus"}, {"offline", false}})));
  }

  static Value init(Value query) {
    const Value connection = {
        {"_", "initConnection"}, {"api_id", 1},        {"device_model", "test"},
        {"system_version", "1"}, {"app_version", "1"}, {"system_lang_code", "en"},
        {"lang_pack", ""},       {"lang_code", "en"},  {"query", std::move(query)}};
    return {{"_", "invokeWithLayer"}, {"layer", schema().layer()}, {"query", connection}};
  }

  static const RsaKey& shared_rsa() {
    static const RsaKey key = RsaKey::generate();
    return key;
  }

  static std::shared_ptr<const tl::Schema> shared_schema() {
    return {std::shared_ptr<void>(), &schema()};
  }

  const RsaKey rsa = shared_rsa();
  boost::asio::io_context context;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard{
      context.get_executor()};
  tgpanel::SystemClock clock;
  ScriptedSink sink;
  std::unique_ptr<Server> server;
  std::uint16_t port = 0;
  std::thread thread;
};

}  // namespace testdc::mtproto
