// network-policy answers which connections a set of NetworkPolicies allows, by cyclonus' matcher.
//
// It reads one JSON object from standard input, {"policies": [NetworkPolicy…], "probes": [Probe…]}, and writes one JSON
// array, a boolean for each probe in its order. The command line of cyclonus is not used: it reads only the first document
// of a file and its exit code says nothing.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/mattfenwick/cyclonus/pkg/matcher"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
)

// Peer is a pod, or, where Namespace is empty, an address outside the cluster.
type Peer struct {
	Namespace       string            `json:"namespace"`
	NamespaceLabels map[string]string `json:"namespaceLabels"`
	Labels          map[string]string `json:"labels"`
	IP              string            `json:"ip"`
}

// Probe is one connection that somebody may try.
type Probe struct {
	From     Peer            `json:"from"`
	To       Peer            `json:"to"`
	Port     int             `json:"port"`
	PortName string          `json:"portName"`
	Protocol corev1.Protocol `json:"protocol"`
}

func (p Peer) traffic() *matcher.TrafficPeer {
	peer := &matcher.TrafficPeer{IP: p.IP}
	if p.Namespace != "" {
		peer.Internal = &matcher.InternalPeer{Namespace: p.Namespace, NamespaceLabels: p.NamespaceLabels, PodLabels: p.Labels}
	}
	return peer
}

func main() {
	var input struct {
		Policies []*networkingv1.NetworkPolicy `json:"policies"`
		Probes   []Probe                       `json:"probes"`
	}
	decoder := json.NewDecoder(os.Stdin)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&input); err != nil {
		fmt.Fprintln(os.Stderr, "network-policy:", err)
		os.Exit(1)
	}
	policy := matcher.BuildNetworkPolicies(false, input.Policies)
	allowed := make([]bool, len(input.Probes))
	for i, probe := range input.Probes {
		allowed[i] = policy.IsTrafficAllowed(&matcher.Traffic{
			Source: probe.From.traffic(), Destination: probe.To.traffic(),
			ResolvedPort: probe.Port, ResolvedPortName: probe.PortName, Protocol: probe.Protocol,
		}).IsAllowed()
	}
	if err := json.NewEncoder(os.Stdout).Encode(allowed); err != nil {
		fmt.Fprintln(os.Stderr, "network-policy:", err)
		os.Exit(1)
	}
}
