// Every number read from the file is checked against the section it points into, so that a file that passes the checksum but was made
// wrong gives no reading rather than a crash. A walk is as long as its word: no cycle can hold it.
#include "text/morphology.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cerrno>
#include <cstring>
#include <memory>
#include <unordered_map>
#include <utility>

#include "base/utf8.h"
#include "text/dictionary_format.h"

namespace litopys {

using dictionary::Section;

namespace {

// Letters of one alphabet differ in few bits, which one product alone leaves in the upper half: turned about and multiplied again they
// reach all. Never 0: that is what stands where nothing is remembered.
std::uint64_t form_hash(std::string_view form) {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15ULL;
  std::uint64_t h = form.size();
  for (std::size_t i = 0; i < form.size(); i += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, form.data() + i, std::min<std::size_t>(8, form.size() - i));
    h = std::rotl(h ^ std::rotl(eight * kOdd, 32) * kOdd, 29) * kOdd;
  }
  h = (h ^ h >> 32) * kOdd;
  return (h ^ h >> 29) | 1U;
}

}  // namespace

struct Morphology::Impl {
  std::string owned;
  void* mapped = nullptr;
  std::size_t mapped_size = 0;
  std::string_view bytes;
  std::array<std::uint32_t, dictionary::kSections + 1> at{};
  std::vector<Reading> tags;
  std::array<std::uint8_t, 0x600> labels{};  // of code points below 0x600; the alphabets need no more
  std::array<std::uint32_t, 3> roots{};
  std::array<std::uint64_t, 256> first_step{};  // by label: where the arc of the forms' root leads; its many arcs are searched once

