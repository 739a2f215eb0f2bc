#include "testdc/control/placeholders.hpp"

#include "testdc/control/hex.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>

namespace testdc {

namespace {

// One grey pixel.
constexpr std::string_view png_hex =
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a494441"
    "54789c636800000082008177cd72b60000000049454e44ae426082";

struct Form {
  const char* mime_type;
  Value attributes;
};

Value video(bool silent) {
  Value out = {{"_", "documentAttributeVideo"}, {"duration", 1.0}, {"w", 64}, {"h", 64}};
  if (silent) out["nosound"] = true;
  return out;
}

Value audio(bool voice) {
  Value out = {{"_", "documentAttributeAudio"}, {"duration", 1}};
  if (voice) out["voice"] = true;
  return out;
}

const std::map<std::string_view, Form>& document_forms() {
  static const std::map<std::string_view, Form> forms{
      {"document",
       {"application/pdf",
        Value::array({{{"_", "documentAttributeFilename"}, {"file_name", "empty.pdf"}}})}},
      {"sticker",
       {"image/webp", Value::array({{{"_", "documentAttributeImageSize"}, {"w", 512}, {"h", 512}},
                                    {{"_", "documentAttributeSticker"},
                                     {"alt", "🙂"},
                                     {"stickerset", {{"_", "inputStickerSetEmpty"}}}}})}},
      {"voice", {"audio/ogg", Value::array({audio(true)})}},
      {"audio", {"audio/mpeg", Value::array({audio(false)})}},
      {"video", {"video/mp4", Value::array({video(false)})}},
      {"animation",
       {"video/mp4", Value::array({video(true), {{"_", "documentAttributeAnimated"}}})}}};
  return forms;
}

Value other(std::string_view kind) {
  if (kind == "contact") {
    return {{"_", "messageMediaContact"},
            {"phone_number", "15550000999"},
            {"first_name", "Somebody"},
            {"last_name", ""},
            {"vcard", ""},
            {"user_id", 0}};
  }
  if (kind == "location") {
    const Value point = {{"_", "geoPoint"}, {"long", 51.4}, {"lat", 35.7}, {"access_hash", 1}};
    return {{"_", "messageMediaGeo"}, {"geo", point}};
  }
  if (kind == "dice") return {{"_", "messageMediaDice"}, {"value", 6}, {"emoticon", "🎲"}};
  throw std::runtime_error("no media is called \"" + std::string(kind) + "\"");
}

bool has_attribute(const Document& document, std::string_view name) {
  return std::ranges::any_of(document.attributes,
                             [name](const Value& one) { return one.at("_") == name; });
}

std::string_view document_kind(const Document& document) {
  if (has_attribute(document, "documentAttributeSticker")) return "sticker";
  if (has_attribute(document, "documentAttributeAnimated")) return "animation";
  if (has_attribute(document, "documentAttributeVideo")) return "video";
  for (const auto& one : document.attributes) {
    if (one.at("_") == "documentAttributeAudio")
      return one.value("voice", false) ? "voice" : "audio";
  }
  return "document";
}

}  // namespace

Media placeholder(World& world, Files& files, std::string_view kind) {
  Media media;
  if (kind == "photo") {
    media.photo = files.add_photo(world.next_id(), world.now(), from_hex(png_hex));
    return media;
  }
  const auto form = document_forms().find(kind);
  if (form == document_forms().end()) {
    media.other = other(kind);
  } else {
    media.document = files.add_document(world.next_id(), world.now(), form->second.mime_type,
                                        form->second.attributes, Bytes(1));
  }
  return media;
}

std::string_view media_kind(const Media& media) {
  if (media.photo) return "photo";
  if (media.document) return document_kind(*media.document);
  if (media.poll) return "poll";
  if (media.other.is_null()) return "";
  const auto& name = media.other.at("_").get_ref<const std::string&>();
  if (name == "messageMediaContact") return "contact";
  return name == "messageMediaGeo" ? "location" : "dice";
}

}  // namespace testdc
