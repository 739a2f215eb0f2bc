#include "jobs/contact_book.hpp"

#include "base/text.hpp"
#include "words/errors_common.hpp"
#include "words/errors_jobs.hpp"

#include <algorithm>
#include <utility>

namespace tgpanel::jobs {

namespace {

Sentence time_text(Millis time) {
  const auto minutes = std::max<std::int64_t>(1, (time.count() + 59'999) / 60'000);
  if (minutes < 120) return {words::for_min, minutes};
  return {words::for_h, (minutes + 59) / 60};
}

}  // namespace

ContactBook::ContactBook(storage::Database& database, const Clock& clock, ContactLimits limits)
    : repository_(database), clock_(clock), limits_(limits) {}

Awaitable<Result<void>> ContactBook::load() {
  const Instant now = clock_.now();
  const auto contacts = co_await repository_.load_contacts(to_unix_ms(now - limits_.window));
  if (!contacts) co_return std::unexpected(contacts.error());
  for (const auto& row : *contacts) {
    contacts_[{row.job_id, static_cast<std::size_t>(row.position)}] = {
        row.account_id, row.recipient_id, from_unix_ms(row.at_ms)};
  }
  const auto stops = co_await repository_.load_stops(to_unix_ms(now));
  if (!stops) co_return std::unexpected(stops.error());
  for (const auto& row : *stops) {
    stops_[row.account_id] = {from_unix_ms(row.since_ms), from_unix_ms(row.until_ms)};
  }
  const auto listed = co_await repository_.do_not_contact();
  if (!listed) co_return std::unexpected(listed.error());
  for (const auto& row : *listed) {
    listed_.push_back({row.id, row.user_id, row.username, row.name, from_unix_ms(row.added_ms)});
  }
  co_return Result<void>{};
}

Result<void> ContactBook::set_limits(int per_recipient, int per_account, std::chrono::hours stop) {
  const auto within = [](int value, int most) { return value >= 0 && value <= most; };
  if (!within(per_recipient, kMostPerRecipient)) {
    return fail(Errc::invalid, Sentence(words::limit_of_person_bounds, kMostPerRecipient));
  }
  if (!within(per_account, kMostPerAccount)) {
    return fail(Errc::invalid, Sentence(words::limit_of_account_bounds, kMostPerAccount));
  }
  if (stop < kShortestStop || stop > kLongestStop) {
    return fail(Errc::invalid,
                Sentence(words::limit_of_stop_bounds, kShortestStop.count(), kLongestStop.count()));
  }
  limits_.per_recipient = per_recipient;
  limits_.per_account = per_account;
  limits_.stop = stop;
  return {};
}

template <class Fits>
ContactBook::Times ContactBook::times(const Fits& fits) const {
  const Instant since = clock_.now() - limits_.window;
  Times result;
  for (const auto& [place, contact] : contacts_) {
    if (contact.at > since && fits(contact)) result.push_back(contact.at);
  }
  std::ranges::sort(result);
  return result;
}

ContactBook::Times ContactBook::to_person(UserId recipient) const {
  return times([&](const Contact& contact) { return contact.recipient == recipient; });
}

ContactBook::Times ContactBook::of_account(AccountId account) const {
  return times([&](const Contact& contact) { return contact.account == account; });
}

Instant ContactBook::next_after(const Times& times, int limit) const {
  // The limit may have been lowered: as many have to be a day old as leave less than it.
  return times[times.size() - static_cast<std::size_t>(limit)] + limits_.window;
}

Sentence ContactBook::left(Instant until) const {
  return time_text(until - clock_.now());
}

Result<void> ContactBook::may_be_written_to(const actions::Person& person) const {
  const bool listed = std::ranges::any_of(listed_, [&](const DoNotContact& one) {
    if (one.user_id != 0) return one.user_id == person.id;
    return std::ranges::find(person.usernames, one.username) != person.usernames.end();
  });
  if (!listed) return {};
  return fail(Errc::invalid, words::person_not_to_contact);
}

Sentence ContactBook::why_not_unasked(AccountId account) const {
  const auto stop = stops_.find(account);
  if (stop != stops_.end() && stop->second.until > clock_.now()) {
    return {words::account_stopped, left(stop->second.until)};
  }
  if (limits_.per_account == 0) return words::limit_no_account;
  const auto own = of_account(account);
  if (std::cmp_less(own.size(), limits_.per_account)) return {};
  return {words::account_at_limit, own.size(), limits_.per_account,
          left(next_after(own, limits_.per_account))};
}

Result<void> ContactBook::may_write(AccountId account, const actions::Person& person,
                                    bool unsolicited) const {
  if (auto allowed = may_be_written_to(person); !allowed) return allowed;
  if (!unsolicited) return {};
  if (auto why = why_not_unasked(account); !why.empty()) {
    return fail(Errc::invalid, std::move(why));
  }
  if (limits_.per_recipient == 0) {
    return fail(Errc::invalid, words::limit_nobody);
  }
  const auto theirs = to_person(person.id);
  if (std::cmp_less(theirs.size(), limits_.per_recipient)) return {};
  return fail(Errc::invalid, Sentence(words::person_at_limit, theirs.size(), limits_.per_recipient,
                                      left(next_after(theirs, limits_.per_recipient))));
}

std::vector<Sentence> ContactBook::remarks(const actions::Person& person) const {
  const auto sent = static_cast<int>(to_person(person.id).size());
  std::vector<Sentence> lines;
  lines.emplace_back(words::remark_person_limit, limits_.per_recipient,
                     std::max(0, limits_.per_recipient - sent));
  lines.emplace_back(words::remark_account_limit, limits_.per_account,
                     Sentence(words::for_h, limits_.stop.count()));
  return lines;
}

storage::ContactRow ContactBook::reserve(JobId job, std::size_t position, AccountId account,
                                         UserId recipient) {
  const Instant now = clock_.now();
  std::erase_if(contacts_,
                [&](const auto& entry) { return entry.second.at <= now - limits_.window; });
  contacts_[{job, position}] = {account, recipient, now};
  return {.job_id = job,
          .position = static_cast<std::int64_t>(position),
          .account_id = account,
          .recipient_id = recipient,
          .at_ms = to_unix_ms(now)};
}

void ContactBook::release(JobId job, std::size_t position) {
  contacts_.erase({job, position});
}

storage::ContactStopRow ContactBook::stop(AccountId account) {
  const Instant now = clock_.now();
  auto& stop = stops_[account];
  // Answers to who wrote first go on during a stop, and may be refused too: what was told of its
  // end stays true, also when the limit was lowered since.
  stop = {now, std::max<Instant>(stop.until, now + limits_.stop)};
  return {.account_id = account,
          .since_ms = to_unix_ms(stop.since),
          .until_ms = to_unix_ms(stop.until)};
}

void ContactBook::stop_is_stored() const {
  if (observer_) observer_();
}

std::vector<ContactStop> ContactBook::stops() const {
  std::vector<ContactStop> all;
  const Instant now = clock_.now();
  for (const auto& [account, stop] : stops_) {
    if (stop.until > now) all.push_back({account, stop.since, stop.until, stop.until - now});
  }
  return all;
}

Awaitable<Result<void>> ContactBook::clear_stop(AccountId account) {
  const auto found = stops_.find(account);
  if (found == stops_.end() || found->second.until <= clock_.now()) {
    co_return fail(Errc::not_found, words::stop_over_already);
  }
  const auto removed = co_await repository_.remove_stop(account);
  if (removed) stops_.erase(account);
  co_return removed;
}

Awaitable<Result<DoNotContact>> ContactBook::add(DoNotContact person, UserId admin) {
  person.username = ascii_lower(person.username);
  person.added = clock_.now();
  storage::DoNotContactRow row{.id = 0,
                               .user_id = person.user_id,
                               .username = person.username,
                               .name = person.name,
                               .added_by = admin,
                               .added_ms = to_unix_ms(person.added)};
  const auto id = co_await repository_.add_do_not_contact(std::move(row));
  if (!id) co_return std::unexpected(id.error());
  person.id = *id;
  listed_.push_back(person);
  co_return person;
}

Awaitable<Result<DoNotContact>> ContactBook::remove(std::int64_t id) {
  const auto removed = co_await repository_.remove_do_not_contact(id);
  if (!removed) co_return std::unexpected(removed.error());
  const auto found = std::ranges::find(listed_, id, &DoNotContact::id);
  if (found == listed_.end()) co_return fail(Errc::not_found, words::person_off_list_already);
  auto person = *found;
  listed_.erase(found);
  co_return person;
}

}  // namespace tgpanel::jobs
