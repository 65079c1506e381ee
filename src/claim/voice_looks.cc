// A body's document is known by its head (a letterhead, a kind of paper, an address), by who says "we", and by words that only such bodies
// use; an outlet's by many voices, quotations and marks of its trade. None of them is sure, so each only leaves its sign.
#include "claim/voice_looks.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string_view>

namespace litopys {
namespace {

constexpr std::uint32_t kLongHeadLine = 16, kShortHeadLine = 10, kLongLabel = 12, kFewHeadWords = 5;
constexpr std::size_t kMostHeadLines = 6;
constexpr std::uint32_t kHeardAsHead = 12;  // sentences that count as the head for words

bool is_mark(std::string_view mark, std::initializer_list<std::string_view> marks) {
  return std::find(marks.begin(), marks.end(), mark) != marks.end();
}

// What a sentence of the head is: its first line and others without a verb, lines with one, and the first long sentence.
enum class LineForm : unsigned char { none, top, label, headline, lead };

class VoiceHearing {
 public:
  VoiceHearing(const VoiceRows& rows, const Document& document, const Text& text, const std::vector<Mentions>& mentions,
               const std::vector<std::vector<LexiconHit>>& hits)
      : rows_(rows), document_(document), text_(text), mentions_(mentions), hits_(hits) {}

  std::vector<VoiceLook> run() {
    for (const Side side : kDocumentSides) looks_.push_back({side, {}, {}});
    for (std::uint32_t i = 0; i < text_.sentences.size(); ++i) {
      if (!sentence(i).junk) read_.push_back(i);
    }
    find_head();
    for (std::size_t k = 0; k < read_.size(); ++k) visit(k);
    told();
    shape();
    first_line();
    named();
    for (const VoiceSign sign : {VoiceSign::word_often, VoiceSign::own_often, VoiceSign::name_often}) {
      for (VoiceLook& look : looks_) {
        float& value = look.signs[static_cast<std::size_t>(sign)];
        value = std::log1p(value);
      }
    }
    return std::move(looks_);
  }

 private:
  [[nodiscard]] const Sentence& sentence(std::uint32_t i) const { return text_.sentences[i]; }
  [[nodiscard]] std::string_view words_of(const Token& token) const { return token.span.of(document_.text); }

  VoiceLook* look(Side side) {
    const auto found = std::find(kDocumentSides.begin(), kDocumentSides.end(), side);
    return found == kDocumentSides.end() ? nullptr : &looks_[static_cast<std::size_t>(found - kDocumentSides.begin())];
  }
  void set(Side side, VoiceSign sign, Span words) {
    VoiceLook* of = look(side);
    if (of == nullptr) return;
    of->signs[static_cast<std::size_t>(sign)] = 1;
    if (of->words.empty()) of->words = words;
  }
  void add(Side side, VoiceSign sign, float value) {
    if (VoiceLook* of = look(side)) of->signs[static_cast<std::size_t>(sign)] += value;
  }
  void all(VoiceSign sign, float value = 1) {
    for (VoiceLook& of : looks_) of.signs[static_cast<std::size_t>(sign)] = value;
  }

  // Up to six lines, down to the first long sentence of the text.
  void find_head() {
    for (const std::uint32_t i : read_) {
      if (head_ == kMostHeadLines) break;
      ++head_;
      if (!sentence(i).heading && sentence(i).token_count > kLongHeadLine) break;
    }
  }

  // Whether a line says that something happens.
  [[nodiscard]] bool has_verb(std::uint32_t i) const {
    for (const Token& token : text_.tokens_of(sentence(i))) {
      if (token.reading_count == 0 || (text_.language == Language::en && token.capital)) continue;
      const Reading& first = text_.readings_of(token).front();
      if (first.part == PartOfSpeech::verb && first.form != VerbForm::infinitive && !first.guessed) return true;
    }
    return false;
  }

  void visit(std::size_t k) {
    const std::uint32_t i = read_[k];
    const bool top = k == 0, head = k < head_, opening = k < kHeardAsHead, foot = k + 2 >= read_.size() && !head;
    const bool line = sentence(i).heading || sentence(i).token_count <= kLongHeadLine;
    const LineForm form = !head                                                 ? LineForm::none
                          : !line                                               ? LineForm::lead
                          : has_verb(i) || sentence(i).token_count > kLongLabel ? LineForm::headline
                          : top                                                 ? LineForm::top
                                                                                : LineForm::label;
    if (head || foot) bodies(i, form);
    rows(i, form, opening, foot);
    person(i, opening);
  }

