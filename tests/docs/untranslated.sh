#!/usr/bin/env bash
# untranslated.sh <source folder>: no failure of the domain is said in plain English words where a
# person may read it: fail() takes a phrase of src/words there. What nobody reads in the bot is
# listed below: bugs, start-up, and what the modules say to each other.
set -euo pipefail
cd "$1/src"
allowed='jobs/deed.hpp:A text is sent, not performed.
jobs/deeds.cpp:This deed is performed, not sent.
jobs/rows.cpp:job {} in the database has the {} “{}”, which this version 
monitor/catch_up.cpp:the account was closed
monitor/reread.cpp:the account was closed
monitor/outbox_runner.cpp:it was handed to another channel
monitor/outbox_runner.cpp:nobody sends alerts now
monitor/sweep.cpp:the account was closed
monitor/turns.cpp:none of the accounts is active
storage/database.cpp:{}: {}
storage/database_copy.cpp:there is no database {}
storage/database_copy.cpp:{}: {}
storage/login_repository.cpp:this Telegram user has an account in the panel already
storage/migrations.cpp:the database belongs to another program: it has tables, but not ours
storage/migrations.cpp:the database step {} failed: {}
storage/migrations.cpp:the database was written by a newer version of this program (it has the 
storage/notice_repository.cpp:a newer notice took its place
telegram/library.cpp:the TDLib library {} cannot be loaded: {}
telegram/library.cpp:{} cannot be read
telegram/library.cpp:{} is not TDLib'"'"'s JSON library (libtdjson.so)
telegram/library.cpp:{} is not the TDLib library this program was made for (its SHA-256 is 
telegram/proxy.cpp:The proxy {}: {}.
telegram/session_files.cpp:there is no session in 
telegram/session_watch.cpp:the wait was ended'
# Each failure with its first literal; the literal is what follows the last line break or bracket.
found=$(grep -rPzo --include='*.cpp' --include='*.hpp' \
  '\b(fail|Error)[({]\s*Errc::\w+,\s*(fmt::format\(\s*|std::string\(\s*)?"(?:[^"\\]|\\.)*"' \
  accounts actions jobs monitor panel storage telegram |
  tr '\n\0' ' \n' | sed -E 's/^([^:]*):[^"]*"(.*)"$/\1:\2/' | LC_ALL=C sort -u)
new=$(LC_ALL=C comm -13 <(LC_ALL=C sort -u <<<"$allowed") <(printf '%s\n' "$found"))
[ -z "$new" ] || { printf 'say these with a phrase of src/words:\n%s\n' "$new"; exit 1; }
gone=$(LC_ALL=C comm -23 <(LC_ALL=C sort -u <<<"$allowed") <(printf '%s\n' "$found"))
[ -z "$gone" ] || { printf 'these are gone; take them off the list:\n%s\n' "$gone"; exit 1; }
printf '%s failures are said in English alone, as listed\n' "$(wc -l <<<"$found")"
