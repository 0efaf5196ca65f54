#!/bin/sh
# Checks a Jumpkit case file without Jumpkit.
#
#   sh verify.sh [--key FILE] [FOLDER]
#
# FOLDER is the unpacked case file; without it, the folder that this script's folder stands in.
# FILE is the log's key as you got it elsewhere: one line as in data/log-key.vkey, or PEM.
# It ends with 0 when the case file is sound, with 1 when something is wrong (one line for each finding:
# the place, a colon, what is wrong there), and with 2 when nothing could be checked.
#
# Needs a POSIX shell, OpenSSL 3, sha256sum, od, base64, and cat, cmp, comm, cut, dirname, find, fold, grep, head,
# mktemp, rm, sed, sort, tail, tr, uniq, wc and xargs. Take it from a place you trust: a case file whose
# maker lies can bring a script that lies.
set -u
LC_ALL=C
export LC_ALL
umask 077

SAFE='[A-Za-z0-9][A-Za-z0-9._-]*'
MAX_LEAF_BYTES=65535
ALPHABET='A B C D E F G H I J K L M N O P Q R S T U V W X Y Z a b c d e f g h i j k l m n o p q r s t u v w x y z 0 1 2 3 4 5 6 7 8 9 - _'
findings=0

stop() {
  printf '%s\n' "$1" >&2
  exit 2
}

# One finding. Whatever comes from the case file is printed without control characters.
bad() {
  findings=$((findings + 1))
  printf '%s: %s\n' "$1" "$2" | tr -c '[:print:]\n' '?'
}

# Findings for each line of a file that names places.
bad_each() {
  while IFS= read -r place; do bad "$place" "$2"; done <"$1"
}

sha256_of() {
  digest=$(sha256sum <"$1")
  digest=${digest%% *}
}

# $hex: the bytes of standard input in hexadecimal.
hex_of() {
  hex=$(od -An -v -tx1 | tr -d ' \n')
}

# $octal: the bytes that hexadecimal text $1 stands for, as printf writes them.
octal_of() {
  rest=$1
  octal=
  while [ -n "$rest" ]; do
    tail=${rest#??}
    byte=$((0x${rest%"$tail"}))
    octal="$octal\\$((byte >> 6))$((byte >> 3 & 7))$((byte & 7))"
    rest=$tail
  done
}

# $b64url: base64url, without padding, of the 32 bytes that hexadecimal text $1 stands for.
b64url_of() {
  rest=$1
  b64url=
  while [ -n "$rest" ]; do
    tail=${rest#???}
    if [ "$tail" = "$rest" ]; then
      # One digit is left over of 64: its four bits and two zeros make the last character.
      value=$((0x$rest << 2))
      tail=
      eval "b64url=\$b64url\$letter_$value"
    else
      value=$((0x${rest%"$tail"}))
      eval "b64url=\$b64url\$letter_$((value >> 6))\$letter_$((value & 63))"
    fi
    rest=$tail
  done
}

# $parent: the hash of the tree's node above $1 and $2, all in hexadecimal (RFC 6962, section 2.1).
node_of() {
  octal_of "$1$2"
  # shellcheck disable=SC2059 # The format is the bytes themselves, each as an octal escape.
  parent=$(printf "\\001$octal" | sha256sum)
  parent=${parent%% *}
}

# ---------------------------------------------------------------------------------------------------------
# What is there

list_files() {
  find . ! -name . -name '*[!A-Za-z0-9._-]*' >"$work/names"
  find . ! -name . -name '[!A-Za-z0-9]*' >>"$work/names"
  bad_each "$work/names" 'has a name that no file of a case file has'
  find . ! -type f ! -type d >"$work/kinds"
  bad_each "$work/kinds" 'is a link or something else that no case file has'
  find . -type f | sed 's#^\./##' | grep -E "^$SAFE(/$SAFE)*\$" | sort >"$work/files"
  find . -type d ! -name . | sed 's#^\./##' | sort >"$work/folders"
  while IFS= read -r folder; do
    grep -q "^$folder/" "$work/files" || bad "$folder" 'was added; it is a folder without files'
  done <"$work/folders"
  grep -v -E '^data/' "$work/files" >"$work/tags"
  while IFS= read -r path; do
    case $path in
      bagit.txt | bag-info.txt | manifest-sha256.txt | tagmanifest-sha256.txt | seal.note) ;;
      *) bad "$path" 'was added; a case file has no such file' ;;
    esac
  done <"$work/tags"
  for path in bagit.txt bag-info.txt manifest-sha256.txt tagmanifest-sha256.txt seal.note \
    data/HOWTO.txt data/checkpoint data/log-key.pem data/log-key.vkey data/report.txt data/verify.sh; do
    [ -f "$path" ] || bad "$path" 'is missing'
  done
}

