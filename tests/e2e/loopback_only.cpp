// Preloaded into every panel that a test starts: nothing leaves this machine. Standard error says
// what was refused, and with LOOPBACK_ONLY_SAYS=all also where connections went.

#include <arpa/inet.h>
#include <dlfcn.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace {

void tell(const char* what, const char* where, unsigned port) {
  std::array<char, 256> line{};
  const int size =
      std::snprintf(line.data(), line.size(), "loopback_only: %s %s:%u\n", what, where, port);
  if (size > 0 && ::write(STDERR_FILENO, line.data(), static_cast<std::size_t>(size)) < 0) return;
}

bool says_all() {
  static const char* const kSays = std::getenv("LOOPBACK_ONLY_SAYS");
  return kSays != nullptr && std::string_view(kSays) == "all";
}

/// The C library's own function, past what a sanitizer puts before it: the caller is TDLib, whose
/// calls ThreadSanitizer has to leave out, and it would take these for ours.
template <typename Function>
Function real(const char* name) {
  static void* const kLibrary = ::dlopen("libc.so.6", RTLD_LAZY | RTLD_NOLOAD);
  return reinterpret_cast<Function>(::dlsym(kLibrary, name));
}

/// Whether this machine is meant; sets errno if not.
bool is_here(const void* address) {
  sa_family_t family = AF_UNSPEC;
  std::memcpy(&family, address, sizeof family);
  std::array<char, INET6_ADDRSTRLEN> text{};
  unsigned port = 0;
  bool here = true;
  if (family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, address, sizeof v4);
    ::inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
    port = ntohs(v4.sin_port);
    here = ntohl(v4.sin_addr.s_addr) >> 24U == 127U;
  } else if (family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, address, sizeof v6);
    ::inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size());
    port = ntohs(v6.sin6_port);
    here = IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr);
  } else {
    return true;
  }
  if (!here || says_all()) tell(here ? "to" : "refused", text.data(), port);
  if (!here) errno = ENETUNREACH;
  return here;
}

}  // namespace

extern "C" int connect(int fd, const sockaddr* address, socklen_t length) {
  using Connect = int (*)(int, const sockaddr*, socklen_t);
  static const auto kReal = real<Connect>("connect");
  return is_here(address) ? kReal(fd, address, length) : -1;
}

extern "C" ssize_t sendto(int fd, const void* data, std::size_t size, int flags,
                          const sockaddr* address, socklen_t length) {
  using SendTo = ssize_t (*)(int, const void*, std::size_t, int, const sockaddr*, socklen_t);
  static const auto kReal = real<SendTo>("sendto");
  const bool here = address == nullptr || is_here(address);
  return here ? kReal(fd, data, size, flags, address, length) : -1;
}

extern "C" ssize_t sendmsg(int fd, const msghdr* message, int flags) {
  using SendMsg = ssize_t (*)(int, const msghdr*, int);
  static const auto kReal = real<SendMsg>("sendmsg");
  const bool here = message->msg_name == nullptr || is_here(message->msg_name);
  return here ? kReal(fd, message, flags) : -1;
}

extern "C" int getaddrinfo(const char* host, const char* service, const addrinfo* hints,
                           addrinfo** found) {
  using Look = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
  static const auto kReal = real<Look>("getaddrinfo");
  std::array<unsigned char, sizeof(in6_addr)> ignored{};
  const bool is_number = host == nullptr || ::inet_pton(AF_INET, host, ignored.data()) == 1 ||
                         ::inet_pton(AF_INET6, host, ignored.data()) == 1;
  if (is_number) return kReal(host, service, hints, found);
  tell("refused the name", host, 0);
  return EAI_AGAIN;
}
