#include "bot/job_results.hpp"

#include <gtest/gtest.h>

namespace tgpanel::bot {
namespace {

using jobs::ItemState;

TEST(JobResults, ALineForEachAccountWithItsReason) {
  jobs::Job job;
  job.id = 12;
  job.items = {
      {1, "Ali", ItemState::done, {}, {}},
      {2, "Bea, \"the\" second", ItemState::failed, Sentence::plain("Banned in this chat."), {}},
      {3, "سارا", ItemState::waiting, Sentence::plain("Telegram asks to wait."),
       from_unix_ms(1'700'000'000'000)},
      {4, "=1+1", ItemState::unknown, Sentence::plain("Look in the chat."), {}}};
  EXPECT_EQ(job_csv_name(job), "job-12-results.csv");
  EXPECT_EQ(job_csv(Language::en, job, "UTC"),
            "\xef\xbb\xbf"
            "Account,Result,Reason,May act again\r\n"
            "Ali,done,,\r\n"
            "\"Bea, \"\"the\"\" second\",failed,Banned in this chat.,\r\n"
            "سارا,waiting,Telegram asks to wait.,2023-11-14 22:13\r\n"
            "'=1+1,not known,Look in the chat.,\r\n");
  EXPECT_NE(job_csv(Language::fa, job, "UTC").find("حساب,نتیجه,دلیل"), std::string::npos);
}

}  // namespace
}  // namespace tgpanel::bot
