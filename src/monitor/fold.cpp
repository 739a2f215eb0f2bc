#include "monitor/fold.hpp"

#include "monitor/plain_letters.hpp"
#include "monitor/utf8.hpp"

#include <unicode/bytestream.h>
#include <unicode/edits.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <limits>
#include <stdexcept>

namespace tgpanel::monitor {

namespace {

// While tracing, origins count bytes of the original; UTF-16 units come at the end.
using Origins = std::vector<TracedFold::Origin>;

const icu::Normalizer2& casefold() {
  UErrorCode status = U_ZERO_ERROR;
  const auto* instance = icu::Normalizer2::getNFKCCasefoldInstance(status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no normalisation data");
  return *instance;
}

icu::StringPiece piece(std::string_view text) {
  return {text.data(), static_cast<std::int32_t>(text.size())};
}

void check(UErrorCode status) {
  if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
}

bool is_casefolded(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const bool folded = casefold().isNormalizedUTF8(piece(text), status) != 0;
  check(status);
  return folded;
}

Origins compose_origins(const icu::Edits& edits, const Origins& before, std::size_t new_size) {
  Origins after;
  after.reserve(new_size);
  UErrorCode status = U_ZERO_ERROR;
  for (auto it = edits.getFineIterator(); it.next(status);) {
    const auto from = static_cast<std::size_t>(it.sourceIndex());
    if (!it.hasChange()) {
      const auto length = static_cast<std::size_t>(it.oldLength());
      after.insert(after.end(), before.begin() + it.sourceIndex(),
                   before.begin() + static_cast<std::ptrdiff_t>(from + length));
      continue;
    }
    if (it.oldLength() == 0 || it.newLength() == 0) continue;
    const auto last = from + static_cast<std::size_t>(it.oldLength()) - 1;
    after.insert(after.end(), static_cast<std::size_t>(it.newLength()),
                 {before[from].begin, before[last].end});
  }
  check(status);
  return after;
}

std::string run_casefold(std::string_view text, Origins* origins) {
  std::string out;
  out.reserve(text.size());
  icu::StringByteSink<std::string> sink(&out);
  UErrorCode status = U_ZERO_ERROR;
  icu::Edits edits;
  casefold().normalizeUTF8(0, piece(text), sink, origins == nullptr ? nullptr : &edits, status);
  check(status);
  if (origins != nullptr) *origins = compose_origins(edits, *origins, out.size());
  return out;
}

std::string run_plain(std::string_view text, Origins* origins) {
  std::string out;
  out.reserve(text.size());
  Origins after;
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = at;
    const auto plain = plain_letter(next_code_point(text, at));
    if (plain == kDropped) continue;
    const bool repeated_space = plain == U' ' && !out.empty() && out.back() == ' ';
    if (!repeated_space) append_code_point(out, plain);
    if (origins == nullptr) continue;
    const auto end = (*origins)[at - 1].end;
    if (repeated_space) {
      after.back().end = end;
    } else {
      after.resize(out.size(), {(*origins)[begin].begin, end});
    }
  }
  if (origins != nullptr) *origins = std::move(after);
  return out;
}

std::string fold_with(std::string_view utf8, Origins* origins) {
  if (utf8.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
    throw std::length_error("text too long to fold");
  }
  auto text = run_plain(run_casefold(utf8, origins), origins);
  // Dropping a character can bring together what composes or is to be reordered: repeated until
  // nothing changes, which makes folding idempotent. Each round composes or sorts, so it ends.
  while (!is_casefolded(text)) text = run_plain(run_casefold(text, origins), origins);
  return text;
}

// offsets[i]: UTF-16 units before byte i; inside a character: before that character.
std::vector<std::uint32_t> utf16_offsets(std::string_view utf8) {
  std::vector<std::uint32_t> offsets(utf8.size() + 1);
  std::uint32_t units = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    auto byte = at;
    const auto c = next_code_point(utf8, at);
    for (; byte < at; ++byte) offsets[byte] = units;
    units += c > 0xFFFF ? 2 : 1;
  }
  offsets.back() = units;
  return offsets;
}

}  // namespace

std::string fold(std::string_view utf8) {
  return fold_with(utf8, nullptr);
}

TracedFold fold_traced(std::string_view utf8) {
  TracedFold traced;
  traced.origins.resize(utf8.size());
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<std::uint32_t>(i);
    traced.origins[i] = {byte, byte + 1};
  }
  traced.text = fold_with(utf8, &traced.origins);
  const auto units = utf16_offsets(utf8);
  for (auto& origin : traced.origins) {
    origin = {units[origin.begin], units[origin.end]};
  }
  return traced;
}

bool has_letter_or_digit(std::string_view utf8) {
  for (std::size_t at = 0; at < utf8.size();) {
    const auto c = next_code_point(utf8, at);
    if (c != kReplacement && u_isalnum(static_cast<UChar32>(c)) != 0) return true;
  }
  return false;
}

std::size_t count_characters(std::string_view utf8) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < utf8.size(); ++count) (void)next_code_point(utf8, at);
  return count;
}

}  // namespace tgpanel::monitor
