// testdc-patch-library <libtdjson.so> <key.pem> <copy>

#include "testdc/tools/patch_library.hpp"

#include <cstdio>
#include <exception>
#include <string>

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs(
        "usage: testdc-patch-library <libtdjson.so> <key.pem> <copy>\n"
        "Writes a copy of the library that trusts the local data centre with this key only.\n",
        stderr);
    return 2;
  }
  try {
    const std::string done =
        testdc::patch_library({.library = argv[1], .key = argv[2], .copy = argv[3]});
    std::puts(done.c_str());
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "testdc-patch-library: %s\n", error.what());
    return 1;
  }
}
