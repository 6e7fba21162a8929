package main

import (
	"fmt"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// sender is a service, and what its spans have. Each span has ten attributes.
type sender struct {
	resource func(pcommon.Map)
	// scope of its own spans, and of its calls of a model.
	scope, callScope string
	// setsOk is whether a span that succeeded has the status Ok; the status is unset otherwise.
	setsOk bool
	// server and call get the HTTP status.
	server, call func(m *mix, span ptrace.Span, status int)
	own          func(m *mix, span ptrace.Span)
}

// senders take turns, a request each: two of three requests are llm-api's.
var senders = []sender{llmAPI, llmAPI, agent}

type endpoint struct{ method, route string }

var (
	endpoints = []endpoint{
		{"POST", "/v1/chat/completions"},
		{"POST", "/v1/chat/completions"},
		{"GET", "/v1/models"},
		{"GET", "/v1/conversations/:conv_public_id"},
	}
	models     = []string{"qwen/qwen-8b", "janhq/jan-v1-4b", "acme-small"}
	userAgents = []string{"curl/7.88.1", "python-requests/2.32.3", "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"}
)

func (m *mix) clientAddress() string {
	return fmt.Sprintf("203.0.113.%d", 1+m.random.IntN(254))
}

// path is the route with an id in place of its parameter.
func (m *mix) path(route string) string {
	before, _, hasParameter := strings.Cut(route, ":")
	if !hasParameter {
		return route
	}
	return before + "conv_" + m.token(16)
}

// llmAPI sends what Jan Server's llm-api sends: the older HTTP conventions, and names of its own for calls of a model. Its spans of the
// application have no user.id here, and no events of progress.
var llmAPI = sender{
	resource: func(attributes pcommon.Map) {
		attributes.PutStr("environment", "development")
		attributes.PutStr("service.name", "llm-api")
		attributes.PutStr("service.namespace", "jan")
	},
	scope:     "llm-api",
	callScope: "chat-completion-client",
	setsOk:    true,
	server: func(m *mix, span ptrace.Span, status int) {
		to := pick(m, endpoints)
		path := m.path(to.route)
		span.SetName(to.method + " " + to.route)
		attributes := span.Attributes()
		attributes.PutStr("http.method", to.method)
		attributes.PutStr("http.route", to.route)
		attributes.PutStr("http.url", path)
		attributes.PutStr("http.target", path)
		attributes.PutStr("http.scheme", "")
		attributes.PutStr("net.host.name", "llm-api.jan-server:8080")
		attributes.PutStr("http.user_agent", pick(m, userAgents))
		attributes.PutStr("http.client_ip", m.clientAddress())
		attributes.PutInt("http.status_code", int64(status))
		attributes.PutStr("request_id", m.token(24))
	},
	call: func(m *mix, span ptrace.Span, status int) {
		span.SetName("CreateChatCompletion")
		attributes := span.Attributes()
		attributes.PutStr("llm.provider", "Local vLLM Provider")
		attributes.PutStr("llm.model", pick(m, models))
		attributes.PutInt("llm.message_count", int64(1+m.random.IntN(20)))
		attributes.PutBool("llm.stream", false)
		attributes.PutDouble("llm.temperature", 0.7)
		attributes.PutDouble("llm.top_p", 1)
		attributes.PutInt("llm.usage.prompt_tokens", int64(1+m.random.IntN(4000)))
		attributes.PutInt("llm.usage.completion_tokens", int64(1+m.random.IntN(1000)))
		attributes.PutInt("llm.duration_ms", int64(1+m.random.IntN(2000)))
		attributes.PutInt("http.status_code", int64(status))
	},
	own: func(m *mix, span ptrace.Span) {
		span.SetName("ChatHandler.CreateChatCompletion")
		attributes := span.Attributes()
		attributes.PutStr("chat.model", pick(m, models))
		attributes.PutBool("chat.stream", false)
		attributes.PutInt("chat.message_count", int64(1+m.random.IntN(20)))
		attributes.PutStr("provider.display_name", "Local vLLM Provider")
		attributes.PutStr("provider.id", "prov_2pxc5omnyc09f5fm")
		attributes.PutStr("provider.kind", "custom")
		attributes.PutStr("model.original_id", "org/qwen:8b")
		attributes.PutStr("completion.status", "success")
		attributes.PutStr("completion.finish_reason", "stop")
		attributes.PutInt("completion.total_duration_ms", int64(1+m.random.IntN(2000)))
	},
}

// agent is another application, with an SDK that follows the stable HTTP conventions and those for GenAI.
var agent = sender{
	resource: func(attributes pcommon.Map) {
		attributes.PutStr("service.name", "agent")
		attributes.PutStr("service.namespace", "assistants")
		attributes.PutStr("service.instance.id", "627cc493-f310-47de-96bd-71410b7dec09")
		attributes.PutStr("service.version", "1.8.0")
		attributes.PutStr("host.name", "agent-7d9c5b6f4-x2x8k")
		attributes.PutStr("telemetry.sdk.language", "python")
		attributes.PutStr("telemetry.sdk.name", "opentelemetry")
		attributes.PutStr("telemetry.sdk.version", "1.38.0")
	},
	scope:     "opentelemetry.instrumentation.fastapi",
	callScope: "opentelemetry.instrumentation.openai_v2",
	server: func(m *mix, span ptrace.Span, status int) {
		const route = "/answers/{answer_id}"
		span.SetName("GET " + route)
		attributes := span.Attributes()
		attributes.PutStr("http.request.method", "GET")
		attributes.PutStr("http.route", route)
		attributes.PutStr("url.path", "/answers/ans_"+m.token(16))
		attributes.PutStr("url.scheme", "http")
		attributes.PutStr("server.address", "agent.assistants.svc")
		attributes.PutInt("server.port", 8000)
		attributes.PutStr("user_agent.original", pick(m, userAgents))
		attributes.PutStr("client.address", m.clientAddress())
		attributes.PutStr("network.protocol.version", "1.1")
		attributes.PutInt("http.response.status_code", int64(status))
	},
	call: func(m *mix, span ptrace.Span, status int) {
		model := pick(m, models)
		span.SetName("chat " + model)
		attributes := span.Attributes()
		attributes.PutStr("gen_ai.operation.name", "chat")
		attributes.PutStr("gen_ai.request.model", model)
		attributes.PutInt("gen_ai.usage.input_tokens", int64(1+m.random.IntN(4000)))
		attributes.PutInt("gen_ai.usage.output_tokens", int64(1+m.random.IntN(1000)))
		attributes.PutStr("http.request.method", "POST")
		attributes.PutStr("url.full", "http://vllm.models.svc.cluster.local:8000/v1/chat/completions")
		attributes.PutStr("server.address", "vllm.models.svc.cluster.local")
		attributes.PutInt("server.port", 8000)
		attributes.PutStr("network.protocol.version", "1.1")
		attributes.PutInt("http.response.status_code", int64(status))
	},
	own: func(m *mix, span ptrace.Span) {
		span.SetName("retrieve documents")
		attributes := span.Attributes()
		attributes.PutStr("agent.name", "researcher")
		attributes.PutInt("agent.step", int64(1+m.random.IntN(8)))
		attributes.PutStr("retrieval.index", "handbook")
		attributes.PutInt("retrieval.top_k", 8)
		attributes.PutInt("retrieval.found", int64(m.random.IntN(9)))
		attributes.PutDouble("retrieval.best_score", m.random.Float64())
		attributes.PutBool("retrieval.cached", m.random.IntN(2) == 0)
		attributes.PutStr("code.function.name", "retrieve")
		attributes.PutStr("code.file.path", "/app/agent/retrieval.py")
		attributes.PutInt("thread.id", int64(1+m.random.IntN(16)))
	},
}
