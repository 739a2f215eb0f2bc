// Commands whose standard output or input fails.

#include "cli/output.hpp"

#include "cli/account.hpp"
#include "cli/keyword.hpp"
#include "unit/support/run.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace tgpanel::cli {
namespace {

using ::testing::HasSubstr;

struct Outcome {
  int code = -1;
  std::string err;
};

/// Runs `command` with another file in the place of a standard stream.
Outcome with(std::FILE* stream, const char* file, int flags, const std::function<int()>& command) {
  std::fflush(stdout);
  const int number = ::fileno(stream);
  const int kept = ::dup(number);
  const int other = ::open(file, flags | O_CLOEXEC);
  if (kept < 0 || other < 0 || ::dup2(other, number) < 0)
    throw std::runtime_error("no other stream");
  ::close(other);
  testing::internal::CaptureStderr();
  Outcome outcome;
  outcome.code = command();
  outcome.err = testing::internal::GetCapturedStderr();
  // What a full disk did not take is thrown away with it, not printed later.
  std::fflush(stdout);
  ::dup2(kept, number);
  ::close(kept);
  std::clearerr(stream);
  return outcome;
}

Outcome on_a_full_disk(const std::function<int()>& command) {
  return with(stdout, "/dev/full", O_WRONLY, command);
}

int run_keywords(const std::function<Awaitable<int>()>& command) {
  asio::io_context context;
  return test::run(context, command());
}

TEST(Output, ThatDoesNotReachItsPlaceIsAFailureOfTheCommand) {
  const std::vector<std::function<int()>> commands = {
      [] { return run_account_list({}, false, "UTC"); },
      [] { return run_account_list({}, true, "UTC"); },
      [] { return run_keywords([] { return run_keyword_list(nullptr, false); }); },
      [] { return run_keywords([] { return run_keyword_list(nullptr, true); }); },
      [] { return run_keywords([] { return run_keyword_export(nullptr, "-"); }); },
      [] {
        write_out(std::string(1 << 20, 'x'));  // more than the stream keeps
        return printed(0);
      }};
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const auto outcome = on_a_full_disk(commands[i]);
    EXPECT_EQ(outcome.code, 1) << i;
    EXPECT_THAT(outcome.err, HasSubstr("not complete")) << i;
  }
  EXPECT_EQ(printed(3), 3) << "of another command, on a good disk";
}

TEST(Input, ThatBreaksOffIsNotImported) {
  const auto outcome = with(stdin, "/", O_RDONLY, [] {
    return run_keywords([] { return run_keyword_import(nullptr, "-"); });
  });
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("Standard input"));
}

}  // namespace
}  // namespace tgpanel::cli
