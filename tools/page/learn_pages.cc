// learn_pages CODEBOOK OUT.model FOLDER...: learns the page stage's weights from sets of pages (data/page/README.md). With
// DATES_ALONE set OUT.model is read first and only its forest of days is learned anew.
//
// Layers, each learned from what the one before says of pages that it has not seen (five folds over pages): weights of single words in
// class names and in text (logistic regression), a forest that looks at a block, a forest that looks at a date. Deterministic: the same
// files give the same bytes.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <unordered_map>

#include "gold.h"
#include "page/article.h"
#include "page/date_features.h"
#include "page/page_model.h"

namespace litopys::learn {
namespace {

constexpr std::size_t kFolds = 5;
constexpr std::uint32_t kShortBlock = 25;  // words; longer blocks teach no words

double option(const char* name, double otherwise) {
  const char* given = std::getenv(name);
  return given != nullptr ? std::atof(given) : otherwise;
}

float probability(float odds) { return 1 / (1 + std::exp(-odds)); }

struct WordRow {
  std::size_t example = 0;
  bool article = false;
  float weight = 0;
  std::vector<std::uint32_t> words;
};

// Logistic regression on the presence of words, in a fixed order, with AdaGrad steps and a pull towards zero.
PageModel::Weights learn_words(const std::vector<WordRow>& rows, const std::vector<Example>& examples, std::size_t left_out) {
  std::map<std::uint32_t, std::set<std::size_t>> pages;
  for (const WordRow& row : rows) {
    if (examples[row.example].fold == left_out) continue;
    for (const std::uint32_t word : row.words) pages[word].insert(row.example);
  }
  std::unordered_map<std::uint32_t, std::pair<float, float>> weights;  // weight, sum of squared gradients
  static const std::size_t kLeastPages = static_cast<std::size_t>(option("WORD_PAGES", 5));
  for (const auto& [word, where] : pages) {
    if (where.size() >= kLeastPages) weights[word] = {0, 1};
  }
  float bias = 0;
  static const float kPull = static_cast<float>(option("WORD_PULL", 0.002));
  for (int epoch = 0; epoch < 4; ++epoch) {
    for (const WordRow& row : rows) {
      if (examples[row.example].fold == left_out) continue;
      float odds = bias;
      for (const std::uint32_t word : row.words) {
        const auto found = weights.find(word);
        if (found != weights.end()) odds += found->second.first;
      }
      const float gradient = row.weight * ((row.article ? 1.0F : 0.0F) - probability(odds));
      bias += 0.01F * gradient;
      for (const std::uint32_t word : row.words) {
        const auto found = weights.find(word);
        if (found == weights.end()) continue;
        auto& [weight, squares] = found->second;
        const float step = gradient - kPull * weight;
        squares += step * step;
        weight += 0.2F * step / std::sqrt(squares);
      }
    }
  }
  PageModel::Weights out;
  for (const auto& [word, where] : pages) {
    const auto found = weights.find(word);
    if (found == weights.end()) continue;
    const auto value = static_cast<std::int32_t>(std::lround(std::clamp(found->second.first, -4.0F, 4.0F) * 1024));
    if (value != 0) out.emplace_back(word, value);
  }
  return out;
}

struct Data {
  std::vector<Example> examples;
  std::vector<std::size_t> begin;  // first row of each example
  std::vector<float> rows;
  std::vector<float> seen;  // probabilities by models that had not seen the page
  std::vector<WordRow> names, texts;
  std::vector<std::vector<Label>> given;  // the sets' own labels, before any are made up
};

void collect_words(Data& data) {
  for (std::size_t e = 0; e < data.examples.size(); ++e) {
    const Example& example = data.examples[e];
    if (example.own_blind) continue;
    for (std::size_t b = 0; b < example.labels.size(); ++b) {
      const Label& label = example.labels[b];
      if (label.article < 0) continue;
      const html::Block& block = example.page.blocks[b];
      std::set<std::uint32_t> path;
      std::vector<std::uint32_t> words;
      for (std::uint32_t n = block.inner; n != html::kNone; n = example.page.nodes[n].parent) {
        words.clear();
        hashed_name_words(example.page.nodes[n].name.of(example.page.names), words);
        path.insert(words.begin(), words.end());
      }
      path.erase(0U);
      data.names.push_back({e, label.article == 1, label.weight, {path.begin(), path.end()}});
      words.clear();
      const std::string_view text = block.text.of(example.page.text);
      hashed_text_words(text, words);
      if (std::count(text.begin(), text.end(), ' ') < kShortBlock) {
        const std::set<std::uint32_t> unique(words.begin(), words.end());
        data.texts.push_back({e, label.article == 1, label.weight, {unique.begin(), unique.end()}});
      }
    }
  }
}

// Both cores, a share of the work each; what is done does not depend on which.
template <class Work>
void in_two(std::size_t count, Work work) {
  std::thread other([&] {
    for (std::size_t i = 1; i < count; i += 2) work(i);
  });
  for (std::size_t i = 0; i < count; i += 2) work(i);
  other.join();
}

Forest learn_forest(const Data& data, std::size_t left_out, const ForestOptions& options) {
  std::vector<float> rows, weights;
  std::vector<std::uint8_t> labels;
  for (std::size_t e = 0; e < data.examples.size(); ++e) {
    const Example& example = data.examples[e];
    if (example.own_blind || example.fold == left_out) continue;
    for (std::size_t b = 0; b < example.labels.size(); ++b) {
      if (example.labels[b].weight <= 0) continue;
      const float* row = data.rows.data() + (data.begin[e] + b) * block_feature_count();
      rows.insert(rows.end(), row, row + block_feature_count());
      labels.push_back(example.labels[b].article == 1);
      weights.push_back(example.labels[b].weight);
    }
  }
  return train_forest(rows, block_feature_count(), labels, weights, options);
}

std::vector<std::string> texts_of(const Data& data, const std::vector<float>& p, float threshold) {
  std::vector<std::string> out(data.examples.size());
  for (std::size_t e = 0; e < out.size(); ++e) {
    const Example& example = data.examples[e];
    for (std::size_t b = 0; b < example.page.blocks.size(); ++b) {
      if (p[data.begin[e] + b] < threshold || (example.title && *example.title == b)) continue;
      out[e].append(example.page.blocks[b].text.of(example.page.text)).append("\n");
    }
  }
  return out;
}

void report(const Data& data, const std::vector<float>& p, const char* what) {
  for (const std::string set : {"article", "segments"}) {
    double loss = 0, all = 0;
    for (std::size_t e = 0; e < data.examples.size(); ++e) {
      if (data.examples[e].own_blind || data.examples[e].set != set) continue;
      for (std::size_t b = 0; b < data.given[e].size(); ++b) {
        const Label& label = data.given[e][b];
        if (label.article < 0) continue;
        const double q = label.article == 1 ? p[data.begin[e] + b] : 1 - p[data.begin[e] + b];
        loss -= label.weight * std::log(std::max(q, 1e-6));
        all += label.weight;
      }
    }
    std::cerr << what << " loss " << set << " " << loss / all << "\n";
  }
  for (const float threshold : {0.3F, 0.4F, 0.5F, 0.6F, 0.7F}) {
    const Scores got = score(data.examples, texts_of(data, p, threshold), false);
    std::cerr << what << " threshold " << threshold << ": article " << got.article << " (" << got.articles << " pages), segments "
              << got.segments << " (" << got.pages << " pages)\n";
  }
}

void weigh(Data& data) {
  for (Example& example : data.examples) {
    double sum = 0;
    for (const Label& label : example.labels) sum += label.weight;
    for (Label& label : example.labels) {
      if (example.set == "article") {
        label.weight *= static_cast<float>(option("W_ARTICLE", 1.0));
      } else if (example.set == "segments") {
        label.weight *= static_cast<float>(option("W_SEGMENTS", 4.0));
      } else {
        label.weight *= static_cast<float>(option("W_MORE", 0.5));
      }
    }
  }
}

// Labelled blocks on the wrong side, of pages that may be looked at.
void show_errors(const Data& data, const std::string& set) {
  for (std::size_t e = 0; e < data.examples.size(); ++e) {
    const Example& example = data.examples[e];
    if (example.own_blind || example.set != set) continue;
    for (std::size_t b = 0; b < example.labels.size(); ++b) {
      const std::size_t r = data.begin[e] + b;
      const Label& label = example.labels[b];
      if (label.article < 0 || label.weight < 0.5F || (data.seen[r] >= 0.5F) == (label.article == 1)) continue;
      const html::Block& block = example.page.blocks[b];
      const std::string_view text = block.text.of(example.page.text);
      std::cout << example.file << " " << b << "/" << example.labels.size() << (label.article == 1 ? " MISSED " : " EXTRA ") << data.seen[r]
                << " " << html::path_of(example.page, block.inner) << " | " << text.size() << " " << text.substr(0, 120) << "\n";
    }
  }
}

// --- dates ---

// One choice between days: a page, or a page as if its head were silent.
struct DateChoice {
  std::size_t page = 0;
  std::size_t begin = 0, end = 0;  // rows
  float weight = 1;
  bool whole = true;  // with all candidates
};

struct DateData {
  std::vector<DatedPage> pages;
  std::vector<DateChoice> choices;
  std::vector<float> rows;
  std::vector<std::uint8_t> right;
  std::vector<std::string> days;  // of each row
};

bool of_head(DateSource source) { return source <= DateSource::meta_modified || source == DateSource::script; }

bool of_markup(DateSource source) { return source >= DateSource::element_published && source <= DateSource::attribute; }

// Pages of other sets have no gold: their day is what an article's JSON-LD says, where markup, address or text agrees.
std::string silver_day(const std::vector<DateCandidate>& candidates) {
  for (const DateCandidate& said : candidates) {
    if (said.source != DateSource::json_published && said.source != DateSource::meta_published) continue;
    if (said.source == DateSource::json_published && said.rank < 3) continue;
    for (const DateCandidate& other : candidates) {
      if (!of_head(other.source) && other.date == said.date) return said.date.str();
    }
    return {};
  }
  return {};
}

Forest learn_date_forest(const DateData& data, const std::function<bool(std::size_t)>& taken) {
  std::vector<float> rows, weights;
  std::vector<std::uint8_t> labels;
  std::vector<std::size_t> groups;
  for (const DateChoice& choice : data.choices) {
    if (data.pages[choice.page].own_blind || !taken(choice.page) || choice.begin == choice.end || choice.weight <= 0) continue;
    groups.push_back(labels.size());
    for (std::size_t r = choice.begin; r < choice.end; ++r) {
      rows.insert(rows.end(), data.rows.begin() + static_cast<std::ptrdiff_t>(r * date_features()),
                  data.rows.begin() + static_cast<std::ptrdiff_t>((r + 1) * date_features()));
      labels.push_back(data.right[r]);
      weights.push_back(choice.weight);
    }
  }
  ForestOptions options;
  options.trees = static_cast<int>(option("DATE_TREES", 200));
  options.leaves = static_cast<int>(option("DATE_LEAVES", 3));
  options.smallest_leaf = static_cast<int>(option("DATE_LEAF", 12));
  options.rate = static_cast<float>(option("DATE_RATE", 0.1));
  if (option("DATE_GROUPS", 1) == 0) groups.clear();
  return train_forest(rows, date_features(), labels, weights, options, groups);
}

void learn_dates(const std::vector<std::string>& folders, const Codebook& book, const ArticleFinder& finder, const LineJudge& judge,
                 PageModel& model) {
  const auto dates = DateFinder::make(book);
  if (!dates) return void(std::cerr << dates.error().line() << "\n");
  DateData data;
  for (const std::string& folder : folders) {
    for (DatedPage& page : read_dates(folder)) data.pages.push_back(std::move(page));
  }
  const auto other = static_cast<float>(option("W_SILVER", 1)), silent = static_cast<float>(option("W_SILENT", 1)),
             bare = static_cast<float>(option("W_BARE", 1));
  for (std::size_t p = 0; p < data.pages.size(); ++p) {
    DatedPage& page = data.pages[p];
    const PageFacts facts = read_page_facts(page.page);
    std::vector<bool> article;
    for (const BlockVerdict& verdict : finder.judge(page.page, judge, facts.title_block)) article.push_back(verdict.kind != LineKind::junk);
    std::vector<DateCandidate> candidates = dates->find(page.page, facts);
    const bool silver = page.set != "dates";
    if (silver) page.day = silver_day(candidates);
    if (silver && page.day.empty()) continue;
    const auto add = [&](float weight, bool whole) {
      const std::vector<DateGroup> groups = group_dates(candidates);
      const bool among = std::any_of(groups.begin(), groups.end(), [&](const DateGroup& g) { return g.date.str() == page.day; });
      if (!whole && !among) return;
      const std::vector<float> rows = rows_of_dates(page.page, candidates, groups, article, facts.title_block);
      data.choices.push_back({p, data.right.size(), data.right.size() + groups.size(), silver ? weight * other : weight, whole});
      data.rows.insert(data.rows.end(), rows.begin(), rows.end());
      for (const DateGroup& group : groups) {
        data.days.push_back(group.date.str());
        data.right.push_back(group.date.str() == page.day);
      }
    };
    add(1, true);
    // As if the head were silent, as if the page had words only: most pages say so much that the forest would learn nothing of the rest.
    if (std::erase_if(candidates, [](const DateCandidate& c) { return of_head(c.source); }) > 0) add(silent, false);
    if (std::erase_if(candidates, [](const DateCandidate& c) { return of_markup(c.source); }) > 0) add(bare, false);
  }
  model.date = learn_date_forest(data, [](std::size_t) { return true; });
  const auto scored = [&](const DateChoice& c) { return c.whole && !data.pages[c.page].own_blind && data.pages[c.page].set == "dates"; };
  std::size_t there = 0, all = 0;
  for (const DateChoice& choice : data.choices) {
    if (!scored(choice)) continue;
    ++all;
    there += std::count(data.right.begin() + static_cast<std::ptrdiff_t>(choice.begin),
                        data.right.begin() + static_cast<std::ptrdiff_t>(choice.end), 1) > 0;
  }
  std::cerr << data.choices.size() << " choices\n";
  std::cerr << all << " pages, the right day among the candidates of " << there << "\n";
  // Five folds in several divisions: with so few pages one division says little.
  const auto divisions = static_cast<std::size_t>(option("DIVISIONS", 4));
  const auto fold_of = [&](std::size_t p, std::size_t division) {
    return division == 0 ? data.pages[p].fold : std::hash<std::string>{}(std::to_string(division) + data.pages[p].file) % kFolds;
  };
  std::vector<Forest> forests(kFolds * divisions);
  in_two(forests.size(),
         [&](std::size_t i) { forests[i] = learn_date_forest(data, [&](std::size_t p) { return fold_of(p, i / kFolds) != i % kFolds; }); });
  std::map<std::string, std::map<std::string, int>> wrongs;
  for (const float least : {-20.0F, -3.0F, -2.0F, -1.0F, -0.5F}) {
    std::size_t hit = 0, wrong = 0, none = 0;
    for (std::size_t i = 0; i < data.choices.size() * divisions; ++i) {
      const std::size_t division = i / data.choices.size();
      const DateChoice& choice = data.choices[i % data.choices.size()];
      if (!scored(choice)) continue;
      const DatedPage& page = data.pages[choice.page];
      float best = least;
      std::size_t chosen = data.right.size();
      for (std::size_t r = choice.begin; r < choice.end; ++r) {
        const float odds = log_odds(forests[division * kFolds + fold_of(choice.page, division)],
                                    std::span<const float>(data.rows).subspan(r * date_features(), date_features()));
        if (odds > best) best = odds, chosen = r;
      }
      if (chosen == data.right.size()) {
        ++none;
      } else {
        ++(data.right[chosen] != 0 ? hit : wrong);
      }
      if (least == -2.0F && (chosen == data.right.size() || data.right[chosen] == 0)) {
        const auto begin = data.days.begin() + static_cast<std::ptrdiff_t>(choice.begin),
                   end = data.days.begin() + static_cast<std::ptrdiff_t>(choice.end);
        ++wrongs[page.file + " is " + page.day + (std::find(begin, end, page.day) == end ? " (no candidate)" : "")]
                [chosen == data.right.size() ? "none" : data.days[chosen]];
      }
    }
    const double p = static_cast<double>(hit) / static_cast<double>(hit + wrong),
                 r = static_cast<double>(hit) / static_cast<double>(hit + none);
    std::cerr << "dates, least " << least << ": F1 " << 2 * p * r / (p + r) << " accuracy "
              << static_cast<double>(hit) / static_cast<double>(hit + wrong + none) << "\n";
  }
  if (std::getenv("ERRORS") != nullptr) {
    for (const auto& [page, given] : wrongs) {
      std::cout << page;
      for (const auto& [day, times] : given) std::cout << ", " << times << " times " << day;
      std::cout << "\n";
    }
  }
  model.date_threshold = static_cast<float>(option("DATE_LEAST", -2.0));
}

// The model's words and forest of blocks.
PageModel learn_blocks(const std::vector<std::string>& folders, const LineJudge& judge, const ArticleFinder& finder) {
  Data data;
  for (const std::string& folder : folders) {
    for (Example& example : read_set(folder, judge, finder)) data.examples.push_back(std::move(example));
  }
  weigh(data);
  for (const Example& example : data.examples) data.given.push_back(example.labels);
  std::size_t count = 0;
  for (const Example& example : data.examples) {
    data.begin.push_back(count);
    count += example.page.blocks.size();
  }
  collect_words(data);
  std::cerr << data.examples.size() << " pages, " << count << " blocks\n";

  // Words, a model for each fold; then every page's features with the words of the models that had not seen it.
  PageModel model;
  std::vector<PageModel::Weights> names(kFolds + 1), texts(kFolds + 1);
  in_two(kFolds + 1, [&](std::size_t f) {
    names[f] = learn_words(data.names, data.examples, f);
    texts[f] = learn_words(data.texts, data.examples, f);
  });
  std::cerr << names[kFolds].size() << " words of names, " << texts[kFolds].size() << " words of text\n";
  data.rows.resize(count * block_feature_count());
  std::vector<HashTable> name_tables, text_tables;
  for (std::size_t f = 0; f <= kFolds; ++f) {
    name_tables.emplace_back(names[f]);
    text_tables.emplace_back(texts[f]);
  }
  in_two(data.examples.size(), [&](std::size_t e) {
    const Example& example = data.examples[e];
    const std::size_t f = example.own_blind ? kFolds : example.fold;
    const PageReading reading = finder.look(example.page, name_tables[f], text_tables[f]);
    const std::vector<float> rows = block_features(reading.scene(example.page, example.phrases, example.title));
    std::copy(rows.begin(), rows.end(), data.rows.begin() + static_cast<std::ptrdiff_t>(data.begin[e] * block_feature_count()));
  });
  {
    std::vector<float> rules(count);
    for (std::size_t r = 0; r < count; ++r) {
      for (std::size_t f = 0; f < block_feature_count(); ++f) {
        if (block_feature_name(f) == "rules") rules[r] = data.rows[r * block_feature_count() + f];
      }
    }
    const Scores got = score(data.examples, texts_of(data, rules, 0.5F), false);
    std::cerr << "rules: article " << got.article << ", segments " << got.segments << "\n";
  }

  ForestOptions options;
  options.trees = static_cast<int>(option("TREES", 120));
  options.leaves = static_cast<int>(option("LEAVES", 8));
  options.smallest_leaf = static_cast<int>(option("LEAF", 40));
  options.rate = static_cast<float>(option("RATE", 0.1));
  const auto look = [&] {
    std::vector<float>& p = data.seen;
    std::vector<Forest> forests(kFolds + 1);
    in_two(kFolds + 1, [&](std::size_t f) { forests[f] = learn_forest(data, f, options); });
    p.resize(count);
    for (std::size_t e = 0; e < data.examples.size(); ++e) {
      const Forest& forest = forests[data.examples[e].own_blind ? kFolds : data.examples[e].fold];
      for (std::size_t b = 0; b < data.examples[e].page.blocks.size(); ++b) {
        const std::size_t r = data.begin[e] + b;
        p[r] = probability(log_odds(forest, std::span<const float>(data.rows).subspan(r * block_feature_count(), block_feature_count())));
      }
    }
    return forests[kFolds];
  };
  model.block = look();
  report(data, data.seen, "first round");

  // Blocks of which the segments set says nothing: taken as the looks have them where both are sure, and learned once more.
  const auto rounds = static_cast<int>(option("ROUNDS", 1));
  for (int round = 0; round < rounds; ++round) {
    const auto weight = static_cast<float>(option("W_SELF", 0.3));
    for (std::size_t e = 0; e < data.examples.size(); ++e) {
      Example& example = data.examples[e];
      if (example.set != "segments") continue;
      for (std::size_t b = 0; b < example.labels.size(); ++b) {
        Label& label = example.labels[b];
        const float p = data.seen[data.begin[e] + b];
        if (label.article >= 0 && label.weight >= 1) continue;
        label = {};
        if (p > 0.85F || p < 0.1F) label = {static_cast<std::int8_t>(p > 0.5F), weight};
      }
    }
    model.block = look();
    report(data, data.seen, "next round");
  }
  if (std::getenv("SHOW") != nullptr) {
    std::map<std::size_t, int> used;
    for (const TreeNode& node : model.block.nodes) {
      if (node.feature != TreeNode::kLeaf) ++used[node.feature];
    }
    for (std::size_t f = 0; f < block_feature_count(); ++f) std::cerr << block_feature_name(f) << " " << used[f] << "\n";
  }
  if (const char* wanted = std::getenv("ERRORS"); wanted != nullptr) show_errors(data, wanted);
  model.name_weights = names[kFolds];
  model.text_weights = texts[kFolds];
  model.threshold = static_cast<float>(option("THRESHOLD", 0.5));
  model.index();
  model.head = "pages " + std::to_string(data.examples.size()) + "\n";
  return model;
}

int run(int argc, char** argv) {
  const auto book = load_codebook(argv[1]);
  if (!book) return std::cerr << book.error().line() << "\n", 3;
  const auto judge = LineJudge::make(*book);
  const auto finder = ArticleFinder::make(*book, nullptr);
  if (!judge || !finder) return std::cerr << "the codebook has faults\n", 3;
  std::vector<std::string> dated, undated;
  for (int i = 3; i < argc; ++i) {
    dated.emplace_back(argv[i]);
    if (!std::filesystem::path(argv[i]).filename().string().starts_with("dates")) undated.emplace_back(argv[i]);
  }
  PageModel model;
  if (std::getenv("DATES_ALONE") != nullptr) {
    auto known = read_page_model(argv[2]);
    if (!known) return std::cerr << known.error().line() << "\n", 3;
    model = std::move(*known);
  } else {
    model = learn_blocks(undated, *judge, *finder);
  }
  const auto judged = ArticleFinder::make(*book, std::make_shared<const PageModel>(model));
  learn_dates(dated, *book, *judged, *judge, model);
  if (const auto written = write_page_model(model, argv[2]); !written) return std::cerr << written.error().line() << "\n", 1;
  return 0;
}

}  // namespace
}  // namespace litopys::learn

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "learn_pages CODEBOOK OUT.model FOLDER...\n";
    return 2;
  }
  return litopys::learn::run(argc, argv);
}
