#pragma once
// Keywords as a text file. Pure.

#include "base/result.hpp"
#include "monitor/rule.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::monitor {

struct KeywordFile {
  std::vector<std::string> rules;
  std::vector<std::size_t> lines;  // of each rule, from 1
};

/// invalid: no UTF-8 text; says which line.
[[nodiscard]] Result<KeywordFile> read_keyword_file(std::string_view text);

/// A rule a line, under a comment. read_keyword_file reads the same rules from it.
[[nodiscard]] std::string write_keyword_file(std::span<const Keyword> keywords);

}  // namespace tgpanel::monitor
