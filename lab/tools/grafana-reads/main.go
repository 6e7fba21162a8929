// grafana-reads reads files as Grafana does, so that a test sees which values and texts arrive there.
//
// It reads one JSON object from standard input, {"settings": ini, "provisioning": [yaml…], "templates": [Template…]}, and writes
// one, with what became of each. The libraries are Grafana's own: gopkg.in/ini.v1 for its settings, and Prometheus' templates for
// labels and annotations of alert rules. What Grafana does around them is written down here from its documentation and sources:
// pkg/setting/expanders.go, pkg/services/provisioning/values and pkg/services/ngalert/state/template.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/template"
	"gopkg.in/ini.v1"
	"gopkg.in/yaml.v3"
)

// A reference that Grafana replaces: ${NAME} and $__env{NAME} by a variable, $__file{path} by the content of a file.
var reference = regexp.MustCompile(`\$(|__\w+){([^}]+)}`)

// expand replaces references, those to variables first.
func expand(text string) (string, error) {
	text = replace(text, func(kind, name string) (string, bool) {
		return os.Getenv(name), kind == "" || kind == "__env"
	})
	var failed error
	text = replace(text, func(kind, path string) (string, bool) {
		if kind != "__file" {
			return "", false
		}
		content, err := os.ReadFile(path)
		if err != nil {
			failed = err
		}
		return strings.TrimSpace(string(content)), true
	})
	return text, failed
}

func replace(text string, by func(kind, argument string) (string, bool)) string {
	return reference.ReplaceAllStringFunc(text, func(whole string) string {
		parts := reference.FindStringSubmatch(whole)
		if value, known := by(parts[1], parts[2]); known {
			return value
		}
		return whole
	})
}

// settings are the values of an ini file by section and key, after both kinds of replacement: Grafana's, and the library's of
// %(key)s.
func settings(text string) (map[string]map[string]string, error) {
	file, err := ini.Load([]byte(text))
	if err != nil {
		return nil, err
	}
	for _, section := range file.Sections() {
		for _, key := range section.Keys() {
			value, err := expand(key.Value())
			if err != nil {
				return nil, fmt.Errorf("[%s] %s: %w", section.Name(), key.Name(), err)
			}
			key.SetValue(value)
		}
	}
	values := map[string]map[string]string{}
	for _, section := range file.Sections() {
		values[section.Name()] = map[string]string{}
		for _, key := range section.Keys() {
			values[section.Name()][key.Name()] = key.String()
		}
	}
	return values, nil
}

// provisioned is a value of a provisioning file: in each text, "$$" is a dollar sign, and between those all is replaced.
func provisioned(value any) (any, error) {
	switch value := value.(type) {
	case string:
		parts := strings.Split(value, "$$")
		for i, part := range parts {
			expanded, err := expand(part)
			if err != nil {
				return nil, err
			}
			parts[i] = os.ExpandEnv(expanded)
		}
		return strings.Join(parts, "$"), nil
	case []any:
		for i, item := range value {
			read, err := provisioned(item)
			if err != nil {
				return nil, err
			}
			value[i] = read
		}
	case map[string]any:
		for key, item := range value {
			read, err := provisioned(item)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", key, err)
			}
			value[key] = read
		}
	}
	return value, nil
}

// Template is a label or an annotation of an alert rule. Values are empty where its query has returned nothing.
type Template struct {
	Text   string             `json:"text"`
	Labels map[string]string  `json:"labels"`
	Values map[string]float64 `json:"values"`
}

// Value is what $values has of one query.
type Value struct {
	Labels map[string]string
	Value  float64
}

// Outcome is what a template became, or why it became nothing.
type Outcome struct {
	Text  string `json:"text"`
	Error string `json:"error,omitempty"`
}

func (t Template) expand() Outcome {
	values := map[string]Value{}
	for name, value := range t.Values {
		values[name] = Value{Labels: t.Labels, Value: value}
	}
	data := struct {
		Labels map[string]string
		Values map[string]Value
		Value  string
	}{t.Labels, values, "[ var='A' ]"}
	variables := "{{- $labels := .Labels -}}{{- $values := .Values -}}{{- $value := .Value -}}"
	expander := template.NewTemplateExpander(
		context.Background(), variables+t.Text, "alert", data, model.Now(), nil, nil, []string{"missingkey=invalid"},
	)
	text, err := expander.Expand()
	if err != nil {
		return Outcome{Error: err.Error()}
	}
	return Outcome{Text: text}
}

func run() error {
	var input struct {
		Settings     string     `json:"settings"`
		Provisioning []string   `json:"provisioning"`
		Templates    []Template `json:"templates"`
	}
	decoder := json.NewDecoder(os.Stdin)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&input); err != nil {
		return err
	}
	read, err := settings(input.Settings)
	if err != nil {
		return err
	}
	files := make([]any, len(input.Provisioning))
	for i, text := range input.Provisioning {
		if err := yaml.Unmarshal([]byte(text), &files[i]); err != nil {
			return err
		}
		if files[i], err = provisioned(files[i]); err != nil {
			return fmt.Errorf("provisioning file %d: %w", i, err)
		}
	}
	outcomes := make([]Outcome, len(input.Templates))
	for i, one := range input.Templates {
		outcomes[i] = one.expand()
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]any{
		"settings": read, "provisioning": files, "templates": outcomes,
	})
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "grafana-reads:", err)
		os.Exit(1)
	}
}
