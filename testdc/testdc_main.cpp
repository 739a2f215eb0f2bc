// testdc: the local Telegram data centre as a program.

#include "testdc/data_centre.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <pthread.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace {

/// Whoever waits for the file never sees half of it.
void write_ports(const std::filesystem::path& file, const testdc::DataCentre& dc) {
  const std::filesystem::path draft = file.string() + ".new";
  std::ofstream out(draft);
  out << tgpanel::Json{{"socks", dc.socks_port()}, {"control", dc.control_port()}} << '\n';
  out.close();
  if (!out) throw std::runtime_error("cannot write " + draft.string());
  std::filesystem::rename(draft, file);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app(
      "A local Telegram data centre behind a SOCKS5 port on 127.0.0.1, for tests and demos.");
  testdc::Options options;
  options.schema_folder = TGPANEL_SCHEMA_DIR;
  std::filesystem::path port_file;
  app.add_option("--schema", options.schema_folder,
                 "Folder with api-schema.json and mtp-schema.json of @mtcute/tl");
  app.add_option("--key", options.rsa_key,
                 "RSA private key (PEM); the clients' TDLib must hold its public half")
      ->required();
  app.add_option("--socks-port", options.socks_port, "Port of the data centre; 0: any free one");
  app.add_option("--control-port", options.control_port,
                 "Port of the HTTP control interface; 0: any free one");
  app.add_option("--port-file", port_file,
                 "Write {\"socks\": ..., \"control\": ...} there when ready");
  CLI11_PARSE(app, argc, argv);

  // Before any thread starts, so that all of them leave the signals to sigwait.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  try {
    const testdc::DataCentre dc(options);
    if (!port_file.empty()) write_ports(port_file, dc);
    fmt::print("testdc: ready, SOCKS5 on 127.0.0.1:{}, control on http://127.0.0.1:{}\n",
               dc.socks_port(), dc.control_port());
    std::fflush(stdout);
    int signal = 0;
    sigwait(&signals, &signal);
  } catch (const std::exception& error) {
    fmt::print(stderr, "testdc: {}\n", error.what());
    return 1;
  }
  return 0;
}
