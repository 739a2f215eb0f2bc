#include "testdc/tools/bind_inside.hpp"

#include <elf.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstring>
#include <initializer_list>
#include <stdexcept>
#include <string>

namespace testdc {
namespace {

/// Nothing but a header, the place of the dynamic section, and that section.
struct Image {
  Elf64_Ehdr header{};
  Elf64_Phdr parts[2]{};
  Elf64_Dyn entries[3]{};
};

std::string library(std::initializer_list<Elf64_Dyn> entries) {
  Image image;
  std::memcpy(image.header.e_ident, ELFMAG, SELFMAG);
  image.header.e_ident[EI_CLASS] = ELFCLASS64;
  image.header.e_ident[EI_DATA] = ELFDATA2LSB;
  image.header.e_phoff = offsetof(Image, parts);
  image.header.e_phnum = 2;
  image.parts[0].p_type = PT_LOAD;
  image.parts[1].p_type = PT_DYNAMIC;
  image.parts[1].p_offset = offsetof(Image, entries);
  image.parts[1].p_filesz = sizeof(image.entries);
  std::size_t count = 0;
  for (const Elf64_Dyn& entry : entries) image.entries[count++] = entry;
  return {reinterpret_cast<const char*>(&image), sizeof(image)};
}

Elf64_Dyn entry(Elf64_Sxword tag, Elf64_Xword value) {
  return {.d_tag = tag, .d_un = {.d_val = value}};
}

TEST(BindInside, TheFlagAndNothingElseChanges) {
  std::string image = library({entry(DT_RELASZ, DF_BIND_NOW), entry(DT_FLAGS, DF_BIND_NOW)});
  const std::string wanted =
      library({entry(DT_RELASZ, DF_BIND_NOW), entry(DT_FLAGS, DF_BIND_NOW | DF_SYMBOLIC)});
  const std::size_t place = bind_inside(image);
  EXPECT_EQ(image, wanted);
  EXPECT_EQ(image[place], DF_BIND_NOW | DF_SYMBOLIC);
  EXPECT_EQ(bind_inside(image), place) << "once more";
  EXPECT_EQ(image, wanted);
}

TEST(BindInside, WhatHasNoFlagsIsRefusedAndLeftAsItWas) {
  std::string behind_the_end = library({entry(DT_NULL, 0), entry(DT_FLAGS, DF_BIND_NOW)});
  std::string none = library({entry(DT_RELASZ, 1), entry(DT_RELAENT, 1), entry(DT_RELA, 1)});
  std::string other_class = library({entry(DT_FLAGS, DF_BIND_NOW)});
  other_class[EI_CLASS] = ELFCLASS32;
  std::string text = "#!/bin/sh\n";
  std::string empty;
  for (std::string* image : {&behind_the_end, &none, &other_class, &text, &empty}) {
    const std::string before = *image;
    EXPECT_THROW(bind_inside(*image), std::runtime_error) << before;
    EXPECT_EQ(*image, before);
  }
}

TEST(BindInside, AFileThatEndsTooEarlyIsRefused) {
  const std::string whole = library({entry(DT_RELA, 1), entry(DT_FLAGS, DF_BIND_NOW)});
  const std::size_t end = offsetof(Image, entries) + 2 * sizeof(Elf64_Dyn);
  for (std::size_t size = 0; size < end; ++size) {
    std::string image = whole.substr(0, size);
    EXPECT_THROW(bind_inside(image), std::runtime_error) << size;
  }
}

}  // namespace
}  // namespace testdc
