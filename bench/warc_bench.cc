// WARC.gz of many pages, one member a record: what reading costs beside its floor (libdeflate alone on bytes in memory) and its peers
// (FastWARC; gzip -dc), in CPU seconds, so that a busy machine does not matter; two threads by the clock.
//
//   LITOPYS_BENCH_HTML    folder with pages (default ../shared/bench/segments/html); the bench says so and ends where it is not there
//   LITOPYS_BENCH_PAGES   how many records (20000)
//   LITOPYS_BENCH_PEER    a Python that has fastwarc ("python3")
//
// The file is made in a temporary folder and removed. Every reader must find the same records and bytes, else its time is refused.
#include <benchmark/benchmark.h>
#include <libdeflate.h>
#include <openssl/sha.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <thread>

#include "codebook/codebook.h"
#include "intake/digest.h"
#include "intake/http.h"
#include "intake/screen.h"
#include "intake/warc.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;

std::string setting(const char* name, const char* otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : otherwise;
}

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double wall_seconds() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

std::string whole_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string sha1_hex(std::string_view bytes) {
  std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
  SHA1(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());  // NOLINT: OpenSSL's bytes
  std::string out;
  for (const unsigned char c : digest) {
    std::array<char, 3> two{};
    std::snprintf(two.data(), two.size(), "%02x", c);
    out += two.data();
  }
  return out;
}

// The file that all read.
struct World {
  fs::path folder, path;
  std::size_t records = 0;
  std::uint64_t body_bytes = 0, plain_bytes = 0, packed_bytes = 0;

  World() {
    const fs::path html = setting("LITOPYS_BENCH_HTML", LITOPYS_SOURCE_DIR "/../shared/bench/segments/html");
    if (!fs::is_directory(html)) {
      std::cerr << "warc_bench: no pages in " << html.string() << "; not run\n";
      return;
    }
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(html)) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<std::string> pages;
    std::vector<std::string> digests;
    for (const fs::path& file : files) {
      pages.push_back(whole_file(file));
      digests.push_back(sha1_hex(pages.back()));
    }
    std::string pattern = (fs::temp_directory_path() / "litopys-bench-XXXXXX").string();
    folder = mkdtemp(pattern.data());
    path = folder / "pages.warc.gz";
    records = std::stoul(setting("LITOPYS_BENCH_PAGES", "20000"));
    std::ofstream out(path, std::ios::binary);
    libdeflate_compressor* const compressor = libdeflate_alloc_compressor(4);
    std::string packed;
    for (std::size_t i = 0; i < records; ++i) {
      const std::string& page = pages[i % pages.size()];
      const std::string http =
          "HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: text/html; charset=utf-8\r\nConnection: keep-alive\r\nContent-Length: " +
          std::to_string(page.size()) + "\r\n\r\n";
      const std::string record =
          "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-" + std::to_string(100000000000 + i) +
          ">\r\nWARC-Date: 2024-07-02T10:00:00Z\r\nWARC-Target-URI: https://example.org/news/" + std::to_string(i) +
          "\r\nWARC-Payload-Digest: sha1:" + digests[i % pages.size()] +
          "\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: " + std::to_string(http.size() + page.size()) +
          "\r\n\r\n" + http + page + "\r\n\r\n";
      packed.resize(libdeflate_gzip_compress_bound(compressor, record.size()));
      const std::size_t size = libdeflate_gzip_compress(compressor, record.data(), record.size(), packed.data(), packed.size());
      out.write(packed.data(), static_cast<std::streamsize>(size));
      body_bytes += page.size();
      plain_bytes += record.size();
      packed_bytes += size;
    }
    libdeflate_free_compressor(compressor);
    std::cerr << "warc_bench: " << records << " records, " << (packed_bytes >> 20U) << " MB packed, " << (plain_bytes >> 20U)
              << " MB plain\n";
  }
  ~World() {
    std::error_code none;
    if (!folder.empty()) fs::remove_all(folder, none);
  }
  World(const World&) = delete;
  World& operator=(const World&) = delete;
};

World& world() {
  static World the_world;
  return the_world;
}

struct Answer {
  std::size_t records = 0;
  std::uint64_t body_bytes = 0;
  std::size_t right = 0;
};

// False, and says so, where the answer is not the file's.
bool accept(benchmark::State& state, const Answer& answer, bool digests) {
  if (answer.records == world().records && answer.body_bytes == world().body_bytes && (!digests || answer.right == answer.records))
    return true;
  state.SkipWithError("a wrong answer: not timed");
  return false;
}

void report(benchmark::State& state) {
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(world().plain_bytes));
  state.counters["peak_MB"] = peak_megabytes();
}

Answer read_pages(WarcReader& reader, bool digests, std::uint64_t until = UINT64_MAX) {
  Answer out;
  while (auto record = reader.next()) {
    if (!*record || (*record)->type != WarcType::response) continue;
    if ((*record)->offset >= until) break;
    const auto response = parse_response((*record)->block);
    if (!response) continue;
    ++out.records;
    out.body_bytes += response->body.size();
    if (digests && check_digest((*record)->payload_digest, response->body) == DigestVerdict::right) ++out.right;
  }
  return out;
}

void records_and_http(benchmark::State& state) {
  if (world().records == 0) return state.SkipWithError("no pages");
  const bool digests = state.range(0) != 0;
  for (auto _ : state) {
    const double start = cpu_seconds();
    WarcReader reader = WarcReader::open(world().path).value();
    const Answer answer = read_pages(reader, digests);
    state.SetIterationTime(cpu_seconds() - start);
    if (!accept(state, answer, digests)) return;
  }
  report(state);
}

