// A disk that takes no steps of items.

#include "world.hpp"

#include <SQLiteCpp/Database.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

#include <mutex>

namespace tgpanel::jobs {
namespace {

/// What is logged while it lives; from any thread.
class Log final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  [[nodiscard]] std::size_t lines_with(std::string_view words) {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(std::ranges::count_if(
        lines_, [&](const std::string& line) { return line.find(words) != std::string::npos; }));
  }

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    lines_.emplace_back(message.payload.data(), message.payload.size());
  }

  void flush_() override {}

  std::vector<std::string> lines_;
};

struct DiskTest : World {
  void SetUp() override { spdlog::set_default_logger(std::make_shared<spdlog::logger>("", log)); }

  void TearDown() override { spdlog::set_default_logger(before); }

  static void execute(PanelRun& run, std::string sql) {
    auto work = [sql = std::move(sql)](SQLite::Database& db) { db.exec(sql); };
    ASSERT_TRUE(test::run(run.context, run.database->run(std::move(work))));
  }

  std::shared_ptr<spdlog::logger> before = spdlog::default_logger();
  std::shared_ptr<Log> log = std::make_shared<Log>();
};

TEST_F(DiskTest, WhatCannotBeWrittenIsTriedAgainAndSaidAtIntervals) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  execute(run,
          "CREATE TRIGGER refuse BEFORE UPDATE ON job_item"
          " BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
  const auto id = run.start(1);
  run.until([&] { return log->lines_with("stands still") == 2; });
  EXPECT_EQ(log->lines_with(file.string()), 3U) << "and what storage says, once";
  EXPECT_EQ(run.state(id, 0), ItemState::queued);
  execute(run, "DROP TRIGGER refuse");
  run.until_over(id);
  EXPECT_EQ(run.state(id, 0), ItemState::done);
}

}  // namespace
}  // namespace tgpanel::jobs
