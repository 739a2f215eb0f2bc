#include "storage/keyring.hpp"

#include "base/crypto.hpp"
#include "base/files.hpp"
#include "base/random.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <system_error>
#include <utility>

namespace tgpanel::storage {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kCheckText = "telegram panel master key";
constexpr std::string_view kCheckContext = "tgpanel key check 1";
constexpr std::string_view kWrapContext = "tgpanel database key 1";
constexpr std::size_t kShortestPassphrase = 12;
constexpr auto kCredential = "tgpanel-master-key";
constexpr std::string_view kDataFolder = "this data folder";
constexpr std::string_view kBackup = "this backup";

std::unexpected<Error> refuse(std::string sentence) {
  return fail(Errc::configuration, std::move(sentence));
}

// What key.check holds: proof of the master key, and the salt where it comes from a passphrase.
struct Check {
  std::string proof;
  std::string salt;  // empty: the key was not a passphrase
};

// Any bytes: that of a backup comes from elsewhere.
std::optional<Check> parse_check(std::string_view content) {
  const auto json = nlohmann::json::parse(content, nullptr, false);
  if (!json.is_object() || !json.contains("version") || json["version"] != 1) return std::nullopt;
  const auto bytes = [&json](const char* name) -> std::optional<std::string> {
    const auto found = json.find(name);
    if (found == json.end() || !found->is_string()) return std::nullopt;
    return crypto::from_hex(found->get<std::string>());
  };
  auto proof = bytes("proof");
  auto salt = bytes("salt");
  if (!proof || !salt || (!salt->empty() && salt->size() != crypto::kSaltBytes))
    return std::nullopt;
  return Check{std::move(*proof), std::move(*salt)};
}

Result<std::optional<Check>> read_check(const fs::path& file) {
  auto content = read_file(file, 4096);
  if (!content && content.error().code == Errc::not_found) return std::nullopt;
  if (!content) return refuse(content.error().message);
  auto check = parse_check(*content);
  if (check) return check;
  return refuse(
      fmt::format("{} is damaged; restore it from the backup of the data folder", file.string()));
}

Result<void> store_check(const fs::path& file, const Secret& master, const std::string& salt) {
  const nlohmann::json json{
      {"version", 1},
      {"proof", crypto::to_hex(crypto::seal(master, kCheckText, kCheckContext))},
      {"salt", crypto::to_hex(salt)}};
  if (auto stored = create_file(file, json.dump() + "\n"); !stored)
    return refuse(stored.error().message);
  return {};
}

// 64 hexadecimal digits, or the 32 bytes themselves.
std::optional<Secret> parse_key(std::string content) {
  if (content.size() == crypto::kKeyBytes) return Secret(std::move(content));
  const Secret text(std::move(content));
  const auto end = text.reveal().find_last_not_of(" \r\n\t");
  const auto hex =
      std::string_view(text.reveal()).substr(0, end == std::string::npos ? 0 : end + 1);
  if (hex.size() != 2 * crypto::kKeyBytes) return std::nullopt;
  auto key = crypto::from_hex(hex);
  if (!key) return std::nullopt;
  return Secret(std::move(*key));
}

Result<std::string> read_private(const fs::path& file, std::string_view setting,
                                 const fs::path& data_dir) {
  if (lies_within(file, data_dir)) {
    return refuse(
        fmt::format("{} names {}, which is inside the data folder: whoever copies the folder would "
                    "have the key too; move the file elsewhere",
                    setting, file.string()));
  }
  auto content = read_file(file);
  if (!content) return refuse(fmt::format("{}: {}", setting, content.error().message));
  if (open_to_others(file)) {
    const Secret wiped(std::move(*content));
    return refuse(fmt::format("{} names {}, which others can read; run: chmod 0400 {}", setting,
                              file.string(), file.string()));
  }
  return content;
}

Result<Secret> key_from_file(const fs::path& file, std::string_view setting,
                             const fs::path& data_dir) {
  auto content = read_private(file, setting, data_dir);
  if (!content) return std::unexpected(content.error());
  auto key = parse_key(std::move(*content));
  if (!key) {
    return refuse(
        fmt::format("{} names {}, which holds no key: 64 hexadecimal digits are expected "
                    "(openssl rand -hex 32 makes them)",
                    setting, file.string()));
  }
  return *std::move(key);
}

Result<Secret> key_from_passphrase_file(const fs::path& file, const fs::path& data_dir,
                                        std::string_view salt) {
  auto content = read_private(file, "TGPANEL_PASSPHRASE_FILE", data_dir);
  if (!content) return std::unexpected(content.error());
  while (!content->empty() && (content->back() == '\n' || content->back() == '\r'))
    content->pop_back();
  const Secret passphrase(std::move(*content));
  if (passphrase.reveal().size() < kShortestPassphrase) {
    return refuse(fmt::format("the passphrase in {} is too short: at least {} bytes are expected",
                              file.string(), kShortestPassphrase));
  }
  return crypto::key_from_passphrase(passphrase, salt);
}

// systemd decides about the rights of its credentials.
Result<std::optional<Secret>> key_from_credential(const std::optional<fs::path>& folder) {
  if (!folder) return std::nullopt;
  auto content = read_file(*folder / kCredential);
  if (!content && content.error().code == Errc::not_found) return std::nullopt;
  if (!content) return refuse(content.error().message);
  auto key = parse_key(std::move(*content));
  if (!key) {
    return refuse(fmt::format(
        "the systemd credential {} holds no key: 64 hexadecimal digits are expected", kCredential));
  }
  return key;
}

Result<Secret> create_key(const fs::path& file, const fs::path& data_dir) {
  if (lies_within(file, data_dir)) {
    return refuse(
        fmt::format("the master key would be created as {}, inside the data folder: set "
                    "TGPANEL_KEY_FILE to a place elsewhere",
                    file.string()));
  }
  if (auto folder = make_private_folder(file.parent_path()); !folder)
    return refuse(folder.error().message);
  Secret key(random_bytes(crypto::kKeyBytes));
  const Secret hex(crypto::to_hex(key.reveal()) + "\n");
  if (auto stored = create_file(file, hex.reveal(), 0400); !stored)
    return refuse(stored.error().message);
  return key;
}

struct Found {
  Secret key;
  std::string salt;
  std::string where;  // for sentences
  std::optional<fs::path> created;
};

// `of`: whose key it is, for sentences.
Result<Found> find_key(const KeySources& sources, const std::optional<Check>& check,
                       std::string_view of) {
  const auto with = [](Result<Secret> key, std::string where,
                       std::string salt = {}) -> Result<Found> {
    if (!key) return std::unexpected(key.error());
    return Found{std::move(*key), std::move(salt), std::move(where), std::nullopt};
  };
  if (sources.key_file && sources.passphrase_file) {
    return refuse("TGPANEL_KEY_FILE and TGPANEL_PASSPHRASE_FILE are both set; keep one of them");
  }
  if (sources.key_file) {
    return with(key_from_file(*sources.key_file, "TGPANEL_KEY_FILE", sources.data_dir),
                sources.key_file->string());
  }
  if (sources.passphrase_file) {
    if (check && check->salt.empty()) {
      return refuse(fmt::format(
          "TGPANEL_PASSPHRASE_FILE is set, but {} was made with a key file: set TGPANEL_KEY_FILE "
          "to that file instead",
          of));
    }
    const auto salt = check ? check->salt : random_bytes(crypto::kSaltBytes);
    return with(key_from_passphrase_file(*sources.passphrase_file, sources.data_dir, salt),
                sources.passphrase_file->string(), salt);
  }
  auto credential = key_from_credential(sources.credentials_dir);
  if (!credential) return std::unexpected(credential.error());
  if (*credential)
    return with(std::move(**credential), fmt::format("the systemd credential {}", kCredential));

  if (check && !check->salt.empty()) {
    return refuse(fmt::format(
        "{} was made with a passphrase: set TGPANEL_PASSPHRASE_FILE to the file that holds it",
        of));
  }
  if (sources.config_dir.empty()) {
    return refuse(
        "there is no place for the master key: neither HOME nor XDG_CONFIG_HOME is set; set "
        "TGPANEL_KEY_FILE");
  }
  const auto file = sources.config_dir / "master.key";
  std::error_code error;
  if (fs::exists(fs::symlink_status(file, error))) {
    return with(key_from_file(file, "the default place", sources.data_dir), file.string());
  }
  if (check) {
    return refuse(
        fmt::format("the master key of {} is missing: {} is not there; restore it, or set "
                    "TGPANEL_KEY_FILE to where it is now. Without it the sessions cannot be "
                    "opened; nothing was changed",
                    of, file.string()));
  }
  auto created = create_key(file, sources.data_dir);
  if (!created) return std::unexpected(created.error());
  return Found{std::move(*created), {}, file.string(), file};
}

Result<void> prove(const Found& found, const Check& check, std::string_view of) {
  if (crypto::unseal(found.key, check.proof, kCheckContext)) return {};
  return refuse(
      fmt::format("the master key from {} is not the one {} was made with; put the right one back. "
                  "Nothing was changed",
                  found.where, of));
}

}  // namespace

