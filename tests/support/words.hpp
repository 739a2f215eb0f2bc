#pragma once
// The labels and phrases of the bot that tests and the tour press and read.

#include <string_view>

namespace support::words {

inline constexpr std::string_view kBotName = "panel_test_bot";
inline constexpr std::string_view kMainMenu = "Telegram Panel";
inline constexpr std::string_view kAccountManagement = "Account Management";
inline constexpr std::string_view kAddAccount = "Add account";
inline constexpr std::string_view kListAccounts = "List accounts";
inline constexpr std::string_view kByPhone = "By phone number";
inline constexpr std::string_view kByQr = "By QR code";
inline constexpr std::string_view kMonitorMode = "Monitor Mode";
inline constexpr std::string_view kAddKeyword = "Add keyword";
inline constexpr std::string_view kListKeywords = "List keywords";
inline constexpr std::string_view kIgnoredUsers = "Ignored users";
inline constexpr std::string_view kBulk = "Bulk";
inline constexpr std::string_view kReportStatus = "Report Status";
inline constexpr std::string_view kReaction = "Reaction";
inline constexpr std::string_view kIndividual = "Individual";
inline constexpr std::string_view kVote = "Vote";
inline constexpr std::string_view kJoin = "Join";
inline constexpr std::string_view kLeave = "Leave";
inline constexpr std::string_view kBlock = "Block";
inline constexpr std::string_view kUnblock = "Unblock";
inline constexpr std::string_view kStartJob = "Start";
inline constexpr std::string_view kCancel = "Cancel";
inline constexpr std::string_view kBack = "‹ Back";
inline constexpr std::string_view kViewMessage = "View message";
inline constexpr std::string_view kIgnoreUser = "Ignore user";

}  // namespace support::words