  void bodies(std::uint32_t i, LineForm form) {
    for (const Actor& actor : mentions_[i].actors) {
      const bool person = actor.kind == ActorKind::person || actor.kind == ActorKind::office;
      if (actor.kind == ActorKind::nameless) continue;
      if (actor.kind == ActorKind::outlet) {
        if (form != LineForm::none) all(VoiceSign::outlet_head);
        continue;
      }
      switch (form) {
        case LineForm::top: set(actor.side, person ? VoiceSign::top_person : VoiceSign::top_body, actor.span); break;
        case LineForm::label: set(actor.side, person ? VoiceSign::head_person : VoiceSign::head_body, actor.span); break;
        case LineForm::headline: set(actor.side, person ? VoiceSign::headline_person : VoiceSign::headline_body, actor.span); break;
        case LineForm::lead: set(actor.side, person ? VoiceSign::lead_person : VoiceSign::lead_body, actor.span); break;
        case LineForm::none:
          if (!person) set(actor.side, VoiceSign::foot_body, actor.span);
          break;
      }
      constexpr std::uint32_t kBeside = 24;  // bytes that may stand beside a name that is the line
      const Span whole = sentence(i).span;
      if (whole.end - whole.begin > actor.with_title.end - actor.with_title.begin + kBeside) continue;
      if (form == LineForm::top) set(actor.side, VoiceSign::top_line, actor.span);
      if (form == LineForm::label) set(actor.side, VoiceSign::head_line, actor.span);
    }
  }

  void rows(std::uint32_t i, LineForm line, bool opening, bool foot) {
    const bool top = i == read_.front(), head = line != LineForm::none, label = line == LineForm::top || line == LineForm::label;
    bool form = false, paper = false;
    const auto begins = [&](const LexiconHit& hit) { return hit.first_token - sentence(i).first_token <= 2; };
    std::set<Side> named, spoken;
    for (const LexiconHit& hit : hits_[i]) {
      const VoiceRow& row = rows_.rows[hit.row];
      switch (row.use) {
        case RowUse::document_form:
          if (!head) break;
          form = true;
          all(top ? VoiceSign::form_top : VoiceSign::form_head);
          if (hit.first_token - sentence(i).first_token <= row.reach) all(VoiceSign::form_start);
          break;
        case RowUse::document_paper:
          if (!head) break;
          paper = true;
          all(top ? VoiceSign::paper_top : VoiceSign::paper_head);
          if (label && begins(hit)) all(VoiceSign::paper_start);
          break;
        case RowUse::document_letter:
          all(opening ? VoiceSign::letter_head : VoiceSign::letter_any);
          if (label && begins(hit)) all(VoiceSign::letter_start);
          break;
        case RowUse::document_press:
          all(VoiceSign::press_any);
          if (head) all(VoiceSign::press_head);
          if (foot) all(VoiceSign::press_foot);
          break;
        case RowUse::document_name:
          named.insert(row.side);
          if (line == LineForm::top) set(row.side, VoiceSign::name_top, hit.span);
          if (line == LineForm::label) set(row.side, VoiceSign::name_line, hit.span);
          if (line == LineForm::headline) set(row.side, VoiceSign::name_headline, hit.span);
          if (line == LineForm::lead) set(row.side, VoiceSign::name_lead, hit.span);
          if (!head) add(row.side, VoiceSign::name_often, 1);
          break;
        case RowUse::document:
          if (row.weight > 1) {
            if (top) set(row.side, VoiceSign::top_own, hit.span);
            if (opening) set(row.side, VoiceSign::head_own, hit.span);
            if (foot) set(row.side, VoiceSign::foot_own, hit.span);
            add(row.side, VoiceSign::own_often, 1);
          } else {
            spoken.insert(row.side);
            if (top) set(row.side, VoiceSign::top_word, hit.span);
            if (opening) set(row.side, VoiceSign::head_word, hit.span);
            add(row.side, VoiceSign::word_often, 1);
          }
          break;
        case RowUse::speaker:
          if (top) set(row.side, VoiceSign::top_noun, hit.span);
          if (head && !top) set(row.side, VoiceSign::head_noun, hit.span);
          break;
        case RowUse::credence:
          if (row.credence == Credence::likely || row.credence == Credence::near_certain) weighed_.insert(i);
          if (row.credence == Credence::distanced) distanced_.insert(i);
          break;
        default: break;
      }
    }
    for (const Side side : spoken) add(side, VoiceSign::word_share, 1.0F / static_cast<float>(read_.size()));
    if (paper) {
      for (const Side side : named) set(side, VoiceSign::paper_name, sentence(i).span);
    }
    if (!form) return;
    for (const Actor& actor : mentions_[i].actors) {
      if (actor.kind == ActorKind::outlet || actor.kind == ActorKind::nameless) continue;
      const bool body = actor.kind == ActorKind::body;
      set(actor.side, body ? VoiceSign::form_body : VoiceSign::form_person, actor.span);
      break;
    }
  }

