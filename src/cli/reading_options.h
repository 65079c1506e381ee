// How documents are opened and read, the same for every command that reads: --codebook, --reader, --ocr; --columns where tables may come.
#pragma once

#include <optional>
#include <string>

#include "cli/options.h"
#include "cli/reader_option.h"
#include "cli/session.h"
#include "intake/table.h"

namespace litopys {

// What is declared here must live until the command has run.
struct ReadingOptions {
  std::optional<std::string> codebook;
  std::string columns;
  bool ocr = false;
};

// The command's function then calls session.allow_ocr(options.ocr) before it asks for the session's resources.
inline void add_reading_options(Command& command, Session& session, ReadingOptions& options) {
  command.option("--codebook", options.codebook, "Folder of the codebook").type_name("DIR");
  add_reader_option(command, session);
  command.flag("--ocr", options.ocr, "Pictures and scanned PDF are read by Tesseract, some seconds a page");
}

inline void add_columns_option(Command& command, ReadingOptions& options) {
  command.option("--columns", options.columns, "Columns of tables: text=NAME,title=NAME,date=NAME,url=NAME,outlet=NAME").type_name("MAP");
}

// False, and said so, where --columns names what is no kind of column.
inline bool check_columns_option(const ReadingOptions& options, Session& session) {
  if (options.columns.empty()) return true;
  const std::optional<std::string> problem = columns_problem(options.columns);
  if (problem)
    session.report({ErrorKind::kUsage, "--columns " + options.columns, {}, *problem, "for example: --columns text=Body,date=When"});
  return !problem;
}

}  // namespace litopys
