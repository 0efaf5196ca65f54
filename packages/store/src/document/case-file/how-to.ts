/** What stands in `data/HOWTO.txt`: how somebody who trusts nobody checks the case file, and what is in it. */
export function howToText(code: string, origin: string): string {
  return `HOW TO CHECK THIS CASE FILE
===========================

This folder holds the record of incident ${code}: its handling log, its evidence
and the proof that nothing was changed, removed, reordered or added since the
log "${origin}" signed it. You need no Jumpkit to check it, only sha256sum,
openssl 3 and a shell.


1. The key first
----------------
Everything below rests on the log's key. The copy in this folder proves nothing
by itself: who changes the folder can change that copy too. Get the key by
another way (a call to a known number, an earlier case file, a printed page) and
compare it with

    data/log-key.vkey     the key as one line of text (C2SP signed-note)
    data/log-key.pem      the same key as openssl reads it


2. All at once
--------------
    sh verify.sh --key THE-KEY-YOU-GOT .

in this folder. Take verify.sh from a place you trust; the copy in data/ was
checked by nobody but itself. It ends with 0 when the case file is sound, with 1
when something is wrong (each finding names its place) and with 2 when it could
not look.


3. By hand
----------
Every file is what it was (in this folder):

    sha256sum -c manifest-sha256.txt
    sha256sum -c tagmanifest-sha256.txt

No file was added: "find data -type f" lists as many files as
manifest-sha256.txt has lines.

The seal is the log's: seal.note holds a text, an empty line and one signature
line. The text names the incident and the SHA-256 of manifest-sha256.txt and of
bag-info.txt; compare them. Then:

    sed '/^$/,$d' seal.note > /tmp/text
    sed -n 's/^.* //;$p' seal.note | base64 -d | tail -c 64 > /tmp/signature
    openssl pkeyutl -verify -pubin -inkey data/log-key.pem -rawin \\
        -in /tmp/text -sigfile /tmp/signature

The checkpoint is the log's: the same three commands with data/checkpoint. Its
text is the log's name, the number of entries in the log, and the root of the
tree over them.

Each entry is in the log: its leaf hash is the SHA-256 of one zero byte and the
bytes of data/entries/NNNNNN.json; the hashes in NNNNNN.tlog-proof lead from it
to the root (RFC 6962, section 2.1.1; C2SP tlog-proof). docs/operate/
verify-a-case-file.md of the product walks through one by hand.

No entry is missing: "incidentSeq" counts 1, 2, 3 ... and "incidentPrev" is the
leaf hash of the entry before. The last entry is incident.exported and says how
many entries there are.

Each disclosed field belongs to its entry: a line of NNNNNN.disclosures is
base64url of [salt, name, value]; the SHA-256 of the line, in base64url, stands in
"_sd" of the entry (RFC 9901), or in "incident" for the field of that name. A
digest without its line is a field that was withheld or erased.

Evidence is what was collected: data/evidence/X is a file whose SHA-256 is X and
which an entry evidence.collected names under "content".


What this cannot show
---------------------
Who holds the log's key could have written another history from the start. Only
somebody outside who saw an earlier checkpoint (a witness, a time stamp, a copy
on paper) can rule that out. Compare data/checkpoint with any you have.


What is in this folder
----------------------
    bagit.txt, bag-info.txt          the bag (RFC 8493) and what it is
    manifest-sha256.txt              SHA-256 of every file under data/
    tagmanifest-sha256.txt           SHA-256 of the three files above
    seal.note                        the log's signature over all of it
    data/report.txt                  the case to be read by people
    data/entries/NNNNNN.json         an entry as the log keeps it
    data/entries/NNNNNN.disclosures  its fields
    data/entries/NNNNNN.tlog-proof   the proof that it is in the log
    data/evidence/                   the collected files, each named by its SHA-256
    data/checkpoint                  the state of the log when this was made
    data/log-key.vkey, .pem          the log's key, to be compared
    data/verify.sh                   the shell verifier
`;
}
