// The record as JSON lines: statements, reprints, series with bands, findings, notes; an object a line.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "record/record.h"
#include "record/record_work.h"

namespace litopys {

void append_jsonl(std::string& out, const Record& record);

// The same in pieces of whole lines, so that a large record need not stand in memory a second time.
void write_jsonl(const RecordWork& work, Language language, const std::function<void(std::string_view)>& sink);

// One object, without its line end.
void append_json(std::string& out, const Statement& statement);
void append_json(std::string& out, const Reprints& reprints);
void append_json(std::string& out, const RecordSeries& series);
void append_json(std::string& out, const Finding& finding);

}  // namespace litopys
