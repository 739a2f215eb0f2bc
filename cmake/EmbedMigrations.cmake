# Run at build: writes OUT, a C++ file that holds the files NAMES (comma-separated, in this order) of
# the folder FROM as storage::migrations().

string(REPLACE "," ";" names "${NAMES}")
file(WRITE "${OUT}.new" "#include \"storage/migrations.hpp\"\n\n#include <array>\n\nnamespace tgpanel::storage {\n\nnamespace {\n\n")
set(table "")
set(count 0)
foreach(name IN LISTS names)
  file(READ "${FROM}/${name}" sql)
  if(sql MATCHES "\\)~sql~\"")
    message(FATAL_ERROR "${name} contains the mark that ends its own literal")
  endif()
  file(APPEND "${OUT}.new" "constexpr std::string_view kSql${count} = R\"~sql~(${sql})~sql~\";\n\n")
  string(APPEND table "    Migration{\"${name}\", kSql${count}},\n")
  math(EXPR count "${count} + 1")
endforeach()
file(APPEND "${OUT}.new" "constexpr std::array<Migration, ${count}> kMigrations{{\n${table}}};\n\n}  // namespace\n\n")
file(APPEND "${OUT}.new" "std::span<const Migration> migrations() { return kMigrations; }\n\n}  // namespace tgpanel::storage\n")
file(RENAME "${OUT}.new" "${OUT}")
