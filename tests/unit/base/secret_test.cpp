#include "base/secret.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <ostream>
#include <type_traits>

namespace tgpanel {
namespace {

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) { out << value; };

static_assert(!Streamable<Secret>);
static_assert(!fmt::is_formattable<Secret>::value);
static_assert(!std::is_convertible_v<Secret, std::string>);

TEST(Secret, CopiesAndMovesItsValue) {
  Secret first("value");
  Secret copy = first;
  EXPECT_EQ(copy.reveal(), "value");
  Secret moved = std::move(first);
  EXPECT_EQ(moved.reveal(), "value");
  EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move): what a move leaves is the point
  copy = Secret("other");
  EXPECT_EQ(copy.reveal(), "other");
  moved = copy;
  EXPECT_EQ(moved.reveal(), "other");
}

}  // namespace
}  // namespace tgpanel
