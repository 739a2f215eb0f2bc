// What ThreadSanitizer cannot see of GLib and fontconfig, which Debian does not build with it:
// that futexes and atomics order Pango's threads, which look for fonts, with the one that draws.
// Each function stands before GLib's own, calls it and tells ThreadSanitizer.

#include <dlfcn.h>
#include <glib.h>
#include <sanitizer/tsan_interface.h>

#include <string_view>

namespace {

template <class Function>
Function* glibs_own(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

void g_mutex_lock(GMutex* mutex) {
  static const auto own = glibs_own<decltype(g_mutex_lock)>("g_mutex_lock");
  own(mutex);
  __tsan_acquire(mutex);
}

gboolean g_mutex_trylock(GMutex* mutex) {
  static const auto own = glibs_own<decltype(g_mutex_trylock)>("g_mutex_trylock");
  const gboolean locked = own(mutex);
  if (locked != FALSE) __tsan_acquire(mutex);
  return locked;
}

void g_mutex_unlock(GMutex* mutex) {
  static const auto own = glibs_own<decltype(g_mutex_unlock)>("g_mutex_unlock");
  __tsan_release(mutex);
  own(mutex);
}

void g_cond_wait(GCond* condition, GMutex* mutex) {
  static const auto own = glibs_own<decltype(g_cond_wait)>("g_cond_wait");
  __tsan_release(mutex);
  own(condition, mutex);
  __tsan_acquire(mutex);
}

// Pango's first thread makes fontconfig ready while the one that draws already asks it for names;
// fontconfig orders the two by atomics. Done before the thread starts, there is nothing to order.
GThread* g_thread_new(const gchar* name, GThreadFunc function, gpointer data) {
  static const auto own = glibs_own<decltype(g_thread_new)>("g_thread_new");
  if (name != nullptr && std::string_view(name) == "[pango] FcInit") {
    if (void* start = dlsym(RTLD_DEFAULT, "FcInit")) reinterpret_cast<int (*)()>(start)();
  }
  return own(name, function, data);
}
