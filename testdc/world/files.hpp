#pragma once
// Uploaded parts, and the photos and documents made of them. Executor: the data centre's one
// thread.

#include "testdc/world/records.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>

namespace testdc {

class Files {
 public:
  /// Parts count from 0. Throws RpcError FILE_PART_INVALID, FILE_PART_EMPTY, FILE_PART_TOO_BIG.
  void save_part(std::int64_t user, std::int64_t file, int part, Bytes bytes);
  /// The upload put together, and forgotten. Throws RpcError FILE_PARTS_INVALID,
  /// FILE_PART_<n>_MISSING.
  [[nodiscard]] Bytes take(std::int64_t user, std::int64_t file, int parts);

  /// Throws RpcError PHOTO_INVALID_DIMENSIONS or IMAGE_PROCESS_FAILED for what is no PNG or JPEG.
  std::shared_ptr<Photo> add_photo(std::int64_t id, int date, Bytes bytes);
  std::shared_ptr<Document> add_document(std::int64_t id, int date, std::string mime_type,
                                         Value attributes, Bytes bytes);
  [[nodiscard]] std::shared_ptr<Photo> photo(std::int64_t id) const;
  [[nodiscard]] std::shared_ptr<Document> document(std::int64_t id) const;

 private:
  std::map<std::pair<std::int64_t, std::int64_t>, std::map<int, Bytes>> uploads_;
  std::map<std::int64_t, std::shared_ptr<Photo>> photos_;
  std::map<std::int64_t, std::shared_ptr<Document>> documents_;
};

/// Width and height of a PNG or JPEG; {0, 0} for anything else.
[[nodiscard]] std::pair<int, int> image_size(std::span<const std::uint8_t> bytes);

}  // namespace testdc
