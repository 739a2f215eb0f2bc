#include "accounts/account.hpp"

namespace tgpanel::accounts {

const char* to_string(AccountState state) {
  switch (state) {
    case AccountState::connecting:
      return "connecting";
    case AccountState::active:
      return "active";
    case AccountState::disabled:
      return "disabled";
    case AccountState::login_needed:
      return "login_needed";
    case AccountState::banned:
      return "banned";
    case AccountState::duplicated_key:
      return "duplicated_key";
    case AccountState::wrong_key:
      return "wrong_key";
    case AccountState::deleting:
      return "deleting";
  }
  return "login_needed";
}

bool needs_person(AccountState state) {
  switch (state) {
    case AccountState::login_needed:
    case AccountState::banned:
    case AccountState::duplicated_key:
    case AccountState::wrong_key:
      return true;
    case AccountState::connecting:
    case AccountState::active:
    case AccountState::disabled:
    case AccountState::deleting:
      return false;
  }
  return false;
}

}  // namespace tgpanel::accounts
