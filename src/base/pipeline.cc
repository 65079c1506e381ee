// The pool is a queue behind one lock: a job is a whole document (milliseconds), so the lock is never what costs. What bounds memory is
// the window in the header, not the queue.
#include "base/pipeline.h"

#include <sched.h>

#include <algorithm>
#include <system_error>

namespace litopys {

unsigned default_workers() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return static_cast<unsigned>(std::max(1, CPU_COUNT(&set)));
  return std::max(1U, std::thread::hardware_concurrency());
}

WorkerPool::WorkerPool(unsigned workers) {
  threads_.reserve(std::max(1U, workers));
  try {
    for (unsigned i = 0; i < std::max(1U, workers); ++i) threads_.emplace_back([this] { run(); });
  } catch (const std::system_error&) {  // no more threads to be had: those that are here do it all
  }
}

WorkerPool::~WorkerPool() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void WorkerPool::submit(std::function<void()> job) {
  if (threads_.empty()) return job();
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  wake_.notify_one();
}

void WorkerPool::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return closing_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    const std::function<void()> job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    job();
    lock.lock();
  }
}

}  // namespace litopys
