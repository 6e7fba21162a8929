// span-load sends spans to an OTLP receiver over HTTP at a steady rate. When all are sent it prints one JSON object: how many spans
// were sent, accepted, and refused, each refusal by its cause. It never retries, so that what was sent is what the receiver was
// offered. Requests are built ahead of their time, and each one is sent at its time whether the ones before were answered or not, as
// long as a connection is free.
//
// The same flags send the same spans, except for the times in them. Two seeds share no trace and no span id.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
)

// options are the flags.
type options struct {
	endpoint    string
	spans       int
	rate        float64
	total       int
	connections int
	seed        uint64
	bytes       int
	value       int
	journal     string
}

func (o options) check() error {
	if o.endpoint == "" {
		return fmt.Errorf("-endpoint is missing")
	}
	if o.spans < 1 || o.total < 1 || o.rate <= 0 || o.connections < 1 {
		return fmt.Errorf("-spans, -total, -rate and -connections must be positive")
	}
	if o.bytes < 0 || o.value < 16 {
		return fmt.Errorf("-bytes must not be negative, and -value at least 16")
	}
	return nil
}

func read() options {
	var o options
	flag.StringVar(&o.endpoint, "endpoint", "", "URL of the receiver, as http://127.0.0.1:4318")
	flag.IntVar(&o.spans, "spans", 100, "spans in a request")
	flag.Float64Var(&o.rate, "rate", 4000, "spans a second")
	flag.IntVar(&o.total, "total", 60000, "spans in all; the last request has what remains")
	flag.IntVar(&o.connections, "connections", 4, "connections that are kept open")
	flag.Uint64Var(&o.seed, "seed", 1, "decides ids and values")
	flag.IntVar(&o.bytes, "bytes", 0, "size of a span, encoded; a span that is smaller gets attributes with random text; 0: as it is")
	flag.IntVar(&o.value, "value", 16<<10, "bytes of the longest such attribute")
	flag.StringVar(&o.journal, "journal", "", "file that gets a line a request: \"accepted\" or the cause of its refusal, and the ids of its spans")
	flag.Parse()
	return o
}

func main() {
	o := read()
	if err := o.check(); err != nil {
		fmt.Fprintln(os.Stderr, "span-load:", err)
		os.Exit(2)
	}
	sent, err := run(o)
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(sent)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "span-load:", err)
		os.Exit(1)
	}
}

// run sends what the options say.
func run(o options) (*result, error) {
	written, err := openJournal(o.journal)
	if err != nil {
		return nil, err
	}
	requests := make(chan request, ahead)
	go func() {
		defer close(requests)
		build(o, newMix(o), requests)
	}()
	return send(o, requests, written)
}
