#pragma once
// Cairo and Pango, owned.

#include "base/result.hpp"

#include <cairo.h>
#include <pango/pangocairo.h>

#include <memory>
#include <string>

namespace tgpanel::chart {

struct Colour {
  double red = 0;
  double green = 0;
  double blue = 0;
};

/// Where `x` is in a text.
enum class Anchor : unsigned char { left, middle, right };

struct Style {
  double size = 24;  // pixels
  bool bold = false;
  Colour colour{};
  double width = 0;  // what is longer ends in "…"; 0: any
};

/// A white picture that is drawn on.
class Canvas {
 public:
  Canvas(int width, int height);

  void rectangle(double x, double y, double width, double height, Colour colour);
  void line(double x1, double x2, double y, Colour colour);
  /// One line; `y`: its top. The letters are joined and ordered by Pango, each text by its own
  /// direction.
  void text(const std::string& text, double x, double y, Anchor anchor, const Style& style);
  /// The PNG file. failed: Cairo met an error, also earlier.
  [[nodiscard]] Result<std::string> png() const;

 private:
  struct Destroy {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }

    void operator()(cairo_t* context) const { cairo_destroy(context); }

    void operator()(PangoFontMap* fonts) const { g_object_unref(fonts); }
  };

  std::unique_ptr<cairo_surface_t, Destroy> surface_;
  std::unique_ptr<cairo_t, Destroy> context_;
  std::unique_ptr<PangoFontMap, Destroy> fonts_;  // not the one that Pango keeps for each thread
};

}  // namespace tgpanel::chart
