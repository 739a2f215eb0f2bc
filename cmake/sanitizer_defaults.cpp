// What every program runs with under a sanitizer, however it is started. Only TDLib is suppressed:
// it is not built with sanitizers, synchronises its threads by atomics that ThreadSanitizer cannot
// see in it, and keeps some blocks until the end of the process. Of ours it calls its log's
// callback.

#include <dlfcn.h>

extern "C" {
const char* __asan_default_options();
const char* __lsan_default_options();
const char* __lsan_default_suppressions();
const char* __tsan_default_options();
const char* __tsan_default_suppressions();
const char* __ubsan_default_options();

const char* __asan_default_options() {
  return "detect_stack_use_after_return=1:strict_string_checks=1";
}

const char* __lsan_default_options() {
  return "print_suppressions=0";
}

const char* __lsan_default_suppressions() {
  return "leak:libtdjson.so\n";
}

const char* __tsan_default_options() {
  return "halt_on_error=1:second_deadlock_stack=1";
}

const char* __tsan_default_suppressions() {
  return "called_from_lib:libtdjson.so\n"
         "race:libtdjson.so\n"
         "mutex:libtdjson.so\n"
         "thread:libtdjson.so\n"
         "deadlock:libtdjson.so\n"
         "signal:libtdjson.so\n";
}

const char* __ubsan_default_options() {
  return "print_stacktrace=1";
}
}

namespace {

// Fontconfig keeps its rules behind pointers that it encodes as offsets, so that LeakSanitizer
// cannot follow them: they are given back before it looks. Not linked, since most programs do not
// draw.
struct FontsEnd {
  FontsEnd() = default;
  FontsEnd(const FontsEnd&) = delete;
  FontsEnd& operator=(const FontsEnd&) = delete;

  ~FontsEnd() {
    if (void* end = dlsym(RTLD_DEFAULT, "FcFini")) reinterpret_cast<void (*)()>(end)();
  }
};

const FontsEnd fonts_end;

}  // namespace