  // "We", "I" and "you" outside quotation marks.
  void person(std::uint32_t i, bool opening) {
    const Sentence& s = sentence(i);
    if (s.paragraph != paragraph_) open_ = false;
    paragraph_ = s.paragraph;
    std::vector<bool> quoted(s.token_count);
    bool marks = false;
    const auto tokens = text_.tokens_of(s);
    for (std::size_t k = 0; k < tokens.size(); ++k) {
      quoted[k] = open_;
      if (tokens[k].kind != TokenKind::punctuation) continue;
      const std::string_view mark = words_of(tokens[k]);
      if (is_mark(mark, {"«", "„"}) || (!open_ && is_mark(mark, {"“", "\""}))) {
        open_ = true;
        marks = true;
      } else if (is_mark(mark, {"»", "”", "“", "\""})) {
        open_ = false;
        marks = true;
      }
    }
    if (marks) ++quoting_;
    if (!tokens.empty()) {
      const std::string_view last = words_of(tokens.back());
      exclaims_ += last == "!";
      asks_ += last == "?";
      pictures_ += tokens.front().kind == TokenKind::symbol;
    }
    bool we = false, me = false, you = false, we_told = false, me_told = false;
    for (const LexiconHit& hit : hits_[i]) {
      const std::size_t at = hit.first_token - s.first_token;
      if (at >= quoted.size()) continue;
      we_told |= rows_.rows[hit.row].use == RowUse::document_we;
      me_told |= rows_.rows[hit.row].use == RowUse::document_i;
      if (quoted[at]) continue;
      we |= rows_.rows[hit.row].use == RowUse::document_we;
      me |= rows_.rows[hit.row].use == RowUse::document_i;
      you |= rows_.rows[hit.row].use == RowUse::document_you;
    }
    for (std::size_t k = 0; k < tokens.size(); ++k) {
      if (quoted[k] || !first_plural(tokens[k])) continue;
      we = true;
      break;
    }
    we_ += we;
    me_ += me;
    you_ += you;
    we_told_ += we_told;
    me_told_ += me_told;
    if (opening && we) all(VoiceSign::we_head);
    if (opening && me) all(VoiceSign::i_head);
    if (opening && you) all(VoiceSign::you_head);
  }

  // A verb of Ukrainian or Russian whose ending says "we".
  [[nodiscard]] bool first_plural(const Token& token) const {
    const std::string_view form = token.lower;
    const bool ending = text_.language == Language::uk ? form.ends_with("мо") : form.ends_with("ем") || form.ends_with("им");
    if (text_.language == Language::en || !ending || token.reading_count == 0) return false;
    const auto readings = text_.readings_of(token);
    return std::all_of(readings.begin(), readings.end(), [](const Reading& r) {
      return r.part == PartOfSpeech::verb && !r.guessed && r.number == Number::plural && r.tense != Tense::past;
    });
  }

  void told() {
    std::array<float, kDocumentSides.size()> of{};
    float frames = 0, pronouns = 0, sentences = 0;
    std::set<std::string_view> voices;
    for (const std::uint32_t i : read_) {
      const auto& attributions = mentions_[i].attributions;
      if (!attributions.empty()) ++sentences;
      for (const Attribution& a : attributions) {
        ++frames;
        pronouns += a.pronoun ? 1.0F : 0.0F;
        for (const Actor& actor : a.chain) {
          if (actor.kind == ActorKind::outlet) all(VoiceSign::outlet_told);
        }
        if (a.chain.empty()) continue;
        voices.insert(a.chain.front().name);
        const auto found = std::find(kDocumentSides.begin(), kDocumentSides.end(), a.chain.front().side);
        if (found != kDocumentSides.end()) ++of[static_cast<std::size_t>(found - kDocumentSides.begin())];
      }
    }
    for (std::size_t k = 0; k < looks_.size(); ++k) {
      auto& signs = looks_[k].signs;
      if (of[k] == 0) signs[static_cast<std::size_t>(VoiceSign::told_none)] = 1;
      if (frames == 0) continue;
      signs[static_cast<std::size_t>(VoiceSign::told_share)] = of[k] / frames;
      if (of[k] * 2 > frames) signs[static_cast<std::size_t>(VoiceSign::told_most)] = 1;
    }
    if (frames == 0) all(VoiceSign::untold);
    if (frames > 0) all(VoiceSign::pronouns, pronouns / frames);
    all(VoiceSign::told_all, share(sentences));
    all(VoiceSign::voices, std::log1p(static_cast<float>(voices.size())));
  }

