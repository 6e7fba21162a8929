// block-writer writes blocks of Prometheus' TSDB for series that are described on standard input, one JSON object a line. It writes
// chunks and index with Prometheus' own packages, and skips the head and its log: 300 million samples take a minute instead of many.
//
//	block-writer FOLDER FROM TO   (milliseconds since 1970; FROM is included, TO is not)
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"

	"github.com/prometheus/prometheus/model/labels"
)

// The range of a block, as Prometheus cuts its head: two hours.
const blockRange = 2 * 60 * 60 * 1000

// A line of the input.
type line struct {
	// Names and values in turns.
	Labels []string `json:"labels"`
	// Milliseconds between samples, and of the first one after a multiple of it.
	Every  int64 `json:"every"`
	Offset int64 `json:"offset"`
	Curve  curve `json:"curve"`
}

type described struct {
	labels labels.Labels
	line
}

func read(input io.Reader) ([]described, error) {
	var all []described
	decoder := json.NewDecoder(bufio.NewReaderSize(input, 1<<20))
	for {
		var one line
		if err := decoder.Decode(&one); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		if one.Every <= 0 {
			return nil, fmt.Errorf("%v has no interval", one.Labels)
		}
		all = append(all, described{labels.FromStrings(one.Labels...), one})
	}
	slices.SortFunc(all, func(a, b described) int { return labels.Compare(a.labels, b.labels) })
	for i := 1; i < len(all); i++ {
		if labels.Equal(all[i-1].labels, all[i].labels) {
			return nil, fmt.Errorf("%s is described twice", all[i].labels)
		}
	}
	return all, nil
}

func run(args []string) error {
	if len(args) != 3 {
		return errors.New("usage: block-writer FOLDER FROM TO < SERIES")
	}
	from, err := strconv.ParseInt(args[1], 10, 64)
	if err != nil {
		return err
	}
	to, err := strconv.ParseInt(args[2], 10, 64)
	if err != nil {
		return err
	}
	series, err := read(os.Stdin)
	if err != nil {
		return err
	}
	samples := uint64(0)
	for start := from - from%blockRange; start < to; start += blockRange {
		written, err := writeBlock(args[0], series, from, max(start, from), min(start+blockRange, to))
		if err != nil {
			return err
		}
		samples += written
	}
	fmt.Printf("{\"series\":%d,\"samples\":%d}\n", len(series), samples)
	return nil
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
