// Names are never stored: a feature is a hash of what it stands for, and where a person asks, the name is made again from the token or
// class that the feature remembers. Letters of a word are hashed as a rolling sum over its folded code points, so that runs of three
// and four letters cost one step each.
#include "reader/features.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

#include "base/utf8.h"

namespace litopys {
namespace {

constexpr float kLemmaWeight = 1.0F, kPairWeight = 0.5F, kLettersWeight = 1.0F, kConceptWeight = 1.0F, kConceptsWeight = 0.7F,
                kOrderWeight = 0.5F, kMentionWeight = 0.4F, kBeforeWeight = 0.5F, kEarlierWeight = 0.3F, kAfterWeight = 0.3F;
constexpr float kSubjectWeight = 0.5F, kFarSubjectWeight = 0.3F, kBaseWeight = 1.0F, kLanguageWeight = 0.5F, kHeadingWeight = 0.5F;
constexpr std::size_t kMostPairedClasses = 24;
constexpr std::size_t kLongestWord = 64;  // letters looked at
constexpr std::size_t kLongestRun = 4;    // runs of 5 letters were measured: no gain, a third more work
constexpr std::size_t kSeen = 4096;

constexpr std::uint64_t mixed(std::uint64_t h) {
  h ^= h >> 33;
  h *= 0xff51afd7ed558ccdULL;
  h ^= h >> 33;
  h *= 0xc4ceb9fe1a85ec53ULL;
  return h ^ (h >> 33);
}
constexpr std::uint64_t joined(std::uint64_t a, std::uint64_t b) { return mixed(a * 0x9e3779b97f4a7c15ULL + b); }
std::uint64_t hash_of(std::string_view bytes) {
  std::uint64_t h = 1469598103934665603ULL;
  for (const char c : bytes) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return mixed(h);
}
constexpr std::uint64_t tag(FeatureKind kind) { return mixed(static_cast<std::uint64_t>(kind) + 0x51ed27ULL); }

enum SubjectCode : std::uint32_t {
  kBack = 0,
  kForth = 100,
  kShare = 200,
  kTitle = 300,
  kLength = 400,
  kAlone = 500,
  kSettingShare = 600,
  kSettingHere = 700
};
enum BaseCode : std::uint32_t { kAlways = 0, kLanguage = 10, kHeading = 20, kQuestion = 21, kList = 22, kHasNumber = 23 };
enum MentionCode : std::uint32_t {
  kUnit = 0,
  kBound = 100,
  kDuration = 200,
  kTimeForm = 300,
  kTimeAny = 310,
  kReported = 400,
  kDistanced = 410,
  kSide = 500,
  kPlace = 600
};

bool is_word(const Token& token) { return token.kind == TokenKind::word; }

}  // namespace

WordClasses::WordClasses(const Codebook& book) : by_row_(book.rows.size(), kNone) {
  std::unordered_map<std::string, std::uint16_t> ids;
  for (std::size_t i = 0; i < book.rows.size(); ++i) {
    const Row& row = book.rows[i];
    const bool cue = row.kind == "cue";
    if ((!cue && row.kind != "subject" && row.kind != "setting" && row.kind != "concept") || names_.size() >= kNone) continue;
    const std::string name = cue ? "cue " + row.gives : row.gives;
    const auto [at, fresh] = ids.emplace(name, static_cast<std::uint16_t>(names_.size()));
    if (fresh) {
      names_.push_back(name);
      hashes_.push_back(hash_of(name));
      subject_.push_back(false);
      setting_.push_back(false);
    }
    if (row.kind == "subject") subject_[at->second] = true;
    if (row.kind == "setting") setting_[at->second] = true;
    by_row_[i] = at->second;
  }
}

Featurizer::Featurizer(const Text& text, const std::vector<Mentions>& mentions, const WordClasses& classes)
    : text_(text), mentions_(mentions), classes_(classes), seen_(kSeen), seen_epoch_(kSeen) {
  const std::size_t n = text.sentences.size();
  sets_.resize(n);
  subject_.resize(n);
  words_.resize(n);
  setting_here_.resize(n);
  counts_.resize(n);
  std::size_t with_subject = 0, with_setting = 0, with_both = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (i < mentions.size()) {
      for (const Cue& cue : mentions[i].cues) {
        const std::uint16_t c = classes.of(cue.row);
        if (c == WordClasses::kNone) continue;
        sets_[i].push_back(c);
        if (classes.subject(c)) subject_[i] = true;
        if (classes.setting(c)) setting_here_[i] = true;
      }
      for (const Quantity& q : mentions[i].quantities) {
        if (q.unit == Unit::passport || q.unit == Unit::person || q.unit == Unit::percent) counts_[i] = true;
      }
    }
    std::ranges::sort(sets_[i]);
    sets_[i].erase(std::unique(sets_[i].begin(), sets_[i].end()), sets_[i].end());
    with_subject += subject_[i] ? 1 : 0;
    with_setting += setting_here_[i] ? 1 : 0;
    with_both += subject_[i] && setting_here_[i] ? 1 : 0;
    std::size_t words = 0;
    for (const Token& token : text.tokens_of(text.sentences[i])) words += is_word(token) ? 1 : 0;
    words_[i] = static_cast<std::uint16_t>(std::min<std::size_t>(words, 0xFFFF));
  }
  const double sentences = static_cast<double>(std::max<std::size_t>(n, 1));
  share_ = static_cast<double>(with_subject) / sentences;
  setting_share_ = static_cast<double>(with_setting) / sentences;
  both_share_ = static_cast<double>(with_both) / sentences;
  constexpr std::uint8_t kFar = 9;
  since_subject_.assign(n, kFar);
  until_subject_.assign(n, kFar);
  for (std::size_t i = 0; i < n; ++i) {
    const int before = i == 0 ? kFar : since_subject_[i - 1];
    since_subject_[i] = static_cast<std::uint8_t>(subject_[i] ? 0 : before >= 5 ? kFar : before + 1);
  }
  for (std::size_t i = n; i-- > 1;) {
    const int after = subject_[i] ? 0 : until_subject_[i];
    until_subject_[i - 1] = static_cast<std::uint8_t>(after >= 5 ? kFar : after + 1);
  }
}

