// Each value with its length before it, so that no two readings give the same bytes. Numbers are written as the record writes them; the
// confidence by its bits.
#include "store/reading_digest.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <utility>

#include "store/rows.h"
#include "vault/digest.h"

namespace litopys {
namespace {

constexpr std::size_t kLongestTerm = 32768;  // FTS5 cuts what is longer

class Values {
 public:
  Values& number(std::uint64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) bytes_ += static_cast<char>(value >> static_cast<unsigned>(shift) & 0xFFU);
    return *this;
  }
  Values& text(std::string_view value) {
    number(value.size());
    bytes_ += value;
    return *this;
  }
  Values& maybe(const std::optional<std::string>& value) { return number(value ? 1 : 0).text(value ? std::string_view(*value) : ""); }
  Values& hash(const MerkleHash& value) {
    bytes_.append(value.begin(), value.end());
    return *this;
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

void put_claim(Values& out, const Claim& claim) {
  out.number(claim.span.begin).number(claim.span.end).text(claim.quote).text(claim.measure).number(claim.figure ? 1 : 0);
  if (claim.figure) {
    const Figure& figure = *claim.figure;
    out.text(figure.value.str()).maybe(figure.value2 ? std::optional(figure.value2->str()) : std::nullopt);
    out.text(name(figure.bound)).text(name(figure.unit)).text(figure.text);
  }
  out.text(json_list(claim.places)).maybe(claim.when ? std::optional(claim.when->str()) : std::nullopt).text(json_list(claim.sources));
  out.text(name(claim.side)).text(name(claim.stance)).text(name(claim.credence)).text(json_list(claim.targets));
  out.number(std::bit_cast<std::uint64_t>(claim.confidence)).text(json_why(claim.why));
}

}  // namespace

void WordsDigest::add(std::string_view term, std::span<const std::uint32_t> places, std::string& room) {
  room.resize(value_.size() + term.size() + 1 + 4 * places.size());
  char* out = std::copy(value_.begin(), value_.end(), room.data());
  out = std::copy(term.begin(), term.end(), out);
  *out++ = '\0';
  for (const std::uint32_t place : places) {
    for (int shift = 24; shift >= 0; shift -= 8) *out++ = static_cast<char>(place >> static_cast<unsigned>(shift) & 0xFFU);
  }
  value_ = sha256_of(room);
}

MerkleHash words_digest(std::string_view words) {
  std::vector<std::pair<std::string_view, std::uint32_t>> terms;
  while (!words.empty()) {
    const std::string_view term = words.substr(0, words.find(' '));
    words.remove_prefix(std::min(words.size(), term.size() + 1));
    terms.emplace_back(term.substr(0, kLongestTerm), static_cast<std::uint32_t>(terms.size()));
  }
  std::sort(terms.begin(), terms.end());
  WordsDigest out;
  std::string room;
  std::vector<std::uint32_t> places;
  for (std::size_t i = 0; i < terms.size();) {
    const std::string_view term = terms[i].first;
    for (places.clear(); i < terms.size() && terms[i].first == term; ++i) places.push_back(terms[i].second);
    out.add(term, places, room);
  }
  return out.value();
}

std::string reading_digest(const ItemReading& reading, const MerkleHash& words, std::span<const MerkleHash> claim_words) {
  Values out;
  out.text("litopys reading 1").number(reading.problem ? 1 : 0);
  if (reading.problem) out.text(kind_in_record(reading.problem->kind)).text(line_in_record(*reading.problem));
  out.number(reading.document ? 1 : 0);
  if (reading.document) {
    const ClaimDocument& document = *reading.document;
    out.text(code(document.language)).maybe(document.outlet).maybe(document.url).maybe(document.title).maybe(document.published);
    out.text(json_numbers(document.junk)).text(json_list(document.notes)).text(document.text).hash(words).number(document.claims.size());
    for (std::size_t i = 0; i < document.claims.size(); ++i) {
      put_claim(out, document.claims[i]);
      out.hash(i < claim_words.size() ? claim_words[i] : MerkleHash{});
    }
  }
  return sha256_hex(out.bytes());
}

std::string reading_digest(const ItemReading& reading) {
  std::vector<MerkleHash> claim_words;
  for (const std::string& words : reading.claim_words) claim_words.push_back(words_digest(words));
  return reading_digest(reading, words_digest(reading.words), claim_words);
}

}  // namespace litopys
