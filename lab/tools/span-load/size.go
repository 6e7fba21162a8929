package main

import (
	"fmt"

	"go.opentelemetry.io/collector/pdata/ptrace"
)

// overhead is the most that an attribute of pad takes beside its value: its key, two lengths of up to three bytes each, and tags.
const overhead = 32

// pad adds attributes until the span has its size, as exactly as whole attributes can: it is never larger, unless it was larger without
// them. Text is random, so that it does not compress. Each value is limited, because receivers cut long ones.
func (m *mix) pad(span ptrace.Span) {
	marshaler := ptrace.ProtoMarshaler{}
	for index := 0; ; index++ {
		missing := m.bytes - marshaler.SpanSize(span) - overhead
		if missing <= 0 {
			return
		}
		span.Attributes().PutStr(fmt.Sprintf("load.text.%d", index), m.token(min(missing, m.value)))
	}
}
