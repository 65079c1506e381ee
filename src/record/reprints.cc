// An inverted index with prefix filtering: two texts that share half of the shorter one's m runs share at least one of any m/2 + 1 of
// them, so only the rarest m/2 + 1 runs of each text are looked up, and those mostly stand in that text alone. A candidate is verified
// by merging the two sorted lists. Texts with the same runs are one text here; a run in very many texts is compared with the first of
// each group that has it, and with the latest.
#include "record/reprints.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "base/utf8.h"

namespace litopys {
namespace {

constexpr std::size_t kRun = 5;

std::uint64_t mixed(std::uint64_t v) {
  v = (v ^ (v >> 31)) * 0x9FB21C651E98DF25ULL;
  v = (v ^ (v >> 28)) * 0xD6E8FEB86659FD93ULL;
  return v ^ (v >> 32);
}

struct Posting {
  std::uint64_t run;
  std::uint32_t document;
};

class Sets {
 public:
  explicit Sets(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), 0U); }
  std::uint32_t root(std::uint32_t x) {
    while (parent_[x] != x) x = parent_[x] = parent_[parent_[x]];
    return x;
  }
  void join(std::uint32_t a, std::uint32_t b) {
    a = root(a);
    b = root(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::uint32_t> parent_;
};

// Which runs of a part of the hashes' range may have come twice: of those that came once, which are nearly all, fifteen in sixteen are
// known not to, and need no sorting. A part is small enough for a processor's cache.
class SeenTwice {
 public:
  SeenTwice(std::size_t runs, int part_bits) {
    constexpr std::size_t kBitsEach = 16;
    int bits = 10;
    while ((std::size_t{1} << bits) < runs * kBitsEach && bits < 40) ++bits;
    shift_ = 64 - part_bits - bits;
    mask_ = (std::size_t{1} << bits) - 1;
    once_.resize((mask_ + 1) / kBitsOfWord);
    twice_.resize(once_.size());
  }
  void clear() {
    std::fill(once_.begin(), once_.end(), 0);
    std::fill(twice_.begin(), twice_.end(), 0);
  }
  void add(std::uint64_t run) {
    const std::size_t at = (run >> shift_) & mask_;
    const std::uint64_t bit = std::uint64_t{1} << (at % kBitsOfWord);
    twice_[at / kBitsOfWord] |= once_[at / kBitsOfWord] & bit;
    once_[at / kBitsOfWord] |= bit;
  }
  [[nodiscard]] bool twice(std::uint64_t run) const {
    const std::size_t at = (run >> shift_) & mask_;
    return (twice_[at / kBitsOfWord] >> (at % kBitsOfWord) & 1U) != 0;
  }

 private:
  static constexpr std::size_t kBitsOfWord = 64;
  int shift_ = 0;
  std::uint64_t mask_ = 0;
  std::vector<std::uint64_t> once_, twice_;
};

// Runs that both have, at least `needed` or fewer (then any number below it).
std::size_t shared(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b, std::size_t needed) {
  std::size_t i = 0, j = 0, both = 0;
  while (i < a.size() && j < b.size()) {
    if (both + std::min(a.size() - i, b.size() - j) < needed) return both;
    if (a[i] == b[j]) {
      ++both;
      ++i;
      ++j;
    } else if (a[i] < b[j]) {
      ++i;
    } else {
      ++j;
    }
  }
  return both;
}

class CopyFinder {
 public:
  explicit CopyFinder(const std::vector<std::string_view>& texts) : runs_(texts.size()), sets_(texts.size()) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (texts[i].empty()) continue;
      runs_[i] = runs_of(texts[i]);
      if (runs_[i].size() < kFewestRuns) runs_[i] = {};
    }
  }

  std::vector<CopyGroup> find() {
    same_runs();
    index();
    for (std::uint32_t document = 0; document < runs_.size(); ++document) {
      if (!runs_[document].empty() && !twin_[document]) look_up(document);
    }
    return groups();
  }

 private:
  void same_runs() {
    twin_.assign(runs_.size(), false);
    std::vector<Posting> whole;
    for (std::uint32_t i = 0; i < runs_.size(); ++i) {
      if (runs_[i].empty()) continue;
      std::uint64_t hash = runs_[i].size();
      for (std::uint64_t run : runs_[i]) hash = mixed(hash ^ run);
      whole.push_back({hash, i});
    }
    std::sort(whole.begin(), whole.end(), by_run);
    for (std::size_t i = 1; i < whole.size(); ++i) {
      if (whole[i].run != whole[i - 1].run) continue;
      sets_.join(whole[i].document, whole[i - 1].document);
      twin_[whole[i].document] = true;
    }
  }

  static bool by_run(const Posting& a, const Posting& b) { return a.run != b.run ? a.run < b.run : a.document < b.document; }

  struct List {
    std::uint32_t begin, size;
  };

