#include "base/json.h"

#include <gtest/gtest.h>

namespace litopys {
namespace {

TEST(Json, PutsCommasByItself) {
  std::string out;
  JsonWriter json(out);
  json.object([&] {
    json.key("id").string("uk-1");
    json.key("list").array([&] {
      json.number(1).number(*Decimal::parse("0.5")).null();
      json.object([] {});
    });
    json.key("ok").boolean(true);
  });
  EXPECT_EQ(out, R"({"id": "uk-1", "list": [1, 0.5, null, {}], "ok": true})");
}

TEST(Json, EscapesWhatMustBeAndRepairsBrokenText) {
  std::string out;
  append_json_string(out,
                     "«так»\n\t\"\\\x01\xFF"
                     "я");
  EXPECT_EQ(out, "\"«так»\\n\\t\\\"\\\\\\u0001\uFFFDя\"");
}

}  // namespace
}  // namespace litopys