  // Which set of readings a form looked up before has: documents share most of their words. Threads share it; `check` is the form's hash
  // and the set by exclusive or, so that a pair of which another thread has written a half is taken for no pair.
  struct Remembered {
    std::atomic<std::uint64_t> check{0}, set{0};
  };
  static constexpr unsigned kRememberedBits = 15;
  using Memory = std::array<Remembered, 1U << kRememberedBits>;
  std::unique_ptr<Memory> remembered = std::make_unique<Memory>();

  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    if (mapped != nullptr) munmap(mapped, mapped_size);
  }

  [[nodiscard]] std::string_view section(Section s) const {
    const auto i = static_cast<std::size_t>(s);
    return bytes.substr(at[i], at[i + 1] - at[i]);
  }

  // Item `i` of a section "u32 count, u32 offsets, bytes"; empty when out of range.
  [[nodiscard]] std::string_view item(Section s, std::uint64_t i) const {
    const std::string_view all = section(s);
    if (all.size() < 4) return {};
    const std::uint64_t count = dictionary::u32(all, 0);
    const std::uint64_t head = 4 + 4 * (count + 1);
    if (i >= count || head > all.size()) return {};
    const std::uint64_t begin = head + dictionary::u32(all, 4 + 4 * i);
    const std::uint64_t end = head + dictionary::u32(all, 8 + 4 * i);
    if (begin > end || end > all.size()) return {};
    return all.substr(begin, end - begin);
  }

  struct Node {
    std::uint64_t set = kNone;
    std::uint64_t arcs_at = 0;
    std::uint64_t arcs = 0;
  };
  static constexpr std::uint64_t kNone = ~0ULL;

  [[nodiscard]] bool node(std::uint64_t address, Node& out) const {
    const std::string_view nodes = section(Section::nodes);
    std::size_t i = address;
    if (i >= nodes.size()) return false;
    const auto head = static_cast<unsigned char>(nodes[i++]);
    out.arcs = head & 0x7F;
    if (out.arcs == 0x7F && !dictionary::varint(nodes, i, out.arcs)) return false;
    out.set = kNone;
    if ((head & 0x80) != 0 && !dictionary::varint(nodes, i, out.set)) return false;
    out.arcs_at = i;
    return true;
  }

  // The target of the arc with this label; kNone without one.
  [[nodiscard]] std::uint64_t follow(std::uint64_t address, const Node& from, std::uint8_t label) const {
    const std::string_view nodes = section(Section::nodes);
    const std::string_view popular = section(Section::popular);
    std::size_t i = from.arcs_at;
    for (std::uint64_t n = 0; n < from.arcs; ++n) {
      if (i >= nodes.size()) return kNone;
      const auto got = static_cast<unsigned char>(nodes[i++]);
      if (got > label) return kNone;
      if (got < label) {
        while (i < nodes.size() && (static_cast<unsigned char>(nodes[i]) & 0x80U) != 0) ++i;
        ++i;
        continue;
      }
      std::uint64_t target = 0;
      if (!dictionary::varint(nodes, i, target)) return kNone;
      if ((target & 1) == 0) return target / 2 <= address ? address - target / 2 : kNone;
      return (target / 2 + 1) * 4 <= popular.size() ? dictionary::u32(popular, target / 2 * 4) : kNone;
    }
    return kNone;
  }

  // The readings of a form of the dictionary; kNone where it has not got it.
  [[nodiscard]] std::uint64_t set_of(std::string_view lower) const {
    std::uint64_t address = roots[0];
    Node at_node;
    if (!node(address, at_node)) return kNone;
    for (std::size_t i = 0; i < lower.size();) {
      const utf8::Decoded c = utf8::decode(lower, i);
      i += c.size;
      const std::uint8_t letter = label(c.value == U'ґ' && label(U'ґ') == 0 ? U'г' : c.value);
      if (letter == 0) return kNone;
      address = i == c.size ? first_step[letter] : follow(address, at_node, letter);
      if (address == kNone || !node(address, at_node)) return kNone;
    }
    return at_node.set;
  }

  [[nodiscard]] std::uint8_t label(char32_t c) const { return c < labels.size() ? labels[c] : 0; }

  bool expand(std::uint64_t set, std::vector<Analysis>& out) const {
    const std::string_view data = item(Section::sets, set);
    bool any = false;
    for (std::size_t i = 0; i + 2 < data.size();) {
      Analysis a;
      a.front = static_cast<std::uint8_t>(data[i++]);
      a.back = static_cast<std::uint8_t>(data[i++]);
      std::uint64_t suffix = 0, tag = 0;
      if (!dictionary::varint(data, i, suffix) || !dictionary::varint(data, i, tag) || tag >= tags.size()) return any;
      a.suffix = item(Section::suffixes, suffix);
      a.tags = tags[tag];
      out.push_back(a);
      any = true;
    }
    return any;
  }

  // What is wrong with the file; "" when nothing.
  std::string check();
};

std::string Morphology::Impl::check() {
  using namespace dictionary;
  if (bytes.size() < kHeaderSize || bytes.substr(0, kMagic.size()) != kMagic)
    return "is no dictionary of word forms (no LITODICT at its start)";
  if (const std::uint32_t version = u32(bytes, 8); version != kVersion) {
    return "has format " + std::to_string(version) + ", this program reads " + std::to_string(kVersion);
  }
  const std::uint32_t end = u32(bytes, 20 + 4 * kSections);
  if (end != bytes.size()) return "should be " + std::to_string(end) + " bytes long, it is " + std::to_string(bytes.size());
  if (checksum(bytes.substr(20)) != u64(bytes, 12)) return "was altered or damaged (its checksum is wrong)";
  for (std::size_t i = 0; i <= kSections; ++i) {
    at[i] = u32(bytes, 20 + 4 * i);
    if (at[i] < (i == 0 ? kHeaderSize : at[i - 1]) || at[i] > bytes.size()) return "has sections out of order";
  }
  const std::string_view alphabet = section(Section::alphabet);
  for (std::size_t i = 0; i * 4 + 4 <= alphabet.size() && i < 255; ++i) {
    const std::uint32_t c = u32(alphabet, i * 4);
    if (c < labels.size()) labels[c] = static_cast<std::uint8_t>(i + 1);
  }
  const std::string_view words = section(Section::tags);
  for (std::size_t i = 0; i < words.size();) {
    const std::size_t size = static_cast<unsigned char>(words[i++]);
    Reading reading;
    if (size > words.size() - i || !parse_tags(words.substr(i, size), reading))
      return "has the unknown tags \"" + std::string(words.substr(i, size)) + "\"";
    tags.push_back(reading);
    i += size;
  }
  if (section(Section::nodes).size() < 12) return "has no words";
  for (std::size_t i = 0; i < roots.size(); ++i) roots[i] = u32(section(Section::nodes), 4 * i);
  first_step.fill(kNone);
  if (Node root; node(roots[0], root)) {
    for (std::size_t l = 1; l < first_step.size(); ++l) first_step[l] = follow(roots[0], root, static_cast<std::uint8_t>(l));
  }
  return {};
}

