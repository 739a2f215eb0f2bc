#include "testdc/data_centre.hpp"

#include "base/time.hpp"
#include "testdc/auth/auth.hpp"
#include "testdc/control/http_port.hpp"
#include "testdc/control/operations.hpp"
#include "testdc/mtproto/server.hpp"
#include "testdc/rpc/dispatcher.hpp"
#include "testdc/tl/schema.hpp"
#include "testdc/world/callbacks.hpp"
#include "testdc/world/files.hpp"
#include "testdc/world/methods.hpp"
#include "testdc/world/world.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <future>
#include <optional>
#include <stdexcept>
#include <thread>

namespace testdc {

namespace asio = boost::asio;

namespace {

LoginControl login_control(Auth& auth) {
  return {
      .set_code = [&auth](std::string_view phone,
                          std::string_view code) { auth.set_code(phone, code); },
      .set_plan =
          [&auth](std::string_view phone, const Json& plan) {
            const CodePlan usual;
            auth.set_plan(phone, {.kinds = plan.value("kinds", usual.kinds),
                                  .timeout = plan.value("timeout", usual.timeout),
                                  .begins = plan.value("begins", ""),
                                  .email = plan.value("email", "")});
          },
      .last_code = [&auth](std::string_view phone) { return auth.last_code(phone); },
      .expire_code = [&auth](std::string_view phone) { auth.expire_code(phone); },
      .set_qr_lifetime = [&auth](int seconds) { auth.set_qr_lifetime(seconds); },
      .scan_qr = [&auth](std::int64_t user, std::string_view link) { auth.scan_qr(user, link); },
      .sessions = [&auth](std::int64_t user) { return auth.sessions(user); },
      .freeze =
          [&auth](std::int64_t user, const Json& freeze) {
            if (!freeze.value("frozen", true)) return auth.freeze(user, std::nullopt);
            auth.freeze(user, Freeze{.since = freeze.value("since", 0),
                                     .until = freeze.value("until", 0),
                                     .appeal_url = freeze.value("appeal", "")});
          },
      .revoke = [&auth](std::int64_t user, std::string_view error,
                        std::string_view session) { auth.revoke(user, error, session); },
      .keys_of_user = [&auth](std::int64_t user) { return auth.keys_of_user(user); }};
}

}  // namespace

// Members are made before the thread starts and destroyed after it has ended, the last one first.
struct DataCentre::Impl {
  explicit Impl(const Options& options)
      : world(clock),
        callbacks(world),
        dispatcher(context.get_executor()),
        server(
            context.get_executor(),
            {.schema = tl::Schema::load(options.schema_folder), .clock = clock, .sink = dispatcher},
            mtproto::RsaKey::load(options.rsa_key), options.socks_port),
        auth(context.get_executor(),
             {.dispatcher = dispatcher, .world = world, .transport = server, .clock = clock}),
        operations(context.get_executor(), {.world = world,
                                            .files = files,
                                            .callbacks = callbacks,
                                            .dispatcher = dispatcher,
                                            .transport = server,
                                            .login = login_control(auth)}) {
    world.connect([this](std::int64_t user) { return auth.keys_of_user(user); }, server);
    add_world_methods(dispatcher, world, files, callbacks);
    dispatcher.on_online_changed([this](std::uint64_t, bool) { operations.changed(); });
    if (options.control_http) {
      http.emplace(context.get_executor(), operations, options.control_port);
    }
    thread = std::thread([this] { context.run(); });
  }

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  ~Impl() {
    context.stop();
    thread.join();
    dispatcher.on_online_changed({});
  }

  tgpanel::SystemClock clock;
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard{context.get_executor()};
  World world;
  Files files;
  Callbacks callbacks;
  Dispatcher dispatcher;
  mtproto::Server server;
  Auth auth;
  Operations operations;
  std::optional<HttpPort> http;
  std::thread thread;
};

DataCentre::DataCentre(const Options& options) : impl_(std::make_unique<Impl>(options)) {}

DataCentre::~DataCentre() = default;

std::uint16_t DataCentre::socks_port() const {
  return impl_->server.port();
}

std::uint16_t DataCentre::control_port() const {
  return impl_->http ? impl_->http->port() : std::uint16_t{0};
}

tgpanel::Json DataCentre::control(std::string_view operation, const tgpanel::Json& arguments) {
  using Answer = std::expected<tgpanel::Json, std::string>;
  // Shared: the data centre's thread may be the last to let go of it.
  const auto promise = std::make_shared<std::promise<Answer>>();
  auto future = promise->get_future();
  asio::post(impl_->context, [this, name = std::string(operation), arguments, promise] {
    impl_->operations.execute(name, arguments,
                              [promise](Answer answer) { promise->set_value(std::move(answer)); });
  });
  Answer answer = future.get();
  if (!answer) throw std::runtime_error(answer.error());
  return std::move(*answer);
}

}  // namespace testdc