void Featurizer::add(std::vector<Feature>& out, std::uint64_t hash, FeatureKind kind, std::uint32_t first, std::uint32_t second) {
  const auto slot = static_cast<std::uint32_t>(hash >> (64 - kSlotBits));
  // Once a group: a small table with linear steps; beyond its capacity a slot may be given twice, which only weighs it a little more.
  for (std::size_t probe = 0; probe < 16; ++probe) {
    const std::size_t at = (slot + probe * 61) % kSeen;
    if (seen_epoch_[at] != epoch_) {
      seen_epoch_[at] = epoch_;
      seen_[at] = slot;
      break;
    }
    if (seen_[at] == slot) return;
  }
  out.push_back({slot, 1.0F, kind, first, second});
}

void Featurizer::close_group(std::vector<Feature>& out, float weight) {
  const std::size_t count = out.size() - group_begin_;
  if (count > 0) {
    const float value = weight / std::sqrt(static_cast<float>(count));
    for (std::size_t i = group_begin_; i < out.size(); ++i) out[i].value = value;
  }
  group_begin_ = out.size();
  ++epoch_;
}

void Featurizer::letters_of(std::vector<Feature>& out, std::uint32_t token) {
  const std::string_view lower = text_.tokens[token].lower;
  std::array<std::uint64_t, kLongestWord + 2> letters{};
  std::size_t n = 0;
  letters[n++] = '<';
  for (std::size_t at = 0; at < lower.size() && n <= kLongestWord;) {
    const utf8::Decoded d = utf8::decode(lower, at);
    at += d.size;
    letters[n++] = d.value == U'ё' ? U'е' : d.value;
  }
  letters[n++] = '>';
  const std::uint64_t base = tag(FeatureKind::letters);
  for (std::size_t i = 0; i + 3 <= n; ++i) {
    std::uint64_t h = base;
    for (std::size_t k = 0; k < kLongestRun && i + k < n; ++k) {
      h = (h ^ letters[i + k]) * 0x9e3779b97f4a7c15ULL;
      h ^= h >> 29;
      if (k >= 2) add(out, mixed(h), FeatureKind::letters, token);
    }
  }
}