  [[nodiscard]] float share(float count) const { return read_.empty() ? 0 : count / static_cast<float>(read_.size()); }

  void shape() {
    all(VoiceSign::always);
    if (document_.outlet) all(VoiceSign::outlet_known);
    if (document_.byline) all(VoiceSign::byline);
    if (we_ > 0) all(VoiceSign::we_any);
    if (me_ > 0) all(VoiceSign::i_any);
    if (you_ > 0) all(VoiceSign::you_any);
    all(VoiceSign::we_often, share(we_));
    all(VoiceSign::i_often, share(me_));
    all(VoiceSign::i_told, share(me_told_));
    all(VoiceSign::we_told, share(we_told_));
    all(VoiceSign::you_often, share(you_));
    if (quoting_ == 0) all(VoiceSign::quotes_none);
    all(VoiceSign::quotes_share, share(quoting_));
    all(VoiceSign::exclaims, share(exclaims_));
    all(VoiceSign::asks, share(asks_));
    all(VoiceSign::pictures, share(pictures_));
    all(VoiceSign::distanced, share(static_cast<float>(distanced_.size())));
    estimates();
    float items = 0, dashes = 0, numbered = 0;
    std::uint32_t paragraph = static_cast<std::uint32_t>(-1), paragraphs = 0;
    for (const std::uint32_t i : read_) {
      items += sentence(i).list_item;
      if (sentence(i).paragraph == paragraph) continue;
      paragraph = sentence(i).paragraph;
      ++paragraphs;
      const auto tokens = text_.tokens_of(sentence(i));
      if (!tokens.empty()) dashes += is_mark(words_of(tokens.front()), {"—", "–"});
      numbered += numbered_line(sentence(i).line);
    }
    all(VoiceSign::items, share(items));
    if (paragraphs > 0) all(VoiceSign::dashes, dashes / static_cast<float>(paragraphs));
    if (numbered >= 3) all(VoiceSign::numbered);
    const auto junk = std::count_if(document_.lines.begin(), document_.lines.end(), [](const Line& l) { return l.kind == LineKind::junk; });
    all(VoiceSign::junk_lines, std::log1p(static_cast<float>(junk)));
    all(VoiceSign::long_text, std::log1p(static_cast<float>(read_.size())));
    all(VoiceSign::head_lines, static_cast<float>(head_));
    dateline();
  }

  // "12." or "12)" before the text of a line.
  [[nodiscard]] bool numbered_line(std::uint32_t line) const {
    if (line >= document_.lines.size()) return false;
    const std::string_view words = document_.lines[line].span.of(document_.text);
    std::size_t digits = 0;
    while (digits < words.size() && words[digits] >= '0' && words[digits] <= '9') ++digits;
    return digits > 0 && digits <= 3 && digits + 1 < words.size() && (words[digits] == '.' || words[digits] == ')') &&
           words[digits + 1] == ' ';
  }

  // An intelligence update: what nobody else says is weighed by degrees of likelihood, nearly every second sentence.
  void estimates() {
    constexpr float kFewest = 3;
    float own = 0, weighed = 0;
    for (const std::uint32_t i : read_) {
      if (sentence(i).heading || !mentions_[i].attributions.empty()) continue;
      ++own;
      weighed += weighed_.contains(i) ? 1.0F : 0.0F;
    }
    if (own > 0) all(VoiceSign::estimates, weighed / own);
    if (weighed >= kFewest && weighed * 5 >= own * 2) all(VoiceSign::estimates_most);
  }

