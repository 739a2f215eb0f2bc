#include "testdc/world/files.hpp"

#include "testdc/rpc/call.hpp"
#include "testdc/world/limits.hpp"

#include <algorithm>
#include <array>

namespace testdc {

namespace {

int big_endian(std::span<const std::uint8_t> bytes) {
  std::uint32_t value = 0;
  for (const auto byte : bytes) value = (value << 8U) | byte;
  return static_cast<int>(value);
}

std::pair<int, int> jpeg_size(std::span<const std::uint8_t> bytes) {
  std::size_t at = 2;
  while (at + 9 < bytes.size() && bytes[at] == 0xFF) {
    const auto marker = bytes[at + 1];
    const bool frame =
        marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (frame) return {big_endian(bytes.subspan(at + 7, 2)), big_endian(bytes.subspan(at + 5, 2))};
    at += 2 + static_cast<std::size_t>(big_endian(bytes.subspan(at + 2, 2)));
  }
  return {0, 0};
}

}  // namespace

std::pair<int, int> image_size(std::span<const std::uint8_t> bytes) {
  constexpr std::array<std::uint8_t, 8> png{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  if (bytes.size() > 24 && std::ranges::equal(bytes.first(8), png)) {
    return {big_endian(bytes.subspan(16, 4)), big_endian(bytes.subspan(20, 4))};
  }
  if (bytes.size() > 4 && bytes[0] == 0xFF && bytes[1] == 0xD8) return jpeg_size(bytes);
  return {0, 0};
}

void Files::save_part(std::int64_t user, std::int64_t file, int part, Bytes bytes) {
  if (part < 0) throw RpcError{400, "FILE_PART_INVALID"};
  if (bytes.empty()) throw RpcError{400, "FILE_PART_EMPTY"};
  if (bytes.size() > limits::file_part_bytes) throw RpcError{400, "FILE_PART_TOO_BIG"};
  uploads_[{user, file}][part] = std::move(bytes);
}

Bytes Files::take(std::int64_t user, std::int64_t file, int parts) {
  auto upload = uploads_.find({user, file});
  if (parts <= 0 || upload == uploads_.end()) throw RpcError{400, "FILE_PARTS_INVALID"};
  Bytes out;
  for (int part = 0; part < parts; ++part) {
    auto it = upload->second.find(part);
    if (it == upload->second.end()) {
      throw RpcError{400, "FILE_PART_" + std::to_string(part) + "_MISSING"};
    }
    out.insert(out.end(), it->second.begin(), it->second.end());
  }
  uploads_.erase(upload);
  return out;
}

std::shared_ptr<Photo> Files::add_photo(std::int64_t id, int date, Bytes bytes) {
  const auto [width, height] = image_size(bytes);
  if (width <= 0 || height <= 0) throw RpcError{400, "IMAGE_PROCESS_FAILED"};
  // core.telegram.org/bots/api#sendphoto: width and height together at most 10000, ratio at
  // most 20.
  if (width + height > 10'000 || width > 20 * height || height > 20 * width) {
    throw RpcError{400, "PHOTO_INVALID_DIMENSIONS"};
  }
  auto photo = std::make_shared<Photo>(Photo{id, date, width, height, std::move(bytes)});
  photos_[id] = photo;
  return photo;
}

std::shared_ptr<Document> Files::add_document(std::int64_t id, int date, std::string mime_type,
                                              Value attributes, Bytes bytes) {
  auto document = std::make_shared<Document>(
      Document{id, date, std::move(mime_type), std::move(attributes), std::move(bytes)});
  documents_[id] = document;
  return document;
}

std::shared_ptr<Photo> Files::photo(std::int64_t id) const {
  auto it = photos_.find(id);
  return it == photos_.end() ? nullptr : it->second;
}

std::shared_ptr<Document> Files::document(std::int64_t id) const {
  auto it = documents_.find(id);
  return it == documents_.end() ? nullptr : it->second;
}

}  // namespace testdc
