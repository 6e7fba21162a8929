package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"go.opentelemetry.io/collector/pdata/ptrace"
)

// accepted is what a journal says of a request without a refusal.
const accepted = "accepted"

// journal is a file with a line for each request that was answered, or that got no answer: "accepted" or the cause of the refusal,
// the milliseconds until then, and the ids of its spans. A request of which only a part was rejected has the cause, since nothing says which part.
type journal struct {
	lock sync.Mutex
	file *os.File
	text *bufio.Writer
}

// openJournal creates the file. Without a path there is no journal.
func openJournal(path string) (*journal, error) {
	if path == "" {
		return nil, nil
	}
	file, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	return &journal{file: file, text: bufio.NewWriter(file)}, nil
}

// add writes the line of a request.
func (j *journal) add(sent request, took time.Duration, refused map[string]int) error {
	if j == nil {
		return nil
	}
	cause := accepted
	for refusal := range refused {
		cause = strings.ReplaceAll(refusal, " ", "-")
	}
	j.lock.Lock()
	defer j.lock.Unlock()
	_, err := fmt.Fprintln(j.text, cause, took.Milliseconds(), strings.Join(sent.ids, " "))
	return err
}

// close writes what is left.
func (j *journal) close() error {
	if j == nil {
		return nil
	}
	if err := j.text.Flush(); err != nil {
		return err
	}
	return j.file.Close()
}

// idsOf are the ids of all spans.
func idsOf(traces ptrace.Traces) []string {
	ids := make([]string, 0, traces.SpanCount())
	for _, resource := range traces.ResourceSpans().All() {
		for _, scope := range resource.ScopeSpans().All() {
			for _, span := range scope.Spans().All() {
				ids = append(ids, span.SpanID().String())
			}
		}
	}
	return ids
}
