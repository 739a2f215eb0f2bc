#include "testdc/tools/patch_library.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <stdexcept>

namespace testdc {
namespace {

namespace fs = std::filesystem;

class PatchLibrary : public testing::Test {
 public:
  PatchLibrary(const PatchLibrary&) = delete;
  PatchLibrary& operator=(const PatchLibrary&) = delete;

 protected:
  PatchLibrary() {
    std::string name = (fs::temp_directory_path() / "patch_library.XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder = name;
  }

  ~PatchLibrary() override {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }

  static void write(const fs::path& path, std::string_view text) {
    std::ofstream(path, std::ios::binary) << text;
  }

  static std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  fs::path folder;
};

/// A key of the built-in ones' layout.
std::string key_of(char letter, std::size_t line = 64) {
  std::string body(425 - 31 - 29, letter);
  for (std::size_t at = line; at < body.size(); at += line + 1) body[at] = '\n';
  return "-----BEGIN RSA PUBLIC KEY-----\n" + body + "\n-----END RSA PUBLIC KEY-----";
}

TEST_F(PatchLibrary, HashesAsDocumented) {
  EXPECT_EQ(sha256_hex(std::string_view("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_F(PatchLibrary, TheKeyIsMadeOnceAndPrivate) {
  const fs::path path = folder / "sub" / "key.pem";
  const std::string pem = ensure_key(path);
  EXPECT_EQ(pem.size(), public_pem_size);
  EXPECT_EQ(pem.find('\n', 31), 31U + 64U);
  EXPECT_TRUE(pem.ends_with("IDAQAB\n-----END RSA PUBLIC KEY-----")) << pem;  // e = 65537
  struct stat info{};
  ASSERT_EQ(::stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  EXPECT_EQ(ensure_key(path), pem);
  EXPECT_NE(ensure_key(folder / "other.pem"), pem);
}

TEST_F(PatchLibrary, AFileThatIsNoKeyIsRefused) {
  write(folder / "key.pem", "hello");
  EXPECT_THROW(ensure_key(folder / "key.pem"), std::runtime_error);
}

TEST_F(PatchLibrary, BothKeysAndNothingElseChange) {
  const std::string third = key_of('c', 32);
  std::string library = "head " + key_of('a') + '\0' + key_of('b') + '\0' + third + " tail";
  const std::string ours = key_of('x');
  const auto places = replace_keys(library, ours);
  EXPECT_EQ(places, (std::array<std::size_t, 2>{5, 5 + 426}));
  EXPECT_EQ(library, "head " + ours + '\0' + ours + '\0' + third + " tail");
}

TEST_F(PatchLibrary, AnyOtherNumberOfKeysIsRefused) {
  const std::string ours = key_of('x');
  for (const int count : {0, 1, 3}) {
    std::string library;
    for (int i = 0; i < count; ++i) library += key_of('a') + '\0';
    const std::string before = library;
    EXPECT_THROW(replace_keys(library, ours), std::runtime_error) << count;
    EXPECT_EQ(library, before);
  }
  std::string library = key_of('a') + '\0' + key_of('b');
  EXPECT_THROW(replace_keys(library, ours.substr(1)), std::runtime_error);
}

TEST_F(PatchLibrary, OnlyThePinnedLibraryIsPatched) {
  write(folder / "lib.so", key_of('a') + '\0' + key_of('b'));
  try {
    patch_library({folder / "lib.so", folder / "key.pem", folder / "copy.so"});
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("is not the pinned TDLib"), std::string::npos)
        << error.what();
  }
  EXPECT_FALSE(fs::exists(folder / "copy.so"));
  EXPECT_FALSE(fs::exists(folder / "key.pem"));
}

TEST_F(PatchLibrary, TheLibraryItselfIsNeverWritten) {
  write(folder / "lib.so", "x");
  fs::create_symlink("lib.so", folder / "link.so");
  fs::create_hard_link(folder / "lib.so", folder / "hard.so");
  for (const char* copy : {"lib.so", "./lib.so", "link.so", "hard.so"}) {
    try {
      patch_library({folder / "lib.so", folder / "key.pem", folder / copy});
      FAIL() << copy;
    } catch (const std::runtime_error& error) {
      EXPECT_NE(std::string(error.what()).find("overwrite the library itself"), std::string::npos)
          << copy << ": " << error.what();
    }
  }
  EXPECT_EQ(read(folder / "lib.so"), "x");
}

TEST_F(PatchLibrary, AMissingLibraryIsSaid) {
  EXPECT_THROW(patch_library({folder / "no.so", folder / "key.pem", folder / "copy.so"}),
               std::runtime_error);
}

}  // namespace
}  // namespace testdc
