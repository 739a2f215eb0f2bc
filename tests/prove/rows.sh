# shellcheck shell=bash disable=SC2034
# The rows of the table of guarantees, and the command that proves each. Sourced by `dev`.

rows=(double_start canary peer_flood stale alerts queue paced restart sweep soak fuzz)

describe_row() {
  case "$1" in
    double_start) echo "a second start is refused in at most 0.2 s" ;;
    canary) echo "no planted secret is found in clear" ;;
    peer_flood) echo "nothing unsolicited of an account after PEER_FLOOD" ;;
    stale) echo "10,000 presses of old buttons over 20 restarts change nothing" ;;
    alerts) echo "exactly one alert each over restarts, kills, gaps and withheld updates" ;;
    queue) echo "1,000 matches in a minute arrive in order at Telegram's own rates" ;;
    paced) echo "one account that Telegram lets wait takes no time from the others" ;;
    restart) echo "200 accounts: start after a kill beside a bare loop of TDLib clients, and stop" ;;
    sweep) echo "killed at every durable step and request: nothing lost, nothing twice" ;;
    soak) echo "an hour under load: memory flat, alerts in time" ;;
    fuzz) echo "each fuzzer ten minutes and a million runs: no crash, no leak" ;;
    *) return 1 ;;
  esac
}

# What has to be built: "<preset> <target>...".
row_needs() {
  case "$1" in
    double_start | restart) echo "release benchmarks" ;;
    canary | peer_flood) echo "dev e2e" ;;
    stale | alerts | queue | paced) echo "dev prove" ;;
    sweep) echo "dev sweep" ;;
    soak) echo "release soak" ;;
    fuzz) echo "fuzz fuzzers" ;;
  esac
}

# The row that is run beside this one, in the processors' idle time only.
row_beside() {
  if [ "$1" = soak ]; then echo fuzz; fi
}

run_row() {
  case "$1" in
    double_start) build/release/bench/bench_double_start ;;
    canary) build/dev/tests/e2e/e2e --gtest_filter='Canary.*:AtRest.*' ;;
    peer_flood) build/dev/tests/e2e/e2e --gtest_filter='Messages.PeerFlood*' ;;
    stale) TGPANEL_PROVE=full build/dev/tests/prove/prove --gtest_filter='StaleButtons.*' ;;
    alerts) TGPANEL_PROVE=full build/dev/tests/prove/prove --gtest_filter='Alerts.*' ;;
    queue) TGPANEL_PROVE=full build/dev/tests/prove/prove --gtest_filter='SendQueue.*' ;;
    paced) TGPANEL_PROVE=full build/dev/tests/prove/prove --gtest_filter='PacedJob.*' ;;
    restart) build/release/bench/bench_accounts_start ;;
    sweep) build/dev/tests/sweep/sweep ;;
    soak) build/release/tests/soak/soak ;;
    fuzz) fuzz 600 1000000 ;;
  esac
}
