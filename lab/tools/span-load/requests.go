package main

import (
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
)

// ahead is how many requests are built before they are due.
const ahead = 64

// request is one encoded export request.
type request struct {
	body  []byte
	spans int
	// ids of the spans, where they are to be written down.
	ids []string
}

// build encodes requests until the total is reached. It waits while enough of them are built.
func build(o options, mix *mix, to chan<- request) {
	for sent := 0; sent < o.total; {
		spans := min(o.spans, o.total-sent)
		traces := mix.traces(spans)
		body, err := ptraceotlp.NewExportRequestFromTraces(traces).MarshalProto()
		if err != nil {
			panic(err) // Only a bug of this program makes spans that cannot be encoded.
		}
		next := request{body: body, spans: spans}
		if o.journal != "" {
			next.ids = idsOf(traces)
		}
		to <- next
		sent += spans
	}
}