bool parse_tags(std::string_view words, Reading& out) {
  static const std::unordered_map<std::string_view, void (*)(Reading&)> kWords = {
      {"noun", [](Reading& r) { r.part = PartOfSpeech::noun; }},
      {"adj", [](Reading& r) { r.part = PartOfSpeech::adjective; }},
      {"verb", [](Reading& r) { r.part = PartOfSpeech::verb; }},
      {"adv", [](Reading& r) { r.part = PartOfSpeech::adverb; }},
      {"pron", [](Reading& r) { r.part = PartOfSpeech::pronoun; }},
      {"num", [](Reading& r) { r.part = PartOfSpeech::numeral; }},
      {"prep", [](Reading& r) { r.part = PartOfSpeech::preposition; }},
      {"conj", [](Reading& r) { r.part = PartOfSpeech::conjunction; }},
      {"part", [](Reading& r) { r.part = PartOfSpeech::particle; }},
      {"participle", [](Reading& r) { r.part = PartOfSpeech::participle; }},
      {"converb", [](Reading& r) { r.part = PartOfSpeech::converb; }},
      {"proper", [](Reading& r) { r.part = PartOfSpeech::proper; }},
      {"nom", [](Reading& r) { r.grammatical_case = Case::nominative; }},
      {"gen", [](Reading& r) { r.grammatical_case = Case::genitive; }},
      {"dat", [](Reading& r) { r.grammatical_case = Case::dative; }},
      {"acc", [](Reading& r) { r.grammatical_case = Case::accusative; }},
      {"ins", [](Reading& r) { r.grammatical_case = Case::instrumental; }},
      {"loc", [](Reading& r) { r.grammatical_case = Case::locative; }},
      {"voc", [](Reading& r) { r.grammatical_case = Case::vocative; }},
      {"sg", [](Reading& r) { r.number = Number::singular; }},
      {"pl", [](Reading& r) { r.number = Number::plural; }},
      {"m", [](Reading& r) { r.gender = Gender::masculine; }},
      {"f", [](Reading& r) { r.gender = Gender::feminine; }},
      {"n", [](Reading& r) { r.gender = Gender::neuter; }},
      {"past", [](Reading& r) { r.tense = Tense::past; }},
      {"pres", [](Reading& r) { r.tense = Tense::present; }},
      {"fut", [](Reading& r) { r.tense = Tense::future; }},
      {"finite", [](Reading& r) { r.form = VerbForm::finite; }},
      {"inf", [](Reading& r) { r.form = VerbForm::infinitive; }},
      {"imper", [](Reading& r) { r.form = VerbForm::imperative; }},
      {"impers", [](Reading& r) { r.form = VerbForm::impersonal; }},
      {"given", [](Reading& r) { r.name = NameKind::given; }},
      {"surname", [](Reading& r) { r.name = NameKind::surname; }},
      {"patronymic", [](Reading& r) { r.name = NameKind::patronymic; }},
      {"geo", [](Reading& r) { r.name = NameKind::geographic; }},
      {"org", [](Reading& r) { r.name = NameKind::organisation; }},
  };
  for (std::size_t i = 0; i < words.size();) {
    const std::size_t end = std::min(words.find(' ', i), words.size());
    if (end > i) {
      const auto it = kWords.find(words.substr(i, end - i));
      if (it == kWords.end()) return false;
      it->second(out);
    }
    i = end + 1;
  }
  return true;
}

