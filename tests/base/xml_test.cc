// XML from anywhere: encodings, entities that may be, those that may not.
#include "base/xml.h"

#include <gtest/gtest.h>

namespace litopys {
namespace {

std::string text_of(std::string_view bytes, XmlOutcome& end, const XmlOptions& options = {}) {
  std::string out;
  end = read_xml(bytes,
                 {.text =
                      [&](std::string_view text, XmlPlace) {
                        out += text;
                        return true;
                      }},
                 options);
  return out;
}

TEST(Xml, ReadsEncodings) {
  XmlOutcome end;
  EXPECT_EQ(text_of("<a>\xD0\xBF</a>", end), "п");
  EXPECT_EQ(text_of("<?xml version='1.0' encoding='windows-1251'?><a>\xEF\xB3</a>", end), "пі");
  EXPECT_EQ(text_of("<?xml version='1.0' encoding='KOI8-U'?><a>\xD0\xA6</a>", end), "пі");
  EXPECT_TRUE(end.whole) << end.problem;
  EXPECT_EQ(text_of(std::string_view("\xFF\xFE<\0a\0>\0\x3F\x04<\0/\0a\0>\0", 18), end), "п");
  EXPECT_EQ(text_of("<?xml version='1.0' encoding='no-such'?><a/>", end), "");
  EXPECT_FALSE(end.whole);
}

TEST(Xml, PlacesAreBytesOfTheInput) {
  const std::string xml = "<a>пі<b x=\"1\">c</b>&#1087;</a>";
  std::string seen;
  const XmlOutcome end = read_xml(xml, {.begin =
                                            [&](std::string_view, std::span<const XmlAttribute>, XmlPlace place) {
                                              seen += xml.substr(place.begin, place.end - place.begin) + "|";
                                              return true;
                                            },
                                        .text =
                                            [&](std::string_view, XmlPlace place) {
                                              seen += xml.substr(place.begin, place.end - place.begin) + "|";
                                              return true;
                                            }});
  EXPECT_TRUE(end.whole);
  EXPECT_EQ(seen, "<a>|пі|<b x=\"1\">|c|&#1087;|");
}

TEST(Xml, KnowsNamesOfHtmlAndLeavesOthersAsWritten) {
  XmlOutcome end;
  EXPECT_EQ(text_of("<a>&laquo;x&raquo;&nbsp;&foo;&amp;</a>", end), "«x»\u00A0&foo;&");
  EXPECT_TRUE(end.whole) << end.problem;
}

TEST(Xml, RefusesDeclaredEntities) {
  for (const char* declaration : {"<!ENTITY a 'x'>", "<!ENTITY a SYSTEM 'file:///etc/passwd'>", "<!ENTITY % p 'x'>"}) {
    XmlOutcome end;
    text_of("<!DOCTYPE a [" + std::string(declaration) + "]><a>&a;</a>", end);
    EXPECT_TRUE(end.refused) << declaration;
    EXPECT_FALSE(end.whole);
  }
}

TEST(Xml, StopsWhereAHandlerSaysSoAndGoesOnFromAnyByte) {
  const std::string xml = "<r><item>1</item><item>2</item>";
  std::size_t stopped_at = 0;
  const XmlOutcome end = read_xml(xml,
                                  {.end =
                                       [&](std::string_view, XmlPlace place) {
                                         stopped_at = place.end;
                                         return false;
                                       }},
                                  {.begin = 17});
  EXPECT_TRUE(end.stopped);
  EXPECT_EQ(stopped_at, xml.size());
}

TEST(Xml, NamesTheDeclaredEncoding) {
  EXPECT_EQ(xml_encoding("<?xml version=\"1.0\" encoding=\"KOI8-U\"?><a/>"), "KOI8-U");
  EXPECT_EQ(xml_encoding("<a encoding='x'/>"), "UTF-8");
  EXPECT_EQ(xml_encoding("\xFF\xFE<"), "UTF-16LE");
  EXPECT_EQ(xml_encoding(""), "UTF-8");
}

}  // namespace
}  // namespace litopys
