#pragma once
// `tgpanel keyword ...`: the keywords, from a terminal, while the panel is not running.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "storage/keyword_repository.hpp"

#include <string>
#include <vector>

namespace tgpanel::cli {

/// All of these: executor the domain's; `rows` must outlive the call (nullptr, where nothing is
/// added: there is no database yet); return the exit code. What
/// was done is on standard output and, before it is printed, on disk; what went wrong is on
/// standard error.

/// Adds rules, all in one transaction. 0: each is there now; 3: some were refused; 1: none was
/// taken.
Awaitable<int> run_keyword_add(storage::KeywordRepository* rows, std::vector<std::string> rules);

/// As run_keyword_add, with the rules of a file of UTF-8 text, one a line; "-": standard input.
/// Empty lines and comments ("#" alone, or before a space or another "#") are left out. 4: there is
/// no such file.
Awaitable<int> run_keyword_import(storage::KeywordRepository* rows, std::string file);

/// Prints a table, or with `json` an array.
Awaitable<int> run_keyword_list(storage::KeywordRepository* rows, bool json);

/// Removes by the numbers that the list shows. 3: some were not there; 4: none was.
Awaitable<int> run_keyword_remove(storage::KeywordRepository* rows, std::vector<KeywordId> ids);

/// Writes what run_keyword_import reads back to the same; "-": to standard output. A file that is
/// there is replaced whole.
Awaitable<int> run_keyword_export(storage::KeywordRepository* rows, std::string file);

}  // namespace tgpanel::cli
