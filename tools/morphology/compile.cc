// Table of word forms in, dictionary file out (src/text/morphology.h has the format, README.md here the way of the data).
//
//   compile TABLE.tsv NOTICE.txt OUT.dict     # lines form TAB lemma TAB tags TAB weight
#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "text/dictionary_builder.h"

int main(int argc, char** argv) {
  if (argc != 4) {
    fmt::print(stderr, "usage: compile TABLE.tsv NOTICE.txt OUT.dict\n");
    return 2;
  }
  std::ifstream table(argv[1]), notice_file(argv[2]);
  if (!table || !notice_file) {
    fmt::print(stderr, "{}: cannot be read\n", !table ? argv[1] : argv[2]);
    return 1;
  }
  const std::string notice{std::istreambuf_iterator<char>(notice_file), {}};
  std::vector<litopys::FormRow> rows;
  std::string line;
  for (std::size_t number = 1; std::getline(table, line); ++number) {
    const std::size_t a = line.find('\t'), b = line.find('\t', a + 1), c = line.find('\t', b + 1);
    litopys::FormRow row;
    if (c == std::string::npos || std::from_chars(line.data() + c + 1, line.data() + line.size(), row.weight).ec != std::errc{}) {
      fmt::print(stderr, "{}: line {}: four fields wanted: form, lemma, tags, weight\n", argv[1], number);
      return 1;
    }
    row.form = line.substr(0, a);
    row.lemma = line.substr(a + 1, b - a - 1);
    row.tags = line.substr(b + 1, c - b - 1);
    rows.push_back(std::move(row));
  }
  const std::size_t count = rows.size();
  const auto bytes = litopys::build_dictionary(std::move(rows), notice);
  if (!bytes) {
    fmt::print(stderr, "{}\n", bytes.error().line());
    return 1;
  }
  std::ofstream out(argv[3], std::ios::binary);
  out << *bytes;
  out.close();
  if (!out) {
    fmt::print(stderr, "{}: cannot be written\n", argv[3]);
    return 1;
  }
  fmt::print("{}: {} readings, {} bytes\n", argv[3], count, bytes->size());
  return 0;
}
