// Uploads and downloads.
#include "testdc/world/context.hpp"

#include <algorithm>

namespace testdc {

namespace {

struct Stored {
  const Bytes& bytes;
  const char* type;  // core.telegram.org/type/storage.FileType
};

Stored stored(const Context& context, const Caller& caller, const Value& location) {
  const auto& kind = location.at("_").get_ref<const std::string&>();
  if (kind != "inputPhotoFileLocation" && kind != "inputDocumentFileLocation") {
    throw RpcError{400, "LOCATION_INVALID"};
  }
  const auto id = location.at("id").get<std::int64_t>();
  if (location.at("access_hash") != context.world.file_access_hash(caller.user_id, id)) {
    throw RpcError{400, "FILE_ID_INVALID"};
  }
  if (const auto photo = context.files.photo(id)) return {photo->bytes, "storage.filePng"};
  if (const auto document = context.files.document(id)) {
    return {document->bytes, "storage.fileUnknown"};
  }
  throw RpcError{400, "FILE_ID_INVALID"};
}

// core.telegram.org/method/upload.getFile, core.telegram.org/api/files#downloading-files: a part of
// the file, which is shorter than asked for where the file ends.
Value get_file(const Context& context, const Caller& caller, const Value& query) {
  const auto offset = query.at("offset").get<std::int64_t>();
  const auto limit = query.at("limit").get<std::int64_t>();
  if (offset < 0 || limit <= 0) throw RpcError{400, "LIMIT_INVALID"};
  const auto& [bytes, type] = stored(context, caller, query.at("location"));
  const auto size = static_cast<std::int64_t>(bytes.size());
  const auto first = std::min(offset, size);
  const auto last = std::min(first + limit, size);
  return {{"_", "upload.file"},
          {"type", {{"_", type}}},
          {"mtime", context.world.now()},
          {"bytes", Value::binary(Bytes(bytes.begin() + first, bytes.begin() + last))}};
}

}  // namespace

void add_file_methods(Dispatcher& dispatcher, Context context) {
  const auto save = [context](const Caller& caller, const Value& query) {
    context.files.save_part(caller.user_id, query.at("file_id").get<std::int64_t>(),
                            query.at("file_part").get<int>(), query.at("bytes").get_binary());
    return Value(true);
  };
  dispatcher.add("upload.saveFilePart", save);
  dispatcher.add("upload.saveBigFilePart", save);
  dispatcher.add("upload.getFile", [context](const Caller& caller, const Value& query) {
    return get_file(context, caller, query);
  });
}

}  // namespace testdc
