// A program with OpenTelemetry's SDK for Go, which is set up by variables alone: it makes some traces of a span each and counts them,
// then ends.
//
// Usage: sdk-go <name of the spans> <how many>
package main

import (
	"context"
	"errors"
	"log"
	"os"
	"strconv"

	"go.opentelemetry.io/contrib/exporters/autoexport"
	"go.opentelemetry.io/contrib/samplers/jaegerremote"
	"go.opentelemetry.io/otel"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/trace"
)

const remote = "parentbased_jaeger_remote"

func main() {
	if err := run(context.Background(), os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, name, count string) error {
	total, err := strconv.Atoi(count)
	if err != nil {
		return err
	}
	spans, err := autoexport.NewSpanExporter(ctx)
	if err != nil {
		return err
	}
	reader, err := autoexport.NewMetricReader(ctx)
	if err != nil {
		return err
	}
	options := []trace.TracerProviderOption{trace.WithBatcher(spans)}
	if os.Getenv("OTEL_TRACES_SAMPLER") == remote {
		// It reads OTEL_TRACES_SAMPLER_ARG, and asks for its strategy when it is made and then at intervals. This program is short, so
		// it waits for an answer.
		sampler := jaegerremote.New(os.Getenv("OTEL_SERVICE_NAME"))
		sampler.UpdateSampler()
		options = append(options, trace.WithSampler(trace.ParentBased(sampler)))
	}
	tracers := trace.NewTracerProvider(options...)
	meters := sdkmetric.NewMeterProvider(sdkmetric.WithReader(reader))
	otel.SetTracerProvider(tracers)
	otel.SetMeterProvider(meters)
	counter, err := otel.Meter("lab").Int64Counter("lab.sdk.calls")
	if err != nil {
		return err
	}
	for range total {
		_, span := otel.Tracer("lab").Start(ctx, name)
		span.End()
		counter.Add(ctx, 1)
	}
	return errors.Join(tracers.Shutdown(ctx), meters.Shutdown(ctx))
}
