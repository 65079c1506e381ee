#include "store/compare.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "record/json.h"
#include "store/database.h"
#include "store/impl.h"
#include "store/record_kept.h"
#include "store/record_of.h"
#include "vault/merkle.h"

namespace litopys {
namespace {

constexpr std::size_t kShown = 120;  // bytes of a value in a line

constexpr const char* kDocumentWithoutText =
    "SELECT document, language, outlet, url, title, published, published_first, published_last, outlet_folded, junk, notes FROM document "
    "ORDER BY document";

std::string shown(const SqlStatement& row, int column) {
  if (row.is_null(column)) return "nothing";
  std::string out(row.text(column).substr(0, kShown));
  if (row.text(column).size() > kShown) out += "…";
  return "\"" + out + "\"";
}

// Calls `each` with every line of what is told of a record, until it gives false.
void for_each_line(Record record, const std::function<bool(std::string_view)>& each) {
  std::string text;
  append_jsonl(text, record);
  record = {};
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (!each(line)) return;
  }
}

}  // namespace

tl::expected<void, Error> compare_stores(Store& right, Store& looked_at, std::uint64_t& rows, const Differs& differs, Texts texts) {
  return as_result([&] {
    Database& a = right.database();
    Database& b = looked_at.database();
    const auto compare = [&](const std::string& table, const std::string& sql) {
      SqlStatement one(a, sql);
      SqlStatement two(b, sql);
      for (std::uint64_t row = 1;; ++row) {
        const bool has_one = one.step();
        const bool has_two = two.step();
        if (!has_one && !has_two) return;
        ++rows;
        const std::string place = table + ": row " + std::to_string(row);
        if (has_one != has_two) {
          const SqlStatement& there = has_one ? one : two;
          std::string values;
          for (int column = 0; column < std::min(there.columns(), 3); ++column)
            values += (values.empty() ? "" : ", ") + shown(there, column);
          differs(place + (has_one ? " is missing" : " is one too many"), has_one ? values : "", has_one ? "" : values);
          return;
        }
        for (int column = 0; column < one.columns(); ++column) {
          if (one.is_null(column) == two.is_null(column) && one.text(column) == two.text(column)) continue;
          differs(place + ", column " + one.name(column) + " is not what the evidence gives", shown(one, column), shown(two, column));
          return;
        }
      }
    };
    for (const auto& [table, sql] : record_tables()) {
      const bool without_text = texts == Texts::left_out && std::string_view(table) == "document";
      compare(table, without_text ? kDocumentWithoutText : sql);
    }
    if (texts == Texts::left_out) return;
    for (const char* words : {"claim_words", "document_words"}) {
      for (Database* each : {&a, &b}) {
        each->run((std::string("CREATE VIRTUAL TABLE IF NOT EXISTS temp.") + words + "_seen USING fts5vocab(main, " + words + ", instance)")
                      .c_str());
      }
      compare(words, std::string("SELECT term, doc, col, \"offset\" FROM temp.") + words + "_seen");
    }
  });
}

tl::expected<void, Error> compare_kept(Store& looked_at, const Codebook& book, const Gazetteer& gazetteer, std::uint64_t& lines,
                                       const Differs& differs) {
  const Result<bool> kept = record_is_kept(looked_at, book);
  if (!kept) return tl::unexpected<Error>(kept.error());
  if (!*kept) return {};
  std::vector<ClaimDocument> documents;
  std::vector<ClaimDocument> without_texts;
  const auto done = looked_at.documents([&](const ItemRow&, const ClaimDocument& document) {
    ClaimDocument& whole = documents.emplace_back(document);
    for (Claim& claim : whole.claims) claim.why = {};  // no rule of the record asks why
    std::string text = std::move(whole.text);
    without_texts.push_back(whole);
    whole.text = std::move(text);
    return true;
  });
  if (!done) return tl::unexpected<Error>(done.error());
  Result<Record> right = as_result([&] { return make_record(std::move(documents), book, gazetteer); });
  if (!right) return tl::unexpected<Error>(right.error());
  std::vector<MerkleHash> wanted;
  for_each_line(*std::move(right), [&](std::string_view line) {
    wanted.push_back(sha256_of(line));
    return true;
  });
  Result<Record> looked = kept_record_of(looked_at, std::move(without_texts), book, gazetteer);
  if (!looked) return tl::unexpected<Error>(looked.error());
  std::size_t number = 0;
  bool differ = false;
  for_each_line(*std::move(looked), [&](std::string_view line) {
    differ = number >= wanted.size() || sha256_of(line) != wanted[number];
    ++number;
    if (differ) {
      differs("what its claims say together, line " + std::to_string(number) + ", is not what they give", "",
              "\"" + std::string(line.substr(0, kShown)) + (line.size() > kShown ? "…\"" : "\""));
    }
    return !differ;
  });
  if (!differ && number < wanted.size()) {
    differs("what its claims say together is not whole", std::to_string(wanted.size()) + " lines", std::to_string(number));
  }
  lines += number;
  return {};
}

}  // namespace litopys
