#pragma once
// The constructors that neither schema file has: read and written by hand, each in one place.

#include <cstdint>

namespace testdc::tl {

// core.telegram.org/mtproto/serialize: the base types.
inline constexpr std::uint32_t vector_id = 0x1cb5c415;
inline constexpr std::uint32_t bool_true_id = 0x997275b5;
inline constexpr std::uint32_t bool_false_id = 0xbc799737;

// core.telegram.org/schema/mtproto: what frames other messages.
inline constexpr std::uint32_t msg_container_id = 0x73f1f8dc;
inline constexpr std::uint32_t rpc_result_id = 0xf35c6d01;
inline constexpr std::uint32_t gzip_packed_id = 0x3072cfa1;

// req_pq of older clients; today's send req_pq_multi (core.telegram.org/mtproto/auth_key).
inline constexpr std::uint32_t req_pq_id = 0x60469778;

}  // namespace testdc::tl
