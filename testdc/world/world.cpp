#include "testdc/world/world.hpp"

namespace testdc {

namespace {

// Mixes the parts of an access hash: the same on every run, different for every viewer and object.
std::uint64_t mix(std::uint64_t value) {
  value += 0x9E3779B97F4A7C15ULL;
  value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  value = (value ^ (value >> 27U)) * 0x94D049BB133111EBULL;
  return value ^ (value >> 31U);
}

std::int64_t hash(std::int64_t viewer, std::uint64_t kind, std::int64_t id) {
  const auto mixed =
      mix(mix(static_cast<std::uint64_t>(viewer) + kind) ^ static_cast<std::uint64_t>(id));
  return static_cast<std::int64_t>(mixed | 1U);  // 0 means "unknown"
}

}  // namespace

// Ids as large as Telegram's own are today, so that nothing works only for small ones.
World::World(const tgpanel::Clock& clock)
    : clock_(clock),
      last_user_id_(7'100'000'000),
      last_channel_id_(2'100'000'000),
      last_chat_id_(5'100'000) {
  User telegram;
  telegram.id = service_user;
  telegram.first_name = "Telegram";
  telegram.phone = "42777";
  users_.emplace(service_user, std::move(telegram));
}

World::~World() = default;

void World::connect(std::function<std::vector<std::uint64_t>(std::int64_t user)> keys_of_user,
                    Transport& transport) {
  keys_of_user_ = std::move(keys_of_user);
  transport_ = &transport;
}

void World::on_change(std::function<void()> observer) {
  observer_ = std::move(observer);
}

void World::on_text(std::function<void(const User& author, std::string_view text)> observer) {
  text_observer_ = std::move(observer);
}

void World::on_sent(std::function<void(const Message& message)> observer) {
  sent_observer_ = std::move(observer);
}

void World::changed() {
  if (observer_) observer_();
}

std::int64_t World::now_ms() const {
  return tgpanel::to_unix_ms(clock_.now());
}

int World::now() const {
  return static_cast<int>(now_ms() / 1000);
}

std::int64_t World::access_hash(std::int64_t viewer, Peer object) const {
  return hash(viewer, 1 + static_cast<std::uint64_t>(object.type), object.id);
}

std::int64_t World::file_access_hash(std::int64_t viewer, std::int64_t file) const {
  return hash(viewer, 9, file);
}

std::int64_t World::next_id() {
  return ++last_id_ + (std::int64_t{1} << 40);
}

}  // namespace testdc
