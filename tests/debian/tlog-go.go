// Command tlog-go checks what Jumpkit's log writes with the Go team's own packages.
//
// It reads one JSON document from standard input and writes one to standard output:
// an answer for each question, empty when Go agrees and Go's own words when it does not.
package main

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"log"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type questions struct {
	Vkey    string
	Proofs  []proofQuestion
	Growths []growthQuestion
	Sign    string
}

type proofQuestion struct{ Leaf, Proof string }

type growthQuestion struct {
	Old, New string
	Hashes   []string
}

type answers struct {
	Proofs, Growths []string
	Vkey, Note      string
}

type checkpoint struct {
	size int64
	root tlog.Hash
}

func main() {
	var asked questions
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		log.Fatal(err)
	}
	var given answers
	for _, question := range asked.Proofs {
		given.Proofs = append(given.Proofs, words(checkProof(asked.Vkey, question)))
	}
	for _, question := range asked.Growths {
		given.Growths = append(given.Growths, words(checkGrowth(asked.Vkey, question)))
	}
	given.Vkey, given.Note = signed(asked.Sign)
	if err := json.NewEncoder(os.Stdout).Encode(given); err != nil {
		log.Fatal(err)
	}
}

// checkProof follows C2SP tlog-proof@v1.
func checkProof(vkey string, question proofQuestion) error {
	head, signedCheckpoint, found := strings.Cut(question.Proof, "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("not a tlog-proof@v1")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	hashes, err := parseHashes(lines[2:])
	if err != nil {
		return err
	}
	tree, err := openCheckpoint(vkey, signedCheckpoint)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(hashes, tree.size, tree.root, index, tlog.RecordHash([]byte(question.Leaf)))
}

func checkGrowth(vkey string, question growthQuestion) error {
	older, err := openCheckpoint(vkey, question.Old)
	if err != nil {
		return err
	}
	newer, err := openCheckpoint(vkey, question.New)
	if err != nil {
		return err
	}
	hashes, err := parseHashes(question.Hashes)
	if err != nil {
		return err
	}
	return tlog.CheckTree(hashes, newer.size, newer.root, older.size, older.root)
}

// openCheckpoint follows C2SP tlog-checkpoint.
func openCheckpoint(vkey, text string) (checkpoint, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return checkpoint{}, err
	}
	opened, err := note.Open([]byte(text), note.VerifierList(verifier))
	if err != nil {
		return checkpoint{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return checkpoint{}, errors.New("not a checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return checkpoint{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return checkpoint{size, root}, err
}

func parseHashes(lines []string) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, line := range lines {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, hash)
	}
	return hashes, nil
}

// signed gives a note that Go made with a key of its own.
func signed(text string) (vkey, signedNote string) {
	skey, vkey, err := note.GenerateKey(rand.Reader, "go.example/signer")
	if err != nil {
		log.Fatal(err)
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		log.Fatal(err)
	}
	message, err := note.Sign(&note.Note{Text: text}, signer)
	if err != nil {
		log.Fatal(err)
	}
	return vkey, string(message)
}

func words(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
