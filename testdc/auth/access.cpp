// Who may call what: reviewed by hand, from the sources named at each list.

#include "testdc/auth/state.hpp"

namespace testdc {

// Source: https://core.telegram.org/api/auth and the calls that TDLib makes before a login.
std::set<std::string> methods_without_login() {
  return {
      "account.getPassword",          // of the user whose code was right: the handler sees to that
      "account.sendVerifyEmailCode",  // for an address that a login needs
      "account.verifyEmail",
      "auth.bindTempAuthKey",
      "auth.cancelCode",
      "auth.checkPassword",
      "auth.checkRecoveryPassword",
      "auth.dropTempAuthKeys",
      "auth.exportLoginToken",
      "auth.importAuthorization",
      "auth.importBotAuthorization",
      "auth.importLoginToken",
      "auth.importWebTokenAuthorization",
      "auth.initPasskeyLogin",
      "auth.finishPasskeyLogin",
      "auth.logOut",
      "auth.recoverPassword",
      "auth.reportMissingCode",
      "auth.requestFirebaseSms",
      "auth.requestPasswordRecovery",
      "auth.resendCode",
      "auth.resetLoginEmail",
      "auth.sendCode",
      "auth.signIn",
      "auth.signUp",
      "help.getAppConfig",
      "help.getCdnConfig",
      "help.getConfig",
      "help.getCountriesList",
      "help.getNearestDc",
      "langpack.getDifference",
      "langpack.getLangPack",
      "langpack.getLanguage",
      "langpack.getLanguages",
      "langpack.getStrings",
  };
}

// Sources: "Only users can use this method" on each method's page of core.telegram.org/methods, and
// the `userOnly` table of raw-errors.json in @mtcute/tl, for the methods that this data centre
// answers. The table lacks what is newer than it (help.getPeerColors) or has another name since
// (messages.getSponsoredMessages, messages.getForumTopics: there under channels.*, if at all), so
// the unit tests keep the reviewed list of all others.
// Where the table is older than the Bot API it was not followed: sendReaction is open to bots since
// Bot API 7.0, and so are users.*, channels.getChannels, getMessages, getFullChannel,
// getParticipant, leaveChannel, messages.getMessages, deleteMessages, the upload methods and
// updates.*.
std::set<std::string> methods_closed_to_bots() {
  return {
      "account.getAuthorizations",
      "account.getChatThemes",
      "account.getContentSettings",
      "account.getNotifySettings",
      "account.getPassword",
      "account.getReactionsNotifySettings",
      "account.getSavedMusicIds",
      "account.invalidateSignInCodes",
      "account.resetAuthorization",
      "account.sendVerifyEmailCode",
      "account.updateNotifySettings",
      "account.updateStatus",
      "account.verifyEmail",
      "auth.acceptLoginToken",
      "auth.resetAuthorizations",
      "channels.getSendAs",
      "channels.joinChannel",
      "channels.readHistory",
      "channels.readMessageContents",
      "contacts.addContact",
      "contacts.block",
      "contacts.deleteContacts",
      "contacts.getBlocked",
      "contacts.getContacts",
      "contacts.getTopPeers",
      "contacts.importContacts",
      "contacts.resolvePhone",
      "contacts.unblock",
      "help.getPeerColors",
      "help.getPeerProfileColors",
      "help.getPromoData",
      "help.getTermsOfServiceUpdate",
      "messages.checkChatInvite",
      "messages.deleteHistory",
      "messages.getAttachMenuBots",
      "messages.getAvailableEffects",
      "messages.getAvailableReactions",
      "messages.getBotCallbackAnswer",
      "messages.getDialogFilters",
      "messages.getDialogUnreadMarks",
      "messages.getDialogs",
      "messages.getDiscussionMessage",
      "messages.getForumTopics",
      "messages.getHistory",
      "messages.getMessageReactionsList",
      "messages.getMessagesReactions",
      "messages.getMessagesViews",
      "messages.getPeerDialogs",
      "messages.getPeerSettings",
      "messages.getPinnedDialogs",
      "messages.getPollResults",
      "messages.getRecentReactions",
      "messages.getReplies",
      "messages.getSponsoredMessages",
      "messages.getTopReactions",
      "messages.hidePeerSettingsBar",
      "messages.importChatInvite",
      "messages.readDiscussion",
      "messages.readHistory",
      "messages.reportSpam",
      "messages.saveDraft",
      "messages.search",
      "messages.sendVote",
      "messages.startBot",
      "stories.getPeerMaxIDs",
      "stories.getPeerStories",
  };
}

}  // namespace testdc
