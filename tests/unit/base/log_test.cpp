#include "base/log.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

namespace tgpanel::log {
namespace {

TEST(Log, AJsonLineIsOneObjectOnOneLine) {
  EXPECT_EQ(json_line(1'769'860'800'007, "info", "ready"),
            R"({"time":"2026-01-31T12:00:00.007Z","level":"info","message":"ready"})");
  const auto line = json_line(0, "error", "a \"b\"\n\xff");
  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(line).at("message"), "a \"b\"\n\ufffd");
}

TEST(Log, WritesJsonLinesToStandardError) {
  const auto before = spdlog::default_logger();
  ::testing::internal::CaptureStderr();
  start("warn", Format::json);
  spdlog::info("too low");
  spdlog::warn("account {}: slow", 7);
  const auto written = ::testing::internal::GetCapturedStderr();
  spdlog::set_default_logger(before);
  const auto json = nlohmann::json::parse(written);
  EXPECT_EQ(json.at("level"), "warning");
  EXPECT_EQ(json.at("message"), "account 7: slow");
}

TEST(Log, WritesText) {
  const auto before = spdlog::default_logger();
  ::testing::internal::CaptureStderr();
  start("debug", Format::text);
  spdlog::debug("hello");
  const auto written = ::testing::internal::GetCapturedStderr();
  spdlog::set_default_logger(before);
  EXPECT_TRUE(written.ends_with("debug hello\n")) << written;
}

}  // namespace
}  // namespace tgpanel::log
