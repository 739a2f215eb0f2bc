// seed_sessions: logs many people of a data centre in, as `tgpanel account add` would one by one.

#include "sessions/saved_sessions.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <sys/stat.h>

#include <exception>

int main(int argc, char** argv) {
  CLI::App app("Fills a data folder with sessions that are logged in.");
  support::SessionPlace place;
  std::string key;
  support::People people;
  app.add_option("--folder", place.folder, "Data folder")->required();
  app.add_option("--key", key, "Master key file")->required();
  app.add_option("--library", place.library, "TDLib that trusts the data centre")->required();
  app.add_option("--socks", place.socks_port, "The data centre's port")->required();
  app.add_option("--first", people.first, "The number of the first one's phone");
  app.add_option("--code", people.code, "The login code of all of them");
  app.add_option("--accounts", people.count, "How many")->required()->check(CLI::Range(1, 2000));
  CLI11_PARSE(app, argc, argv);
  try {
    ::umask(077);
    std::filesystem::create_directories(place.folder);
    place.key_file = key;
    place.td_verbosity = 2;  // warnings: tests look for those about data
    support::log_in_all(place, people);
  } catch (const std::exception& error) {
    fmt::print(stderr, "seed_sessions: {}\n", error.what());
    return 1;
  }
  return 0;
}
