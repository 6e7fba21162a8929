"""Writes the Kubernetes schemas that kubernetes-validate carries as kubeconform looks for them: schemas.py FOLDER VERSION..."""

import json
import sys
from pathlib import Path

import kubernetes_validate

source = Path(kubernetes_validate.__file__).parent / "kubernetes-json-schema"
folder, *versions = sys.argv[1:]
for version in versions:
    files = sorted((source / f"v{version}-local-strict").glob("*.json"))
    if not files:
        sys.exit(f"kubernetes-validate has no schema of Kubernetes {version}")
    target = Path(folder) / f"v{version}-standalone-strict"
    target.mkdir(parents=True)
    for file in files:
        schema = json.loads(file.read_text())
        # Its own address is that of a server; the references of one file to another are paths of one.
        schema.pop("$id", None)
        text = json.dumps(schema).replace('"/api/_definitions.json', '"_definitions.json')
        (target / file.name).write_text(text)
