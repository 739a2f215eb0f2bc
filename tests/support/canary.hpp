#pragma once
// Secrets that a test plants on purpose, and the search for them in all that a program leaves.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace support {

class Canaries {
 public:
  /// `secret`: bytes that nothing says by chance; eight at least.
  void plant(std::string_view name, std::string_view secret);

  /// Every secret in these bytes, as it is or in hexadecimal digits or base64, each as
  /// "<where>: <name> (<form>)".
  [[nodiscard]] std::vector<std::string> in(std::string_view where, std::string_view bytes) const;
  /// Every secret in the names and contents of the files below a folder, but for these files.
  [[nodiscard]] std::vector<std::string> below(
      const std::filesystem::path& folder, const std::vector<std::filesystem::path>& except) const;

 private:
  struct Form {
    std::string name;
    std::string bytes;
  };

  std::vector<Form> forms_;
};

/// Every entry below a folder that others than its owner may read, write or enter, as
/// "<path>: <mode>".
std::vector<std::string> open_entries(const std::filesystem::path& folder);

/// The bytes of a file, also of one in /proc; empty when it has gone.
std::string bytes_of(const std::filesystem::path& file);

}  // namespace support
