// Preloaded into a program that is told to do without its proxy: nothing leaves this machine, and
// standard error says where the program wanted to go.

#include <arpa/inet.h>
#include <dlfcn.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace {

void tell(const char* what, const char* where, unsigned port) {
  std::array<char, 256> line{};
  const int size =
      std::snprintf(line.data(), line.size(), "loopback_only: %s %s:%u\n", what, where, port);
  if (size > 0 && ::write(STDERR_FILENO, line.data(), static_cast<std::size_t>(size)) < 0) return;
}

}  // namespace

extern "C" int connect(int fd, const sockaddr* address, socklen_t length) {
  using Connect = int (*)(int, const sockaddr*, socklen_t);
  static const auto kReal = reinterpret_cast<Connect>(::dlsym(RTLD_NEXT, "connect"));
  std::array<char, INET6_ADDRSTRLEN> text{};
  unsigned port = 0;
  bool here = true;
  if (address->sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, address, sizeof v4);
    ::inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
    port = ntohs(v4.sin_port);
    here = ntohl(v4.sin_addr.s_addr) >> 24U == 127U;
  } else if (address->sa_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, address, sizeof v6);
    ::inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size());
    port = ntohs(v6.sin6_port);
    here = IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr);
  } else {
    return kReal(fd, address, length);
  }
  tell(here ? "to" : "refused", text.data(), port);
  if (here) return kReal(fd, address, length);
  errno = ENETUNREACH;
  return -1;
}

extern "C" int getaddrinfo(const char* host, const char* service, const addrinfo* hints,
                           addrinfo** found) {
  using Look = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
  static const auto kReal = reinterpret_cast<Look>(::dlsym(RTLD_NEXT, "getaddrinfo"));
  std::array<unsigned char, sizeof(in6_addr)> ignored{};
  const bool is_number = host == nullptr || ::inet_pton(AF_INET, host, ignored.data()) == 1 ||
                         ::inet_pton(AF_INET6, host, ignored.data()) == 1;
  if (is_number) return kReal(host, service, hints, found);
  tell("refused the name", host, 0);
  return EAI_AGAIN;
}
