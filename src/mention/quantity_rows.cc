#include "mention/quantity_rows.h"

#include <utility>

namespace litopys {

Result<QuantityRows> QuantityRows::compile(const Codebook& book, Language language) {
  QuantityRows out;
  auto numbers = NumberRows::compile(book, language);
  if (!numbers) return tl::unexpected(numbers.error());
  out.numbers = std::move(*numbers);
  const PhraseKind kinds[] = {
      {"bound", &out.bounds, true},  {"unit", &out.units, false},         {"no-quantity", &out.not_quantities, true},
      {"range", &out.ranges, false}, {"multiple", &out.multiples, false}, {"spell", &out.spells, false}};
  auto compiled = compile_kinds(book, language, kinds, [&](std::string_view kind, RowId id, const Row& row) -> std::optional<std::string> {
    out.ids[id] = row.id;
    if (kind == "bound") {
      const auto bound = parse_name<Bound>(row.gives);
      if (!bound || *bound == Bound::range || *bound == Bound::several) return "gives = \"" + row.gives + "\" is no bound for a row";
      BoundEntry entry{*bound, std::nullopt};
      if (const auto of = row.options.find("of"); of != row.options.end()) {
        entry.of = parse_name<Unit>(of->second);
        if (!entry.of) return "of = \"" + of->second + "\" is no unit";
      }
      out.bound_of[id] = entry;
    } else if (kind == "unit") {
      const auto unit = parse_name<Unit>(row.gives);
      if (!unit) return "gives = \"" + row.gives + "\" is no unit";
      const auto says = [&row](const char* option) { return row.options.contains(option) && row.options.at(option) == "true"; };
      UnitEntry entry{*unit, *Decimal::make(1), says("duration"), says("plural"), says("years")};
      if (const auto factor = row.options.find("factor"); factor != row.options.end()) {
        const auto value = Decimal::parse(factor->second);
        if (!value || *value <= Decimal{}) return "factor must be a number above zero";
        entry.factor = *value;
      }
      out.unit_of[id] = entry;
    } else if (kind == "no-quantity") {
      if (const auto confined = row.options.find("only"); confined != row.options.end()) {
        const Only said = confined->second == "share"   ? Only::share
                          : confined->second == "bare"  ? Only::bare
                          : confined->second == "age"   ? Only::age
                          : confined->second == "clock" ? Only::clock
                                                        : Only::nothing;
        if (said == Only::nothing) return "only = \"" + confined->second + "\": it can say \"share\", \"bare\", \"age\" or \"clock\"";
        out.only[id] = said;
      }
    } else if (kind == "multiple" || kind == "spell") {
      const auto value = Decimal::parse(row.gives);
      if (!value) return "gives = \"" + row.gives + "\" is no number";
      out.multiple_of[id] = *value;
      if (row.options.contains("months") && row.options.at("months") == "true") out.months.insert(id);
    }
    return std::nullopt;
  });
  if (!compiled) return tl::unexpected(compiled.error());
  return out;
}

}  // namespace litopys