# Every file under data/ is listed and is what it was; nothing else is there (RFC 8493, section 3).
check_manifest() {
  grep '^data/' "$work/files" >"$work/payload"
  : >"$work/actual"
  [ -s "$work/payload" ] && xargs sha256sum <"$work/payload" | sort >"$work/actual"
  [ -f manifest-sha256.txt ] || return
  grep -a -v -n -E "^[0-9a-f]{64}  data/$SAFE(/$SAFE)*\$" manifest-sha256.txt | cut -d: -f1 >"$work/lines"
  while IFS= read -r line; do
    bad "manifest-sha256.txt line $line" 'is not a SHA-256 and a path under data/'
  done <"$work/lines"
  grep -a -E "^[0-9a-f]{64}  data/$SAFE(/$SAFE)*\$" manifest-sha256.txt >"$work/listed-as-is"
  cut -c67- "$work/listed-as-is" | sort | uniq -d >"$work/twice"
  bad_each "$work/twice" 'is listed twice in manifest-sha256.txt'
  sort "$work/listed-as-is" >"$work/listed"
  comm -23 "$work/listed" "$work/actual" | cut -c67- >"$work/differ"
  while IFS= read -r path; do
    if [ -f "$path" ]; then bad "$path" 'was changed; its SHA-256 is not the one in the manifest'
    else bad "$path" 'is missing'; fi
  done <"$work/differ"
  cut -c67- "$work/listed" | sort -u >"$work/listed-paths"
  comm -13 "$work/listed-paths" "$work/payload" >"$work/added"
  bad_each "$work/added" 'was added; the manifest does not list it'
  grep '^data/entries/' "$work/payload" |
    grep -v -E '^data/entries/[0-9]{6}\.(json|disclosures|tlog-proof)$' >"$work/strange"
  grep '^data/evidence/' "$work/payload" | grep -v -E '^data/evidence/[0-9a-f]{64}$' >>"$work/strange"
  grep '^data/entries/000000' "$work/payload" >>"$work/strange"
  bad_each "$work/strange" 'is not named as the entries and evidence of a case file are'
}

check_tags() {
  if [ -f bagit.txt ]; then
    printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' | cmp -s - bagit.txt ||
      bad bagit.txt 'does not declare a BagIt 1.0 bag in UTF-8'
  fi
  if [ -f tagmanifest-sha256.txt ]; then
    sha256sum bag-info.txt bagit.txt manifest-sha256.txt 2>/dev/null | cmp -s - tagmanifest-sha256.txt ||
      bad tagmanifest-sha256.txt 'does not list bag-info.txt, bagit.txt and manifest-sha256.txt as they are'
  fi
  code=
  [ -f bag-info.txt ] && code=$(sed -n 's/^External-Identifier: //p' bag-info.txt | head -n 1)
}

# ---------------------------------------------------------------------------------------------------------
# The key

