// The ways of one statement from who said it to where it stands, as a tree of names.
//
//   Volodymyr Saldo
//   ├─ TASS
//   │  ├─ RIA Melitopol  2024-03-12  doc-4#1
//   │  └─ Hromadske      2024-03-13  doc-5#2
//   └─ RIA Novosti       2024-03-11  doc-2#1
#pragma once

#include <string>

#include "record/record.h"

namespace litopys {

// Lines with line ends. Ways that begin alike are one branch; names stand in the order of the statement's claims.
[[nodiscard]] std::string relay_graph(const Record& record, const Statement& statement);

}  // namespace litopys
