#!/bin/sh
# Run by dpkg and rpm after Lantern is removed. Its data stays, unless the policy asks for a wipe and the hub has every event.
# dpkg: $1 is "remove", "purge", "upgrade"…; rpm: how many versions are left, 0 at the last.
# Words in a dollar and braces are electron-builder's, filled in when the package is made.

root="$DPKG_ROOT"
program='${executable}'

# The links and the AppArmor profile that the installation made (as electron-builder's own script takes them away).
if [ -z "$root" ]; then
  if type update-alternatives >/dev/null 2>&1; then
    update-alternatives --remove "$program" "/opt/${sanitizedProductName}/$program" || true
  else
    rm -f "/usr/bin/$program"
  fi
  profile="/etc/apparmor.d/$program"
  if [ -f "$profile" ]; then
    if apparmor_status --enabled >/dev/null 2>&1 && ! { [ -x /usr/bin/ischroot ] && /usr/bin/ischroot; }; then
      apparmor_parser --remove "$profile" || true
    fi
    rm -f "$profile"
  fi
fi

# Only the last removal: never an upgrade, a downgrade or a plain "apt-get remove".
case "$1" in
  purge | 0) ;;
  *) exit 0 ;;
esac

if ! grep -Eq '"dataAtUninstall"[[:space:]]*:[[:space:]]*"wipe"' "$root/etc/lantern/policy.json" 2>/dev/null; then
  echo 'Lantern: the data of each account is kept.'
  exit 0
fi

# Why a data folder may not go, or nothing. Anything that cannot be read counts as unsent: a call is never lost here.
why_kept() {
  if find "$1" \( -name '*.damaged' -o -name 'keys.lost-*' -o -name '*.broken-*' \) | grep -q .; then
    echo 'there are files for a recovery'
    return
  fi
  find "$1/electron" "$1/browser" -type d -path '*/journal/*' 2>/dev/null | while IFS= read -r stream; do
    acked=$(sed -n 's/.*"acked": *\([0-9][0-9]*\).*/\1/p' "$stream/acked.json" 2>/dev/null | head -n 1)
    last=$(cat "$stream"/*.log 2>/dev/null | grep -ao '"seq": *[0-9][0-9]*' | grep -o '[0-9]*$' | sort -n | tail -n 1)
    # Bytes without a number that can be read are events that nobody can vouch for.
    if [ -z "$last" ] && cat "$stream"/*.log 2>/dev/null | grep -q .; then last=1 acked=0; fi
    if [ "${last:-0}" -gt "${acked:-0}" ]; then
      echo 'there are entries that the hub does not have'
      break
    fi
  done
  for lock in "$1"/*/*/lock; do
    holder=$(sed -n 's/.*"pid": *\([0-9][0-9]*\).*/\1/p' "$lock" 2>/dev/null)
    if [ -n "$holder" ] && kill -0 "$holder" 2>/dev/null; then echo 'it is in use'; fi
  done
}

accounts() {
  if [ -n "$root" ]; then cat "$root/etc/passwd"; else getent passwd; fi
}

kept=0
accounts | {
  while IFS=: read -r _name _password uid gid _about home _shell; do
    folder="$root$home/.local/share/lantern"
    [ -d "$folder" ] && [ ! -L "$folder" ] || continue
    # As the account itself: whatever it has made of its own folders, nobody else's are reached.
    own() { setpriv --reuid="$uid" --regid="$gid" --clear-groups "$@"; }
    why=$(why_kept "$folder" | head -n 1)
    if [ -n "$why" ]; then
      echo "Lantern: the data of account $uid is KEPT: $why."
      kept=1
    elif own rm -rf -- "$folder"; then
      echo "Lantern: the data of account $uid is wiped."
    else
      echo "Lantern: the data of account $uid could not be wiped."
      kept=1
    fi
  done
  [ "$kept" = 0 ] || echo 'Lantern: start it again in these accounts until the light says “Safe at hub”, or recover the entries (npm run recover).'
}
exit 0
