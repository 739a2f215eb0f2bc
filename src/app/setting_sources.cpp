#include "app/setting_sources.hpp"

#include "app/dotenv.hpp"
#include "app/secret_shapes.hpp"
#include "base/files.hpp"
#include "base/text.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace tgpanel::app {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLongestSecretFile = 4096;

// A value and the words for where it came from.
struct Found {
  std::string value;
  std::string source;
};

class Loader {
 public:
  explicit Loader(const SettingSources& sources) : sources_(sources) { read_dotenv(); }

  Result<LoadedSettings> load(Required needed) {
    for (const auto& spec : setting_table()) take(spec, needed);
    take_places();
    warn_of_unknown_names();
    if (problems_.empty()) return std::move(loaded_);

    std::string message = problems_.size() == 1
                              ? std::string("a setting is missing or wrong:")
                              : fmt::format("{} settings are missing or wrong:", problems_.size());
    for (const auto& problem : problems_) message += "\n  " + without_secrets(problem);
    message +=
        "\nSettings are read from the environment and from the file .env in the current folder; "
        ".env.example lists them.";
    return fail(Errc::configuration, std::move(message));
  }

 private:
  void read_dotenv() {
    auto content = read_file(sources_.dotenv);
    if (!content) {
      if (content.error().code != Errc::not_found || sources_.dotenv_must_exist) {
        problems_.push_back(content.error().message + ".");
      }
      return;
    }
    auto parsed = parse_dotenv(*content);
    dotenv_ = std::move(parsed.values);
    for (const auto& problem : parsed.problems) {
      problems_.push_back(fmt::format("{}, {}.", sources_.dotenv.string(), problem));
    }
    const bool has_secret = std::ranges::any_of(setting_table(), [&](const SettingSpec& spec) {
      return spec.secret && dotenv_.contains(spec.name);
    });
    if (has_secret && open_to_others(sources_.dotenv)) {
      loaded_.warnings.push_back(
          fmt::format("{0} holds secrets and others can read it; run: chmod 600 {0}",
                      sources_.dotenv.string()));
    }
  }

  void take(const SettingSpec& spec, Required needed) {
    const auto problems_before = problems_.size();
    const auto found = find(spec);
    const bool of_use = spec.required <= needed;
    if (!of_use) {
      // What this command does not need must not stop it.
      problems_.resize(problems_before);
      if (!found) return;
    }
    if (problems_.size() > problems_before) return;
    if (!found) {
      if (spec.required != Required::never) complain(spec, "is not set", {});
      return;
    }
    const auto value = trim(found->value);
    std::optional<std::string> problem;
    if (is_placeholder(value)) {
      problem = "still holds the placeholder of an example";
    } else if (!valid_utf8(value) || value.find('\0') != std::string_view::npos) {
      problem = "holds bytes that are no text";
    } else {
      problem = spec.take(value, loaded_.settings);
    }
    if (problem && of_use) complain(spec, *problem, found->source);
  }

  std::optional<Found> find(const SettingSpec& spec) {
    if (const auto* value = look(sources_.flags, spec.name))
      return Found{*value, std::string(spec.flag)};
    if (auto found = find_in(spec, sources_.environment, "the environment")) return found;
    if (auto found = find_in(spec, dotenv_, sources_.dotenv.string())) return found;
    if (spec.secret) {
      if (auto found = find_credential(spec)) return found;
    }
    if (spec.default_value.empty()) return std::nullopt;
    return Found{std::string(spec.default_value), "the default"};
  }

