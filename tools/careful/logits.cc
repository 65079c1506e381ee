// The program's own encoder over windows of token numbers, for compare.py: reads lines "tokens | mark begin end ; mark begin end ...",
// writes the outputs of each judged sentence a line, and the seconds of processor time on standard error.
#include <ctime>
#include <iostream>
#include <sstream>
#include <string>

#include "reader/encoder.h"

int main(int argc, char** argv) {
  using namespace litopys;
  if (argc != 2) return 2;
  const auto file = EncoderFile::open(argv[1]);
  if (!file) {
    std::cerr << file.error().line() << '\n';
    return 2;
  }
  const Encoder encoder(*file);
  std::vector<Window> windows;
  std::size_t tokens = 0;
  for (std::string line; std::getline(std::cin, line);) {
    Window& w = windows.emplace_back();
    std::istringstream left(line.substr(0, line.find('|'))), right(line.substr(line.find('|') + 1));
    for (std::uint32_t t; left >> t;) w.tokens.push_back(t);
    for (Window::Judged j; right >> j.mark >> j.begin >> j.end;) w.judged.push_back(j);
    tokens += w.tokens.size();
  }
  (void)encoder.outputs({windows.data(), 1});  // lays out the weights
  timespec begin{}, end{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
  const std::vector<float> out = encoder.outputs(windows).numbers;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
  const double seconds = static_cast<double>(end.tv_sec - begin.tv_sec) + static_cast<double>(end.tv_nsec - begin.tv_nsec) / 1e9;
  std::cerr << seconds << " s " << tokens << " tokens\n";
  for (std::size_t i = 0; i < out.size(); ++i) std::cout << out[i] << ((i + 1) % encoder.head().outputs == 0 ? '\n' : ' ');
}
