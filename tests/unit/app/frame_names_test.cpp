#include "app/frame_names.hpp"

#include <gmock/gmock.h>

namespace tgpanel::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(WatchdogNames, AreWithoutArguments) {
  EXPECT_EQ(short_function_name("main"), "main");
  EXPECT_EQ(short_function_name("a::(anonymous namespace)::b(int, char const*)"), "a::b");
  EXPECT_EQ(short_function_name("std::vector<std::pair<int, long> >::push_back(int&&)"),
            "std::vector::push_back");
  EXPECT_EQ(short_function_name("a::f(int)::{lambda(char)#2}::operator()(char) const"),
            "a::f::{lambda#2}::operator() const");
  EXPECT_EQ(short_function_name("operator<<(a&, b<c> const&)"), "operator<<");
  EXPECT_EQ(short_function_name("a<b>::operator->() const"), "a::operator-> const");
  EXPECT_EQ(short_function_name("a::operator bool() const"), "a::operator bool const");
  EXPECT_EQ(short_function_name(std::string(1'000, 'x')).size(), 160U);
  EXPECT_EQ(short_function_name("a::operator"), "a::operator");
  EXPECT_EQ(short_function_name("<>)>("), ")>");
}

TEST(WatchdogNames, AnAddressWithoutCodeIsANumber) {
  EXPECT_THAT(frame_names(1), ElementsAre(HasSubstr("0x1")));
}

}  // namespace
}  // namespace tgpanel::app
