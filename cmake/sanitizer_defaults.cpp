// What every program runs with under a sanitizer, however it is started. Suppressed are binaries
// that are not built with sanitizers and whose synchronisation ThreadSanitizer cannot see: TDLib,
// which also keeps some blocks until the end of the process; Pango, which has threads of its own
// look for fonts and waits for them by GLib's futexes; and fontconfig, which keeps its rules until
// the end of the process behind pointers that it encodes as offsets, so that LeakSanitizer cannot
// follow them. None of them calls code of ours.

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
  return "leak:libtdjson.so\n"
         "leak:libfontconfig.so\n";
}

const char* __tsan_default_options() {
  return "halt_on_error=1:second_deadlock_stack=1";
}

const char* __tsan_default_suppressions() {
  return "called_from_lib:libtdjson.so\n"
         "called_from_lib:libcrypto.so\n"
         "race:libfontconfig.so\n"
         "race:libpangoft2-1.0.so\n"
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