  // Keeps only leading runs of two documents or more. In four turns by the range of the hashes, so that not all occurrences are in memory
  // at once; in each they are dealt out to bins that a processor's cache holds. A document's runs are sorted: a turn goes on where the last
  // ended.
  void index() {
    constexpr int kTurnBits = 2, kBinBits = 5;
    constexpr std::uint64_t kTurns = 1U << kTurnBits, kBins = 1U << kBinBits;
    lists_of_.resize(runs_.size());
    std::size_t total = 0;
    for (const auto& runs : runs_) total += run_leads(runs.size(), 1) ? runs.size() : runs.size() / 4;
    SeenTwice shared(total / (kTurns * kBins) + 1, kTurnBits + kBinBits);
    std::vector<std::uint32_t> from(runs_.size(), 0);
    std::vector<std::vector<Posting>> bins(kBins);
    for (std::uint64_t turn = 0; turn < kTurns; ++turn) {
      for (std::uint32_t i = 0; i < runs_.size(); ++i) {
        const std::vector<std::uint64_t>& runs = runs_[i];
        if (twin_[i]) continue;
        std::uint32_t& at = from[i];
        for (; at < runs.size() && runs[at] >> (64 - kTurnBits) == turn; ++at) {
          if (run_leads(runs.size(), runs[at])) bins[runs[at] >> (64 - kTurnBits - kBinBits) & (kBins - 1)].push_back({runs[at], i});
        }
      }
      for (std::vector<Posting>& bin : bins) {
        shared.clear();
        for (const Posting& posting : bin) shared.add(posting.run);
        std::erase_if(bin, [&](const Posting& posting) { return !shared.twice(posting.run); });
        keep_shared(bin);
        bin.clear();
      }
    }
  }

  void keep_shared(std::vector<Posting>& part) {
    std::sort(part.begin(), part.end(), by_run);
    for (std::size_t i = 0; i < part.size();) {
      std::size_t end = i + 1;
      while (end < part.size() && part[end].run == part[i].run) ++end;
      if (end - i > 1) {
        for (std::size_t k = i; k < end; ++k) {
          lists_of_[part[k].document].push_back(static_cast<std::uint32_t>(known_.size()));
          postings_.push_back(part[k].document);
        }
        known_.push_back({static_cast<std::uint32_t>(postings_.size() - (end - i)), static_cast<std::uint32_t>(end - i)});
      }
      i = end;
    }
  }

  void look_up(std::uint32_t document) {
    const std::vector<std::uint64_t>& runs = runs_[document];
    lists_.clear();
    for (std::uint32_t known : lists_of_[document]) lists_.push_back(known_[known]);
    const auto leading =
        static_cast<std::size_t>(std::count_if(runs.begin(), runs.end(), [&](std::uint64_t run) { return run_leads(runs.size(), run); }));
    const std::size_t alone = leading - lists_.size();
    const std::size_t enough = leading_enough(runs.size(), leading);
    if (alone >= enough) return;
    std::sort(lists_.begin(), lists_.end(), [](List a, List b) { return a.size != b.size ? a.size < b.size : a.begin < b.begin; });
    lists_.resize(std::min(lists_.size(), enough - alone));
    candidates_.clear();
    for (const List& list : lists_) {
      if (list.size <= kManyCarriers) {
        for (std::uint32_t k = 0; k < list.size; ++k) candidates_.push_back(postings_[list.begin + k]);
      } else {
        std::uint32_t last = 0xFFFFFFFF;
        for (std::uint32_t k = 0; k < kManyCarriers; ++k) {
          const std::uint32_t head = sets_.root(postings_[list.begin + k]);
          if (head != last) candidates_.push_back(head);
          last = head;
        }
        for (std::uint32_t k = list.size - kManyCarriers / 8; k < list.size; ++k) candidates_.push_back(postings_[list.begin + k]);
      }
    }
    std::sort(candidates_.begin(), candidates_.end());
    candidates_.erase(std::unique(candidates_.begin(), candidates_.end()), candidates_.end());
    for (std::uint32_t other : candidates_) compare(document, other);
  }

  void compare(std::uint32_t a, std::uint32_t b) {
    if (a == b || runs_[b].empty()) return;
    if (sets_.root(a) != sets_.root(b) && are_near_copies(runs_[a], runs_[b])) sets_.join(a, b);
  }

  std::vector<CopyGroup> groups() {
    std::vector<std::uint32_t> group_of(runs_.size(), 0xFFFFFFFF);
    std::vector<CopyGroup> out;
    for (std::uint32_t i = 0; i < runs_.size(); ++i) {
      const std::uint32_t head = sets_.root(i);
      if (head == i) continue;
      if (group_of[head] == 0xFFFFFFFF) {
        group_of[head] = static_cast<std::uint32_t>(out.size());
        out.push_back({{head}, 100});
      }
      CopyGroup& group = out[group_of[head]];
      group.documents.push_back(i);
    }
    std::vector<const std::vector<std::uint64_t>*> members;
    for (CopyGroup& group : out) {
      members.clear();
      for (std::uint32_t document : group.documents) members.push_back(&runs_[document]);
      group.share_percent = share_of_group(members);
    }
    std::sort(out.begin(), out.end(), [](const CopyGroup& a, const CopyGroup& b) { return a.documents.front() < b.documents.front(); });
    return out;
  }

