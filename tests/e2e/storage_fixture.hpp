#pragma once
// A disk that fails when a test says so (storage_faults.cpp), and bytes that change in files.

#include "account_fixture.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

namespace e2e {

namespace fs = std::filesystem;

inline std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// `count` bytes from `at` on become rubbish; the file keeps its length.
inline void overwrite(const fs::path& file, std::size_t at, std::size_t count) {
  std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
  out.seekp(static_cast<std::streamoff>(at));
  out << std::string(count, '\xee') << std::flush;
  if (!out) throw std::runtime_error("cannot damage " + file.string());
}

inline void flip_bit(const fs::path& file, std::size_t at) {
  auto bytes = bytes_of(file);
  bytes.at(at) = static_cast<char>(bytes.at(at) ^ 1);
  std::ofstream(file, std::ios::binary) << bytes;
}

class StorageTest : public AccountTest {
 protected:
  StorageTest() {
    const auto shim = support::programs().loopback_only.parent_path() / "libstorage_faults.so";
    if (!fs::exists(shim)) throw std::runtime_error(shim.string() + " is missing");
    stage.environment()["LD_PRELOAD"] += ":" + shim.string();
    stage.environment()["STORAGE_FAULTS"] = orders_.string();
  }

  /// From the next write on, in every program of the stage; lines as storage_faults.cpp has them.
  void break_disk(std::string_view lines) {
    const auto fresh = stage.folder() / "faults.new";
    std::ofstream(fresh) << lines << '\n';
    fs::rename(fresh, orders_);
  }

  void mend_disk() { fs::remove(orders_); }

  [[nodiscard]] fs::path database() const { return stage.data() / "panel.db"; }

 private:
  fs::path orders_ = stage.folder() / "faults";
};

}  // namespace e2e