# $key_name, $key_id and $key_hex of the verifier key in the line $1 (C2SP signed-note); fails when it is none.
read_vkey() {
  printf '%s\n' "$1" | grep -q -E '^[^ +]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$' || return 1
  key_name=${1%%+*}
  key_id=${1#*+}
  encoded=${key_id#*+}
  key_id=${key_id%%+*}
  printf '%s' "$encoded" | base64 -d >"$work/key" 2>/dev/null || return 1
  [ "$(base64 <"$work/key" | tr -d '\n')" = "$encoded" ] || return 1
  hex_of <"$work/key"
  case $hex in 01*) key_hex=${hex#01} ;; *) return 1 ;; esac
  [ "${#key_hex}" = 64 ] && [ "$(id_of "$key_name" "$key_hex")" = "$key_id" ]
}

# The id of the key named $1 with the bytes $2 in hexadecimal.
id_of() {
  octal_of "$2"
  # shellcheck disable=SC2059
  { printf '%s\n' "$1"; printf "\\001$octal"; } | sha256sum | cut -c1-8
}

# The PEM file that openssl reads, for the key bytes $1 in hexadecimal.
pem_of() {
  octal_of "302a300506032b6570032100$1"
  printf '%s\n' '-----BEGIN PUBLIC KEY-----'
  # shellcheck disable=SC2059
  printf "$octal" | base64
  printf '%s\n' '-----END PUBLIC KEY-----'
}

check_key() {
  name= id= key=
  if [ -f data/log-key.vkey ]; then
    line=$(head -c 2000 data/log-key.vkey | tr -d '\000')
    if read_vkey "$line" && printf '%s\n' "$line" | cmp -s - data/log-key.vkey; then
      name=$key_name id=$key_id key=$key_hex
      if [ -f data/log-key.pem ]; then
        pem_of "$key" | cmp -s - data/log-key.pem || bad data/log-key.pem 'is not the same key as data/log-key.vkey'
      fi
    else
      bad data/log-key.vkey 'is not a key of a log'
    fi
  fi
  if [ -n "$outside" ]; then
    [ -n "$outside_name" ] || outside_name=$name
    [ -n "$outside_name" ] && outside_id=$(id_of "$outside_name" "$outside")
    if [ -n "$name" ] && [ "$outside_name$outside" != "$name$key" ]; then
      bad data/log-key.vkey 'is not the key that you gave'
    fi
    name=$outside_name id=${outside_id:-} key=$outside
  fi
  [ -n "$name" ] && pem_of "$key" >"$work/key.pem"
}

# The key from outside, read before anything of the case file.
read_outside() {
  outside= outside_name=
  [ -n "$1" ] || return 0
  [ -r "$1" ] && [ -f "$1" ] || stop "$1: cannot be read"
  if grep -q '^-----BEGIN PUBLIC KEY-----' "$1"; then
    openssl pkey -pubin -in "$1" -outform DER >"$work/outside" 2>/dev/null || stop "$1: holds no key of a log"
    hex_of <"$work/outside"
    outside=${hex#302a300506032b6570032100}
    [ "${#hex}" = 88 ] && [ "${#outside}" = 64 ] || stop "$1: holds no key of a log"
  else
    read_vkey "$(head -c 2000 "$1" | tr -d '\000\r')" || stop "$1: holds no key of a log"
    outside=$key_hex outside_name=$key_name
  fi
}

# ---------------------------------------------------------------------------------------------------------
# What the log signed

# Takes the signed note $1 apart (C2SP signed-note): its text goes to $work/text, and $signature is the line
# of the log's key. Fails unless that key signed it.
open_note() {
  blank=$(grep -a -n '^$' "$1" | tail -n 1 | cut -d: -f1)
  [ -n "$blank" ] && [ "$blank" -gt 1 ] && [ -z "$(tail -c 1 "$1" | tr -d '\n')" ] || return 1
  head -n "$((blank - 1))" "$1" >"$work/text"
  tail -n "+$((blank + 1))" "$1" >"$work/signatures"
  signature=
  while IFS= read -r line; do
    encoded=${line##* }
    [ "$line" = "— $name $encoded" ] || continue
    printf '%s' "$encoded" | base64 -d >"$work/signed" 2>/dev/null || return 1
    [ "$(base64 <"$work/signed" | tr -d '\n')" = "$encoded" ] || return 1
    head -c 4 "$work/signed" >"$work/id"
    hex_of <"$work/id"
    [ "$hex" = "$id" ] || continue
    tail -c +5 "$work/signed" >"$work/signature"
    openssl pkeyutl -verify -pubin -inkey "$work/key.pem" -rawin -in "$work/text" \
      -sigfile "$work/signature" >/dev/null 2>&1 || return 1
    signature=$line
  done <"$work/signatures"
  [ -n "$signature" ]
}

check_seal() {
  [ -f seal.note ] && [ -n "$name" ] || return
  if ! open_note seal.note; then
    bad seal.note "is not signed by the log's key"
    return
  fi
  { cat "$work/text"; printf '\n%s\n' "$signature"; } | cmp -s - seal.note ||
    bad seal.note "bears more than the one signature of the log's key"
  [ "$(sed -n 1p "$work/text")" = "$name/case-file" ] && [ "$(wc -l <"$work/text")" -eq 4 ] ||
    bad seal.note 'is not the seal of a case file'
  sealed_code=$(sed -n 2p "$work/text")
  [ "$sealed_code" = "$code" ] || bad bag-info.txt 'names another incident than the seal'
  check_sealed manifest-sha256.txt "$(sed -n 3p "$work/text")"
  check_sealed bag-info.txt "$(sed -n 4p "$work/text")"
}

check_sealed() {
  [ -f "$1" ] || return
  sha256_of "$1"
  [ "$digest" = "$2" ] || bad "$1" 'was changed; it is not what was sealed'
}

# $size and $root of the checkpoint (C2SP tlog-checkpoint); $size stays empty when it is not the log's.
check_checkpoint() {
  size= root=
  [ -f data/checkpoint ] && [ -n "$name" ] || return
  if ! open_note data/checkpoint; then
    bad data/checkpoint "is not signed by the log's key"
    return
  fi
  size=$(sed -n 2p "$work/text")
  root=$(sed -n 3p "$work/text")
  if [ "$(sed -n 1p "$work/text")" != "$name" ] || [ "$(wc -l <"$work/text")" -ne 3 ] ||
    ! is_number "$size" || ! printf '%s\n' "$root" | grep -q -E '^[A-Za-z0-9+/]{43}=$'; then
    bad data/checkpoint 'is not a checkpoint of this log'
    size=
    return
  fi
  printf '%s' "$root" | base64 -d >"$work/root"
  hex_of <"$work/root"
  root=$hex
}

is_number() {
  case $1 in
    '' | 0?* | *[!0-9]* | ????????????????*) return 1 ;;
  esac
}

# ---------------------------------------------------------------------------------------------------------
# The entries

# The leaf's fields, as the log writes them and in no other way.
LEAF='^\{"v":1,"seq":([0-9]{1,15}),"type":"([a-z_]+\.[a-z_]+)","tv":[0-9]{1,15},"at":"[0-9T:.+Z-]{17,40}","rx":"([0-9T:.Z-]{24})","incident":"([A-Za-z0-9_-]{43})","incidentSeq":([0-9]{1,15}),"incidentPrev":(null|"[A-Za-z0-9_-]{43}"),"_sd_alg":"sha-256","_sd":\[(("[A-Za-z0-9_-]{43}",?)*)\]\}$'

check_entries() {
  count=$(grep -E '^data/entries/[0-9]{6}\.(json|disclosures|tlog-proof)$' "$work/payload" |
    cut -c14-19 | sort | tail -n 1 | sed 's/^0*//')
  count=${count:-0}
  [ "$count" -gt 0 ] || bad data/entries 'holds no entry'
  : >"$work/claims"
  number=0 previous= previous_seq=-1 previous_rx= previous_incident= type= first_rx=
  while [ "$number" -lt "$count" ]; do
    number=$((number + 1))
    file=$number
    while [ "${#file}" -lt 6 ]; do file=0$file; done
    stem=data/entries/$file
    whole=yes
    for path in "$stem.json" "$stem.disclosures" "$stem.tlog-proof"; do
      [ -f "$path" ] || { bad "$path" 'is missing; the entries have a gap here'; whole=; }
    done
    if [ -n "$whole" ]; then check_entry; else previous=unknown type=; fi
  done
  if [ "$count" -gt 0 ] && [ -n "$whole" ] && [ "$type" != incident.exported ]; then
    bad "$stem.json" 'is the last entry but not incident.exported; entries after it are missing'
  fi
}

check_entry() {
  hash=$({ printf '\000'; cat "$stem.json"; } | sha256sum)
  hash=${hash%% *}
  seq= type= exported=
  if [ "$(wc -c <"$stem.json")" -gt "$MAX_LEAF_BYTES" ] || ! read_leaf; then
    bad "$stem.json" "is not an entry of an incident's log"
    check_proof
    previous=unknown
    return
  fi
  check_proof
  [ "$incident_seq" = "$number" ] ||
    bad "$stem.json" "is entry $incident_seq of its incident and stands in the place of another"
  check_chain
  check_disclosures
  if [ "$type" = incident.exported ] && [ "$exported" != "$incident_seq" ]; then
    bad "$stem.json" "does not disclose that the case file ends with entry $incident_seq"
  fi
}

read_leaf() {
  [ "$(wc -l <"$stem.json")" -eq 0 ] || return 1
  fields=$(sed -n -E "s/$LEAF/\\1 \\2 \\3 \\4 \\5 \\6/p" "$stem.json")
  [ -n "$fields" ] || return 1
  # shellcheck disable=SC2086 # None of the fields can hold a space or a pattern.
  set -- $fields
  seq=$1 type=$2 rx=$3 incident=$4 incident_seq=$5 incident_prev=$6
  sd=$(sed -n -E "s/$LEAF/\\7/p" "$stem.json")
}

check_chain() {
  if [ "$previous" != unknown ]; then
    expected=null
    if [ -n "$previous" ]; then
      b64url_of "$previous"
      expected=\"$b64url\"
    fi
    [ "$incident_prev" = "$expected" ] ||
      bad "$stem.json" 'does not follow the entry before it; something was removed, added or reordered'
    if [ -n "$previous" ]; then
      [ "$incident" = "$previous_incident" ] || bad "$stem.json" 'belongs to another incident'
      [ "$seq" -gt "$previous_seq" ] || bad "$stem.json" 'stands before the previous entry in the log'
      # The digits of a moment in UTC, put together, count up with time.
      [ "$(digits_of "$rx")" -ge "$(digits_of "$previous_rx")" ] ||
        bad "$stem.json" 'was recorded before the previous entry'
    fi
  fi
  previous=$hash previous_seq=$seq previous_rx=$rx previous_incident=$incident
  [ -n "$first_rx" ] || first_rx=$rx
}

digits_of() {
  printf '%s' "$1" | tr -d -c 0-9
}

# The proof leads from the leaf to the signed root (C2SP tlog-proof; RFC 9162, section 2.1.3.2).
check_proof() {
  path=$stem.tlog-proof
  blank=$(grep -a -n '^$' "$path" | head -n 1 | cut -d: -f1)
  index=$(sed -n '2s/^index //p' "$path")
  if [ "$(sed -n 1p "$path")" != 'c2sp.org/tlog-proof@v1' ] || ! is_number "$index" || [ "${blank:-0}" -lt 3 ] ||
    head -n "$((blank - 1))" "$path" | tail -n +3 | grep -a -q -v -E '^[A-Za-z0-9+/]{43}=$'; then
    bad "$path" 'is not a proof file'
    return
  fi
  [ -z "$seq" ] || [ "$index" = "$seq" ] || bad "$path" "is for entry $index of the log, not $seq"
  [ -n "$size" ] || return
  tail -n "+$((blank + 1))" "$path" | cmp -s - data/checkpoint ||
    bad "$path" 'carries another checkpoint than data/checkpoint'
  head -n "$((blank - 1))" "$path" | tail -n +3 >"$work/siblings"
  while IFS= read -r sibling; do printf '%s' "$sibling" | base64 -d; done <"$work/siblings" |
    od -An -v -tx1 | tr -d ' \n' | fold -w 64 >"$work/hashes"
  leads_to_root || bad "$stem.json" 'is not in the log; its proof does not lead to the signed root'
}

leads_to_root() {
  [ "$index" -lt "$size" ] || return 1
  at=$index last=$((size - 1)) node=$hash
  while IFS= read -r sibling || [ -n "$sibling" ]; do
    [ "$last" -gt 0 ] || return 1
    if [ "$((at & 1))" -eq 1 ] || [ "$at" -eq "$last" ]; then
      node_of "$sibling" "$node"
      while [ "$((at & 1))" -eq 0 ] && [ "$at" -gt 0 ]; do at=$((at >> 1)) last=$((last >> 1)); done
    else
      node_of "$node" "$sibling"
    fi
    node=$parent at=$((at >> 1)) last=$((last >> 1))
  done <"$work/hashes"
  [ "$last" -eq 0 ] && [ "$node" = "$root" ]
}

# Each disclosed field belongs to its entry: its digest stands in the leaf (RFC 9901, section 4.2.3).
check_disclosures() {
  path=$stem.disclosures
  [ -z "$(tail -c 1 "$path" | tr -d '\n')" ] || bad "$path" 'does not end with a line end'
  line=0 seen=' ' named=
  while IFS= read -r disclosure || [ -n "$disclosure" ]; do
    line=$((line + 1))
    digest=$(printf '%s' "$disclosure" | sha256sum)
    b64url_of "${digest%% *}"
    case $seen in *" $b64url "*) bad "$path line $line" 'discloses a field a second time' ;; esac
    seen="$seen$b64url "
    if [ "$b64url" = "$incident" ]; then
      named=yes
    else
      case $sd in
        *"\"$b64url\""*) ;;
        *) bad "$path line $line" 'does not belong to this entry' ;;
      esac
    fi
    case $type in
      evidence.collected) read_claim ;;
      incident.exported) read_exported ;;
    esac
  done <"$path"
  [ -n "$named" ] || bad "$path" 'does not say which incident the entry belongs to'
}

