#include "base/crypto_stream.hpp"

#include "base/crypto.hpp"

#include <sodium.h>

#include <stdexcept>
#include <utility>

namespace tgpanel::crypto {

namespace {

using State = crypto_secretstream_xchacha20poly1305_state;

static_assert(kStreamHeaderBytes == crypto_secretstream_xchacha20poly1305_HEADERBYTES);
static_assert(kStreamExtraBytes == crypto_secretstream_xchacha20poly1305_ABYTES);
static_assert(kStreamStateBytes == sizeof(State) && alignof(State) <= 16);
static_assert(kKeyBytes == crypto_secretstream_xchacha20poly1305_KEYBYTES);

// libsodium speaks in unsigned bytes, and its state is plain bytes.
const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

State* state_of(std::array<unsigned char, kStreamStateBytes>& room) {
  return reinterpret_cast<State*>(room.data());
}

void expect(bool fits) {
  if (!fits) throw std::logic_error("a key or a header of a wrong size");
}

}  // namespace

StreamSealer::StreamSealer(const Secret& key, std::string context)
    : context_(std::move(context)), header_(kStreamHeaderBytes, '\0') {
  init();
  expect(key.reveal().size() == kKeyBytes);
  crypto_secretstream_xchacha20poly1305_init_push(state_of(state_), bytes(header_),
                                                  bytes(key.reveal()));
}

StreamSealer::~StreamSealer() {
  sodium_memzero(state_.data(), state_.size());
}

std::string StreamSealer::seal(std::string_view plain, Part part) {
  std::string sealed(plain.size() + kStreamExtraBytes, '\0');
  const unsigned char tag = part == Part::last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                               : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
  crypto_secretstream_xchacha20poly1305_push(state_of(state_), bytes(sealed), nullptr, bytes(plain),
                                             plain.size(), bytes(context_), context_.size(), tag);
  return sealed;
}

StreamOpener::StreamOpener(const Secret& key, std::string context, std::string_view header)
    : context_(std::move(context)) {
  init();
  expect(key.reveal().size() == kKeyBytes && header.size() == kStreamHeaderBytes);
  crypto_secretstream_xchacha20poly1305_init_pull(state_of(state_), bytes(header),
                                                  bytes(key.reveal()));
}

StreamOpener::~StreamOpener() {
  sodium_memzero(state_.data(), state_.size());
}

std::optional<StreamOpener::Opened> StreamOpener::open(std::string_view sealed) {
  if (sealed.size() < kStreamExtraBytes) return std::nullopt;
  Opened opened{std::string(sealed.size() - kStreamExtraBytes, '\0'), Part::one_of_many};
  unsigned char tag = 0;
  if (crypto_secretstream_xchacha20poly1305_pull(state_of(state_), bytes(opened.plain), nullptr,
                                                 &tag, bytes(sealed), sealed.size(),
                                                 bytes(context_), context_.size()) != 0) {
    return std::nullopt;
  }
  if (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL) opened.part = Part::last;
  return opened;
}

}  // namespace tgpanel::crypto
