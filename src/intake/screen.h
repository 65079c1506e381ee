// Which pages can hold a claim at all: a look for stems in raw bytes, before anything is decoded or parsed. It errs on the side of keeping:
// what it drops has none of the words without which no report on the campaign is written, in no encoding that is read.
//
//   Screen screen = Screen::make(codebook).value();
//   ScreenLook look(screen);                          // one a thread
//   for (const ScreenHit& hit : look(body)) ...       // empty: can hold no claim
//
// Stems: the open single words ("passport*") of the codebook's rows `subject` and `setting`, and the rows `screen`. Latin ones as ASCII;
// Cyrillic ones in lower, capitalised and upper case, in UTF-8, windows-1251, KOI8-U and -R, ISO 8859-5, CP866 and 1125 and Macintosh's;
// both also in UTF-16, UTF-32 and behind &#1072; &#x430; and \u0430.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"

namespace litopys {

struct ScreenHit {
  std::string_view stem;  // of the Screen
  std::string_view row;   // the codebook row that has it
  std::size_t at = 0;     // byte of the body where it stood first; of escaped or UTF-16 text 0
  std::string_view form;  // "UTF-8", "single-byte", "escaped", "UTF-16"
};

// Immutable; threads may share one. It owns what hits point to.
class Screen {
 public:
  // kConfig where the codebook gives no stem.
  [[nodiscard]] static Result<Screen> make(const Codebook& book);
  Screen(Screen&&) noexcept;
  Screen& operator=(Screen&&) noexcept;
  ~Screen();

  [[nodiscard]] std::size_t stems() const;

 private:
  friend class ScreenLook;
  struct Impl;
  explicit Screen(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

// One thread's means of looking. `screen` must outlive it.
class ScreenLook {
 public:
  explicit ScreenLook(const Screen& screen);
  ScreenLook(ScreenLook&&) noexcept;
  ScreenLook& operator=(ScreenLook&&) noexcept;
  ~ScreenLook();

  // The stems in `body`, each once, as they were found; empty: nothing in it can be a claim. O(bytes). Valid until the next look.
  [[nodiscard]] const std::vector<ScreenHit>& operator()(std::string_view body);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace litopys
