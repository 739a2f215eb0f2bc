#include "testdc/world/names.hpp"

#include <algorithm>
#include <iterator>

namespace testdc {

std::string digits(std::string_view phone) {
  std::string out;
  std::ranges::copy_if(phone, std::back_inserter(out), [](char c) { return c >= '0' && c <= '9'; });
  return out;
}

std::string_view bare_username(std::string_view username) {
  if (username.starts_with('@')) username.remove_prefix(1);
  return username;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool same_username(std::string_view one, std::string_view other) {
  one = bare_username(one);
  other = bare_username(other);
  return !one.empty() && lower(one) == lower(other);
}

}  // namespace testdc
