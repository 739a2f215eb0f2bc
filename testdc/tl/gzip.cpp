#include "testdc/tl/gzip.hpp"

#include <zlib.h>

#include <array>
#include <memory>
#include <stdexcept>

namespace testdc::tl {

namespace {

constexpr int gzip_format = 16 + MAX_WBITS;
constexpr int either_format = 32 + MAX_WBITS;

}  // namespace

std::expected<std::vector<std::uint8_t>, std::string> gunzip(std::span<const std::uint8_t> packed) {
  z_stream stream{};
  if (inflateInit2(&stream, either_format) != Z_OK) throw std::bad_alloc();
  const std::unique_ptr<z_stream, decltype([](z_stream* s) { inflateEnd(s); })> guard(&stream);
  stream.next_in = const_cast<Bytef*>(packed.data());  // NOLINT: zlib does not write there
  stream.avail_in = static_cast<uInt>(packed.size());
  std::vector<std::uint8_t> out;
  std::array<std::uint8_t, 16384> chunk{};
  int status = Z_OK;
  while (status == Z_OK) {
    stream.next_out = chunk.data();
    stream.avail_out = static_cast<uInt>(chunk.size());
    status = inflate(&stream, Z_NO_FLUSH);
    const std::size_t made = chunk.size() - stream.avail_out;
    if (out.size() + made > max_unpacked) return std::unexpected("unpacks to too much");
    out.insert(out.end(), chunk.data(), chunk.data() + made);
  }
  if (status != Z_STREAM_END) return std::unexpected("not a zlib or gzip stream");
  return out;
}

std::vector<std::uint8_t> gzip(std::span<const std::uint8_t> data) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, gzip_format, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  const std::unique_ptr<z_stream, decltype([](z_stream* s) { deflateEnd(s); })> guard(&stream);
  std::vector<std::uint8_t> out(deflateBound(&stream, static_cast<uLong>(data.size())));
  stream.next_in = const_cast<Bytef*>(data.data());  // NOLINT: zlib does not write there
  stream.avail_in = static_cast<uInt>(data.size());
  stream.next_out = out.data();
  stream.avail_out = static_cast<uInt>(out.size());
  if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
    throw std::logic_error("deflateBound was too small");
  out.resize(stream.total_out);
  return out;
}

}  // namespace testdc::tl
