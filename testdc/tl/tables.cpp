#include "testdc/tl/tables.hpp"

#include "base/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <stdexcept>

namespace testdc::tl {

namespace {

using tgpanel::Json;

Json read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    throw std::runtime_error(fmt::format(
        "cannot read the schema file {}: run `npm ci` in third_party/npm", path.string()));
  }
  try {
    return Json::parse(in);
  } catch (const Json::exception& e) {
    throw std::runtime_error(fmt::format("{}: {}", path.string(), e.what()));
  }
}

class Compiler {
 public:
  Tables compile(const Json& api, const Json& mtp) {
    tables_.layer = api.at("l").get<int>();
    const Json& entries = api.at("e");
    tables_.combinators.reserve(entries.size() + mtp.size());
    for (const Json* list : {&entries, &mtp}) {
      for (const Json& entry : *list) name(entry);
    }
    std::uint32_t index = 0;
    for (const Json* list : {&entries, &mtp}) {
      for (const Json& entry : *list) fill(tables_.combinators[index++], entry);
    }
    return std::move(tables_);
  }

 private:
  // First pass: fields may refer to combinators and types that come later.
  void name(const Json& entry) {
    const auto index = static_cast<std::uint32_t>(tables_.combinators.size());
    Combinator& combinator = tables_.combinators.emplace_back();
    combinator.id = entry.at("id").get<std::uint32_t>();
    combinator.name = entry.at("name").get<std::string>();
    combinator.method = entry.at("kind").get<std::string>() == "method";
    if (!combinator.method) combinator.type = type_index(entry.at("type").get<std::string>());
    if (!tables_.index_by_id.emplace(combinator.id, index).second ||
        !tables_.index_by_name.emplace(combinator.name, index).second) {
      throw std::runtime_error("schema: " + combinator.name + " is there twice");
    }
  }

  void fill(Combinator& combinator, const Json& entry) {
    if (combinator.method) combinator.result = type_of(entry);
    std::unordered_map<std::string, std::uint16_t> flags;
    for (const Json& argument : entry.at("arguments")) {
      const auto slot = static_cast<std::uint16_t>(combinator.fields.size());
      Field& field = combinator.fields.emplace_back();
      field.name = argument.at("name").get<std::string>();
      field.type = type_of(argument);
      if (field.type.kind == Kind::flags) {
        if (slot >= max_flags_slot)
          throw std::runtime_error("schema: flags far back in " + combinator.name);
        flags.emplace(field.name, slot);
        continue;
      }
      const auto modifiers = argument.find("typeModifiers");
      if (modifiers != argument.end() && modifiers->contains("predicate")) {
        predicate(field, flags, modifiers->at("predicate").get<std::string>(), combinator.name);
      }
      if (field.type.kind == Kind::true_flag && !field.optional()) {
        throw std::runtime_error(
            fmt::format("schema: {}.{} has no flag", combinator.name, field.name));
      }
      combinator.by_name.push_back(slot);
    }
    std::ranges::sort(combinator.by_name, {}, [&](std::uint16_t slot) -> const std::string& {
      return combinator.fields[slot].name;
    });
  }

  /// "flags.3": bit 3 of the field "flags".
  static void predicate(Field& field, const std::unordered_map<std::string, std::uint16_t>& flags,
                        const std::string& text, const std::string& owner) {
    const auto dot = text.find('.');
    const auto found = flags.find(text.substr(0, dot));
    unsigned bit = 32;
    if (dot != std::string::npos) {
      std::from_chars(text.data() + dot + 1, text.data() + text.size(), bit);
    }
    if (found == flags.end() || bit > 31) {
      throw std::runtime_error(
          fmt::format("schema: {}.{} has the flag {}", owner, field.name, text));
    }
    field.flags = found->second;
    field.bit = static_cast<std::uint8_t>(bit);
  }

  TypeRef type_of(const Json& entry) {
    static const std::unordered_map<std::string_view, Kind> builtin = {
        {"#", Kind::flags},        {"true", Kind::true_flag}, {"Bool", Kind::boolean},
        {"int", Kind::int32},      {"long", Kind::int64},     {"int53", Kind::int64},
        {"double", Kind::float64}, {"int128", Kind::int128},  {"int256", Kind::int256},
        {"bytes", Kind::bytes},    {"string", Kind::string},  {"!X", Kind::any},
        {"X", Kind::any}};
    TypeRef ref;
    const auto type = entry.at("type").get<std::string>();
    const auto modifiers = entry.find("typeModifiers");
    const auto has = [&](const char* modifier) {
      return modifiers != entry.end() && modifiers->value(modifier, false);
    };
    if (has("isBareVector")) {
      ref.repeat = Repeat::bare_vector;
    } else if (has("isVector")) {
      ref.repeat = Repeat::vector;
    }
    if (const auto found = builtin.find(type); found != builtin.end()) {
      ref.kind = found->second;
    } else if (has("isBareType") || has("isBareUnion")) {
      ref.kind = Kind::bare;
      ref.constructor = tables_.index_by_name.at(type);
    } else {
      const auto known = type_indices_.find(type);
      if (known == type_indices_.end())
        throw std::runtime_error("schema: no constructor of " + type);
      ref.kind = Kind::object;
      ref.type = known->second;
    }
    return ref;
  }

  std::uint32_t type_index(const std::string& type) {
    const auto [place, added] =
        type_indices_.emplace(type, static_cast<std::uint32_t>(tables_.types.size()));
    if (added) tables_.types.push_back(type);
    return place->second;
  }

  Tables tables_;
  std::unordered_map<std::string, std::uint32_t> type_indices_;
};

}  // namespace

Tables Tables::load(const std::filesystem::path& folder) {
  const Json api = read_file(folder / "api-schema.json");
  const Json mtp = read_file(folder / "mtp-schema.json");
  try {
    return Compiler().compile(api, mtp);
  } catch (const Json::exception& e) {
    throw std::runtime_error(
        fmt::format("the schema in {} has another form: {}", folder.string(), e.what()));
  } catch (const std::out_of_range&) {
    throw std::runtime_error(
        fmt::format("the schema in {} names a type it lacks", folder.string()));
  }
}

const Combinator* Tables::find(std::uint32_t id) const {
  const auto found = index_by_id.find(id);
  return found == index_by_id.end() ? nullptr : &combinators[found->second];
}

const Combinator* Tables::find(std::string_view name) const {
  const auto found = index_by_name.find(name);
  return found == index_by_name.end() ? nullptr : &combinators[found->second];
}

}  // namespace testdc::tl
