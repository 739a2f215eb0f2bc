#include "chart/chart.hpp"

#include "chart/canvas.hpp"

#include <algorithm>

namespace tgpanel::chart {

namespace {

constexpr Colour kInk{0.13, 0.15, 0.18};
constexpr Colour kGrey{0.42, 0.45, 0.50};
constexpr Colour kRule{0.86, 0.88, 0.90};
constexpr double kMargin = 48;
constexpr double kRight = kWidth - kMargin;
constexpr double kColumnsTop = 210;
constexpr double kColumnsBottom = 500;
constexpr double kBarsTitle = 610;
constexpr double kBarsTop = 670;
constexpr double kBarPitch = 62;
constexpr double kBarHeight = 40;
constexpr double kBarLabel = 260;  // width of the names beside the bars
constexpr double kBarNumber = 130;

Colour colour_of(Tone tone) {
  switch (tone) {
    case Tone::neutral:
      break;
    case Tone::good:
      return {0.20, 0.60, 0.34};
    case Tone::bad:
      return {0.80, 0.26, 0.24};
    case Tone::unsure:
      return {0.85, 0.60, 0.13};
  }
  return {0.17, 0.46, 0.78};
}

/// Draws so that what begins at the left begins at the right in a picture from right to left.
class Page {
 public:
  explicit Page(bool mirrored) : mirrored_(mirrored) {}

  Canvas& canvas() { return canvas_; }

  void text(const std::string& text, double x, double y, const Style& style) {
    canvas_.text(text, mirrored_ ? kWidth - x : x, y, mirrored_ ? Anchor::right : Anchor::left,
                 style);
  }

  void rectangle(double x, double y, double width, double height, Colour colour) {
    canvas_.rectangle(mirrored_ ? kWidth - x - width : x, y, width, height, colour);
  }

 private:
  Canvas canvas_{kWidth, kHeight};
  bool mirrored_;
};

std::uint64_t greatest(const std::vector<Value>& values) {
  std::uint64_t most = 0;
  for (const auto& value : values) most = std::max(most, value.value);
  return most;
}

void draw_columns(Page& page, const Chart& chart) {
  page.text(chart.columns_title, kMargin, 140, {.size = 28, .bold = true, .colour = kInk});
  auto& canvas = page.canvas();
  canvas.line(kMargin, kRight, kColumnsBottom, kGrey);
  const auto most = greatest(chart.columns);
  if (most == 0) {
    canvas.text(chart.nothing, kWidth / 2.0, (kColumnsTop + kColumnsBottom) / 2, Anchor::middle,
                {.size = 26, .colour = kGrey});
  }
  const double pitch =
      (kRight - kMargin) / static_cast<double>(std::max<std::size_t>(1, chart.columns.size()));
  for (std::size_t i = 0; i < chart.columns.size(); ++i) {
    const auto& column = chart.columns[i];
    const double middle = kMargin + pitch * (static_cast<double>(i) + 0.5);
    canvas.text(column.label, middle, kColumnsBottom + 12, Anchor::middle,
                {.size = 19, .colour = kGrey});
    if (column.value == 0) continue;
    const double height =
        std::max(2.0, (kColumnsBottom - kColumnsTop) * static_cast<double>(column.value) /
                          static_cast<double>(most));
    const double top = kColumnsBottom - height;
    canvas.rectangle(middle - pitch * 0.36, top, pitch * 0.72, height, colour_of(column.tone));
    canvas.text(column.shown, middle, top - 28, Anchor::middle,
                {.size = 18, .colour = kInk, .width = pitch});
  }
}

void draw_bars(Page& page, const Chart& chart) {
  page.text(chart.bars_title, kMargin, kBarsTitle, {.size = 28, .bold = true, .colour = kInk});
  const auto most = greatest(chart.bars);
  if (most == 0) {
    page.text(chart.nothing, kMargin, kBarsTop, {.size = 26, .colour = kGrey});
    return;
  }
  const double longest = kRight - kMargin - kBarLabel - kBarNumber;
  for (std::size_t i = 0; i < chart.bars.size(); ++i) {
    const auto& bar = chart.bars[i];
    const double top = kBarsTop + kBarPitch * static_cast<double>(i);
    page.text(bar.label, kMargin, top + 4, {.size = 24, .colour = kInk, .width = kBarLabel - 16});
    const double length =
        bar.value == 0
            ? 0
            : std::max(3.0, longest * static_cast<double>(bar.value) / static_cast<double>(most));
    page.rectangle(kMargin + kBarLabel, top, length, kBarHeight, colour_of(bar.tone));
    page.text(bar.shown, kMargin + kBarLabel + length + 14, top + 4,
              {.size = 24, .bold = true, .colour = kInk});
  }
}

}  // namespace

Result<std::string> draw(const Chart& chart) {
  Page page(chart.right_to_left);
  page.text(chart.title, kMargin, 36, {.size = 38, .bold = true, .colour = kInk});
  page.text(chart.subtitle, kMargin, 90, {.size = 22, .colour = kGrey});
  page.canvas().line(kMargin, kRight, 128, kRule);
  draw_columns(page, chart);
  page.canvas().line(kMargin, kRight, kBarsTitle - 24, kRule);
  draw_bars(page, chart);
  return page.canvas().png();
}

}  // namespace tgpanel::chart
