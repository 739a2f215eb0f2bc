#pragma once
// The .env file: NAME=VALUE lines.

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::app {

struct DotEnv {
  std::map<std::string, std::string, std::less<>> values;
  std::vector<std::string> problems;  // "line 3: ..."; never with a value
};

/// Reads the text of a .env file. Empty lines and lines that begin with # are passed over; "export
/// " in front is allowed. Values: bare up to " #" or the line's end, 'as it is', or "with \n \t
/// \\ \"
/// \$". Nothing is expanded. A name that comes twice is a problem.
[[nodiscard]] DotEnv parse_dotenv(std::string_view text);

}  // namespace tgpanel::app
