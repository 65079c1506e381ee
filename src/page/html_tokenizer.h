// HTML as a stream of tokens, after the tokenization states of the WHATWG standard (HTML, 13.2.5), without a tree.
//
//   html::Tokenizer tokens("<p class=a>2 &lt; 3");
//   for (html::Token token; tokens.next(token);) ...
//     -> start_tag p [class=a] [0,11), characters "2 " [11,13), characters "<" [13,17), characters " 3" [17,19)
//
// Text comes in as many tokens as suits: a run of the input is a view of it, a character reference is a token of its own, so that every
// byte of text knows where it came from. Parse errors are not reported; nothing reads them. Linear on any bytes: no nesting is kept,
// attributes are compared by sorting when they are many, and nothing is looked for twice.
// Without a tree the tokenizer itself turns to RCDATA, RAWTEXT and script data after the tags that need it; who keeps a stack of elements
// says by set_foreign when it is inside svg or math, where these do not apply and CDATA sections do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "page/scan.h"

namespace litopys::html {

enum class TokenKind : unsigned char { characters, start_tag, end_tag, comment, doctype };

struct Attribute {
  std::string_view name;   // ASCII letters in lower case
  std::string_view value;  // character references resolved
};

struct Token {
  TokenKind kind = TokenKind::characters;
  std::string_view data;                  // text, tag name in lower case, comment, doctype's name
  std::span<const Attribute> attributes;  // in order, the first of equal names
  bool self_closing = false;
  bool exact = true;          // characters: `data` is the input's own [begin, end)
  bool named = false;         // doctype: it has a name
  bool force_quirks = false;  // doctype
  std::uint8_t known = 0;     // tags: what WantedOfTag says
  std::optional<std::string_view> public_id, system_id;
  std::size_t begin = 0, end = 0;  // bytes of the input
};

// What somebody wants of a tag, so that the rest of it is passed over. Of attributes that nobody wants `Token::attributes` need not hold
// any, but may.
struct WantedOfTag {
  std::uint64_t names = ~std::uint64_t{0};  // attributes by their names: bits of name_bit
  bool dates = true;                        // and those whose value begins with '1', '2' or '&'
  std::uint8_t known = 0;                   // handed on to Token::known
  bool may_turn = true;                     // false: surely no tag behind which something else than markup stands
};
// A bit for each kind of name, by its length and its ends; a capital counts as its small letter. Precondition: it is not empty.
[[nodiscard]] constexpr std::uint64_t name_bit(std::string_view name) {
  return std::uint64_t{1} << ((name.size() * 11 + (static_cast<unsigned char>(name.front()) | 0x20U) * 5 +
                               (static_cast<unsigned char>(name.back()) | 0x20U)) &
                              63U);
}

// What the text at hand is made of. The names are the standard's.
enum class Content : unsigned char { data, rcdata, rawtext, script_data, plaintext, cdata };

class Tokenizer {
 public:
  // `input` (UTF-8, without byte order mark) outlives the tokenizer.
  explicit Tokenizer(std::string_view input) : input_(input) {}

  // The next token; false at the end. The token's views live until the next call.
  bool next(Token& token);

  // The same for who needs few attributes: their values stay as they are in the input until `value` is asked for one, and of `token` only
  // what its kind has is set.
  bool next_raw(Token& token);
  // For next_raw: `wants` is asked for each tag by its name in lower case.
  void ask_before_attributes(WantedOfTag (*wants)(std::string_view tag, bool closes)) { wants_ = wants; }
  // The value of one of the last token's attributes, references resolved; each is asked for once at most. Lives until the next token.
  [[nodiscard]] std::string_view value(std::string_view raw);
  // Leaves out the blanks that text begins with; whether there were any.
  bool skip_blanks() {
    if (content_ != Content::data || at_ >= input_.size() || static_cast<unsigned char>(input_[at_]) > ' ') return false;
    const std::size_t begin = at_;
    at_ = scan::not_blank(input_.data(), at_, input_.size());
    return at_ > begin;
  }
  // After a start tag whose element holds no markup (style, textarea, …): leaves its text out.
  void skip_content();

