#include "store/transcribe.h"

#include <utility>
#include <vector>

#include "page/content.h"
#include "store/casebook_folder.h"
#include "vault/evidence_reader.h"

namespace litopys {

Result<std::uint64_t> read_kept_pictures(const std::filesystem::path& folder, const std::shared_ptr<const Resources>& resources,
                                         const std::function<void(const Error&)>& trouble, const Say& say, std::chrono::seconds wait) {
  const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
  if (const Result<CasebookFile> file = load_casebook({folder}); !file) return failed(file.error());
  Result<Casebook> casebook = Casebook::open(folder, resources, say, wait);
  if (!casebook) return failed(casebook.error());
  std::vector<std::string> unread;
  const Done listed = casebook->record().items([&](const ItemRow& item) {
    if (item.problem && item.problem->ends_with(kNeedsOcr)) unread.push_back(item.sha256);
    return true;
  });
  if (!listed) return failed(listed.error());
  std::uint64_t read = 0;
  const auto acknowledge = [&](const KeptItem& item) {
    if (item.problem) trouble(*item.problem);
    if (item.read && !item.problem) ++read;
  };
  for (const std::string& digest : unread) {
    const Result<std::vector<Sighting>> sightings = casebook->record().sightings(digest);
    if (!sightings) return failed(sightings.error());
    if (sightings->empty()) continue;
    Result<EvidenceAct> act = read_evidence(CasebookPaths{folder}.evidence(), sightings->front().place);
    if (!act) return failed(act.error());
    OpenedItem opened;
    opened.item = (*std::move(act)).item();
    Result<TakenItem> taken = casebook->take(std::move(opened));
    if (!taken) return failed(taken.error());
    if (!taken->item.transcript) {
      if (taken->trouble) trouble(*taken->trouble);
      continue;  // to have seen it again says nothing
    }
    if (Done added = casebook->add(*std::move(taken), acknowledge); !added) return failed(added.error());
  }
  if (Done flushed = casebook->flush(acknowledge); !flushed) return failed(flushed.error());
  return read;
}

}  // namespace litopys