  std::vector<std::vector<std::uint64_t>> runs_;
  Sets sets_;
  std::vector<bool> twin_;
  std::vector<std::uint32_t> postings_;               // documents of each known run, ascending
  std::vector<List> known_;                           // where each known run's documents stand
  std::vector<std::vector<std::uint32_t>> lists_of_;  // the known runs of each document
  std::vector<List> lists_;
  std::vector<std::uint32_t> candidates_;
};

// Sorts hashes, which lie evenly: dealt out by their leading bits into about as many bins as there are of them, all but each bin's few are
// in order. Where one run comes again and again the bins are uneven, and they are sorted as anything else is.
void sort_runs(std::vector<std::uint64_t>& runs) {
  constexpr std::size_t kFew = 40, kMany = 16384;
  constexpr int kMostBits = 12;
  constexpr std::uint32_t kUneven = 24;
  if (runs.size() < kFew || runs.size() > kMany) {
    std::sort(runs.begin(), runs.end());
    return;
  }
  int bits = 5;
  while (std::size_t{1} << bits < runs.size() && bits < kMostBits) ++bits;
  const int shift = 64 - bits;
  std::array<std::uint32_t, (std::size_t{1} << kMostBits) + 1> begin{};  // of each bin, then where its next goes
  for (const std::uint64_t run : runs) ++begin[(run >> shift) + 1];
  std::uint32_t most = 0;
  for (std::size_t bin = 1; bin <= std::size_t{1} << bits; ++bin) {
    most = std::max(most, begin[bin]);
    begin[bin] += begin[bin - 1];
  }
  if (most > kUneven) {
    std::sort(runs.begin(), runs.end());
    return;
  }
  std::vector<std::uint64_t> dealt(runs.size());
  for (const std::uint64_t run : runs) dealt[begin[run >> shift]++] = run;
  for (std::size_t i = 1; i < dealt.size(); ++i) {
    const std::uint64_t run = dealt[i];
    std::size_t at = i;
    for (; at > 0 && dealt[at - 1] > run; --at) dealt[at] = dealt[at - 1];
    dealt[at] = run;
  }
  runs.swap(dealt);
}

}  // namespace

std::vector<std::uint64_t> runs_of(std::string_view text) {
  std::vector<std::uint64_t> out;
  // The last five words, weighed by their place: the products go side by side, and only their sum is mixed.
  std::uint64_t words[kRun] = {};
  constexpr std::uint64_t kPlace[kRun] = {0x9E3779B97F4A7C15ULL, 0xC2B2AE3D27D4EB4FULL, 0x165667B19E3779F9ULL, 0xD6E8FEB86659FD93ULL,
                                          0x9FB21C651E98DF25ULL};
  std::size_t count = 0;
  constexpr std::uint64_t kStart = 0xCBF29CE484222325ULL;
  constexpr std::uint64_t kPrime = 0x100000001B3ULL;
  std::uint64_t word = kStart;
  bool inside = false;
  const auto end_word = [&] {
    if (!inside) return;
    std::uint64_t run = 0;
    for (std::size_t k = 0; k + 1 < kRun; ++k) {
      words[k] = words[k + 1];
      run += words[k] * kPlace[k];
    }
    words[kRun - 1] = mixed(word);
    run = mixed(run + words[kRun - 1] * kPlace[kRun - 1]);
    word = kStart;
    inside = false;
    if (++count < kRun) return;
    out.push_back(run);
  };
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      ++i;
      const bool letter = (byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z';
      if (letter || (byte >= '0' && byte <= '9')) {
        word = (word ^ (letter ? byte | 0x20U : byte)) * kPrime;
        inside = true;
      } else {
        end_word();
      }
      continue;
    }
    const utf8::Decoded d = utf8::decode(text, i);
    i += d.size;
    if (utf8::is_letter(d.value)) {
      word = (word ^ utf8::lower(d.value)) * kPrime;
      inside = true;
    } else {
      end_word();
    }
  }
  end_word();
  sort_runs(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

int share_of(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  constexpr std::size_t kPercent = 100;
  const std::size_t shorter = std::min(a.size(), b.size());
  return shorter == 0 ? 0 : static_cast<int>(kPercent * shared(a, b, 0) / shorter);
}

bool are_near_copies(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  if (shorter < kFewestRuns || 3 * shorter < std::max(a.size(), b.size())) return false;
  return 2 * shared(a, b, (shorter + 1) / 2) >= shorter;
}

int share_of_group(const std::vector<const std::vector<std::uint64_t>*>& runs) {
  constexpr std::size_t kEarlier = 50;
  constexpr int kAll = 100;
  int least = kAll;
  for (std::size_t i = 1; i < runs.size(); ++i) {
    int most = 0;
    for (std::size_t j = 0; j < std::min(i, kEarlier) && most < kAll; ++j) most = std::max(most, share_of(*runs[i], *runs[j]));
    least = std::min(least, most);
  }
  return least;
}

std::vector<CopyGroup> near_copies(const std::vector<std::string_view>& texts) { return CopyFinder(texts).find(); }

}  // namespace litopys
