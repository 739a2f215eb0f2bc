// Keywords as rules, in the bot and on the command line, and the ignore list.

#include "monitor_fixture.hpp"
#include "testdc/control/hex.hpp"

#include <fstream>
#include <sstream>
#include <tuple>

namespace e2e {
namespace {

using testdc::Json;
using testing::HasSubstr;
using testing::SizeIs;

class Keywords : public MonitorTest {
 protected:
  void begin() {
    stage.add_accounts(1);
    start();
  }

  /// Adds and returns the bot's answer, which has `expected`.
  std::string add(std::string_view lines, std::string_view expected) {
    monitor_mode();
    stage.press(words::kAddKeyword);
    stage.say(lines);
    return stage.wait_bot(expected).text;
  }

  /// Runs a command to its end: its exit code and all it has said.
  std::pair<int, std::string> command(const std::vector<std::string>& arguments) {
    const auto program = stage.tgpanel(arguments);
    program->close_input();
    const int code = program->wait();
    return {code, program->out() + program->err()};
  }
};

TEST_F(Keywords, WholeWordsAndExclusions) {
  begin();
  add("\"cat\"", "Added the keyword");
  add("price -used", "Added the keyword");
  add("-lottery", "exclusion for all keywords");
  write("the cats scatter, one");
  write("a Cat, two");
  write("the price of a used thing, three");
  write("the price of a new thing, four");
  write("a cat and the price in a LOTTERY, five");
  write("the price, six");
  wait_alert("six");  // alerts are in order
  EXPECT_EQ(alerts_with("two"), 1U);
  EXPECT_EQ(alerts_with("four"), 1U);
  EXPECT_THAT(stage.alerts(), SizeIs(3));
}

TEST_F(Keywords, RegularExpressionsInEnglishAndPersian) {
  begin();
  // With the brackets: a refusal names a regular expression too.
  add("re:\\bbi(ke|cycle)s?\\b", "(regular expression)");
  add("re:\\d{3,} تومان", "(regular expression)");
  write("a bikeshed, one");
  write("two BICYCLES");
  write("فقط ١٢ تومان، سه");
  write("فقط ۱۲۳۴ تومان، چهار");
  const auto alert = wait_alert("چهار");
  wait_alert("two BICYCLES");
  EXPECT_THAT(stage.alerts(), SizeIs(2));
  // What was found is marked: as many entities as the place is long.
  const auto marked = std::ranges::any_of(alert.entities, [](const Json& entity) {
    return entity.value("length", 0) == 10;  // ۱۲۳۴ تومان
  });
  EXPECT_TRUE(marked) << alert.entities.dump();
}

TEST_F(Keywords, SeveralAtOnceWithARefusedOneOutliveARestart) {
  begin();
  const auto answer = add("bike\n\nBIKE\nre:(open\n\"tandem\"", "Not added: 1");
  EXPECT_THAT(answer, HasSubstr("re:(open"));
  EXPECT_THAT(answer, HasSubstr("Add “)”"));
  EXPECT_THAT(answer, HasSubstr("Added: 2"));
  EXPECT_THAT(answer, HasSubstr("In the list already: 1"));
  EXPECT_EQ(stage.stop(), 0);
  start();
  write("a bike, one");
  write("tandems, two");
  write("a tandem, three");
  wait_alert("three");
  EXPECT_THAT(stage.alerts(), SizeIs(2));
}

TEST_F(Keywords, TheQuestionCopesWithAnything) {
  begin();
  add("re:(a", "Add “)”");
  for (const std::string& bad : {std::string("\"open"), std::string("👍"), std::string(4096, 'x'),
                                 std::string("re:(a{100}){100}"), std::string("-a -b")}) {
    stage.say(bad);
    stage.wait_bot("⚠");
  }
  stage.say("/help");
  stage.wait_bot("Added the keyword");
  write("type /help");
  wait_alert("type /help");
}

TEST_F(Keywords, PollsMatchHiddenLinksDoNot) {
  begin();
  add("bike", "Added the keyword");
  auto& world = stage.world();
  const auto writer = stage.town().writer;
  world.send(writer, "Market",
             {{"question", "Which bike?"}, {"options", Json::array({"red", "blue"})}});
  wait_alert("Which bike?");
  world.send(writer, "Market",
             {{"question", "What next?"}, {"options", Json::array({"a car", "a Bike"})}});
  wait_alert("What next?");
  world.send(writer, "Market",
             {{"text", "read this"},
              {"entities", Json::array({{{"_", "messageEntityTextUrl"},
                                         {"offset", 0},
                                         {"length", 4},
                                         {"url", "https://example.org/bike"}}})}});
  write("the last bike");
  wait_alert("the last bike");
  EXPECT_THAT(stage.alerts(), SizeIs(3));
}

TEST_F(Keywords, AnEditedMessageAlertsOnce) {
  stage.add_accounts(2);
  start();
  add("bike", "Added the keyword");
  const auto writer = stage.town().writer;
  const auto later = write("a car for sale");
  const auto before = write("a bike for sale, number one");
  wait_alert("number one");
  stage.world().edit(writer, "Market", later, "a bike after all");
  wait_alert("after all");
  stage.world().edit(writer, "Market", later, "a bike after all, cheap");
  stage.world().edit(writer, "Market", before, "a bike for sale, number one, cheap");
  write("bike, the end");
  wait_alert("the end");
  EXPECT_EQ(alerts_with("number one"), 1U);
  EXPECT_EQ(alerts_with("after all"), 1U);
  EXPECT_THAT(stage.alerts(), SizeIs(3));
}

TEST_F(Keywords, IgnoredByNameAndByChat) {
  const auto other = stage.town().admin;
  stage.world().add_member("Market", other);
  auto members = stage.town().accounts;
  members.insert(members.begin(), stage.town().writer);
  stage.world().add_chat("supergroup", "Noise", "noise_chat", members);
  stage.world().add_member("Noise", other);
  begin();
  add("bike", "Added the keyword");
  ignore("@nobody_has_this", "Nobody has the name");
  ignore("hello there", "That names nobody");
  ignore("@Walter", "Ignored from now on");
  ignore("https://t.me/noise_chat/1", "Ignored from now on");
  write("bike one, by an ignored user");
  stage.world().write(other, "Noise", "bike two, in an ignored chat");
  stage.world().write(other, "Market", "bike three");
  wait_alert("bike three");
  EXPECT_EQ(stage.stop(), 0);
  start();
  write("bike four, by an ignored user");
  stage.world().write(other, "Noise", "bike five, in an ignored chat");
  stage.world().write(other, "Market", "bike six");
  wait_alert("bike six");
  EXPECT_THAT(stage.alerts(), SizeIs(2));
}

TEST_F(Keywords, ImportAndExportOnTheCommandLine) {
  const auto in = stage.folder() / "in.txt";
  std::ofstream(in) << "\xef\xbb\xbf# our keywords\r\nbike\r\n\"tandem\" -broken\r\nre:(open\r\n"
                    << "#hashtag\r\n-lottery\r\nre:\\d+ تومان\r\n";
  auto [code, said] = command({"keyword", "import", in.string()});
  EXPECT_EQ(code, 3) << said;
  EXPECT_THAT(said, HasSubstr("5 added, 0 in the list already, 1 refused"));
  EXPECT_THAT(said, HasSubstr("Refused (line 4): re:(open"));

  const auto out = stage.folder() / "out.txt";
  std::tie(code, said) = command({"keyword", "export", out.string()});
  EXPECT_EQ(code, 0) << said;
  std::stringstream text;
  text << std::ifstream(out).rdbuf();
  EXPECT_THAT(text.str(),
              HasSubstr("\nbike\n\"tandem\" -broken\n#hashtag\n-lottery\nre:\\d+ تومان\n"));
  std::tie(code, said) = command({"keyword", "import", out.string()});
  EXPECT_EQ(code, 0) << said;
  EXPECT_THAT(said, HasSubstr("0 added, 5 in the list already, 0 refused"));

  std::tie(code, said) = command({"keyword", "add", "--", "-scam", "wheel"});
  EXPECT_EQ(code, 0) << said;
  std::tie(code, said) = command({"keyword", "list"});
  EXPECT_EQ(code, 0);
  EXPECT_THAT(said, HasSubstr("exclusion    -scam"));
  std::tie(code, said) = command({"keyword", "remove", "1", "99"});
  EXPECT_EQ(code, 3) << said;
  EXPECT_THAT(said, HasSubstr("Removed 1: bike"));
  EXPECT_EQ(command({"keyword", "remove", "99"}).first, 4);
  EXPECT_EQ(command({"keyword", "import", "nowhere.txt"}).first, 4);
  EXPECT_EQ(command({"keyword", "add", "re:("}).first, 1);
  EXPECT_EQ(command({"keyword", "add"}).first, 2);
  EXPECT_EQ(command({"keyword", "--help"}).first, 0);

  begin();
  EXPECT_EQ(command({"keyword", "add", "late"}).first, 75) << "the panel has the data folder";
  EXPECT_THAT(command({"keyword", "export"}).second, HasSubstr("\nwheel\n"));
  write("a bike, removed");
  write("a wheel and a scam");
  write("a broken tandem");
  write("a tandem");
  wait_alert("a tandem");
  write("a wheel, the end");
  wait_alert("the end");
  EXPECT_THAT(stage.alerts(), SizeIs(2));
}

TEST_F(Keywords, ExportedAsAFileInTheBot) {
  begin();
  add("bike\n\"tandem\" -broken\n#hashtag\n-lottery\nre:\\d+ تومان", "Added: 5");
  stage.press(words::kListKeywords);
  EXPECT_THAT(stage.press("Export as a file").text, HasSubstr("on its way"));
  const auto sent = stage.world().wait_message(
      "panel_test_bot", stage.town().admin,
      [](const testdc::SeenMessage& shown) { return shown.media == "document"; }, "a file");
  const auto file = stage.world().document("panel_test_bot", sent.id, stage.town().admin);
  EXPECT_EQ(file.name, "keywords.txt");
  EXPECT_EQ(file.content, command({"keyword", "export"}).second) << "the same as in a terminal";
  EXPECT_THAT(
      file.content,
      testing::EndsWith(")\nbike\n\"tandem\" -broken\n#hashtag\n-lottery\nre:\\d+ تومان\n"));
}

TEST_F(Keywords, ImportedFromAFileInTheBotOutliveARestart) {
  begin();
  const auto send_file = [&](std::string_view text) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    stage.send(
        {{"document_name", "ours.txt"}, {"document_hex", testdc::to_hex({bytes, text.size()})}});
  };
  monitor_mode();
  stage.press(words::kAddKeyword);
  send_file(std::string(256 * 1024 + 1, 'x'));
  stage.wait_bot("too large");
  send_file("bike\n\xff\n");
  stage.wait_bot("Line 2 is no UTF-8 text");
  // Long enough to be sent by Telegram in more than one part.
  std::string text = "\xef\xbb\xbf# ours\r\nbike\r\nre:(open\r\n\"tandem\"\r\n";
  while (text.size() < std::size_t{200} * 1024) text += "# a comment\r\n";
  send_file(text + "چرخ\r\n");
  const auto answer = stage.wait_bot("Not added: 1").text;
  EXPECT_THAT(answer, HasSubstr("re:(open"));
  EXPECT_THAT(answer, HasSubstr("Add “)”"));
  EXPECT_THAT(answer, HasSubstr("Added: 3"));
  EXPECT_EQ(stage.stop(), 0);
  start();
  write("a bike, one");
  write("tandems, two");
  write("چرخ، سه");
  write("a tandem, four");
  wait_alert("four");
  EXPECT_THAT(stage.alerts(), SizeIs(3));
}

}  // namespace
}  // namespace e2e
