package main

import "math"

// A curve gives a series' value at any time.
type curve struct {
	// counter: rises, and is never reset. gauge: moves around its size. constant: stays.
	Kind string `json:"kind"`
	// Of a counter the mean increase per second; of others the value.
	Size float64 `json:"size"`
	// Series with the same seed rise and fall together, so that the buckets of a histogram stay cumulative.
	Seed uint64 `json:"seed"`
	// Whether values are whole numbers.
	Whole bool `json:"whole"`
}

const hour = 3600.0

// at returns the value at a number of seconds after the first sample.
func (c curve) at(seconds float64) float64 {
	value := c.Size
	phase := float64(c.Seed%1000) / 1000 * 2 * math.Pi
	switch c.Kind {
	case "counter":
		// Traffic swings by half around its mean, once in each hour. A day has passed since the counter was zero.
		value *= 24*hour + seconds + hour/(4*math.Pi)*math.Sin(2*math.Pi*seconds/hour+phase)
	case "gauge":
		value *= 1 + 0.2*math.Sin(2*math.Pi*seconds/hour+phase) + 0.02*noise(c.Seed, seconds)
	}
	if c.Whole {
		return math.Floor(value)
	}
	return value
}

// noise is between 0 and 1, and the same for the same arguments (the finalizer of SplitMix64).
func noise(seed uint64, seconds float64) float64 {
	z := seed + uint64(int64(seconds))*0x9e3779b97f4a7c15
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return float64((z^(z>>31))>>11) / (1 << 53)
}