void Featurizer::features(std::size_t index, std::vector<Feature>& out) {
  out.clear();
  group_begin_ = 0;
  ++epoch_;
  const Sentence& sentence = text_.sentences[index];
  const std::uint32_t begin = sentence.first_token, end = begin + sentence.token_count;
  static const Mentions kNoMentions;
  const Mentions& m = index < mentions_.size() ? mentions_[index] : kNoMentions;
  bool question = false, number = false;

  const std::uint64_t lemma_tag = tag(FeatureKind::lemma), pair_tag = tag(FeatureKind::pair);
  for (std::uint32_t t = begin; t < end; ++t) {
    const Token& token = text_.tokens[t];
    if (is_word(token)) add(out, joined(lemma_tag, hash_of(text_.lemma(token))), FeatureKind::lemma, t);
    number = number || token.kind == TokenKind::number;
    question = question || (token.kind == TokenKind::punctuation && token.lower.starts_with('?'));
  }
  close_group(out, kLemmaWeight);
  std::uint64_t before = 1;
  for (std::uint32_t t = begin; t < end; ++t) {
    const Token& token = text_.tokens[t];
    if (token.kind == TokenKind::punctuation) continue;
    const std::uint64_t here = token.kind == TokenKind::number ? 2 : hash_of(text_.lemma(token));
    add(out, joined(joined(pair_tag, before), here), FeatureKind::pair, t);
    before = here;
  }
  close_group(out, kPairWeight);
  for (std::uint32_t t = begin; t < end; ++t) {
    if (is_word(text_.tokens[t])) letters_of(out, t);
  }
  close_group(out, kLettersWeight);

  const std::vector<std::uint16_t>& set = sets_[index];
  for (const std::uint16_t c : set) add(out, joined(tag(FeatureKind::concept_), classes_.hash(c)), FeatureKind::concept_, c);
  close_group(out, kConceptWeight);
  const std::size_t paired = std::min(set.size(), kMostPairedClasses);
  for (std::size_t i = 0; i < paired; ++i) {
    for (std::size_t k = i + 1; k < paired; ++k) {
      // Ordered by hash, so that a codebook may be rearranged without learning anew.
      const std::uint64_t a = classes_.hash(set[i]), b = classes_.hash(set[k]);
      add(out, joined(joined(tag(FeatureKind::concepts), std::min(a, b)), std::max(a, b)), FeatureKind::concepts, set[i], set[k]);
    }
  }
  close_group(out, kConceptsWeight);
  std::uint16_t last = WordClasses::kNone;
  for (const Cue& cue : m.cues) {
    const std::uint16_t c = classes_.of(cue.row);
    if (c == WordClasses::kNone || c == last) continue;
    if (last != WordClasses::kNone) {
      add(out, joined(joined(tag(FeatureKind::order), classes_.hash(last)), classes_.hash(c)), FeatureKind::order, last, c);
    }
    last = c;
  }
  close_group(out, kOrderWeight);

  const auto mention = [&](std::uint32_t code) { add(out, joined(tag(FeatureKind::mention), code), FeatureKind::mention, code); };
  for (const Quantity& q : m.quantities) {
    mention(kUnit + static_cast<std::uint32_t>(q.unit));
    mention(kBound + static_cast<std::uint32_t>(q.bound));
    if (q.duration) mention(kDuration);
  }
  for (const Time& time : m.times) {
    mention(kTimeForm + static_cast<std::uint32_t>(time.form));
    mention(kTimeAny);
  }
  for (const Attribution& a : m.attributions) {
    mention(kReported);
    if (a.credence == Credence::distanced) mention(kDistanced);
  }
  for (const Actor& a : m.actors) mention(kSide + static_cast<std::uint32_t>(a.side));
  if (!m.places.empty()) mention(kPlace);
  close_group(out, kMentionWeight);

  const auto around = [&](std::size_t other, FeatureKind kind, float weight) {
    for (const std::uint16_t c : sets_[other]) add(out, joined(tag(kind), classes_.hash(c)), kind, c);
    close_group(out, weight);
  };
  if (index > 0) around(index - 1, FeatureKind::before, kBeforeWeight);
  if (index > 1) around(index - 2, FeatureKind::earlier, kEarlierWeight);
  if (index + 1 < sets_.size()) around(index + 1, FeatureKind::after, kAfterWeight);

  const auto single = [&](FeatureKind kind, std::uint32_t code, float value) {
    add(out, joined(tag(kind), code), kind, code);
    if (out.size() > group_begin_) out.back().value = value;
    group_begin_ = out.size();
    ++epoch_;
  };
  if (sets_.size() > 2) {
    single(FeatureKind::subject, kBack + since_subject_[index], kSubjectWeight);
    single(FeatureKind::subject, kForth + until_subject_[index], kFarSubjectWeight);
    single(FeatureKind::subject, kShare + static_cast<std::uint32_t>(std::min(5.0, share_ * 10 + 0.5)), kSubjectWeight);
    single(FeatureKind::subject, kSettingShare + static_cast<std::uint32_t>(std::min(5.0, setting_share_ * 10 + 0.5)), kSubjectWeight);
    single(FeatureKind::subject, kTitle + (subject_[0] ? 1 : 0), kFarSubjectWeight);
    single(FeatureKind::subject, kLength + static_cast<std::uint32_t>(std::min<std::size_t>(5, sets_.size() / 8)), kFarSubjectWeight);
  } else {
    single(FeatureKind::subject, kAlone, kSubjectWeight);
  }
  single(FeatureKind::base, kAlways, kBaseWeight);
  single(FeatureKind::base, kLanguage + static_cast<std::uint32_t>(text_.language), kLanguageWeight);
  if (sentence.heading) single(FeatureKind::base, kHeading, kHeadingWeight);
  if (sentence.list_item) single(FeatureKind::base, kList, kHeadingWeight);
  if (question) single(FeatureKind::base, kQuestion, kHeadingWeight);
  if (number) single(FeatureKind::base, kHasNumber, kHeadingWeight);
}

std::string Featurizer::name(const Feature& f) const {
  const auto word = [&](std::uint32_t token) {
    return token < text_.tokens.size() ? std::string(text_.lemma(text_.tokens[token])) : std::string("?");
  };
  switch (f.kind) {
    case FeatureKind::lemma:
    case FeatureKind::letters: return "word " + word(f.first);
    case FeatureKind::pair: return "words ending in " + word(f.first);
    case FeatureKind::concept_: return classes_.name(f.first);
    case FeatureKind::concepts: return classes_.name(f.first) + " with " + classes_.name(f.second);
    case FeatureKind::order: return classes_.name(f.first) + ", then " + classes_.name(f.second);
    case FeatureKind::mention: return "numbers, times and names";
    case FeatureKind::before:
    case FeatureKind::earlier: return "before: " + classes_.name(f.first);
    case FeatureKind::after: return "after: " + classes_.name(f.first);
    case FeatureKind::subject: return "nearness of the subject";
    case FeatureKind::base: break;
  }
  return "any sentence";
}

}  // namespace litopys
