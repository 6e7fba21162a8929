package main

import (
	"encoding/binary"
	"math/rand/v2"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// One of so many spans fails, about 2 %. A prime, so that requests of any usual size have failures of each kind of span.
const failsEvery = 47

// What a span says of its end.
const (
	succeeded = 200
	failed    = 500
)

// mix makes spans: a third are HTTP servers, a third client calls of a model, a third an application's own.
type mix struct {
	random *rand.Rand
	made   int
	sender int
	// bytes and value are the flags.
	bytes, value int
}

func newMix(o options) *mix {
	// The second word separates this use of the seed from any other.
	return &mix{random: rand.New(rand.NewPCG(o.seed, 0x7370616e)), bytes: o.bytes, value: o.value}
}

// traces is one request: of one service, with as many spans. Three spans are one trace.
func (m *mix) traces(spans int) ptrace.Traces {
	from := senders[m.sender%len(senders)]
	m.sender++
	traces := ptrace.NewTraces()
	resource := traces.ResourceSpans().AppendEmpty()
	from.resource(resource.Resource().Attributes())
	own := resource.ScopeSpans().AppendEmpty()
	own.Scope().SetName(from.scope)
	calls := resource.ScopeSpans().AppendEmpty()
	calls.Scope().SetName(from.callScope)
	var trace pcommon.TraceID
	var parent pcommon.SpanID
	for index := range spans {
		kind := kinds[index%len(kinds)]
		scope := own
		if kind == ptrace.SpanKindClient {
			scope = calls
		}
		if kind == ptrace.SpanKindServer {
			trace, parent = m.traceID(), pcommon.SpanID{}
		}
		span := scope.Spans().AppendEmpty()
		span.SetKind(kind)
		span.SetTraceID(trace)
		span.SetParentSpanID(parent)
		span.SetSpanID(m.spanID())
		parent = span.SpanID()
		m.fill(span, from)
	}
	return traces
}

// kinds is the order of a trace's spans; each is the parent of the next.
var kinds = []ptrace.SpanKind{ptrace.SpanKindServer, ptrace.SpanKindInternal, ptrace.SpanKindClient}

// fill gives a span its times, attributes and status.
func (m *mix) fill(span ptrace.Span, from sender) {
	m.made++
	end := time.Now()
	span.SetStartTimestamp(pcommon.NewTimestampFromTime(end.Add(-time.Duration(1+m.random.IntN(2000)) * time.Millisecond)))
	span.SetEndTimestamp(pcommon.NewTimestampFromTime(end))
	status := succeeded
	if m.made%failsEvery == 0 {
		status = failed
	}
	switch span.Kind() {
	case ptrace.SpanKindServer:
		from.server(m, span, status)
	case ptrace.SpanKindClient:
		from.call(m, span, status)
	default:
		from.own(m, span)
	}
	if status == failed {
		fail(span)
	} else if from.setsOk {
		span.Status().SetCode(ptrace.StatusCodeOk)
	}
	m.pad(span)
}

// fail records an error as SDKs do: a status, and an event with the exception.
func fail(span ptrace.Span) {
	const message = "request failed: connection reset by peer"
	span.Status().SetCode(ptrace.StatusCodeError)
	span.Status().SetMessage(message)
	event := span.Events().AppendEmpty()
	event.SetName("exception")
	event.SetTimestamp(span.EndTimestamp())
	event.Attributes().PutStr("exception.type", "*net.OpError")
	event.Attributes().PutStr("exception.message", message)
}

func (m *mix) traceID() (id pcommon.TraceID) {
	binary.BigEndian.PutUint64(id[:8], m.random.Uint64())
	binary.BigEndian.PutUint64(id[8:], m.random.Uint64())
	return id
}

func (m *mix) spanID() (id pcommon.SpanID) {
	// An id of zeros would be no id.
	binary.BigEndian.PutUint64(id[:], m.random.Uint64()|1)
	return id
}

// token is random text as in public ids: conv_dh0po07xt1j4emzm.
func (m *mix) token(length int) string {
	const letters = "abcdefghijklmnopqrstuvwxyz0123456789"
	text := make([]byte, length)
	for index := range text {
		text[index] = letters[m.random.IntN(len(letters))]
	}
	return string(text)
}

func pick[T any](m *mix, from []T) T { return from[m.random.IntN(len(from))] }
