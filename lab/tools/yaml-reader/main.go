// yaml-reader says what programs written in Go read in YAML. Standard input: a JSON array of YAML texts. Standard output: a JSON
// array, for each text an object of reader to what it has read, or to {"error": text}.
// sigs.k8s.io/yaml is how kubectl and the API server read; go.yaml.in/yaml/v3 the Collector, Jaeger and Prometheus' rules; v2
// Prometheus' and Alertmanager's configuration.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	v2 "go.yaml.in/yaml/v2"
	v3 "go.yaml.in/yaml/v3"
	sigs "sigs.k8s.io/yaml"
)

var readers = map[string]func(text []byte, into any) error{
	"sigs.k8s.io/yaml":   func(text []byte, into any) error { return sigs.Unmarshal(text, into) },
	"go.yaml.in/yaml/v2": v2.Unmarshal,
	"go.yaml.in/yaml/v3": v3.Unmarshal,
}

// named is the value with every map as JSON has it. A key that is no text is an error: it was written as a text.
func named(value any) (any, error) {
	switch value := value.(type) {
	case map[any]any:
		result := map[string]any{}
		for key, entry := range value {
			name, isText := key.(string)
			if !isText {
				return nil, fmt.Errorf("the key %v is a %T", key, key)
			}
			result[name] = entry
		}
		return named(result)
	case map[string]any:
		for key, entry := range value {
			var err error
			if value[key], err = named(entry); err != nil {
				return nil, err
			}
		}
	case []any:
		for index, entry := range value {
			var err error
			if value[index], err = named(entry); err != nil {
				return nil, err
			}
		}
	}
	return value, nil
}

func main() {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		fmt.Fprintln(os.Stderr, "yaml-reader:", err)
		os.Exit(1)
	}
	answers := make([]map[string]any, len(texts))
	for index, text := range texts {
		answers[index] = map[string]any{}
		for name, read := range readers {
			var value any
			err := read([]byte(text), &value)
			if err == nil {
				value, err = named(value)
			}
			if err != nil {
				value = map[string]string{"error": err.Error()}
			}
			answers[index][name] = value
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		fmt.Fprintln(os.Stderr, "yaml-reader:", err)
		os.Exit(1)
	}
}