Keyring::Keyring(Secret master, std::optional<fs::path> created)
    : master_(std::move(master)), created_(std::move(created)) {}

Result<Keyring> Keyring::open(const KeySources& sources) {
  const auto check_file = sources.data_dir / kKeyCheckFile;
  auto check = read_check(check_file);
  if (!check) return std::unexpected(check.error());
  if (!*check && sources.has_sessions) {
    return refuse(
        fmt::format("{} is missing although the data folder was in use before; restore it from the "
                    "backup. Nothing was changed",
                    check_file.string()));
  }

  auto found = find_key(sources, *check, kDataFolder);
  if (!found) return std::unexpected(found.error());
  if (!*check) {
    if (auto stored = store_check(check_file, found->key, found->salt); !stored) {
      return std::unexpected(stored.error());
    }
  } else if (auto proved = prove(*found, **check, kDataFolder); !proved) {
    return std::unexpected(proved.error());
  }
  return Keyring(std::move(found->key), std::move(found->created));
}

Result<Keyring> Keyring::open_copy(const KeySources& sources, std::string_view text) {
  const auto check = parse_check(text);
  if (!check) return refuse("the proof of the master key in this backup is damaged");
  auto found = find_key(sources, check, kBackup);
  if (!found) return std::unexpected(found.error());
  if (auto proved = prove(*found, *check, kBackup); !proved) return std::unexpected(proved.error());
  return Keyring(std::move(found->key), std::nullopt);
}

Secret Keyring::derive(std::string_view purpose) const {
  return crypto::derive(master_, purpose);
}

std::string Keyring::wrap(const Secret& key) const {
  return crypto::seal(master_, key.reveal(), kWrapContext);
}

Result<Secret> Keyring::unwrap(std::string_view wrapped) const {
  auto key = crypto::unseal(master_, wrapped, kWrapContext);
  if (!key) return refuse("the stored key of a session does not open with the master key");
  return *std::move(key);
}

Secret Keyring::new_database_key() {
  return Secret(random_bytes(crypto::kKeyBytes));
}

}  // namespace tgpanel::storage
