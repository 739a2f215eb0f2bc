#include "actions/report_answer.hpp"

#include <gtest/gtest.h>

namespace tgpanel::actions {
namespace {

using enum ReportAnswer::Verdict;

struct Row {
  const char* text = "";
  ReportAnswer::Verdict verdict = unclear;
  std::int64_t until_s = 0;  // Unix
};

TEST(ReportAnswer, KnownSentencesDecide) {
  constexpr std::int64_t k20Nov2026 = 1'795'174'080;  // 11:28 UTC
  for (const Row& row : {
           Row{"Good news, no limits are currently applied to your account. You're free as a bird!",
               clear},
           Row{"Good news, no limits are currently applied to your account.\nYou’re free as a "
               "bird!\n",
               clear},
           Row{"Your account is now limited until 20 Nov 2026, 11:28 UTC.", limited, k20Nov2026},
           Row{"Dear Ann, I’m sorry.\n\nUnfortunately, your account is now limited until 20 Nov "
               "2026, 11:28 UTC. While the account is limited, some things do not work.",
               limited, k20Nov2026},
           Row{"Unfortunately, your account is now limited.", limited},
           Row{"Hello! The moderators have confirmed the report and your account is now limited.",
               limited},
           // Each sentence of the table by itself.
           Row{"Your account is now limited.", limited},
           Row{"Your account is limited.", limited},
           Row{"The moderators have confirmed the report and your account is now limited.",
               limited},
           Row{"Unfortunately, some phone numbers may trigger a harsh response from our anti-spam "
               "systems.",
               limited},
           Row{"Unfortunately, some actions can trigger a harsh response from our anti-spam "
               "systems.",
               limited},
           Row{"Unfortunately, your account is now limited until 20 Nov 2026, 11:28 UTC.", limited,
               k20Nov2026},
           Row{"Your account will be automatically released on 20 Nov 2026, 11:28 UTC.", limited,
               k20Nov2026},
           // One without a date does not hide the date of another, before or after it.
           Row{"Hello Ann!\nUnfortunately, some actions can trigger a harsh response from our "
               "anti-spam systems. Your account will be automatically released on 20 Nov 2026, "
               "11:28 UTC. Please wait.",
               limited, k20Nov2026},
           Row{"Your account will be automatically released on 20 Nov 2026, 11:28 UTC. Your "
               "account is limited.",
               limited, k20Nov2026},
           // A date that cannot be one.
           Row{"Your account will be automatically released on some day.", unclear},
           Row{"Your account is now limited until 31 Feb 2026, 11:28 UTC.", unclear},
           Row{"Your account is now limited until tomorrow.", unclear},
           Row{"Your account is now limited until 20 Nov 2026, 25:00 UTC.", unclear},
       }) {
    const auto answer = read_report_answer(row.text);
    EXPECT_EQ(answer.verdict, row.verdict) << row.text;
    EXPECT_EQ(to_unix_ms(answer.until), row.until_s * 1'000) << row.text;
    EXPECT_EQ(answer.text, row.text);
  }
}

TEST(ReportAnswer, WordsDecideNothing) {
  for (const char* text :
       {"", "1", "This number is not reported.", "limited", "no limits", "👍", "\xff\xfe",
        "Good news! Somebody says that your account is now limited until 20 Nov 2026, 11:28 UTC.",
        "Good news, no limits are currently applied to your account. You're free as a bird! Not.",
        "Your account is not limited."}) {
    EXPECT_EQ(read_report_answer(text).verdict, unclear) << text;
  }
  EXPECT_EQ(read_report_answer(std::string(4096, '.')).verdict, unclear);
}

}  // namespace
}  // namespace tgpanel::actions