void libdeflate_alone(benchmark::State& state) {
  if (world().records == 0) return state.SkipWithError("no pages");
  const std::string packed = whole_file(world().path);
  libdeflate_decompressor* const d = libdeflate_alloc_decompressor();
  std::string out(8U << 20U, '\0');
  for (auto _ : state) {
    const double start = cpu_seconds();
    std::uint64_t plain = 0;
    for (std::size_t at = 0; at < packed.size();) {
      std::size_t used = 0;
      std::size_t made = 0;
      if (libdeflate_gzip_decompress_ex(d, packed.data() + at, packed.size() - at, out.data(), out.size(), &used, &made) !=
          LIBDEFLATE_SUCCESS)
        break;
      at += used;
      plain += made;
    }
    state.SetIterationTime(cpu_seconds() - start);
    if (plain != world().plain_bytes) return state.SkipWithError("a wrong answer: not timed");
  }
  libdeflate_free_decompressor(d);
  report(state);
}

void fastwarc(benchmark::State& state) {
  if (world().records == 0) return state.SkipWithError("no pages");
  const bool digests = state.range(0) != 0;
  const std::string command = setting("LITOPYS_BENCH_PEER", "python3") + " " LITOPYS_SOURCE_DIR "/bench/warc_peer.py " +
                              world().path.string() + (digests ? " digest" : " http");
  for (auto _ : state) {
    std::string text;
    if (FILE* const pipe = popen(command.c_str(), "r")) {  // NOLINT(cert-env33-c): a fixed command of the bench
      std::array<char, 256> piece{};
      while (std::fgets(piece.data(), piece.size(), pipe) != nullptr) text += piece.data();
      pclose(pipe);
    }
    std::istringstream in(text);
    Answer answer;
    double seconds = 0;
    if (!(in >> answer.records >> answer.body_bytes >> answer.right >> seconds)) return state.SkipWithError("peer not installed");
    state.SetIterationTime(seconds);
    if (!accept(state, answer, digests)) return;
  }
  report(state);
}

void gzip_command(benchmark::State& state) {
  if (world().records == 0) return state.SkipWithError("no pages");
  const std::string command = "gzip -dc " + world().path.string() + " > /dev/null";
  for (auto _ : state) {
    rusage before{};
    rusage after{};
    getrusage(RUSAGE_CHILDREN, &before);
    if (std::system(command.c_str()) != 0) return state.SkipWithError("gzip failed");  // NOLINT(cert-env33-c)
    getrusage(RUSAGE_CHILDREN, &after);
    const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6; };
    state.SetIterationTime(seconds(after.ru_utime) + seconds(after.ru_stime) - seconds(before.ru_utime) - seconds(before.ru_stime));
  }
  report(state);
}

// `litopys screen` on one core, without its output; beside libdeflate_alone.
void screen_pages(benchmark::State& state) {
  if (world().records == 0) return state.SkipWithError("no pages");
  const Screen screen = Screen::make(load_codebook(LITOPYS_SOURCE_DIR "/codebooks/passportization").value()).value();
  std::size_t kept = 0;
  for (auto _ : state) {
    const double start = cpu_seconds();
    WarcReader reader = WarcReader::open(world().path).value();
    ScreenLook look(screen);
    Answer answer;
    kept = 0;
    while (auto record = reader.next()) {
      if (!*record || (*record)->type != WarcType::response) continue;
      const auto response = parse_response((*record)->block);
      if (!response) continue;
      ++answer.records;
      answer.body_bytes += response->body.size();
      kept += look(response->body).empty() ? 0 : 1;
    }
    state.SetIterationTime(cpu_seconds() - start);
    if (!accept(state, answer, false)) return;
  }
  report(state);
  state.counters["kept"] = static_cast<double>(kept);
}

// One file in as many parts as threads: compare range 1 with range 2, by the clock where the machine has nothing else to do, else by
// `busiest_s`, the processor time of the thread that needed most.
void threads_by_the_clock(benchmark::State& state) {
  if (world().records == 0) return state.SkipWithError("no pages");
  const auto threads = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) {
    const double start = wall_seconds();
    std::vector<Answer> answers(threads);
    std::vector<double> busy(threads);
    {
      std::vector<std::jthread> pool;
      for (std::size_t t = 0; t < threads; ++t) {
        pool.emplace_back([&, t] {
          WarcReader reader = WarcReader::open(world().path).value();
          if (t > 0) reader.start_at(world().packed_bytes * t / threads);
          answers[t] = read_pages(reader, false, t + 1 == threads ? UINT64_MAX : world().packed_bytes * (t + 1) / threads);
          busy[t] = thread_seconds();
        });
      }
    }
    state.SetIterationTime(wall_seconds() - start);
    state.counters["busiest_s"] = *std::max_element(busy.begin(), busy.end());
    Answer sum;
    for (const Answer& answer : answers) sum.records += answer.records, sum.body_bytes += answer.body_bytes;
    if (!accept(state, sum, false)) return;
  }
  report(state);
}

// Memory is counted up to here, so the one that has the file in memory comes late.
BENCHMARK(records_and_http)->Arg(0)->Arg(1)->ArgName("digests")->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(screen_pages)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(libdeflate_alone)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(fastwarc)->Arg(0)->Arg(1)->ArgName("digests")->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(gzip_command)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(threads_by_the_clock)->Arg(1)->Arg(2)->ArgName("threads")->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace litopys

BENCHMARK_MAIN();