  // "KYIV, 5 May (Wire) -" or «Херсон. 5 травня —» before the first sentence that is no line of the head.
  void dateline() {
    constexpr std::size_t kReach = 12;
    for (std::size_t k = 0; k < std::min<std::size_t>(read_.size(), kMostHeadLines + 2); ++k) {
      const Sentence& s = sentence(read_[k]);
      if (s.heading || s.token_count <= kShortHeadLine) continue;
      const auto tokens = text_.tokens_of(s);
      if (tokens.empty() || !tokens.front().capital) return;
      bool town = false;
      for (const Place& place : mentions_[read_[k]].places) town |= place.span.begin <= s.span.begin + 2;
      if (!town) return;
      for (std::size_t t = 1; t < std::min(tokens.size(), kReach); ++t) {
        if (is_mark(words_of(tokens[t]), {"—", "–", "-", "--"}) && tokens[t].space_before) {
          all(VoiceSign::dateline);
          return;
        }
      }
      return;
    }
  }

  // What stands beside the name of a body in the head.
  void named() {
    const auto has = [](const VoiceLook& look, std::initializer_list<VoiceSign> signs) {
      return std::any_of(signs.begin(), signs.end(), [&](VoiceSign sign) { return look.signs[static_cast<std::size_t>(sign)] != 0; });
    };
    const auto head_names = [&](const VoiceLook& look) {
      return has(look, {VoiceSign::top_body, VoiceSign::top_person, VoiceSign::head_body, VoiceSign::name_top, VoiceSign::name_line});
    };
    constexpr float kHardly = 0.15F;
    const auto count = std::count_if(looks_.begin(), looks_.end(), head_names);
    for (VoiceLook& look : looks_) {
      if (!head_names(look)) continue;
      const auto set_if = [&](VoiceSign sign, bool holds) { look.signs[static_cast<std::size_t>(sign)] = holds ? 1 : 0; };
      set_if(VoiceSign::named_alone, count == 1);
      set_if(VoiceSign::named_paper, has(look, {VoiceSign::paper_top, VoiceSign::paper_head}));
      set_if(VoiceSign::named_form, has(look, {VoiceSign::form_top, VoiceSign::form_head}));
      set_if(VoiceSign::named_we, has(look, {VoiceSign::we_any}));
      set_if(VoiceSign::named_press, has(look, {VoiceSign::press_head}));
      set_if(VoiceSign::named_quiet, look.signs[static_cast<std::size_t>(VoiceSign::told_all)] < kHardly);
    }
  }

  void first_line() {
    if (read_.empty()) return;
    const Sentence& s = sentence(read_.front());
    const auto tokens = text_.tokens_of(s);
    bool caps = false, small = false;
    std::uint32_t words = 0;
    for (const Token& token : tokens) {
      const std::string_view mark = words_of(token);
      words += token.kind == TokenKind::word;
      caps |= token.kind == TokenKind::word && token.all_caps;
      small |= token.kind == TokenKind::word && !token.all_caps && token.span.end - token.span.begin > 4;
      if (token.kind == TokenKind::number) all(VoiceSign::number_top);
      if (token.kind == TokenKind::symbol) all(VoiceSign::pictures_top);
      if (is_mark(mark, {"|", "/", "•", "·", "‧"})) all(VoiceSign::bar_top);
      if (mark == ":") all(VoiceSign::colon_top);
      if (is_mark(mark, {"«", "„", "“", "\""})) all(VoiceSign::quoted_top);
    }
    if (caps && !small) all(VoiceSign::caps_top);
    if (words <= kFewHeadWords) all(VoiceSign::short_top);
    if (has_verb(read_.front())) all(VoiceSign::verb_top);
  }

  const VoiceRows& rows_;
  const Document& document_;
  const Text& text_;
  const std::vector<Mentions>& mentions_;
  const std::vector<std::vector<LexiconHit>>& hits_;
  std::vector<VoiceLook> looks_;
  std::vector<std::uint32_t> read_;  // the sentences that are no junk
  std::size_t head_ = 0;             // how many of them stand in the head
  std::uint32_t paragraph_ = static_cast<std::uint32_t>(-1);
  bool open_ = false;  // a quotation
  float quoting_ = 0, exclaims_ = 0, asks_ = 0, pictures_ = 0, we_ = 0, me_ = 0, you_ = 0, we_told_ = 0, me_told_ = 0;
  std::set<std::uint32_t> weighed_, distanced_;
};

}  // namespace

std::vector<VoiceLook> voice_looks(const VoiceRows& rows, const Document& document, const Text& text, const std::vector<Mentions>& mentions,
                                   const std::vector<std::vector<LexiconHit>>& hits) {
  return VoiceHearing(rows, document, text, mentions, hits).run();
}

}  // namespace litopys
