# The plugin that keeps clang-tidy to our own declarations; every symbol it needs is clang-tidy's.
find_path(TGPANEL_CLANG_INCLUDE clang/AST/ASTContext.h PATHS /usr/lib/llvm-19/include REQUIRED)
add_library(lint_scope MODULE EXCLUDE_FROM_ALL cmake/lint_scope.cpp)
target_include_directories(lint_scope SYSTEM PRIVATE "${TGPANEL_CLANG_INCLUDE}")
target_compile_options(lint_scope PRIVATE -fno-rtti)  # as LLVM is built
