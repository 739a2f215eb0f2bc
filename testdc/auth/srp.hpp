#pragma once
// The server's half of the two-step verification (core.telegram.org/api/srp): SRP-6a over the
// 2048-bit prime of the documentation with g = 3, SHA-256, and PBKDF2 for the password.

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace testdc {

/// What a server keeps of a password.
struct SrpVerifier {
  std::vector<std::uint8_t> salt1;
  std::vector<std::uint8_t> salt2;
  std::vector<std::uint8_t> v;  // g^x mod p, 256 bytes
};

/// The documentation's prime and its generator.
std::span<const std::uint8_t> srp_prime();
inline constexpr int srp_generator = 3;

/// Takes 100,000 rounds of SHA-512, about 0.1 s.
SrpVerifier make_verifier(std::string_view password, std::span<const std::uint8_t> salt1,
                          std::span<const std::uint8_t> salt2);

/// One challenge: made for account.getPassword, used by auth.checkPassword.
class SrpServer {
 public:
  /// `secret`: 256 random bytes (b).
  SrpServer(const SrpVerifier& verifier, std::span<const std::uint8_t> secret);
  SrpServer(SrpServer&&) noexcept;
  SrpServer& operator=(SrpServer&&) noexcept;
  ~SrpServer();

  /// srp_B, 256 bytes.
  [[nodiscard]] const std::vector<std::uint8_t>& b() const;
  /// True when A and M1 (inputCheckPasswordSRP) prove that the client knows the password.
  [[nodiscard]] bool check(std::span<const std::uint8_t> a, std::span<const std::uint8_t> m1) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The client's half, for tests: A and M1 of a password against a challenge.
struct SrpProof {
  std::vector<std::uint8_t> a;
  std::vector<std::uint8_t> m1;
};

SrpProof prove(std::string_view password, std::span<const std::uint8_t> salt1,
               std::span<const std::uint8_t> salt2, std::span<const std::uint8_t> b,
               std::span<const std::uint8_t> secret);

}  // namespace testdc
