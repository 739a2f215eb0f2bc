#include "chart/chart.hpp"

#include <gtest/gtest.h>
#include <png.h>

#include <cstdint>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace tgpanel::chart {
namespace {

struct Image {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::vector<std::uint8_t> bytes;  // RGB, rows from the top

  [[nodiscard]] std::uint32_t at(std::uint32_t x, std::uint32_t y) const {
    const std::size_t i = (std::size_t{y} * width + x) * 3;
    return std::uint32_t{bytes[i]} << 16U | std::uint32_t{bytes[i + 1]} << 8U | bytes[i + 2];
  }

  /// Pixels that are not white.
  [[nodiscard]] std::size_t ink(std::uint32_t left, std::uint32_t top, std::uint32_t right,
                                std::uint32_t bottom) const {
    std::size_t n = 0;
    for (auto y = top; y < bottom; ++y) {
      for (auto x = left; x < right; ++x) n += at(x, y) == 0xFFFFFF ? 0U : 1U;
    }
    return n;
  }
};

Image decode(const std::string& png) {
  png_image head{};
  head.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&head, png.data(), png.size()) == 0) {
    throw std::runtime_error("no PNG file");
  }
  head.format = PNG_FORMAT_RGB;
  Image image{head.width, head.height, std::vector<std::uint8_t>(PNG_IMAGE_SIZE(head))};
  if (png_image_finish_read(&head, nullptr, image.bytes.data(), 0, nullptr) == 0) {
    throw std::runtime_error("a damaged PNG file");
  }
  return image;
}

Chart english() {
  Chart chart;
  chart.title = "Statistics";
  chart.subtitle = "2026-11-24 12:45";
  chart.columns_title = "Matches per hour";
  for (int hour = 0; hour < 24; ++hour) {
    const auto value = static_cast<std::uint64_t>(hour % 7);
    chart.columns.push_back({std::to_string(hour), value, std::to_string(value)});
  }
  chart.bars_title = "Actions by outcome";
  chart.bars = {{"done", 40, "40", Tone::good}, {"failed", 10, "10", Tone::bad}};
  chart.nothing = "Nothing yet";
  return chart;
}

TEST(Chart, IsAPngOfItsStatedSizeAndTheSameForTheSameData) {
  const auto png = draw(english());
  ASSERT_TRUE(png) << png.error().message;
  const auto image = decode(*png);
  EXPECT_EQ(image.width, static_cast<std::uint32_t>(kWidth));
  EXPECT_EQ(image.height, static_cast<std::uint32_t>(kHeight));
  EXPECT_LT(png->size(), 300'000U);
  EXPECT_EQ(*png, draw(english()).value());
}

TEST(Chart, EveryNumberChangesThePicture) {
  const auto original = draw(english()).value();
  std::set<std::string> pictures{original};
  auto chart = english();
  chart.columns[3].value = 9;
  pictures.insert(draw(chart).value());
  chart = english();
  chart.bars[1].value = 39;
  pictures.insert(draw(chart).value());
  chart = english();
  chart.title = "Other";
  pictures.insert(draw(chart).value());
  EXPECT_EQ(pictures.size(), 4U);
}

TEST(Chart, TheGreatestColumnAndBarAreTheLongest) {
  auto chart = english();
  for (auto& column : chart.columns) column = {};
  chart.columns[0] = {"", 10, "10"};
  chart.columns[23] = {"", 5, "5"};
  const auto image = decode(draw(chart).value());
  const auto first = image.ink(48, 240, 93, 499);  // under the numbers above the columns
  const auto last = image.ink(1'107, 240, 1'152, 499);
  EXPECT_GT(first, 1'000U);
  EXPECT_GT(first, last + last / 2);
  EXPECT_EQ(image.ink(600, 240, 640, 499), 0U) << "no column where there was nothing";
}

TEST(Chart, WithoutNumbersItSaysSo) {
  auto chart = english();
  for (auto& column : chart.columns) column.value = 0;
  for (auto& bar : chart.bars) bar.value = 0;
  const auto with = decode(draw(chart).value());
  chart.nothing.clear();
  const auto without = decode(draw(chart).value());
  EXPECT_GT(with.ink(400, 330, 800, 400), 200U);
  EXPECT_EQ(without.ink(400, 330, 800, 400), 0U);
}

TEST(Chart, PersianBeginsAtTheRightAndItsLettersAreJoined) {
  auto chart = english();
  chart.right_to_left = true;
  chart.title = "آمار";
  chart.bars = {{"انجام شد", 40, "۴۰", Tone::good}};
  const auto image = decode(draw(chart).value());
  EXPECT_EQ(image.ink(0, 30, 600, 85), 0U) << "the title is at the right";
  EXPECT_GT(image.ink(900, 30, 1'200, 85), 200U);
  // Joined letters are narrower than the same ones kept apart by a non-joiner: shaping works.
  const auto width = [](std::string title) {
    Chart only;
    only.title = std::move(title);
    const auto drawn = decode(draw(only).value());
    std::uint32_t right = 0;
    for (std::uint32_t x = 0; x < drawn.width; ++x) {
      if (drawn.ink(x, 30, x + 1, 85) > 0) right = x;
    }
    return right;
  };
  EXPECT_LT(width("ببببببب"), width("ب\u200cب\u200cب\u200cب\u200cب\u200cب\u200cب"));
}

TEST(Chart, TextsAndNumbersOfAnyLengthAreDrawn) {
  auto chart = english();
  chart.title = std::string(5'000, 'x');
  chart.bars.front().label = std::string(5'000, 'y');
  chart.columns.front() = {std::string(300, '9'), UINT64_MAX, std::string(300, '9')};
  chart.bars.front().value = UINT64_MAX;
  EXPECT_EQ(decode(draw(chart).value()).width, static_cast<std::uint32_t>(kWidth));
  EXPECT_TRUE(draw({}));
}

}  // namespace
}  // namespace tgpanel::chart
