package main

import (
	"context"
	"encoding/json"
	"log/slog"
	"math/rand"
	"os"
	"path/filepath"
	"slices"

	"github.com/oklog/ulid/v2"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/tsdb"
	"github.com/prometheus/prometheus/tsdb/chunkenc"
	"github.com/prometheus/prometheus/tsdb/chunks"
	"github.com/prometheus/prometheus/tsdb/index"
	"github.com/prometheus/prometheus/tsdb/tombstones"
)

// Samples that Prometheus aims at for a chunk (tsdb.DefaultSamplesPerChunk).
const samplesPerChunk = tsdb.DefaultSamplesPerChunk

// writeBlock writes the samples of one block, and returns their number. Curves begin at origin.
func writeBlock(folder string, all []described, origin, from, to int64) (uint64, error) {
	// The name is the same in each run for the same block.
	id := ulid.MustNew(uint64(from), rand.New(rand.NewSource(from)))
	path := filepath.Join(folder, id.String())
	if err := os.MkdirAll(path, 0o777); err != nil {
		return 0, err
	}
	meta := tsdb.BlockMeta{
		ULID: id, MinTime: from, MaxTime: to, Version: 1,
		Compaction: tsdb.BlockMetaCompaction{Level: 1, Sources: []ulid.ULID{id}},
	}
	if err := writeSeries(path, all, origin, &meta); err != nil {
		return 0, err
	}
	if _, err := tombstones.WriteFile(slog.Default(), path, tombstones.NewMemTombstones()); err != nil {
		return 0, err
	}
	text, err := json.Marshal(meta)
	if err != nil {
		return 0, err
	}
	// Prometheus ignores a block without this file, so it is written last.
	return meta.Stats.NumSamples, os.WriteFile(filepath.Join(path, "meta.json"), text, 0o666)
}

func writeSeries(path string, all []described, origin int64, meta *tsdb.BlockMeta) error {
	chunkWriter, err := chunks.NewWriter(filepath.Join(path, "chunks"))
	if err != nil {
		return err
	}
	indexWriter, err := index.NewWriter(context.Background(), filepath.Join(path, "index"))
	if err != nil {
		return err
	}
	for _, symbol := range symbolsOf(all) {
		if err := indexWriter.AddSymbol(symbol); err != nil {
			return err
		}
	}
	for i, one := range all {
		written, err := chunksOf(one, origin, meta)
		if err != nil {
			return err
		}
		if err := chunkWriter.WriteChunks(written...); err != nil {
			return err
		}
		if err := indexWriter.AddSeries(storage.SeriesRef(i+1), one.labels, written...); err != nil {
			return err
		}
		meta.Stats.NumSeries++
		meta.Stats.NumChunks += uint64(len(written))
	}
	if err := chunkWriter.Close(); err != nil {
		return err
	}
	return indexWriter.Close()
}

// chunksOf returns a series' samples in a block, and counts them.
func chunksOf(one described, origin int64, meta *tsdb.BlockMeta) ([]chunks.Meta, error) {
	var all []chunks.Meta
	var appender chunkenc.Appender
	first := meta.MinTime - meta.MinTime%one.Every + one.Offset%one.Every
	if first < meta.MinTime {
		first += one.Every
	}
	for t := first; t < meta.MaxTime; t += one.Every {
		if len(all) == 0 || all[len(all)-1].Chunk.NumSamples() == samplesPerChunk {
			chunk := chunkenc.NewXORChunk()
			next, err := chunk.Appender()
			if err != nil {
				return nil, err
			}
			appender = next
			all = append(all, chunks.Meta{Chunk: chunk, MinTime: t})
		}
		appender.Append(0, t, one.Curve.at(float64(t-origin)/1000))
		all[len(all)-1].MaxTime = t
		meta.Stats.NumSamples++
	}
	return all, nil
}

// symbolsOf returns every name and value once, in order.
func symbolsOf(all []described) []string {
	known := map[string]struct{}{}
	for _, one := range all {
		one.labels.Range(func(l labels.Label) {
			known[l.Name] = struct{}{}
			known[l.Value] = struct{}{}
		})
	}
	symbols := make([]string, 0, len(known))
	for symbol := range known {
		symbols = append(symbols, symbol)
	}
	slices.Sort(symbols)
	return symbols
}
