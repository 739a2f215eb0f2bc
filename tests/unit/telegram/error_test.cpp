#include "telegram/error.hpp"

#include <gtest/gtest.h>

namespace tgpanel::telegram {
namespace {

struct Row {
  TdError error;
  Errc code;
  std::int64_t wait = 0;
  bool ends = false;
};

class ErrorTable : public ::testing::TestWithParam<Row> {};

TEST_P(ErrorTable, BecomesADomainError) {
  const auto& row = GetParam();
  const auto error = row.error.to_error();
  EXPECT_EQ(error.code, row.code);
  EXPECT_EQ(error.retry_after_s, row.wait);
  EXPECT_EQ(ends_session(row.error), row.ends);
}

INSTANTIATE_TEST_SUITE_P(
    All, ErrorTable,
    ::testing::Values(
        Row{{429, "Too Many Requests: retry after 3600"}, Errc::flood_wait, 3600},
        Row{{429, "Too Many Requests: retry after soon"}, Errc::flood_wait, 0},
        Row{{429, "Too Many Requests: retry after -5"}, Errc::flood_wait, 0},
        Row{{400, "Too Many Requests: retry after 5"}, Errc::telegram},
        Row{{TdError::kDeadline, "x"}, Errc::timeout},
        Row{{TdError::kClosed, "x"}, Errc::cancelled},
        Row{{401, "AUTH_KEY_UNREGISTERED"}, Errc::login_needed, 0, true},
        Row{{401, "SESSION_REVOKED"}, Errc::login_needed, 0, true},
        Row{{401, "SESSION_EXPIRED"}, Errc::login_needed, 0, true},
        Row{{401, "USER_DEACTIVATED"}, Errc::login_needed, 0, true},
        Row{{401, "USER_DEACTIVATED_BAN"}, Errc::login_needed, 0, true},
        Row{{401, "AUTH_KEY_DUPLICATED"}, Errc::login_needed, 0, true},
        Row{{406, "AUTH_KEY_DUPLICATED"}, Errc::login_needed, 0, true},
        Row{{401, "Unauthorized"}, Errc::login_needed, 0, true},
        // Words alone decide nothing: another code, a longer text, a wrong database key.
        Row{{400, "SESSION_REVOKED"}, Errc::telegram},
        Row{{401, "SESSION_REVOKED by somebody"}, Errc::telegram},
        Row{{401, "session_revoked"}, Errc::telegram},
        Row{{401, "Wrong database encryption key"}, Errc::telegram},
        Row{{400, "CHANNEL_INVALID: the session is not authorized"}, Errc::telegram}));

}  // namespace
}  // namespace tgpanel::telegram
