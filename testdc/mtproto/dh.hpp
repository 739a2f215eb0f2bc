#pragma once
// Diffie-Hellman with Telegram's well-known safe prime and g = 3, and the factors of the proof of
// work.

#include "testdc/mtproto/bytes.hpp"

#include <cstdint>

namespace testdc::mtproto {

constexpr std::int32_t kDhGenerator = 3;

/// The 2048-bit prime that Telegram's servers use and clients know to be safe.
ByteView dh_prime();

/// base^exponent mod dh_prime(), padded to 256 bytes; numbers are big-endian.
Bytes dh_power(ByteView base, ByteView exponent);
/// kDhGenerator^exponent.
Bytes dh_public(ByteView exponent);
/// True when 2^(2048-64) <= value <= prime - 2^(2048-64), as both sides have to check.
bool dh_in_range(ByteView value);

/// p < q and p * q, big-endian without leading zeros.
struct Factors {
  Bytes p;
  Bytes q;
  Bytes pq;
};

/// Two 31-bit primes.
Factors make_factors();

}  // namespace testdc::mtproto
