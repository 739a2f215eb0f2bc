#include "bot/job_cards.hpp"

#include "fake_panel.hpp"
#include "writing_fixture.hpp"

namespace tgpanel::bot {
namespace {

using namespace std::chrono_literals;

constexpr ChatId kChat = 5;

class JobCardsTest : public WritingFixture {
 protected:
  JobCardsTest() {
    job.id = 1;
    job.items.push_back({.account_id = 1, .account_name = "Ann", .reason = {}});
    panel.job_rows[job.id] = job;
    cards.emplace(panel, sender, works, clock, 3s);
  }

  void end_job() {
    job.state = jobs::JobState::cancelled;
    job.items[0].state = jobs::ItemState::skipped;
    panel.job_rows[job.id] = job;
    cards->changed(job);
  }

  [[nodiscard]] bool says(const std::string& words) const {
    return telegram.last(kChat).text.find(words) != std::string::npos;
  }

  FakePanel panel;
  jobs::Job job;
  std::optional<JobCards> cards;
};

TEST_F(JobCardsTest, APressAtTheEndOfAJobKeepsThePaceOfItsCard) {
  cards->send(job.id, kChat);
  settle();
  const auto card = telegram.last(kChat).id;
  clock.advance(1s);
  end_job();
  cards->redraw({.job = job.id, .action = "cancel"}, kChat, card);
  settle();
  EXPECT_EQ(telegram.count("editMessageText"), 0) << "3 s between two writings of a card";
  clock.advance(2s);
  settle();
  EXPECT_TRUE(says("cancelled"));
  clock.advance(10s);
  settle();
  EXPECT_EQ(telegram.count("editMessageText"), 1);
}

TEST_F(JobCardsTest, APressBeforeTheSendingIsConfirmedKeepsThePaceToo) {
  cards->send(job.id, kChat);
  const auto card = telegram.next_message;
  cards->redraw({.job = job.id, .action = "refresh"}, kChat, card);
  settle();
  EXPECT_EQ(telegram.count("sendMessage"), 1);
  clock.advance(1s);
  end_job();
  settle();
  EXPECT_EQ(telegram.count("editMessageText"), 0);
  EXPECT_EQ(telegram.count("getMessage"), 0) << "no second writer";
  clock.advance(2s);
  settle();
  EXPECT_EQ(telegram.count("editMessageText"), 1);
  EXPECT_TRUE(says("cancelled"));
}

TEST_F(JobCardsTest, APressOnAnOlderCardIsNotTakenForOneWhoseSendingFailed) {
  cards->send(job.id, kChat);
  settle();
  const auto older = telegram.last(kChat).id;
  cards.emplace(panel, sender, works, clock, 3s);  // as after a restart
  telegram.refused["sendMessage"] = {400, "CHAT_WRITE_FORBIDDEN"};
  clock.advance(1s);
  cards->send(job.id, kChat);
  settle();
  telegram.refused.clear();
  const int sent = telegram.count("sendMessage");
  clock.advance(3s);
  cards->redraw({.job = job.id, .action = "refresh"}, kChat, older);
  settle();
  EXPECT_EQ(telegram.count("sendMessage"), sent);
  EXPECT_EQ(telegram.count("editMessageText"), 1);
}

TEST_F(JobCardsTest, ACardOfAJobThatIsOverKeepsItsPaceToo) {
  cards->send(job.id, kChat);
  settle();
  clock.advance(3s);
  end_job();
  settle();
  ASSERT_EQ(telegram.count("editMessageText"), 1);
  clock.advance(1s);
  job.items[0].account_name = "Bea";
  panel.job_rows[job.id] = job;
  cards->redraw({.job = job.id, .action = "page0"}, kChat, telegram.last(kChat).id);
  settle();
  EXPECT_EQ(telegram.count("editMessageText"), 1);
  clock.advance(2s);
  settle();
  EXPECT_EQ(telegram.count("editMessageText"), 2);
  EXPECT_TRUE(says("Bea"));
}

}  // namespace
}  // namespace tgpanel::bot
