// Claims are written and read as `read` prints them, so that whoever has the evidence alone finds the contract's names in it.
#include "store/review.h"

#include <charconv>
#include <map>

#include "base/json.h"
#include "base/json_scan.h"
#include "base/utf8.h"
#include "claim/json.h"

namespace litopys {
namespace {

std::string claim_text(Claim claim, std::string_view text) {
  claim.why = {};
  if (claim.span.end > text.size() || claim.span.begin > claim.span.end) claim.span = {};
  utf8::CodePointIndex points(text);
  std::string out;
  append_json(out, claim, points);
  return out;
}

std::optional<Claim> claim_of_text(std::string_view json) {
  Result<ClaimDocument> document = parse_claim_document("{\"id\": \"\", \"claims\": [" + std::string(json) + "]}", "review");
  if (!document || document->claims.size() != 1 || !document->notes.empty()) return std::nullopt;
  return std::move(document->claims.front());
}

void write_subject(JsonWriter& json, const ActSubject& about, std::string_view text) {
  json.key("item").string(about.sha256);
  json.key("id").string(about.id);
  json.key("number").number(about.number);
  if (about.read) json.key("read").raw(claim_text(*about.read, text));
}

void write_words(JsonWriter& json, const std::string& by, const std::string& note) {
  json.key("by").string(by);
  json.key("note").string(note);
}

// The members of an object, each as it is written.
class Members {
 public:
  static std::optional<Members> of(std::string_view json) {
    Members out;
    JsonCursor at(json);
    if (!at.open('{')) return std::nullopt;
    for (std::string_view key; at.member(key);) {
      if (at.peek() == '\0') return std::nullopt;
      const std::size_t begin = at.at();
      if (!at.skip()) return std::nullopt;
      out.values_.emplace(unescaped(key), json.substr(begin, at.at() - begin));
    }
    if (at.damaged()) return std::nullopt;
    return out;
  }

  // "" where it is missing or no text.
  [[nodiscard]] std::string text(const char* key) const {
    const std::string_view written = raw(key);
    std::string_view inside;
    return JsonCursor(written).string(inside) ? unescaped(inside) : std::string();
  }
  [[nodiscard]] std::string_view raw(const char* key) const {
    const auto at = values_.find(key);
    return at == values_.end() ? std::string_view() : at->second;
  }
  [[nodiscard]] std::optional<Claim> claim(const char* key) const {
    return raw(key).starts_with('{') ? claim_of_text(raw(key)) : std::nullopt;
  }

 private:
  std::map<std::string, std::string_view, std::less<>> values_;
};

std::optional<ActSubject> subject_of(const Members& members) {
  ActSubject out;
  out.sha256 = members.text("item");
  out.id = members.text("id");
  const std::string_view number = members.raw("number");
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), out.number);
  if (error != std::errc() || out.number < 0 || out.sha256.empty()) return std::nullopt;
  out.read = members.claim("read");
  if (out.read.has_value() != (out.number > 0)) return std::nullopt;
  return out;
}

}  // namespace

std::string json_of(const Review& review, std::string_view text) {
  std::string out;
  JsonWriter json(out);
  json.object([&] {
    write_subject(json, review.about, text);
    json.key("verdict").string(name(review.verdict));
    if (review.says) json.key("says").raw(claim_text(*review.says, text));
    write_words(json, review.by, review.note);
  });
  return out;
}

std::string json_of(const Mark& mark, std::string_view text) {
  std::string out;
  JsonWriter json(out);
  json.object([&] {
    write_subject(json, mark.about, text);
    json.key("tag").string(mark.tag);
    json.key("removed").boolean(mark.removed);
    write_words(json, mark.by, mark.note);
  });
  return out;
}

std::optional<Review> review_of_json(std::string_view json) {
  const std::optional<Members> members = Members::of(json);
  std::optional<ActSubject> about = members ? subject_of(*members) : std::nullopt;
  const std::optional<Verdict> verdict = members ? parse_name<Verdict>(members->text("verdict")) : std::nullopt;
  if (!about || !verdict || !about->read) return std::nullopt;
  Review out{*std::move(about), *verdict, members->claim("says"), members->text("by"), members->text("note")};
  const bool vouches = out.verdict == Verdict::right || out.verdict == Verdict::corrected;
  if (out.says.has_value() != vouches) return std::nullopt;
  return out;
}

std::optional<Mark> mark_of_json(std::string_view json) {
  const std::optional<Members> members = Members::of(json);
  std::optional<ActSubject> about = members ? subject_of(*members) : std::nullopt;
  if (!about) return std::nullopt;
  Mark out{*std::move(about), members->text("tag"), members->raw("removed") == "true", members->text("by"), members->text("note")};
  if (out.tag.empty()) return std::nullopt;
  return out;
}

bool same_claim(const Claim& a, const Claim& b) {
  const auto figure = [](const Claim& claim) {
    return claim.figure ? std::optional(std::tuple(claim.figure->value, claim.figure->value2, claim.figure->bound, claim.figure->unit))
                        : std::nullopt;
  };
  return a.quote == b.quote && a.measure == b.measure && figure(a) == figure(b);
}

bool same_slots(const Claim& a, const Claim& b) {
  return same_claim(a, b) && a.places == b.places && a.when == b.when && a.sources == b.sources && a.side == b.side &&
         a.stance == b.stance && a.credence == b.credence && a.targets == b.targets;
}

void take_slots(Claim& into, const Claim& from) {
  Claim out = from;
  out.span = into.span;
  out.quote = std::move(into.quote);
  out.confidence = into.confidence;
  out.why = std::move(into.why);
  into = std::move(out);
}

}  // namespace litopys
