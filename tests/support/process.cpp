#include "support/process.hpp"

#include <boost/process/args.hpp>
#include <boost/process/child.hpp>
#include <boost/process/env.hpp>
#include <boost/process/exe.hpp>
#include <boost/process/extend.hpp>
#include <boost/process/io.hpp>
#include <boost/process/pipe.hpp>
#include <boost/process/start_dir.hpp>
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace bp = boost::process;

namespace support {

struct Process::Impl {
  bp::opstream in;
  bp::ipstream out;
  bp::ipstream err;
  bp::child child;
  mutable std::mutex mutex;
  std::condition_variable changed;
  std::string out_text;
  std::string err_text;
  std::vector<std::string> lines;
  int open_streams = 2;
  std::jthread out_reader;
  std::jthread err_reader;

  void read(bp::ipstream& stream, std::string& text) {
    for (std::string line; std::getline(stream, line);) {
      const std::lock_guard lock(mutex);
      text += line + '\n';
      lines.push_back(std::move(line));
      changed.notify_all();
    }
    const std::lock_guard lock(mutex);
    --open_streams;
    changed.notify_all();
  }
};

Process::Process(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                 const Environment& environment, const std::filesystem::path& folder,
                 std::optional<OpenFiles> limit)
    : impl_(std::make_unique<Impl>()) {
  // A program started meanwhile by another thread would inherit the pipes, and hold them open.
  static std::mutex starting;
  const std::lock_guard lock(starting);
  bp::environment variables;
  for (const auto& [name, value] : environment) variables[name] = value;
  impl_->child = bp::child(
      bp::exe = program.string(), bp::args = arguments, variables, bp::start_dir = folder.string(),
      bp::std_in<impl_->in, bp::std_out> impl_->out, bp::std_err > impl_->err,
      bp::extend::on_exec_setup = [limit](auto&) {
        // Ctrl+C in the terminal is for whoever started this program, and
        // when that one dies, this one must not stay.
        ::setpgid(0, 0);
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (!limit) return;
        const rlimit files{.rlim_cur = limit->soft, .rlim_max = limit->hard};
        ::setrlimit(RLIMIT_NOFILE, &files);
      });
  impl_->out_reader = std::jthread([impl = impl_.get()] { impl->read(impl->out, impl->out_text); });
  impl_->err_reader = std::jthread([impl = impl_.get()] { impl->read(impl->err, impl->err_text); });
}

Process::~Process() {
  if (running()) kill();
}

int Process::pid() const {
  return impl_->child.id();
}

bool Process::running() {
  return impl_->child.running();
}

std::string Process::out() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->out_text;
}

std::string Process::err() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->err_text;
}

std::string Process::wait_line(std::string_view text, std::chrono::milliseconds deadline) {
  std::unique_lock lock(impl_->mutex);
  const auto until = std::chrono::steady_clock::now() + deadline;
  std::size_t seen = 0;
  while (true) {
    for (; seen < impl_->lines.size(); ++seen) {
      if (impl_->lines[seen].find(text) != std::string::npos) return impl_->lines[seen];
    }
    const bool ended = impl_->open_streams == 0;
    if (ended || impl_->changed.wait_until(lock, until) == std::cv_status::timeout) {
      throw std::runtime_error(fmt::format("no line with \"{}\" {}\n--- out\n{}--- err\n{}", text,
                                           ended ? "before the program ended" : "in time",
                                           impl_->out_text, impl_->err_text));
    }
  }
}

void Process::send_line(std::string_view line) {
  impl_->in << line << std::endl;
}

void Process::close_input() {
  impl_->in.pipe().close();
}

void Process::signal(int number) {
  ::kill(impl_->child.id(), number);
}

void Process::kill() {
  signal(SIGKILL);
  wait();
}

int Process::wait(std::chrono::milliseconds deadline) {
  {
    // Both streams end with the program: an event to wait for, where waitpid has no deadline.
    std::unique_lock lock(impl_->mutex);
    if (!impl_->changed.wait_for(lock, deadline, [&] { return impl_->open_streams == 0; })) {
      throw std::runtime_error(fmt::format("the program did not end in {} ms\n--- err\n{}",
                                           deadline.count(), impl_->err_text));
    }
  }
  impl_->child.wait();
  const int status = impl_->child.native_exit_code();
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int Process::terminate(std::chrono::milliseconds deadline) {
  signal(SIGTERM);
  return wait(deadline);
}

}  // namespace support
