// Places labels in a picture so that none covers a mark or another label: each is tried in four positions, none is no label.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"

namespace litopys {

struct LabelSpot {
  double x = 0, y = 0;      // the text's anchor point
  const char* anchor = "";  // SVG text-anchor
};

class LabelPlacer {
 public:
  static constexpr double kLetter = 6.4, kBoldLetter = 7.6;  // how wide one is

  LabelPlacer(double width, double height) : width_(width), height_(height) {}

  // Marks that labels must keep off.
  void occupy(double x0, double y0, double x1, double y1) { taken_.push_back({x0, y0, x1, y1}); }

  // A free spot for `text` beside the mark of radius `r` at (x, y): right, left, above, below. False where all are taken.
  // O(labels and marks so far), which a picture keeps small.
  bool place(double x, double y, double r, std::string_view text, LabelSpot& spot, double letter = kLetter) {
    const double wide = letter * static_cast<double>(utf8::count_code_points(text)) + 4;
    const struct {
      LabelSpot spot;
      double left;
    } tries[] = {{{x + r + 4, y + 4, "start"}, x + r + 3},
                 {{x - r - 4, y + 4, "end"}, x - r - 3 - wide},
                 {{x, y - r - 6, "middle"}, x - wide / 2},
                 {{x, y + r + 14, "middle"}, x - wide / 2}};
    for (const auto& t : tries) {
      const Box box{t.left, t.spot.y - 10, t.left + wide, t.spot.y + 3};
      if (box.x0 < 2 || box.x1 > width_ - 2 || box.y0 < 2 || box.y1 > height_ - 2 || hits(box)) continue;
      taken_.push_back(box);
      spot = t.spot;
      return true;
    }
    return false;
  }

 private:
  struct Box {
    double x0, y0, x1, y1;
  };
  [[nodiscard]] bool hits(const Box& b) const {
    for (const Box& o : taken_) {
      if (b.x0 < o.x1 && o.x0 < b.x1 && b.y0 < o.y1 && o.y0 < b.y1) return true;
    }
    return false;
  }

  double width_, height_;
  std::vector<Box> taken_;
};

}  // namespace litopys