# The JSON text of the disclosure at hand.
disclosed() {
  padding=
  case $((${#disclosure} % 4)) in 2) padding='==' ;; 3) padding='=' ;; esac
  printf '%s' "$disclosure$padding" | tr '_-' '/+' | base64 -d 2>/dev/null
}

# A quotation mark inside a JSON text always has a backslash before it, so these patterns see only real names.
read_claim() {
  disclosed | grep -a -E '^\["[A-Za-z0-9_-]*","content",\{' >"$work/content" || return 0
  claimed=$(sed -n -E 's/^.*[{,]"sha256":"([0-9a-f]{64})".*$/\1/p' "$work/content")
  bytes=$(sed -n -E 's/^.*[{,]"sizeBytes":([0-9]{1,15})[,}].*$/\1/p' "$work/content")
  if [ -z "$claimed" ] || [ -z "$bytes" ]; then
    bad "$stem.json" 'describes its content in a way that cannot be read'
    return
  fi
  printf '%s\n' "$claimed" >>"$work/claims"
  if [ ! -f "data/evidence/$claimed" ]; then
    bad "data/evidence/$claimed" "is missing; $stem.json says that it was collected"
  elif [ "$(wc -c <"data/evidence/$claimed")" -ne "$bytes" ]; then
    bad "data/evidence/$claimed" "has not the size that $stem.json says"
  fi
}

read_exported() {
  said=$(disclosed | sed -n -E 's/^\["[A-Za-z0-9_-]*","entries",([0-9]{1,15})\]$/\1/p')
  [ -z "$said" ] || exported=$said
}

# ---------------------------------------------------------------------------------------------------------
# The evidence

check_evidence() {
  grep '  data/evidence/[0-9a-f]*$' "$work/actual" >"$work/blobs"
  while IFS= read -r line; do
    path=${line#*  }
    [ "data/evidence/${line%% *}" = "$path" ] || bad "$path" 'was changed; its SHA-256 is not its name'
  done <"$work/blobs"
  cut -c81- "$work/blobs" | sort >"$work/kept"
  sort -u "$work/claims" >"$work/claimed"
  comm -23 "$work/kept" "$work/claimed" | sed 's#^#data/evidence/#' >"$work/unclaimed"
  bad_each "$work/unclaimed" 'was added; no entry says that it was collected'
}

# ---------------------------------------------------------------------------------------------------------

folder= key_file=
while [ "$#" -gt 0 ]; do
  case $1 in
    --key)
      [ "$#" -ge 2 ] || stop 'usage: sh verify.sh [--key FILE] [FOLDER]'
      key_file=$2
      shift
      ;;
    -*) stop 'usage: sh verify.sh [--key FILE] [FOLDER]' ;;
    *)
      [ -z "$folder" ] || stop 'usage: sh verify.sh [--key FILE] [FOLDER]'
      folder=$1
      ;;
  esac
  shift
done
for program in openssl sha256sum od base64 cat cmp comm cut dirname find fold grep head mktemp rm sed sort tail tr uniq wc xargs; do
  command -v "$program" >/dev/null || stop "This check needs $program."
done
openssl pkeyutl -help 2>&1 | grep -q -e -rawin || stop 'This check needs OpenSSL 3.'
[ -n "$folder" ] || folder=$(dirname "$0")/..
work=$(mktemp -d) || stop 'There is no room for temporary files.'
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM
value=0
for letter in $ALPHABET; do
  eval "letter_$value=\$letter"
  value=$((value + 1))
done
read_outside "$key_file"
cd "$folder" 2>/dev/null || stop "$folder: cannot be read"

list_files
check_manifest
check_tags
check_key
check_seal
check_checkpoint
check_entries
check_evidence

if [ "$findings" -eq 0 ]; then
  printf '%s is sound: %s entries, %s files of evidence, in the log %s.\n' \
    "$code" "$count" "$(wc -l <"$work/kept")" "$name"
else
  printf 'This case file is NOT sound: %s findings.\n' "$findings"
fi
if [ -z "$key_file" ]; then
  printf '%s\n' "The key came from the case file itself: compare it with a copy you got elsewhere, or give that copy" \
    "with --key. It is $(head -c 500 data/log-key.vkey 2>/dev/null | tr -c '[:print:]\n' '?')"
fi
printf '%s\n' "No outside witness is part of this check: whoever holds the log's key could have rewritten its history" \
  "before this case file was made."
[ "$findings" -eq 0 ]