  // Starts in another state; `last_start_tag` is the tag whose end closes it. For tests and fragments.
  void start_in(Content content, std::string_view last_start_tag);
  // Whether tags turn the content by themselves (they do at first).
  void follow_tags(bool follow) { follow_tags_ = follow; }
  void set_foreign(bool foreign) { foreign_ = foreign; }
  [[nodiscard]] std::size_t position() const { return at_; }
  // Whether what comes is text and tags. Then whoever reads a tag by himself goes on behind it; of no tag that turns the content.
  [[nodiscard]] bool in_data() const { return content_ == Content::data; }
  void move_to(std::size_t at) { at_ = at; }
  // Or has the rest of the tag read whose name (small letters of the input, [name, behind)) he knows. False where the input ends first:
  // then there is no tag. Precondition: in_data(), and before the name stands '<' or "</".
  bool go_on_behind_name(Token& token, std::size_t name, std::size_t behind, bool closes, const WantedOfTag& wanted);

 private:
  // A stretch of the input or, with `own`, of scratch_ (which moves while a token grows, so views are made at its end).
  struct Stretch {
    std::size_t begin = 0, size = 0;
    bool own = false;
  };
  struct OwnName {
    std::size_t attribute = 0;
    Stretch name;
  };

  bool text(Token& token, std::size_t limit);
  void drop_repeated();
  bool markup(Token& token);
  bool tag(Token& token, std::size_t name, bool closes);
  bool rest_of_tag(Token& token, const Stretch& name, std::size_t behind, bool closes, const WantedOfTag& wanted);
  // The attributes from `at` on, as many as are wanted; gives where '>' stands, npos where the input ends first. `again`: two may be the
  // same, or a name is to be changed.
  std::size_t attributes(std::size_t at, const WantedOfTag& wanted, bool& self_closing, bool& again);
  bool comment(Token& token, std::size_t begin);
  bool bogus_comment(Token& token, std::size_t begin);
  bool doctype(Token& token, std::size_t begin);
  void turn(std::string_view tag_name);
  [[nodiscard]] bool opens_markup(std::size_t at) const;
  [[nodiscard]] bool closes_content(std::size_t at) const;
  [[nodiscard]] std::size_t content_end() const;
  [[nodiscard]] std::size_t script_end() const;
  // The character reference at `at` ('&'): bytes eaten, 0 where '&' is just an ampersand; its UTF-8 goes to `out`.
  [[nodiscard]] static std::size_t reference(std::string_view text, std::size_t at, bool in_attribute, std::string& out);
  static void clean(std::string_view raw, bool lower, bool references, std::string& out);
  // input_[begin, end) with zero bytes and CR resolved; the stretch itself where there is nothing to do.
  Stretch cleaned(std::size_t begin, std::size_t end, bool lower);
  [[nodiscard]] std::string_view view(const Stretch& stretch) const;

  std::string_view input_;
  std::size_t at_ = 0;
  Content content_ = Content::data;
  std::size_t content_end_ = std::string_view::npos;  // of RCDATA and the like, once looked for
  bool follow_tags_ = true;
  bool foreign_ = false;
  WantedOfTag (*wants_)(std::string_view tag, bool closes) = nullptr;
  std::string last_start_tag_;
  std::string scratch_;    // what a token cannot take from the input as it is
  std::string character_;  // the text of a reference
  std::string values_;     // resolved values of a tag's attributes; room is taken beforehand, so that views stay
  bool values_open_ = false;
  std::size_t tag_size_ = 0;  // bytes
  std::vector<OwnName> own_names_;
  std::vector<Attribute> attributes_;
  std::vector<std::uint32_t> order_;
};

// `text` with its character references resolved as in text content. O(bytes).
[[nodiscard]] std::string resolved_references(std::string_view text);

}  // namespace litopys::html
