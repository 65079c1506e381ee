// Open addressing over the token's bytes: one hash and mostly one comparison a token, no allocation unless the form is new.
#include "text/forms.h"

#include <algorithm>

namespace litopys {
namespace {

constexpr std::size_t kBlock = 32 * 1024;

std::uint64_t hash_of(std::string_view bytes) {
  std::uint64_t h = kKeyStart;
  for (const char c : bytes) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return h ^ (h >> 29);
}

}  // namespace

std::string_view Arena::keep(std::string_view bytes) {
  auto& blocks = text_.arena;
  if (blocks.empty() || blocks.back().capacity() - blocks.back().size() < bytes.size()) {
    blocks.emplace_back();
    // Small documents stay small: blocks double up to the full size.
    const std::size_t wanted = std::min(kBlock, std::size_t{512} << std::min<std::size_t>(blocks.size(), 6));
    blocks.back().reserve(std::max(wanted, bytes.size()));
  }
  std::string& block = blocks.back();
  const std::size_t at = block.size();
  block.append(bytes);
  return std::string_view(block).substr(at);
}

FormTable::FormTable(Text& text) : arena_(text), slots_(256) {}

void FormTable::grow() {
  slots_.assign(slots_.size() * 2, 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < forms_.size(); ++i) {
    std::size_t at = forms_[i].hash & mask;
    while (slots_[at] != 0) at = (at + 1) & mask;
    slots_[at] = static_cast<std::uint32_t>(i + 1);
  }
}

Form& FormTable::find(std::string_view bytes, std::uint8_t variant) {
  const std::uint64_t hash = hash_of(bytes) + variant;
  std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  for (; slots_[at] != 0; at = (at + 1) & mask) {
    Form& form = forms_[slots_[at] - 1];
    if (form.hash == hash && form.variant == variant && form.bytes == bytes) return form;
  }
  if (forms_.size() * 2 >= slots_.size()) {
    grow();
    mask = slots_.size() - 1;
    for (at = hash & mask; slots_[at] != 0; at = (at + 1) & mask) {
    }
  }
  fold(bytes, folded_);
  Form form;
  form.bytes = bytes;
  form.hash = hash;
  form.variant = variant;
  form.lower = folded_.lower == bytes ? arena_.keep(bytes) : arena_.keep(folded_.lower);
  form.capital = folded_.capital;
  form.all_caps = folded_.all_caps;
  form.letters = folded_.letters;
  forms_.push_back(form);
  slots_[at] = static_cast<std::uint32_t>(forms_.size());
  return forms_.back();
}

}  // namespace litopys
