// Which lines of TDLib's log and of the preloaded guard fail a test.

#include "support/complaint.hpp"

#include <gtest/gtest.h>

namespace support {
namespace {

TEST(Complaint, AnErrorOfTdlibIsOneWhateverItSays) {
  EXPECT_TRUE(is_complaint("[error] TDLib: [ 1][t 4][MessagesManager.cpp:1] anything"));
  EXPECT_TRUE(is_complaint("[critical] TDLib: [ 0][t 4][Td.cpp:1] anything"));
}

TEST(Complaint, AWarningIsOneWhereItIsAboutData) {
  EXPECT_TRUE(is_complaint("TDLib: [ 2][t 4] Receive invalid user 5"));
  EXPECT_TRUE(is_complaint("TDLib: [ 2][t 4] Failed to parse a response"));
  EXPECT_FALSE(is_complaint("TDLib: [ 2][t 4] Connection closed"));
  EXPECT_FALSE(is_complaint("[warning] Receive nothing")) << "the panel's own";
}

TEST(Complaint, APtsThatWentBackIsOneButAfterAChatWasAskedFor) {
  EXPECT_TRUE(is_complaint("TDLib: [ 1][t 4] Receive wrong PTS 5 after 6 from updates"));
  EXPECT_FALSE(is_complaint("TDLib: [ 1][t 4] Receive wrong PTS 5 after 6 from get chat"));
}

TEST(Complaint, AnUpdateAboutAMessageOfTheChatListIsNone) {
  EXPECT_FALSE(is_complaint(
      "TDLib: [ 1][t 4] New server message 11 in chat -5 from updateNewMessage has identifier less "
      "than last_new_message_id = server message 12"));
  EXPECT_TRUE(is_complaint(
      "TDLib: [ 1][t 4] New server message 11 in chat -5 from getDifference has identifier less "
      "than last_new_message_id = server message 12"));
}

TEST(Complaint, WhatWouldHaveLeftThisMachineIsOneButTdlibsLookForAddresses) {
  EXPECT_TRUE(is_complaint("loopback_only: refused 149.154.167.50:443"));
  EXPECT_TRUE(is_complaint("loopback_only: refused the name example.org:443"));
  EXPECT_FALSE(is_complaint("loopback_only: refused the name dns.google:443"));
}

TEST(Complaint, WhatATestBringsAboutItselfIsNone) {
  EXPECT_FALSE(is_complaint("TDLib: [ 2][t 4] Receive empty message text"));
  EXPECT_FALSE(is_complaint("TDLib: [ 1][t 4] Your account was banned"));
  EXPECT_FALSE(is_complaint(""));
}

}  // namespace
}  // namespace support
