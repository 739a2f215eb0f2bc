#include "storage/group_repository.hpp"

#include "storage/database.hpp"
#include "storage/login_repository.hpp"
#include "unit/support/run.hpp"
#include "unit/support/temp_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tgpanel::storage {
namespace {

using test::run;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> titles(const std::vector<GroupRow>& groups) {
  std::vector<std::string> all;
  for (const auto& group : groups) all.push_back(group.title);
  return all;
}

class GroupRepositoryTest : public ::testing::Test {
 protected:
  test::TempDir dir;
  asio::io_context context;
  std::unique_ptr<Database> database =
      std::move(Database::open(dir / "panel.db", context.get_executor()).value());
  AccountId ann = add(1, "one");
  AccountId ben = add(2, "two");

  AccountId add(UserId user, const std::string& folder) {
    LoginRepository logins(*database);
    const auto login = run(context, logins.add({0, folder, "key", from_unix_ms(5)})).value();
    AccountRow row;
    row.user_id = user;
    row.name = folder;
    row.folder = folder;
    row.wrapped_key = "key";
    row.state = "active";
    return run(context, logins.adopt(login, row)).value().id;
  }

  GroupDifference replace(AccountId account, std::vector<GroupRow> groups) {
    GroupRepository repository(*database);
    return run(context, repository.replace(account, std::move(groups), from_unix_ms(9))).value();
  }
};

TEST_F(GroupRepositoryTest, TheFirstLookIsNoNews) {
  const auto first = replace(ann, {{-1, "Market"}, {-2, "News"}});
  EXPECT_TRUE(first.first);
  EXPECT_EQ(first.now, 2U);
  EXPECT_THAT(first.added, IsEmpty());
  const auto again = replace(ann, {{-1, "Market"}, {-2, "News"}});
  EXPECT_FALSE(again.first);
  EXPECT_THAT(again.added, IsEmpty());
  EXPECT_THAT(again.gone, IsEmpty());
}

TEST_F(GroupRepositoryTest, NewAndGoneAreToldOnceAndPerAccountAlsoAfterARestart) {
  replace(ann, {{-1, "Market"}, {-2, "News"}, {-3, "Art"}});
  replace(ben, {});
  database.reset();
  database = std::move(Database::open(dir / "panel.db", context.get_executor()).value());
  const auto news = replace(ann, {{-1, "Market renamed"}, {-4, "Chess"}});
  EXPECT_THAT(titles(news.added), ElementsAre("Chess"));
  EXPECT_THAT(titles(news.gone), ElementsAre("Art", "News"));
  EXPECT_EQ(news.now, 2U);
  const auto after = replace(ann, {{-1, "Market renamed"}, {-4, "Chess"}});
  EXPECT_THAT(after.added, IsEmpty());
  EXPECT_THAT(after.gone, IsEmpty());
  const auto other = replace(ben, {{-4, "Chess"}});
  EXPECT_FALSE(other.first) << "no group at all is known too";
  EXPECT_THAT(titles(other.added), ElementsAre("Chess"));
}

TEST_F(GroupRepositoryTest, TheRowOfAnAccountSaysHowManyAndWhen) {
  AccountRepository accounts(*database);
  replace(ann, {{-1, "Market"}, {-2, "News"}});
  const auto asked = run(context, accounts.one(ann)).value();
  EXPECT_EQ(asked.known_groups, 2U);
  EXPECT_EQ(asked.groups_known, from_unix_ms(9));
  const auto never = run(context, accounts.one(ben)).value();
  EXPECT_EQ(never.known_groups, 0U);
  EXPECT_EQ(never.groups_known, Instant{});
}

TEST_F(GroupRepositoryTest, AnAccountThatIsGoneHasNone) {
  AccountRepository accounts(*database);
  replace(ann, {{-1, "Market"}});
  ASSERT_TRUE(run(context, accounts.remove(ann, from_unix_ms(9), {})));
  GroupRepository repository(*database);
  const auto refused = run(context, repository.replace(ann, {}, from_unix_ms(9)));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::not_found);
}

}  // namespace
}  // namespace tgpanel::storage
