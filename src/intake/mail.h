// Mails: single ones (.eml, RFC 5322) and folders of them (mbox).
//
// One item a mail: its exact bytes, format "mail", with the time of its Date field. After it come its attachments that can hold a report,
// their transfer coding taken off, with no format of their own: what they are is told from their bytes. Pictures, sound, signatures,
// calendars and address cards are passed over and counted in a note.
#pragma once

#include <string_view>

#include "intake/container.h"

namespace litopys {

[[nodiscard]] bool looks_like_mail(std::string_view head);

// A Split (intake/container.h). Never fails as a whole: what is no mail between two mails belongs to the first. O(bytes).
void split_mail(const Item& container, const ContainerLimits& limits, const Give& give);

}  // namespace litopys
