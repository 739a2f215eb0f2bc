#include "testdc/tools/patch_library.hpp"

#include "testdc/tools/bind_inside.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/encoder.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <vector>

namespace testdc {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view begin_line = "-----BEGIN RSA PUBLIC KEY-----\n";
constexpr std::string_view end_line = "\n-----END RSA PUBLIC KEY-----";
constexpr std::size_t line_length = 64;

using Bio = std::unique_ptr<BIO, decltype([](BIO* bio) { BIO_free(bio); })>;
using Key = std::unique_ptr<EVP_PKEY, decltype([](EVP_PKEY* key) { EVP_PKEY_free(key); })>;
using Encoder =
    std::unique_ptr<OSSL_ENCODER_CTX,
                    decltype([](OSSL_ENCODER_CTX* context) { OSSL_ENCODER_CTX_free(context); })>;

std::string content_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

std::vector<char> read_all(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error(fmt::format("cannot read {}", path.string()));
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Creates a file that must not exist yet, readable by nobody else.
void write_private(const fs::path& path, std::string_view text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) {
    throw std::system_error(errno, std::generic_category(), "cannot create " + path.string());
  }
  const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (::close(file) != 0 || !written) throw std::runtime_error("cannot write " + path.string());
}

Key generate(const fs::path& path) {
  Key key(EVP_RSA_gen(2048));
  const Bio bio(BIO_new(BIO_s_mem()));
  if (!key ||
      PEM_write_bio_PrivateKey(bio.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    throw std::runtime_error("OpenSSL cannot make an RSA key");
  }
  if (path.has_parent_path()) fs::create_directories(path.parent_path());
  write_private(path, content_of(bio.get()));
  return key;
}

Key read_key(const fs::path& path) {
  const auto pem = read_all(path);
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
  if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA ||
      EVP_PKEY_get_bits(key.get()) != 2048) {
    throw std::runtime_error(fmt::format(
        "{} is no private RSA key of 2048 bits: remove it and build again", path.string()));
  }
  return key;
}

void write_copy(const fs::path& path, std::span<const char> data) {
  if (path.has_parent_path()) fs::create_directories(path.parent_path());
  // Whoever has the old copy loaded keeps it.
  fs::path fresh = path;
  fresh += ".new";
  {
    std::ofstream out(fresh, std::ios::binary | std::ios::trunc);
    out.write(data.data(), static_cast<std::streamsize>(data.size()));
    out.close();
    if (!out) throw std::runtime_error(fmt::format("cannot write {}", fresh.string()));
  }
  using fs::perms;
  fs::permissions(fresh, perms::owner_all | perms::group_read | perms::group_exec |
                             perms::others_read | perms::others_exec);
  fs::rename(fresh, path);
}

}  // namespace

std::string sha256_hex(std::span<const char> data) {
  std::array<unsigned char, 32> hash{};
  unsigned size = 0;
  if (EVP_Digest(data.data(), data.size(), hash.data(), &size, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("OpenSSL has no SHA-256");
  }
  std::string hex;
  for (const unsigned char byte : hash) hex += fmt::format("{:02x}", byte);
  return hex;
}

std::string ensure_key(const fs::path& private_pem) {
  const Key key = fs::exists(private_pem) ? read_key(private_pem) : generate(private_pem);
  const Bio bio(BIO_new(BIO_s_mem()));
  const Encoder encoder(OSSL_ENCODER_CTX_new_for_pkey(key.get(), EVP_PKEY_PUBLIC_KEY, "PEM",
                                                      "type-specific", nullptr));
  if (!encoder || OSSL_ENCODER_to_bio(encoder.get(), bio.get()) != 1) {
    throw std::runtime_error("OpenSSL cannot write the public key");
  }
  std::string pem = content_of(bio.get());
  while (!pem.empty() && pem.back() == '\n') pem.pop_back();
  return pem;
}

std::array<std::size_t, 2> replace_keys(std::span<char> library, std::string_view public_pem) {
  const auto fits = [](std::string_view pem) {
    return pem.size() == public_pem_size && pem.starts_with(begin_line) &&
           pem.ends_with(end_line) &&
           pem.find('\n', begin_line.size()) == begin_line.size() + line_length;
  };
  if (!fits(public_pem))
    throw std::runtime_error("the public key has another size than the built-in ones");
  const std::string_view all(library.data(), library.size());
  std::vector<std::size_t> places;
  for (auto at = all.find(begin_line); at != std::string_view::npos;
       at = all.find(begin_line, at + 1)) {
    // A third key, with shorter lines, signs another thing and stays.
    if (fits(all.substr(at, public_pem_size))) places.push_back(at);
  }
  if (places.size() != 2) {
    throw std::runtime_error(
        fmt::format("{} built-in keys found where there should be 2", places.size()));
  }
  for (const std::size_t place : places) {
    std::ranges::copy(public_pem, library.subspan(place).begin());
  }
  return {places[0], places[1]};
}

std::string patch_library(const PatchRequest& request) {
  std::error_code ignored;
  if (fs::weakly_canonical(request.library) == fs::weakly_canonical(request.copy) ||
      fs::equivalent(request.library, request.copy, ignored)) {
    throw std::runtime_error("the copy would overwrite the library itself: name another file");
  }
  if (!fs::exists(request.library)) {
    throw std::runtime_error(
        fmt::format("there is no {}: run `npm ci` in third_party/npm", request.library.string()));
  }
  auto library = read_all(request.library);
  if (const auto hash = sha256_hex(library); hash != pinned_library_sha256) {
    throw std::runtime_error(
        fmt::format("{} is not the pinned TDLib 1.8.62 (its SHA-256 is {}, not {})",
                    request.library.string(), hash, pinned_library_sha256));
  }
  const bool made = !fs::exists(request.key);
  const auto places = replace_keys(library, ensure_key(request.key));
  const auto flags = bind_inside(library);
  write_copy(request.copy, library);
  return fmt::format(
      "Checked that {} is the pinned TDLib 1.8.62; it is unchanged.\n"
      "{} the private key {}.\n"
      "Wrote {} with the public half in place of the two built-in keys (at {} and {}), and with\n"
      "DF_SYMBOLIC set (at {}): it takes its own OpenSSL and zlib, as where it is shipped.\n"
      "This copy trusts the local data centre only; it is for tests and never shipped.",
      request.library.string(), made ? "Made" : "Used", request.key.string(), request.copy.string(),
      places[0], places[1], flags);
}

}  // namespace testdc
