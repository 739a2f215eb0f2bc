#pragma once
// The fixture of all end-to-end tests: a fresh stage, and at the end no complaint of TDLib or the
// data centre.

#include "support/stage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace e2e {

using namespace std::chrono_literals;

class Test : public testing::Test {
 protected:
  void TearDown() override {
    EXPECT_THAT(stage.complaints(), testing::IsEmpty());
    if (HasFailure()) {
      std::cerr << "--- the panel's log\n" << (started ? stage.panel().err() : "") << "---\n";
      for (const auto& message : stage.world().messages("panel_test_bot", stage.town().admin)) {
        std::cerr << message.id << " " << message.sender_name << ": " << message.text << "\n";
      }
    }
  }

  support::Process& start() {
    started = true;
    return stage.start();
  }

  support::Stage stage;
  bool started = false;
};

}  // namespace e2e
