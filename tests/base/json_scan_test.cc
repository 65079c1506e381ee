// JSON by its structure: values skipped whole, strings unescaped with their map, damage told by its place.
#include "base/json_scan.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/json.h"
#include "base/utf8.h"

namespace litopys {
namespace {

TEST(JsonCursor, SkipsWholeValues) {
  for (const char* text : {"1", "\"a\\\"b\"", "{}", "[]", R"({"a": [1, {"b": "}]"}], "c": null})", " \n [ [ ] , { } ] "}) {
    JsonCursor at(text);
    EXPECT_TRUE(at.skip()) << text;
    EXPECT_EQ(at.peek(), '\0') << text;
  }
}

TEST(JsonCursor, ZeroBytesAreNoEnd) {
  const std::string text("[\0, {\"a\": \0\0}]", 14);
  JsonCursor at(text);
  EXPECT_TRUE(at.skip());
  EXPECT_EQ(at.at(), text.size());
}

TEST(JsonCursor, SaysWhereAValueBreaks) {
  struct Case {
    const char* text;
    std::size_t at;
    const char* problem;
  };
  for (const auto& [text, place, problem] :
       {Case{"[1, \"a", 4, "ends inside a string"}, Case{"[1, 2", 5, "ends inside a value"},
        Case{"[1}", 2, "a bracket closes what is not open"}, Case{"  ", 2, "ends where a value is expected"}}) {
    JsonCursor at(text);
    EXPECT_FALSE(at.skip()) << text;
    EXPECT_EQ(at.at(), place) << text;
    EXPECT_EQ(at.problem(), problem) << text;
  }
}

TEST(JsonCursor, WalksMembersAndElements) {
  JsonCursor at(R"({"a": [1, "x", true], "b": {"c": 2}, "d": "e"})");
  ASSERT_TRUE(at.open('{'));
  std::string seen;
  for (std::string_view key; at.member(key);) {
    seen += std::string(key) + " ";
    std::string_view raw;
    if (at.open('[')) {
      while (at.element()) {
        if (at.scalar(raw) || at.string(raw)) seen += std::string(raw) + ",";
      }
    } else if (at.string(raw)) {
      seen += raw;
    } else {
      EXPECT_TRUE(at.skip());
    }
  }
  EXPECT_EQ(seen, "a 1,x,true,b d e");
  EXPECT_FALSE(at.damaged());
}

TEST(JsonCursor, EveryBeginningOfADocumentIsDamaged) {
  const std::string text = R"({"a": [1, "x\"y", true], "b": {"c": -2.5e3}})";
  for (std::size_t cut = 0; cut < text.size(); ++cut) {
    JsonCursor at(text, 0, cut);
    EXPECT_FALSE(at.skip()) << cut;
    EXPECT_LE(at.at(), cut);
  }
}

TEST(Unescaped, ReadsEveryEscape) {
  const std::pair<const char*, const char*> cases[] = {{R"(a\n\t\"\\\/)", "a\n\t\"\\/"},
                                                       {R"(\u043f\u0456)", "пі"},
                                                       {R"(\ud83d\ude00)", "😀"},
                                                       {R"(\ud83d!)", "\uFFFD!"},
                                                       {R"(\x1F\x41)",
                                                        "\x1F"
                                                        "A"},
                                                       {R"(\q \u12)", R"(\q \u12)"},
                                                       {"\xFF", "\uFFFD"},
                                                       {R"(\u0000)", "\uFFFD"},
                                                       {"\\", "\\"}};
  for (const auto& [raw, text] : cases) EXPECT_EQ(unescaped(raw), text) << raw;
  EXPECT_EQ(unescaped(std::string_view("e\0-1", 4)), "e\uFFFD-1") << "as it is where it is written out";
}

RC_GTEST_PROP(Unescaped, UndoesTheWriter, (const std::string& bytes)) {
  const std::string text = utf8::repaired(bytes);
  std::string written;
  append_json_string(written, text);
  std::string_view raw;
  JsonCursor at(written);
  RC_ASSERT(at.string(raw));
  if (text.find('\0') == std::string::npos) RC_ASSERT(unescaped(raw) == text);
}

RC_GTEST_PROP(Unescaped, ExactPiecesAreTheRawBytesThemselves, (const std::string& raw)) {
  std::string out;
  std::vector<JsonPiece> pieces;
  append_unescaped(out, raw, &pieces);
  RC_ASSERT(utf8::first_invalid(out) == std::string_view::npos);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (!pieces[i].exact) continue;
    const std::size_t end = i + 1 < pieces.size() ? pieces[i + 1].text_begin : out.size();
    RC_ASSERT(out.substr(pieces[i].text_begin, end - pieces[i].text_begin) == raw.substr(pieces[i].raw_begin, end - pieces[i].text_begin));
  }
}

}  // namespace
}  // namespace litopys