Morphology::Morphology() = default;
Morphology::~Morphology() = default;
Morphology::Morphology(Morphology&&) noexcept = default;
Morphology& Morphology::operator=(Morphology&&) noexcept = default;

Result<Morphology> Morphology::open(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return fail(ErrorKind::kConfig, file.string(), "", std::string("cannot be opened: ") + std::strerror(errno));
  struct stat info {};
  if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
    ::close(fd);
    return fail(ErrorKind::kConfig, file.string(), "", "is no regular file");
  }
  auto impl = std::make_unique<Impl>();
  impl->mapped_size = static_cast<std::size_t>(info.st_size);
  if (impl->mapped_size > 0) {
    void* got = mmap(nullptr, impl->mapped_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (got == MAP_FAILED) {
      const std::string why = std::strerror(errno);
      ::close(fd);
      return fail(ErrorKind::kConfig, file.string(), "", "cannot be mapped: " + why);
    }
    impl->mapped = got;
    impl->bytes = {static_cast<const char*>(got), impl->mapped_size};
  }
  ::close(fd);
  if (const std::string wrong = impl->check(); !wrong.empty()) {
    return fail(ErrorKind::kConfig, file.string(), "", wrong, "restore the file or make it again (data/morphology/README.md)");
  }
  Morphology out;
  out.impl_ = std::move(impl);
  return out;
}

Result<Morphology> Morphology::from_bytes(std::string bytes, const std::string& name) {
  auto impl = std::make_unique<Impl>();
  impl->owned = std::move(bytes);
  impl->bytes = impl->owned;
  if (const std::string wrong = impl->check(); !wrong.empty()) return fail(ErrorKind::kConfig, name, "", wrong);
  Morphology out;
  out.impl_ = std::move(impl);
  return out;
}

bool Morphology::lookup(std::string_view lower, std::vector<Analysis>& out) const {
  if (!impl_) return false;
  const std::uint64_t hash = form_hash(lower);
  Impl::Remembered& remembered = (*impl_->remembered)[hash >> (64 - Impl::kRememberedBits)];
  std::uint64_t set = remembered.set.load(std::memory_order_relaxed);
  if ((remembered.check.load(std::memory_order_relaxed) ^ set) != hash) {
    set = impl_->set_of(lower);
    remembered.set.store(set, std::memory_order_relaxed);
    remembered.check.store(set ^ hash, std::memory_order_relaxed);
  }
  return set != Impl::kNone && impl_->expand(set, out);
}

bool Morphology::guess(std::string_view lower, bool name, std::vector<Analysis>& out) const {
  if (!impl_) return false;
  const Impl& d = *impl_;
  for (const std::size_t root : name ? std::array<std::size_t, 2>{2, 1} : std::array<std::size_t, 2>{1, 1}) {
    std::uint64_t address = d.roots[root], best = Impl::kNone;
    Impl::Node node;
    if (!d.node(address, node)) continue;
    // At least one letter stays before the ending.
    for (std::size_t at = lower.size(); at > 0;) {
      const utf8::Decoded c = utf8::decode_before(lower, at);
      if (c.size == 0 || c.size >= at) break;
      at -= c.size;
      const std::uint8_t label = d.label(c.value);
      if (label == 0) break;
      address = d.follow(address, node, label);
      if (address == Impl::kNone || !d.node(address, node)) break;
      if (node.set != Impl::kNone) best = node.set;
    }
    if (best != Impl::kNone && d.expand(best, out)) return true;
    if (!name) break;
  }
  return false;
}

std::string_view Morphology::notice() const { return impl_ ? impl_->section(Section::notice) : std::string_view(); }

}  // namespace litopys
