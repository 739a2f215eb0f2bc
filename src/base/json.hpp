#pragma once
#include <nlohmann/json.hpp>

namespace tgpanel {
using Json = nlohmann::json;
}
