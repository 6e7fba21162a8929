package main

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
)

// patience is how long an answer may take.
const patience = 30 * time.Second

// result is what was sent and what the receiver answered.
type result struct {
	Requests int `json:"requests"`
	// Bytes of the bodies of all requests.
	Bytes    int `json:"bytes"`
	Sent     int `json:"sent"`
	Accepted int `json:"accepted"`
	// Refused spans by cause: an HTTP status, "rejected" in an answer with status 200, or "no answer".
	Refused map[string]int `json:"refused"`
	// Seconds from the first request to the last answer.
	Seconds float64 `json:"seconds"`
	// LateMs is the longest that a request waited for a free connection, in milliseconds.
	LateMs int64 `json:"lateMs"`

	lock sync.Mutex
}

// count adds one answered request.
func (r *result) count(sent request, late time.Duration, refused map[string]int) {
	r.lock.Lock()
	defer r.lock.Unlock()
	r.Requests++
	r.Bytes += len(sent.body)
	r.Sent += sent.spans
	r.Accepted += sent.spans
	r.LateMs = max(r.LateMs, late.Milliseconds())
	for cause, spans := range refused {
		r.Refused[cause] += spans
		r.Accepted -= spans
	}
}

// due is a request with the time at which it is to be sent.
type due struct {
	request
	at time.Time
}

// send sends all requests over a fixed number of connections.
func send(o options, requests <-chan request, written *journal) (*result, error) {
	client := &http.Client{
		Timeout:   patience,
		Transport: &http.Transport{MaxIdleConnsPerHost: o.connections, MaxConnsPerHost: o.connections, DisableCompression: true},
	}
	total := &result{Refused: map[string]int{}}
	queue := make(chan due)
	var senders sync.WaitGroup
	failures := make(chan error, o.connections)
	for range o.connections {
		senders.Go(func() {
			var failure error
			for next := range queue {
				late := time.Since(next.at)
				sent := time.Now()
				refused := post(client, o.endpoint, next.request)
				took := time.Since(sent)
				total.count(next.request, late, refused)
				if err := written.add(next.request, took, refused); err != nil {
					failure = err
				}
			}
			failures <- failure
		})
	}
	start := time.Now()
	schedule(o.rate, start, requests, queue)
	senders.Wait()
	total.Seconds = time.Since(start).Seconds()
	close(failures)
	for failure := range failures {
		if failure != nil {
			return nil, failure
		}
	}
	return total, written.close()
}

// schedule passes each request on when it is due: the spans before it decide its time.
func schedule(rate float64, start time.Time, from <-chan request, to chan<- due) {
	defer close(to)
	spans := 0
	for next := range from {
		at := start.Add(time.Duration(float64(spans) / rate * float64(time.Second)))
		time.Sleep(time.Until(at))
		to <- due{request: next, at: at}
		spans += next.spans
	}
}

// post sends one request. It returns the spans that were refused, by cause.
func post(client *http.Client, endpoint string, next request) map[string]int {
	answer, err := client.Post(endpoint+"/v1/traces", "application/x-protobuf", bytes.NewReader(next.body))
	if err != nil {
		return map[string]int{"no answer": next.spans}
	}
	defer answer.Body.Close()
	// The whole body is read, so that the connection is used again.
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return map[string]int{"no answer": next.spans}
	}
	if answer.StatusCode != http.StatusOK {
		return map[string]int{strconv.Itoa(answer.StatusCode): next.spans}
	}
	response := ptraceotlp.NewExportResponse()
	if err := response.UnmarshalProto(body); err != nil {
		return map[string]int{"no answer": next.spans}
	}
	if rejected := int(response.PartialSuccess().RejectedSpans()); rejected > 0 {
		return map[string]int{"rejected": rejected}
	}
	return nil
}
