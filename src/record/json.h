// The record as JSON lines: statements, reprints, series with bands, findings, notes; an object a line.
#pragma once

#include <string>

#include "record/record.h"

namespace litopys {

void append_jsonl(std::string& out, const Record& record);

// One object, without its line end.
void append_json(std::string& out, const Statement& statement);
void append_json(std::string& out, const Reprints& reprints);
void append_json(std::string& out, const RecordSeries& series);
void append_json(std::string& out, const Finding& finding);

}  // namespace litopys
