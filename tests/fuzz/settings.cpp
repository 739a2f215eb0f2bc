// A .env file of any bytes, and each of its values in every setting: read, or refused with the end
// of a sentence that holds no secret.

#include "app/settings.hpp"

#include "app/dotenv.hpp"
#include "app/setting_table.hpp"
#include "base/text.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

/// With other letters and digits. What else there is, such as a colon, decides which sentence
/// comes.
std::string altered(std::string_view value) {
  std::string other(value);
  for (char& c : other) {
    if (c >= '0' && c <= '9') c = static_cast<char>(c ^ 1);
    if (c >= 'a' && c <= 'z') c = static_cast<char>('a' + ((c - 'a') ^ 1));
    if (c >= 'A' && c <= 'Z') c = static_cast<char>('A' + ((c - 'A') ^ 1));
  }
  return other;
}

/// Unless it is a piece of the sentence itself, which that of another value has too.
bool repeats(const std::string& problem, const tgpanel::app::SettingSpec& spec,
             std::string_view value) {
  if (!problem.contains(value)) return false;
  tgpanel::app::Settings settings;
  const auto again = spec.take(altered(value), settings);
  return !again || !again->contains(value);
}

void try_value(const tgpanel::app::SettingSpec& spec, std::string_view value) {
  tgpanel::app::Settings settings;
  const auto problem = spec.take(value, settings);
  if (!problem) return;
  expect(!problem->empty());
  expect(tgpanel::valid_utf8(*problem));
  // Too long to be in a sentence by chance.
  if (spec.secret && value.size() >= 24) expect(!repeats(*problem, spec, value));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto env = tgpanel::app::parse_dotenv(text);
  for (const auto& problem : env.problems) expect(problem.starts_with("line "));
  for (const auto& [name, raw] : env.values) {
    expect(!name.empty());
    // What the settings do before they take a value.
    const auto value = tgpanel::trim(raw);
    if (tgpanel::app::is_placeholder(value)) continue;
    if (!tgpanel::valid_utf8(value) || value.find('\0') != std::string_view::npos) continue;
    for (const auto& spec : tgpanel::app::setting_table()) {
      // Its own setting; a name that none has tries all of them.
      if (spec.name == name || name == "ANY") try_value(spec, value);
    }
  }
  return 0;
}
