#include "testdc/tools/bind_inside.hpp"

#include <elf.h>

#include <bit>
#include <cstddef>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <type_traits>

namespace testdc {

namespace {

template <class T>
T read_at(std::span<const char> image, std::size_t offset) {
  static_assert(std::is_trivially_copyable_v<T>);
  if (offset > image.size() || image.size() - offset < sizeof(T)) {
    throw std::runtime_error("the library is cut off");
  }
  T value{};
  std::memcpy(&value, image.data() + offset, sizeof(T));
  return value;
}

Elf64_Ehdr header_of(std::span<const char> image) {
  constexpr unsigned char order =
      std::endian::native == std::endian::little ? ELFDATA2LSB : ELFDATA2MSB;
  if (std::string_view(image.data(), image.size()).starts_with(ELFMAG)) {
    const auto header = read_at<Elf64_Ehdr>(image, 0);
    if (header.e_ident[EI_CLASS] == ELFCLASS64 && header.e_ident[EI_DATA] == order) return header;
  }
  throw std::runtime_error("the library is no ELF file of 64 bits");
}

}  // namespace

std::size_t bind_inside(std::span<char> library) {
  const auto header = header_of(library);
  for (std::size_t i = 0; i < header.e_phnum; ++i) {
    const auto part = read_at<Elf64_Phdr>(library, header.e_phoff + i * sizeof(Elf64_Phdr));
    if (part.p_type != PT_DYNAMIC) continue;
    for (std::size_t at = part.p_offset; at < part.p_offset + part.p_filesz;
         at += sizeof(Elf64_Dyn)) {
      auto entry = read_at<Elf64_Dyn>(library, at);
      if (entry.d_tag == DT_NULL) break;
      if (entry.d_tag != DT_FLAGS) continue;
      entry.d_un.d_val |= DF_SYMBOLIC;
      std::memcpy(library.data() + at, &entry, sizeof(entry));
      return at + offsetof(Elf64_Dyn, d_un);
    }
  }
  throw std::runtime_error("the library has no flags for the dynamic linker (DT_FLAGS)");
}

}  // namespace testdc
