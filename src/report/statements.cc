// A statement is one card whoever carries it: the sentence of its voice in full, every other telling below with its own sentence and
// anchor, so that each mark in a document leads to its claim.
#include "report/statements.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "base/utf8.h"
#include "record/wording.h"
#include "report/figures.h"
#include "report/html.h"
#include "report/sections.h"
#include "report/words.h"

namespace litopys {
namespace {

std::string figure_words(const Figure& figure, Language language) {
  const bool english = language != Language::uk;
  const std::string_view bound = label(figure.bound, language);
  std::string out(bound);
  if (!bound.empty()) out += ' ';
  out += grouped(figure.value, english);
  if (figure.value2) out += "–" + grouped(*figure.value2, english);
  const std::string_view unit = unit_after(figure, language);
  if (!unit.empty()) out.append(" ").append(unit);
  return out;
}

std::string date_words(std::string_view edtf, Language language) {
  const std::optional<Date> date = Date::parse(edtf);
  return date && date->valid() ? date_in_words(*date, DateCase::nominative, language) : std::string(edtf);
}

// Where a claim stands: outlet and date, with a link to the sentence.
std::string telling(const NamedClaim& claim, Language language) {
  const ClaimDocument& d = *claim.document;
  return fmt::format("<a href='#s-{}-{}'>{}</a>{}", anchor(d.id), claim.claim->span.begin, escaped(d.outlet.value_or(d.id)),
                     d.published ? ", " + escaped(date_words(*d.published, language)) : std::string{});
}

std::string quote(const NamedClaim& claim) {
  return fmt::format("<blockquote lang='{}'><a href='#s-{}-{}'>{}</a></blockquote>", code(claim.document->language),
                     anchor(claim.document->id), claim.claim->span.begin, escaped(claim.claim->quote));
}

std::string chain_words(const Claim& c, const NameLookup& names, Language language) {
  std::string voice;
  for (const std::string& source : c.sources) {
    if (!voice.empty()) voice += " → ";
    append_escaped(voice, names(source, &source == &c.sources.front() ? c.side : Side::unknown));
  }
  if (voice.empty()) voice = c.side == Side::outlet ? word("outletvoice", language) : word("nameless", language);
  return voice;
}

std::string statement_card(const Record& record, const Statement& statement, const PlaceLookup& places, const NameLookup& names,
                           const SaidSigns& said, Language language) {
  const NamedClaim voice = *record.claim(statement.voice);
  std::string out = fmt::format("<article class='claim' id='{}' data-side='{}' style='--side:{}'>", claim_anchor(statement.voice),
                                name(statement.side), colour(statement.side));
  out += fmt::format("<p class='head'>{}{}</p>{}", claim_head(*voice.claim, places, language), said.of(statement.voice), quote(voice));
  out += fmt::format("<p class='by'><i class='dot'></i>{} <span class='side'>({})</span> — {}</p>",
                     chain_words(*voice.claim, names, language), label(statement.side, language), telling(voice, language));
  if (statement.claims.size() > 1) {
    out += fmt::format("<details class='carried'><summary>{}</summary><ol>", outlets_words(statement.outlets.size(), 1, language));
    for (const std::string& claim : statement.claims) {
      if (claim == statement.voice) continue;
      const auto found = record.claim(claim);
      if (!found) continue;
      out += fmt::format("<li id='{}'>{} — {}{}{}</li>", claim_anchor(claim), telling(*found, language),
                         chain_words(*found->claim, names, language), said.of(claim), quote(*found));
    }
    out += "</ol></details>";
  }
  return out + "</article>";
}

}  // namespace

std::string shown_originator(const Record& record, const Statement& statement, const NameLookup& names, Language language) {
  if (statement.side == Side::resident) return std::string(word("resident", language));
  const auto voice = record.claim(statement.voice);
  if (voice && voice->document->id == statement.originator) {
    constexpr std::size_t kLetters = 40;  // a title is no name: it must leave room for others
    const std::string title = voice->document->title.value_or(statement.originator);
    std::size_t end = 0, letters = 0;
    while (end < title.size() && letters < kLetters) end += utf8::decode(title, end).size, ++letters;
    return end < title.size() ? title.substr(0, end) + "…" : title;
  }
  // A nameless voice is told apart by its document, which the reader sees anyway.
  std::string_view called = statement.originator;
  const std::string apart = voice ? " (" + voice->document->id + ")" : "";
  if (!apart.empty() && called.ends_with(apart)) called.remove_suffix(apart.size());
  return names(called, statement.side);
}

std::string claim_anchor(std::string_view claim) {
  const std::size_t hash = claim.rfind('#');
  return fmt::format("c-{}-{}", anchor(claim.substr(0, hash)), claim.substr(hash + 1));
}

std::string outlets_words(std::size_t outlets, std::size_t origins, Language language) {
  std::string out = counted_words(outlets, "outlets", language);
  if (origins > 1) out += ", " + counted_words(origins, "origins", language);
  return out;
}

std::string when_words(const Claim& claim, Language language) {
  if (!claim.when) return std::string(word("nodate", language));
  const When& when = *claim.when;
  const auto told = [&](const Date& date, DateCase form) { return date_in_words(date, form, language); };
  if (!when.interval) return told(*when.begin, DateCase::nominative);
  if (!when.begin) {
    const bool total = claim.figure && claim.stance == Stance::asserted;
    return fmt::format("{} {}", word(total ? "asof" : "until", language),
                       told(*when.end, total ? DateCase::nominative : DateCase::genitive));
  }
  if (!when.end) return fmt::format("{} {}", word("since", language), told(*when.begin, DateCase::genitive));
  return told(*when.begin, DateCase::nominative) + " – " + told(*when.end, DateCase::nominative);
}

std::string claim_head(const Claim& c, const PlaceLookup& places, Language language) {
  std::string out;
  if (c.figure) out += fmt::format("<b class='figure'>{}</b> ", escaped(figure_words(*c.figure, language)));
  out += fmt::format("<span>{}</span>", escaped(when_words(c, language)));
  std::string where;
  for (const std::string& code : c.places) {
    const auto place = places(code);
    if (!where.empty()) where += ", ";
    append_escaped(where, !place ? code : language == Language::uk && !place->name_uk.empty() ? place->name_uk : place->name_en);
  }
  if (!where.empty()) out += fmt::format(" · <span>{}</span>", where);
  if (c.stance != Stance::asserted) out += fmt::format(" · <span class='tag'>{}</span>", label(c.stance, language));
  if (c.credence != Credence::plain) out += fmt::format(" · <span class='tag soft'>{}</span>", label(c.credence, language));
  return out;
}

std::string claims_section(const Record& record, const Codebook& book, const PlaceLookup& places, const NameLookup& names,
                           const SaidSigns& said, Language language) {
  struct Shown {
    const Statement* statement;
    const Claim* claim;
    Day day;
  };
  std::map<std::string, std::vector<Shown>> by_measure;
  std::set<Side> sides;
  for (const Statement& statement : record.statements) {
    const auto voice = record.claim(statement.voice);
    if (!voice) continue;
    const auto days = days_of(*voice->claim, *voice->document);
    by_measure[voice->claim->measure].push_back({&statement, voice->claim, days ? days->second : Day::max()});
    sides.insert(statement.side);
  }
  std::string out =
      fmt::format("<section id='claims'><h2>{}</h2><p class='lead'>{}</p>", word("claims.title", language), word("claims.lead", language));
  // Without a script all claims show; with it the buttons choose a side.
  out += fmt::format("<p class='filter' hidden>{}: <button type='button' data-side='' aria-pressed='true'>{}</button>",
                     word("filter", language), word("all", language));
  for (const Side side : sides) {
    out += fmt::format("<button type='button' data-side='{}' aria-pressed='false' style='--side:{}'><i class='dot'></i>{}</button>",
                       name(side), colour(side), label(side, language));
  }
  out += "</p>";
  const auto show = [&](const std::string& measure, std::vector<Shown>& list) {
    std::stable_sort(list.begin(), list.end(), [](const Shown& a, const Shown& b) { return a.day < b.day; });
    std::size_t claims = 0;
    for (const Shown& shown : list) claims += shown.statement->claims.size();
    out += fmt::format("<details open id='m-{}'><summary>{} <span class='count'>{} · {}</span></summary>", anchor(measure),
                       escaped(measure_label(book, measure, language)), statements_words(list.size(), language),
                       counted_words(claims, "claims", language));
    // One figure told by several is one block, where its first telling stands.
    using Key = std::tuple<std::string, std::string, Bound, Unit, Stance, std::vector<std::string>>;
    const auto key_of = [](const Claim& c) {
      return Key{
          c.figure->value.str(), c.figure->value2 ? c.figure->value2->str() : "", c.figure->bound, c.figure->unit, c.stance, c.places};
    };
    std::map<Key, std::vector<const Statement*>> same;
    for (const Shown& shown : list) {
      if (shown.claim->figure) same[key_of(*shown.claim)].push_back(shown.statement);
    }
    std::set<const Statement*> done;
    for (const Shown& shown : list) {
      if (!done.insert(shown.statement).second) continue;
      const std::vector<const Statement*>* block = nullptr;
      if (shown.claim->figure) block = &same[key_of(*shown.claim)];
      if (block == nullptr || block->size() < 2) {
        out += statement_card(record, *shown.statement, places, names, said, language);
        continue;
      }
      std::set<std::string> outlets, origins;
      for (const Statement* statement : *block) {
        outlets.insert(statement->outlets.begin(), statement->outlets.end());
        origins.insert(statement->originator);
      }
      out += fmt::format("<div class='block'><p class='fold'><b>{}</b>: {}</p>", escaped(figure_words(*shown.claim->figure, language)),
                         outlets_words(outlets.size(), origins.size(), language));
      for (const Statement* statement : *block) {
        done.insert(statement);
        out += statement_card(record, *statement, places, names, said, language);
      }
      out += "</div>";
    }
    out += "</details>";
  };
  for (const Measure& measure : book.measures) {
    if (const auto found = by_measure.find(measure.id); found != by_measure.end()) {
      show(found->first, found->second);
      by_measure.erase(found);
    }
  }
  for (auto& [measure, list] : by_measure) show(measure, list);  // of a newer codebook: shown, not lost
  return out + "</section>";
}

std::string statements_words(std::size_t statements, Language language) { return counted_words(statements, "statements", language); }

std::string findings_section(const Record& record, const PlaceLookup& places, const NameLookup& names, const SaidSigns& said,
                             Language language) {
  constexpr std::size_t kShown = 40;  // of a kind; the program lists the rest
  std::map<std::string_view, const Statement*> by_voice;
  for (const Statement& statement : record.statements) by_voice[statement.voice] = &statement;
  std::map<FindingKind, std::vector<const Finding*>> kinds;
  for (const Finding& finding : record.findings) kinds[finding.kind].push_back(&finding);
  const auto& contradictions = kinds[FindingKind::contradiction];
  std::string out = fmt::format("<section id='findings'><h2>{}</h2><p class='lead'>{}</p>", word("findings.title", language),
                                word(contradictions.empty() ? "findings.none" : "findings.lead", language));
  std::size_t shown = 0;
  for (const Finding* finding : contradictions) {
    if (++shown > kShown) break;
    out += fmt::format("<article class='finding'><p class='says'>{}</p><ol class='chain'>", escaped(finding->says));
    for (const std::string& claim : finding->claims) {
      const auto found = record.claim(claim);
      if (!found) continue;
      const auto statement = by_voice.find(claim);
      const std::string who = statement == by_voice.end() ? chain_words(*found->claim, names, language)
                                                          : escaped(shown_originator(record, *statement->second, names, language));
      out += fmt::format("<li style='--side:{}'><p class='head'><i class='dot'></i><b>{}</b> ({}){} {}{}</p>{}<p class='by'>{}",
                         colour(found->claim->side), who, label(found->claim->side, language), found->claim->figure ? "" : " ·",
                         claim_head(*found->claim, places, language), said.of(claim), quote(*found), telling(*found, language));
      if (statement != by_voice.end() && statement->second->outlets.size() > 1)
        out += " · " + outlets_words(statement->second->outlets.size(), 1, language);
      out += fmt::format(" · <a href='#{}'>{}</a></p></li>", claim_anchor(claim), escaped(claim));
    }
    out += "</ol>";
    if (finding->because.size() > finding->claims.size()) out += fmt::format("<p class='miss'>{}</p>", escaped(finding->because.back()));
    out += "</article>";
  }
  if (contradictions.size() > kShown)
    out += fmt::format("<p class='small'>+{} {}</p>", contradictions.size() - kShown, word("findings.more", language));
  std::string rest;
  for (const auto& [kind, list] : kinds) {
    if (kind == FindingKind::contradiction || list.empty()) continue;
    rest += fmt::format("<h4>{} <span class='count'>{}</span></h4><ul>", word(fmt::format("kind.{}", name(kind)), language), list.size());
    for (std::size_t i = 0; i < std::min(list.size(), kShown); ++i) {
      rest += fmt::format("<li>{}", escaped(list[i]->says));
      std::size_t links = 0;
      for (const std::string& claim : list[i]->claims) {
        constexpr std::size_t kLinks = 8;
        if (++links > kLinks) break;
        rest += fmt::format(" <a class='ref' href='#{}'>{}</a>", claim_anchor(claim), escaped(claim));
      }
      rest += "</li>";
    }
    rest += "</ul>";
    if (list.size() > kShown) rest += fmt::format("<p class='small'>+{} {}</p>", list.size() - kShown, word("findings.more", language));
  }
  if (!rest.empty()) out += fmt::format("<div class='others'><h3>{}</h3>{}</div>", word("findings.others", language), rest);
  return out + "</section>";
}

}  // namespace litopys
