#pragma once
// The server's half of two-step verification (core.telegram.org/api/srp): SRP-6a over the
// well-known 2048-bit prime with g = 3, SHA-256, and PBKDF2 for the password. Numbers are 256
// bytes, big-endian.

#include "testdc/mtproto/bytes.hpp"

#include <string_view>

namespace testdc {

/// What a server keeps of a password.
struct SrpVerifier {
  mtproto::Bytes salt1;
  mtproto::Bytes salt2;
  mtproto::Bytes v;  // g^x mod p
};

/// Takes 100,000 rounds of SHA-512, about 0.1 s.
SrpVerifier make_verifier(std::string_view password, mtproto::Bytes salt1, mtproto::Bytes salt2);

/// One challenge: made for account.getPassword, used by auth.checkPassword.
class SrpServer {
 public:
  /// `secret`: 256 random bytes (b).
  SrpServer(SrpVerifier verifier, mtproto::Bytes secret);

  /// srp_B.
  [[nodiscard]] const mtproto::Bytes& challenge() const { return challenge_; }

  /// True when A and M1 (inputCheckPasswordSRP) prove that the client knows the password.
  [[nodiscard]] bool check(mtproto::ByteView a, mtproto::ByteView m1) const;

 private:
  SrpVerifier verifier_;
  mtproto::Bytes secret_;
  mtproto::Bytes challenge_;
};

}  // namespace testdc
