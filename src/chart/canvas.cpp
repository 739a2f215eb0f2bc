#include "chart/canvas.hpp"

#include <fmt/format.h>

#include <new>

namespace tgpanel::chart {

namespace {

// Debian's fonts-dejavu-core: has Latin, Arabic and the letters and digits that only Persian uses.
// Where it is not installed fontconfig takes another.
constexpr const char* kFont = "DejaVu Sans, Sans";

template <class Object>
struct Unref {
  void operator()(Object* object) const { g_object_unref(object); }
};

struct FreeFont {
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};

cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) {
  try {
    // Cairo's interface: bytes are unsigned char.
    static_cast<std::string*>(closure)->append(
        reinterpret_cast<const char*>(data),  // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
        length);
    return CAIRO_STATUS_SUCCESS;
  } catch (const std::bad_alloc&) {
    return CAIRO_STATUS_NO_MEMORY;
  }
}

void set(cairo_t* context, Colour colour) {
  cairo_set_source_rgb(context, colour.red, colour.green, colour.blue);
}

}  // namespace

Canvas::Canvas(int width, int height)
    : surface_(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height)),
      context_(cairo_create(surface_.get())),
      fonts_(pango_cairo_font_map_new()) {
  set(context_.get(), {1, 1, 1});
  cairo_paint(context_.get());
}

void Canvas::rectangle(double x, double y, double width, double height, Colour colour) {
  set(context_.get(), colour);
  cairo_rectangle(context_.get(), x, y, width, height);
  cairo_fill(context_.get());
}

void Canvas::line(double x1, double x2, double y, Colour colour) {
  rectangle(x1, y, x2 - x1, 1, colour);
}

void Canvas::text(const std::string& text, double x, double y, Anchor anchor, const Style& style) {
  const std::unique_ptr<PangoContext, Unref<PangoContext>> context(
      pango_font_map_create_context(fonts_.get()));
  pango_cairo_update_context(context_.get(), context.get());
  const std::unique_ptr<PangoLayout, Unref<PangoLayout>> layout(pango_layout_new(context.get()));
  const std::unique_ptr<PangoFontDescription, FreeFont> font(
      pango_font_description_from_string(kFont));
  pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
  if (style.bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  int width = 0;
  pango_layout_get_pixel_size(layout.get(), &width, nullptr);
  if (style.width > 0 && width > style.width) {
    pango_layout_set_width(layout.get(), static_cast<int>(style.width * PANGO_SCALE));
    pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
    width = static_cast<int>(style.width);
  }
  const double shift = anchor == Anchor::left ? 0 : anchor == Anchor::middle ? width / 2.0 : width;
  set(context_.get(), style.colour);
  cairo_move_to(context_.get(), x - shift, y);
  pango_cairo_show_layout(context_.get(), layout.get());
}

Result<std::string> Canvas::png() const {
  std::string bytes;
  auto status = cairo_status(context_.get());
  if (status == CAIRO_STATUS_SUCCESS) {
    status = cairo_surface_write_to_png_stream(surface_.get(), append, &bytes);
  }
  if (status == CAIRO_STATUS_SUCCESS) return bytes;
  return fail(Errc::failed,
              fmt::format("The picture could not be drawn: {}.", cairo_status_to_string(status)));
}

}  // namespace tgpanel::chart
