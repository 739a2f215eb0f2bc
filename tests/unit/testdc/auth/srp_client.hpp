#pragma once
// The client's half of two-step verification, written from core.telegram.org/api/srp alone.

#include "testdc/tl/schema.hpp"

#include <string_view>

namespace testdc {

struct SrpProof {
  tl::Bytes a;
  tl::Bytes m1;
};

/// `algo`: current_algo of account.password; `challenge`: srp_B.
SrpProof prove(std::string_view password, const tl::Value& algo, const tl::Bytes& challenge);

}  // namespace testdc