  // NAME, or for secrets NAME_FILE, in one layer. An empty value counts as not set.
  std::optional<Found> find_in(const SettingSpec& spec, const Texts& layer,
                               const std::string& layer_name) {
    const auto* value = look(layer, spec.name);
    const auto file_name = fmt::format("{}_FILE", spec.name);
    const auto* file = spec.secret ? look(layer, file_name) : nullptr;
    if (value != nullptr && file != nullptr) {
      complain(spec, fmt::format("is set twice, as {} and as {}; keep one", spec.name, file_name),
               layer_name);
      return std::nullopt;
    }
    if (value != nullptr) return Found{*value, layer_name};
    if (file == nullptr) return std::nullopt;

    auto content = read_file(*file, kLongestSecretFile);
    if (!content) {
      problems_.push_back(fmt::format("{}: {}.", file_name, content.error().message));
      return std::nullopt;
    }
    if (open_to_others(*file)) {
      loaded_.warnings.push_back(fmt::format(
          "{0} holds a secret ({1}) and others can read it; run: chmod 600 {0}", *file, spec.name));
    }
    return Found{std::move(*content), *file};
  }

  std::optional<Found> find_credential(const SettingSpec& spec) {
    const auto* folder = look(sources_.environment, "CREDENTIALS_DIRECTORY");
    if (folder == nullptr) return std::nullopt;
    const auto name = credential_name(spec.name);
    auto content = read_file(fs::path(*folder) / name, kLongestSecretFile);
    if (content) return Found{std::move(*content), "the systemd credential " + name};
    if (content.error().code != Errc::not_found) {
      problems_.push_back(fmt::format("{}: {}.", spec.name, content.error().message));
    }
    return std::nullopt;
  }

  void complain(const SettingSpec& spec, std::string_view what, std::string_view source) {
    auto sentence = fmt::format("{} {}", spec.name, what);
    if (!source.empty()) sentence += fmt::format(" (from {})", source);
    if (!sentence.ends_with('.')) sentence += ".";
    if (!spec.where.empty()) sentence += fmt::format(" {}", spec.where);
    problems_.push_back(std::move(sentence));
  }

  void take_places() {
    auto& settings = loaded_.settings;
    const auto* credentials = look(sources_.environment, "CREDENTIALS_DIRECTORY");
    if (credentials != nullptr) settings.credentials_dir = *credentials;
    const auto* config = look(sources_.environment, "XDG_CONFIG_HOME");
    const auto* home = look(sources_.environment, "HOME");
    // The base directory specification: a relative path is to be ignored.
    if (config != nullptr && fs::path(*config).is_absolute()) {
      settings.config_dir = fs::path(*config) / "tgpanel";
    } else if (home != nullptr && fs::path(*home).is_absolute()) {
      settings.config_dir = fs::path(*home) / ".config" / "tgpanel";
    }
    if (settings.key_file && settings.passphrase_file) {
      problems_.emplace_back(
          "TGPANEL_KEY_FILE and TGPANEL_PASSPHRASE_FILE are both set; keep one of them.");
    }
  }

  // A name with a slip in it would silently do nothing.
  void warn_of_unknown_names() {
    std::set<std::string, std::less<>> known{"TGPANEL_CRASH_AT", "TGPANEL_CRASH_STEP",
                                             "TGPANEL_CRASH_COUNT"};
    for (const auto& spec : setting_table()) {
      known.emplace(spec.name);
      if (spec.secret) known.insert(fmt::format("{}_FILE", spec.name));
    }
    for (const auto* layer : std::initializer_list<const Texts*>{&sources_.environment, &dotenv_}) {
      for (const auto& [name, value] : *layer) {
        if (name.starts_with("TGPANEL_") && !known.contains(name)) {
          loaded_.warnings.push_back(
              fmt::format("{} is no setting of this program and is not used", name));
        }
      }
    }
  }

  static const std::string* look(const Texts& layer, std::string_view name) {
    const auto at = layer.find(name);
    return at == layer.end() || trim(at->second).empty() ? nullptr : &at->second;
  }

  const SettingSources& sources_;
  Texts dotenv_;
  LoadedSettings loaded_;
  std::vector<std::string> problems_;
};

}  // namespace

Result<LoadedSettings> load_settings(const SettingSources& sources, Required needed) {
  return Loader(sources).load(needed);
}

Texts process_environment() {
  Texts result;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const auto equals = text.find('=');
    if (equals != std::string_view::npos)
      result.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return result;
}

}  // namespace tgpanel::app
