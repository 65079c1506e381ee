// A parallel map that keeps the order of its input and never holds more than a given weight of it, whatever the input is.
//
//   ordered_parallel_map({.workers = 2, .weight = 64 << 20},
//       [&] { return walk.next(); },                        // std::optional<In>; nullopt ends the input
//       [](const Entry& e) { return e.size; },              // what it weighs until it has been sunk, in bytes
//       [&](Entry e) { return read(e); },                   // on a worker; threads share what it captures
//       [&](Result<Line> line) { return out.write(line); }) // in input order; false stops the run
//
// Source and sink run on the calling thread, one call at a time, so neither needs a lock; only `work` runs elsewhere (where the system
// gives a thread for it).
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace litopys {

struct PipelineLimits {
  unsigned workers = 0;              // 0: default_workers()
  std::size_t weight = 64UL << 20U;  // most bytes in flight; one piece that is heavier than this travels alone
  std::size_t pieces = 256;          // most pieces in flight
};

// One a core that this process may use, at least one.
[[nodiscard]] unsigned default_workers();

// Threads that run jobs first in, first out. The destructor waits for the jobs that were submitted.
class WorkerPool {
 public:
  // Where the system refuses threads (a limit of processes or of memory), those that it gave do the work; where it gave none, submit() runs
  // each job on the calling thread before it returns.
  explicit WorkerPool(unsigned workers);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // A job must not throw.
  void submit(std::function<void()> job);
  // Threads that the system gave; 0: jobs run on the caller's.
  [[nodiscard]] std::size_t threads() const { return threads_.size(); }

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> jobs_;
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

// Gives true when the input ended, false when the sink stopped it. An error is a value of `work`'s result; an exception that `work`
// lets out is rethrown here in its turn, after the results before it have been sunk and all workers have ended.
template <class Source, class Weigh, class Work, class Sink>
bool ordered_parallel_map(const PipelineLimits& limits, Source source, Weigh weigh, Work work, Sink sink) {
  using In = typename decltype(source())::value_type;
  using Out = decltype(work(std::declval<In>()));
  struct Slot {
    std::optional<In> in;
    std::optional<Out> out;
    std::exception_ptr thrown;
    std::size_t weight = 0;
    bool done = false;
  };

  std::mutex mutex;
  std::condition_variable finished;
  std::deque<std::unique_ptr<Slot>> window;  // in input order; outlives the pool, whose jobs point into it
  std::optional<In> waiting;                 // taken from the source, too heavy for now
  std::size_t weight = 0;                    // of the window
  bool ended = false;
  WorkerPool pool(limits.workers != 0 ? limits.workers : default_workers());

  const auto feed = [&] {
    while (!ended && window.size() < limits.pieces) {
      if (!waiting) waiting = source();
      if (!waiting) {
        ended = true;
        return;
      }
      const std::size_t heavy = weigh(std::as_const(*waiting));
      if (!window.empty() && (heavy > limits.weight || weight > limits.weight - heavy)) return;
      auto slot = std::make_unique<Slot>();
      slot->in = std::exchange(waiting, std::nullopt);
      slot->weight = heavy;
      weight += heavy;
      Slot* job = slot.get();
      window.push_back(std::move(slot));
      pool.submit([job, &mutex, &finished, &work] {
        try {
          job->out.emplace(work(std::move(*job->in)));
        } catch (...) {
          job->thrown = std::current_exception();
        }
        job->in.reset();
        const std::lock_guard lock(mutex);
        job->done = true;
        finished.notify_one();
      });
    }
  };

  while (true) {
    feed();
    if (window.empty()) return true;
    {
      std::unique_lock lock(mutex);
      finished.wait(lock, [&] { return window.front()->done; });
    }
    const std::unique_ptr<Slot> head = std::move(window.front());
    window.pop_front();
    weight -= head->weight;
    if (head->thrown) std::rethrow_exception(head->thrown);
    if (!sink(std::move(*head->out))) return false;
  }
}

}  // namespace litopys
